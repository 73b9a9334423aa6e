#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/time.h"

namespace softbot::sqlite {

/// How values stand in columns: moments as milliseconds, days as days since 1970, lists of text as JSON.
[[nodiscard]] inline std::int64_t to_column(Instant instant) {
  return instant.time_since_epoch().count();
}

[[nodiscard]] inline Instant instant_from(std::int64_t column) {
  return Instant(std::chrono::milliseconds(column));
}

[[nodiscard]] inline std::int64_t to_column(Date date) {
  return std::chrono::sys_days(date).time_since_epoch().count();
}

[[nodiscard]] inline Date date_from(std::int64_t column) {
  return Date(std::chrono::sys_days(std::chrono::days(column)));
}

template <class T>
[[nodiscard]] std::optional<std::int64_t> to_column(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return to_column(*value);
}

/// "" stands as null, so that references to nothing are no references.
[[nodiscard]] inline std::optional<std::string_view> text_or_null(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

[[nodiscard]] std::string to_json_list(const std::vector<std::string>& texts);
[[nodiscard]] std::vector<std::string> texts_from(const std::string& json);

}  // namespace softbot::sqlite
