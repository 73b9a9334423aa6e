#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// A citizen service number (burgerservicenummer) that passed the 11-test. Personal data: never in logs or
/// addresses.
class Bsn {
 public:
  /// Always nine digits.
  [[nodiscard]] const std::string& digits() const { return digits_; }
  /// For screens: only the last three digits, "•••••• 006".
  [[nodiscard]] std::string masked() const;

  auto operator<=>(const Bsn&) const = default;

 private:
  friend Result<Bsn> parse_bsn(std::string_view text);
  explicit Bsn(std::string digits) : digits_(std::move(digits)) {}
  std::string digits_;
};

/// Reads a BSN as people type it: nine digits, with spaces, dots or hyphens between them. Eight digits are an
/// old sofinummer without its leading zero and get it back. Error codes: bsn-empty, bsn-characters,
/// bsn-length, bsn-check-digit.
[[nodiscard]] Result<Bsn> parse_bsn(std::string_view text);

/// True for nine digits, not all zero, with 9*d1+8*d2+...+2*d8-d9 divisible by 11.
[[nodiscard]] bool passes_eleven_test(std::string_view nine_digits);

/// True for the numbers that are never given to people: 999900006 to 999999990.
[[nodiscard]] bool is_test_bsn(const Bsn& bsn);

}  // namespace softbot
