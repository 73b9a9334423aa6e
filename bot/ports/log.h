#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace softbot {

enum class LogLevel { info, warn, error };

/// One short fact on a log line. Codes, counts, durations, route patterns, random ids; never personal data,
/// secrets, raw paths or queries.
struct LogField {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, double, bool> value;

  LogField(std::string_view name, std::string_view text) : key(name), value(text) {}
  LogField(std::string_view name, const std::string& text) : key(name), value(std::string_view(text)) {}
  LogField(std::string_view name, const char* text) : key(name), value(std::string_view(text)) {}
  LogField(std::string_view name, bool flag) : key(name), value(flag) {}
  LogField(std::string_view name, double number) : key(name), value(number) {}
  template <class Integer>
  requires std::integral<Integer> &&
      (!std::same_as<Integer, bool>)LogField(std::string_view name, Integer number)
      : key(name), value(static_cast<std::int64_t>(number)) {}
};

/// Where the daemon tells its operator what happens: `log.info("policy-activated", {{"version", 3}});`
/// Events are kebab-case and stable. Thread-safe; never throws and never waits for a slow disk or terminal.
class Log {
 public:
  virtual ~Log() = default;

  void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::info, event, {fields.begin(), fields.size()});
  }
  void warn(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::warn, event, {fields.begin(), fields.size()});
  }
  void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
    write(LogLevel::error, event, {fields.begin(), fields.size()});
  }

  /// The line's trace id is current_trace(). Fields live as long as the call.
  virtual void write(LogLevel level, std::string_view event, std::span<const LogField> fields) noexcept = 0;

 protected:
  Log() = default;
  Log(const Log&) = default;
  Log& operator=(const Log&) = default;
};

/// Keeps nothing; for tests and for library use.
class NullLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::span<const LogField>) noexcept override {}
};

/// While it lives, log lines of this thread carry this trace id: the server opens one around every handler,
/// the job runner one around every job. Scopes nest. The text must outlive the scope.
class TraceScope {
 public:
  explicit TraceScope(std::string_view trace_id);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  std::string_view previous_;
};

/// Trace id of the innermost scope on this thread, or "".
[[nodiscard]] std::string_view current_trace();

}  // namespace softbot
