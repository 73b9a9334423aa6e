#include "adapters/log/json_log.h"

#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <utility>

#include "domain/json.h"

namespace softbot {
namespace {

constexpr std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::info:
      return "info";
    case LogLevel::warn:
      return "warn";
    case LogLevel::error:
      return "error";
  }
  return "error";
}

/// Appends a JSON string. What is not UTF-8 loses its bytes above ASCII rather than breaking the line.
void append_text(std::string& line, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  const bool valid = is_utf8(text);
  line += '"';
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      line += '\\';
      line += character;
    } else if (byte < 0x20) {
      line += "\\u00";
      line += digits[byte >> 4U];
      line += digits[byte & 15U];
    } else {
      line += byte >= 0x80 && !valid ? '?' : character;
    }
  }
  line += '"';
}

struct AppendValue {
  std::string& line;
  void operator()(std::string_view text) const { append_text(line, text); }
  void operator()(bool flag) const { line += flag ? "true" : "false"; }
  void operator()(std::int64_t number) const { append(number); }
  void operator()(double number) const {
    if (std::isfinite(number)) {
      append(std::round(number * 1'000) / 1'000);  // three places are plenty for a log
    } else {
      line += "null";
    }
  }
  template <class Number>
  void append(Number number) const {
    std::array<char, 32> digits{};
    line.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
  }
};

/// "2026-01-31T09:15:02.123Z"
void append_time(std::string& line, std::chrono::system_clock::time_point now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1'000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(milliseconds));
  line.append(text.data()).append(fraction.data());
}

std::string line_of(LogLevel level, std::string_view event, std::span<const LogField> fields) {
  std::string line;
  line.reserve(256);
  line += "{\"time\":\"";
  append_time(line, std::chrono::system_clock::now());
  line.append("\",\"level\":\"").append(name_of(level)).append("\",\"event\":");
  append_text(line, event);
  if (const std::string_view trace = current_trace(); !trace.empty()) {
    line += ",\"trace\":";
    append_text(line, trace);
  }
  for (const LogField& field : fields) {
    line += ',';
    append_text(line, field.key);
    line += ':';
    std::visit(AppendValue{line}, field.value);
  }
  line += '}';
  return line;
}

/// Hands finished lines on; runs on the log's own thread only.
class LineSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit LineSink(std::function<void(std::string_view)> out) : out_(std::move(out)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    out_({message.payload.data(), message.payload.size()});
  }
  void flush_() override {}

 private:
  std::function<void(std::string_view)> out_;
};

void to_stderr(std::string_view line) {
  std::string with_end(line);
  with_end += '\n';
  std::fwrite(with_end.data(), 1, with_end.size(), stderr);  // unbuffered: one write per line
}

}  // namespace

struct JsonLog::State {
  State(Options given, std::function<void(std::string_view)> out)
      : options(given),
        pool(std::make_shared<spdlog::details::thread_pool>(given.queue_lines, 1)),
        logger(std::make_shared<spdlog::async_logger>("softbot", std::make_shared<LineSink>(std::move(out)),
                                                      pool, spdlog::async_overflow_policy::overrun_oldest)) {}

  const Options options;
  std::shared_ptr<spdlog::details::thread_pool> pool;  ///< its destructor writes what is queued
  std::shared_ptr<spdlog::async_logger> logger;
  std::atomic<std::size_t> lost_reported{0};

  void put(const std::string& line) { logger->log(spdlog::level::info, spdlog::string_view_t(line)); }
};

JsonLog::JsonLog(Options options) : JsonLog(options, to_stderr) {
}

JsonLog::JsonLog(Options options, std::function<void(std::string_view)> sink)
    : state_(std::make_unique<State>(options, std::move(sink))) {
}

JsonLog::~JsonLog() = default;

void JsonLog::write(LogLevel level, std::string_view event, std::span<const LogField> fields) noexcept {
  if (level < state_->options.level) {
    return;
  }
  try {
    state_->put(line_of(level, event, fields));
    const std::size_t lost = state_->pool->overrun_counter();
    if (const std::size_t reported = state_->lost_reported.exchange(lost); lost > reported) {
      const std::array<LogField, 1> count{LogField("lines", lost - reported)};
      state_->put(line_of(LogLevel::warn, "log-lines-lost", count));
    }
  } catch (...) {  // no memory for a log line: the line is lost, the daemon is not
    return;
  }
}

}  // namespace softbot
