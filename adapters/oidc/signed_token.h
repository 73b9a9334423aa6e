#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot::oidc {

/// The public keys of who signs (RFC 7517). Thread-safe.
class SigningKeys {
 public:
  /// From a JWK set. Keys that cannot be used are left out. Fails when none is left.
  [[nodiscard]] static Result<SigningKeys> from_json(const Value& set);

  /// The claims of a signed token (RFC 7515, compact) whose signature one of these keys made, by RS256, PS256
  /// or ES256. `not_found`: it names a key that is not among them. `unauthenticated`: anything else.
  [[nodiscard]] Result<Value> claims_of(std::string_view token) const;

 private:
  struct Key;
  std::vector<std::shared_ptr<const Key>> keys_;
};

/// A token that says these claims, signed with a private key (a JWK; RS256 or ES256, as its kind is).
/// `configuration` when the key cannot be used.
[[nodiscard]] Result<std::string> signed_token(const std::string& private_key_json, const Value& claims);

/// Bytes in base64url without padding (RFC 4648 section 5).
[[nodiscard]] std::string base64url(std::string_view bytes);

}  // namespace softbot::oidc
