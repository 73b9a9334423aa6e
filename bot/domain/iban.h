#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// A bank account number that passed its checks (ISO 13616).
class Iban {
 public:
  [[nodiscard]] const std::string& compact() const { return compact_; }  ///< NL91ABNA0417164300
  [[nodiscard]] std::string formatted() const;                           ///< NL91 ABNA 0417 1643 00
  [[nodiscard]] std::string masked() const;                              ///< NL•• •••• 300
  [[nodiscard]] std::string_view country() const { return std::string_view(compact_).substr(0, 2); }
  auto operator<=>(const Iban&) const = default;

 private:
  friend Result<Iban> parse_iban(std::string_view text);
  explicit Iban(std::string compact) : compact_(std::move(compact)) {}
  std::string compact_;
};

/// Reads an IBAN with or without spaces, dots or hyphens, in any case. Checks the country's length (SEPA and
/// its neighbours), the shape of a Dutch one (four letters, ten digits) and the check digits (mod 97). Error
/// codes: iban-empty, iban-characters, iban-country, iban-length, iban-shape, iban-check-digits.
[[nodiscard]] Result<Iban> parse_iban(std::string_view text);

}  // namespace softbot
