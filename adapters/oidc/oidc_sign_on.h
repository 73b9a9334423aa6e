#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/http_client/http_client.h"
#include "ports/clock.h"
#include "ports/sign_on.h"

namespace softbot {

struct OidcOptions {
  std::string name = "DigiD";  ///< for residents
  std::string issuer;          ///< "https://broker.example/oidc"; plain http on this machine only
  std::string client;          ///< client_id
  std::string secret;          ///< for client_secret_basic; "" with a private key
  std::string private_key;     ///< a JWK as JSON, for private_key_jwt; "" with a secret
  std::string return_address;  ///< redirect_uri, as registered there
  std::string scope = "openid";
  std::string number_claim = "bsn";  ///< where the citizen service number stands in the ID token
  std::vector<std::string> levels;   ///< acr_values asked for, and all that are accepted; empty: any
  HttpClientOptions http;
};

/// Residents sign in at an OpenID Connect provider, such as a broker of DigiD: authorization code flow with
/// PKCE (RFC 7636), state and nonce. What the provider offers is asked when first needed and kept for an
/// hour; its keys are asked again, at most once a minute, when it signs with one that is not known. What
/// cannot be asked anew stays as it was, and is asked again after fifteen seconds. At most eight codes are
/// asked about at once. `prompt=login` goes along, so that nobody gets in after somebody else on a shared
/// computer. Thread-safe.
class OidcSignOn final : public SignOn {
 public:
  OidcSignOn(OidcOptions options, const Clock& clock);
  ~OidcSignOn() override;
  OidcSignOn(const OidcSignOn&) = delete;
  OidcSignOn& operator=(const OidcSignOn&) = delete;

  [[nodiscard]] const std::string& name() const override;
  [[nodiscard]] Result<std::string> address_for(const SignOnTry& one) override;
  [[nodiscard]] Result<std::string> citizen_number_for(const std::string& code,
                                                       const SignOnTry& one) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace softbot
