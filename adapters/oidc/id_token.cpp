#include "id_token.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "domain/bsn.h"

namespace softbot::oidc {
namespace {

constexpr std::chrono::seconds clocks_differ{60};
constexpr std::chrono::minutes oldest{10};

tl::unexpected<Error> breaks(const char* rule) {
  return fail(ErrorCode::unauthenticated, std::string("The ID token is not accepted: ") + rule + ".");
}

/// Seconds since 1970; some write them with a fraction.
std::optional<Instant> moment(const Value& claim) {
  const Number* number = claim.as_number();
  if (number == nullptr) return std::nullopt;
  const auto whole = Value(Number{number->text.substr(0, number->text.find('.'))}).as_integer();
  constexpr std::int64_t far = 1'000'000'000'000;
  if (!whole || *whole < 0 || *whole > far) return std::nullopt;
  return Instant(std::chrono::seconds(*whole));
}

bool is_for(const Value& claims, const std::string& client) {
  const Value& audience = claims["aud"];
  const std::string& authorised = claims["azp"].text_or_empty();
  if (!authorised.empty() && authorised != client) return false;
  if (audience.is_text()) return audience.text_or_empty() == client;
  const auto& all = audience.items();
  const bool named =
      std::any_of(all.begin(), all.end(), [&](const Value& one) { return one.text_or_empty() == client; });
  return named && (all.size() == 1 || !authorised.empty());
}

bool is_sure_enough(const std::string& level, const std::vector<std::string>& levels) {
  return levels.empty() || std::find(levels.begin(), levels.end(), level) != levels.end();
}

}  // namespace

Result<std::string> citizen_number_in(const Value& claims, const IdTokenRules& rules) {
  if (claims["iss"].text_or_empty() != rules.issuer) return breaks("somebody else made it (iss)");
  if (!is_for(claims, rules.client)) return breaks("it is not for us (aud, azp)");
  const auto ends = moment(claims["exp"]);
  const auto made = moment(claims["iat"]);
  if (!ends || *ends + clocks_differ <= rules.now) return breaks("it has ended (exp)");
  if (!made || *made > rules.now + clocks_differ || *made + oldest < rules.now)
    return breaks("it was not made just now (iat)");
  if (rules.nonce.empty() || claims["nonce"].text_or_empty() != rules.nonce)
    return breaks("it belongs to another try (nonce)");
  if (!is_sure_enough(claims["acr"].text_or_empty(), rules.levels))
    return breaks("it is not sure enough who this is (acr)");
  const auto number = parse_bsn(claims[rules.number_claim].text_or_empty());
  if (!number) return breaks("it holds no citizen service number where the configuration says (numberClaim)");
  return number->digits();
}

}  // namespace softbot::oidc
