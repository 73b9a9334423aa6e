#pragma once

#include <string>

#include "domain/result.h"

namespace softbot {

/// What belongs to one try to sign in and to no other. Each is unguessable, in letters, digits, '-', '_', '.'
/// and
/// '~', at least 43 of them.
struct SignOnTry {
  std::string state;     ///< comes back with the visitor (RFC 6749 section 10.12)
  std::string nonce;     ///< stands in what the other side signs (OpenID Connect Core section 3.1.2.1)
  std::string verifier;  ///< proves that who asks is who began (RFC 7636)
};

/// Somebody else who establishes who a resident is, such as a broker of DigiD. Thread-safe.
class SignOn {
 public:
  virtual ~SignOn() = default;

  /// What residents know it by: "DigiD".
  [[nodiscard]] virtual const std::string& name() const = 0;
  /// Where to send the visitor's browser. `unavailable`, `configuration`.
  [[nodiscard]] virtual Result<std::string> address_for(const SignOnTry& one) = 0;
  /// The citizen service number of who came back with this code. `unauthenticated`: the answer proves
  /// nothing, or too little; `unavailable`: no answer now; `configuration`: our set-up is wrong. No number,
  /// code or token stands in an error.
  [[nodiscard]] virtual Result<std::string> citizen_number_for(const std::string& code,
                                                               const SignOnTry& one) = 0;
};

}  // namespace softbot
