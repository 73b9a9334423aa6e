#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "domain/bsn.h"
#include "http/cookie.h"
#include "http/request.h"
#include "web/shared_views.h"
#include "web/sign_in.h"

/// Residents sign in at somebody who knows them: there and back again.
namespace softbot::web {
namespace {

/// With the prefix no other host of the municipality can set it (RFC 6265bis section 4.1.3.2).
std::string try_cookie(const http::Request& request) {
  return request.secure ? "__Host-softbot-sign-on" : "softbot-sign-on";
}

constexpr std::chrono::minutes longest_try{15};
constexpr char between = '.';

/// What belongs to one try follows from what only the visitor's own browser holds, and needs no keeping here.
std::string derived(const Vault& vault, std::string_view purpose, std::string_view token) {
  std::string text = vault.commitment(purpose, token);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  std::erase(text, '=');
  return text;
}

SignOnTry try_of(const Vault& vault, std::string_view token) {
  return {derived(vault, "sign-on-state", token), derived(vault, "sign-on-nonce", token),
          derived(vault, "sign-on-verifier", token)};
}

http::Cookie cookie_of(const http::Request& request, std::string value, std::chrono::seconds age) {
  return {.name = try_cookie(request),
          .value = std::move(value),
          .max_age = age,
          .same_site = http::SameSite::lax,
          .secure = request.secure};
}

struct Begun {
  std::string token;
  std::string next;  ///< where the visitor wants to be
};

std::optional<Begun> begun_in(const http::Request& request) {
  const auto value = http::find_cookie(request.headers, try_cookie(request));
  if (!value) return std::nullopt;
  const auto end = value->find(between);
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  return Begun{std::string(value->substr(0, end)), std::string(value->substr(end + 1))};
}

/// The one place that sends people to another site: what the configuration names, never what somebody types.
http::Response away_to(std::string_view address) {
  http::Response response;
  response.status = 303;
  response.headers.add("Location", address);
  return response;
}

http::Response unconnected(const Visit& visit) {
  return show_resident_sign_in(visit, 404, "", "");
}

std::string words_of_failure(const Visit& visit, const Error& error) {
  const std::string& name = visit.site().options.residents_sign_on->name();
  if (error.code == ErrorCode::unavailable || error.code == ErrorCode::configuration) {
    return visit.say(name + " geeft nu geen antwoord. Probeer het over een paar minuten opnieuw.",
                     name + " does not answer now. Try again in a few minutes.");
  }
  return visit.say("Inloggen is niet gelukt. Probeer het opnieuw.", "Signing in did not work. Try again.");
}

http::Response failed(const Visit& visit, const std::string& next, const Error& error) {
  visit.services().log.warn("sign-on-failed",
                            {{"code", std::string(name_of(error.code))}, {"problem", error.message}});
  const bool later = error.code == ErrorCode::unavailable || error.code == ErrorCode::configuration;
  return show_resident_sign_in(visit, later ? 503 : 403, next, words_of_failure(visit, error));
}

/// What a provider may say (RFC 6749 section 4.1.2.1); anything else that stands in an address is not logged.
std::string_view known_refusal(std::string_view error) {
  for (const std::string_view known :
       {"invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope",
        "server_error", "temporarily_unavailable", "interaction_required", "consent_required",
        "account_selection_required"}) {
    if (error == known) return known;
  }
  return "for another reason";
}

http::Response begin(Visit& visit, const http::PathParameters&) {
  SignOn* sign_on = visit.site().options.residents_sign_on;
  if (sign_on == nullptr) return unconnected(visit);
  if (auto may = visit.site().gatekeeper->may_try_to_sign_on(visit.request()); !may)
    return visit.sorry(may.error());
  const std::string next = safe_place(visit.request().query.get("naar"), "").substr(1);
  const std::string token = new_id(visit.services().vault) + new_id(visit.services().vault);
  const auto address = sign_on->address_for(try_of(visit.services().vault, token));
  if (!address) return failed(visit, next, address.error());
  return with_cookie(visit.request(), away_to(*address),
                     http::set_cookie(cookie_of(visit.request(), token + between + next, longest_try)));
}

http::Response come_back(Visit& visit, const http::PathParameters&) {
  const http::Request& request = visit.request();
  SignOn* sign_on = visit.site().options.residents_sign_on;
  if (sign_on == nullptr) return unconnected(visit);
  const std::string ended = http::set_cookie(cookie_of(request, "", std::chrono::seconds(0)));
  const auto begun = begun_in(request);
  const SignOnTry one = begun ? try_of(visit.services().vault, begun->token) : SignOnTry{};
  if (!begun || !same_secret(request.query.get("state"), one.state)) {
    return show_resident_sign_in(
        visit, 403, "",
        visit.say("Het inloggen duurde te lang, of het begon op een andere plek. Probeer het opnieuw.",
                  "Signing in took too long, or began elsewhere. Try again."));
  }
  if (const std::string_view error = request.query.get("error"); !error.empty()) {
    if (error == "access_denied" || error == "login_required") {
      return with_cookie(
          request,
          show_resident_sign_in(visit, 403, begun->next,
                                visit.say("U bent niet ingelogd, want het inloggen is afgebroken.",
                                          "You are not signed in, for signing in was cancelled.")),
          ended);
    }
    const bool away = error == "server_error" || error == "temporarily_unavailable";
    const Error told{away ? ErrorCode::unavailable : ErrorCode::unauthenticated,
                     "The provider refused the try: " + std::string(known_refusal(error)) + ".",
                     away,
                     {}};
    return with_cookie(request, failed(visit, begun->next, told), ended);
  }
  if (auto may = visit.site().gatekeeper->may_try_to_sign_on(request); !may) return visit.sorry(may.error());
  const auto number = sign_on->citizen_number_for(std::string(request.query.get("code")), one);
  if (!number) return with_cookie(request, failed(visit, begun->next, number.error()), ended);
  const auto bsn = parse_bsn(*number);
  if (!bsn) return with_cookie(request, failed(visit, begun->next, bsn.error()), ended);
  const auto session = visit.site().gatekeeper->sign_in_resident(request, *bsn);
  if (!session) return visit.sorry(session.error());
  return with_cookie(request, with_cookie(request, http::see_other(safe_place(begun->next, "mijn")), ended),
                     *session);
}

}  // namespace

void add_sign_on_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::get, "/inloggen/starten", http::role::anyone, begin);
  add_page(router, site, http::Method::get, std::string(sign_on_return_path), http::role::anyone, come_back);
}

}  // namespace softbot::web
