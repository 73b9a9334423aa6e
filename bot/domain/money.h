#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// An amount of money in eurocents.
struct Cents {
  std::int64_t value = 0;
  auto operator<=>(const Cents&) const = default;
};

/// Reads "12", "12,5", "12,50", "1.234,50", "€ 12,50", "12.50", "1,234.50", "12,-", "-12,50". One dot
/// followed by exactly three digits separates thousands ("1.234" is EUR 1234), as the Dutch write. Error
/// codes: money-empty, money-shape, money-decimals, money-range.
[[nodiscard]] Result<Cents> parse_money(std::string_view text);

/// "€ 1.234,50"; negative "€ -1.234,50". The space is an ordinary one.
[[nodiscard]] std::string format_euro(Cents amount);

/// "1234.50": for machines.
[[nodiscard]] std::string format_decimal(Cents amount);

/// Sums and products that would leave 64 bits are an error (money-range), never a wrong amount.
[[nodiscard]] Result<Cents> add(Cents left, Cents right);
[[nodiscard]] Result<Cents> subtract(Cents left, Cents right);
[[nodiscard]] Result<Cents> multiply(Cents amount, std::int64_t factor);

}  // namespace softbot
