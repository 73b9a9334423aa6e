#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/value.h"

namespace softbot {

/// A whole number as people type it ("12", " 1.200 ", "-3") without separators and leading zeros; nothing
/// when it is no whole number of at most 14 digits.
[[nodiscard]] std::optional<std::string> canonical_integer(std::string_view text);

/// A number with decimals as the Dutch type it ("1,5", "1.234,5", "1.5") with a dot and without trailing
/// zeros; nothing when it is none. A single dot before exactly three digits separates thousands. At most 14
/// digits before and 4 after the dot.
[[nodiscard]] std::optional<std::string> canonical_decimal(std::string_view text);

/// The same for a JSON number, which never has separators: "12", "12.0", "12.5".
[[nodiscard]] std::optional<std::string> canonical_integer(const Number& number);
[[nodiscard]] std::optional<std::string> canonical_decimal(const Number& number);

/// Ten-thousandths of a canonical number, for comparing exactly.
[[nodiscard]] std::optional<std::int64_t> ten_thousandths(std::string_view canonical);

/// Ten-thousandths of an answer: a JSON number, or text as typed; nothing when it is no number.
[[nodiscard]] std::optional<std::int64_t> number_value(const Value& answer);

}  // namespace softbot
