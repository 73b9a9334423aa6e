#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// A telephone number in E.164 form.
class PhoneNumber {
 public:
  [[nodiscard]] const std::string& e164() const { return e164_; }  ///< +31612345678
  /// As Dutch people read it: "06 12345678", "010 1234567", "0111 123456"; international "+32 470123456".
  [[nodiscard]] std::string formatted() const;
  [[nodiscard]] bool is_dutch_mobile() const { return e164_.starts_with("+316"); }
  auto operator<=>(const PhoneNumber&) const = default;

 private:
  friend Result<PhoneNumber> parse_phone(std::string_view text);
  explicit PhoneNumber(std::string e164) : e164_(std::move(e164)) {}
  std::string e164_;
};

/// Reads Dutch fixed, mobile and service numbers ("06-12345678", "(010) 123 45 67", "+31 (0)6 12345678",
/// "0031612345678", "0800-1234") and foreign numbers that begin with + or 00. Error codes: phone-empty,
/// phone-characters, phone-length, phone-shape.
[[nodiscard]] Result<PhoneNumber> parse_phone(std::string_view text);

}  // namespace softbot
