#pragma once

#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/time.h"
#include "domain/value.h"

namespace softbot::oidc {

/// What an ID token must say to be believed.
struct IdTokenRules {
  std::string issuer;
  std::string client;               ///< for whom it is
  std::string nonce;                ///< of this try
  std::string number_claim;         ///< where the citizen service number stands
  std::vector<std::string> levels;  ///< how sure it may be who it is (acr); empty: any
  Instant now;
};

/// The citizen service number that the claims of an ID token give, by OpenID Connect Core section 3.1.3.7.
/// `unauthenticated` with which rule it breaks, never with what it says. Pure.
[[nodiscard]] Result<std::string> citizen_number_in(const Value& claims, const IdTokenRules& rules);

}  // namespace softbot::oidc
