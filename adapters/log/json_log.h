#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "ports/log.h"

namespace softbot {

/// Writes one JSON object per line: time (UTC, RFC 3339), level, event, trace (when there is one), then the
/// fields. Lines go through a bounded queue to a thread of their own: when the reader of stderr is stuck the
/// oldest lines are dropped and the daemon goes on; the next line that gets through is followed by a count of
/// what was lost. The destructor writes what is queued. Thread-safe.
class JsonLog final : public Log {
 public:
  struct Options {
    LogLevel level = LogLevel::info;  ///< lower ones are left out
    std::size_t queue_lines = 8'192;
  };

  /// To stderr.
  explicit JsonLog(Options options);
  /// To a function instead, called from the log's thread, one line (without newline) at a time.
  JsonLog(Options options, std::function<void(std::string_view)> sink);
  ~JsonLog() override;
  JsonLog(const JsonLog&) = delete;
  JsonLog& operator=(const JsonLog&) = delete;

  void write(LogLevel level, std::string_view event, std::span<const LogField> fields) noexcept override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace softbot
