#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// A Dutch postcode: four digits, the first not 0, and two letters other than SA, SD and SS.
class Postcode {
 public:
  [[nodiscard]] const std::string& compact() const { return compact_; }  ///< 1234AB
  [[nodiscard]] std::string formatted() const;                           ///< 1234 AB
  auto operator<=>(const Postcode&) const = default;

 private:
  friend Result<Postcode> parse_postcode(std::string_view text);
  explicit Postcode(std::string compact) : compact_(std::move(compact)) {}
  std::string compact_;
};

/// Reads "1234AB", "1234 ab", " 1234  AB". Error codes: postcode-empty, postcode-shape, postcode-characters,
/// postcode-letters.
[[nodiscard]] Result<Postcode> parse_postcode(std::string_view text);

}  // namespace softbot
