#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// An e-mail address that can be written to: one @, a plausible local part, a domain with a dot.
class EmailAddress {
 public:
  [[nodiscard]] const std::string& text() const {
    return text_;
  }                                          ///< local part as typed, domain in lower case
  [[nodiscard]] std::string masked() const;  ///< j•••@voorbeeld.nl
  auto operator<=>(const EmailAddress&) const = default;

 private:
  friend Result<EmailAddress> parse_email(std::string_view text);
  explicit EmailAddress(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// A practical check, narrower than RFC 5321: ASCII, no quotes, no comments, no address literals, at most 254
/// characters. Whether the address belongs to the person only a confirmation tells. Error codes: email-empty,
/// email-at, email-local-part, email-domain, email-length, email-characters.
[[nodiscard]] Result<EmailAddress> parse_email(std::string_view text);

}  // namespace softbot
