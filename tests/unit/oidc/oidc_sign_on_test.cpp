#include "adapters/oidc/oidc_sign_on.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "adapters/oidc/signed_token.h"
#include "domain/json.h"
#include "http/multipart.h"
#include "http/server.h"
#include "ports/log.h"
#include "ports/metrics.h"
#include "test_keys.h"

namespace softbot {
namespace {

using oidc::key_set;
using oidc::new_ec_key;
using oidc::new_rsa_key;
using oidc::TestKey;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* number = "999990019";
const SignOnTry one_try{std::string(43, 's'), std::string(43, 'n'), std::string(43, 'v')};

class MovedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return SystemClock().now() + later.load(); }
  std::atomic<std::chrono::milliseconds> later{std::chrono::milliseconds(0)};
};

/// A provider of OpenID Connect on a free port of this machine, that says what a test wants of it.
class Provider {
 public:
  Provider() : key(new_ec_key("one")), server_(options(), router(), log_, metrics_) {
    if (const auto started = server_.start(); !started) throw std::runtime_error(started.error().message);
    issuer = "http://127.0.0.1:" + std::to_string(server_.port());
  }

  [[nodiscard]] Value claims() const {
    const auto now =
        std::chrono::floor<std::chrono::seconds>(SystemClock().now() + signs_later).time_since_epoch();
    Value all = Value::object({{"iss", issuer},
                               {"aud", "softbot"},
                               {"exp", std::int64_t{now.count() + 300}},
                               {"iat", std::int64_t{now.count()}},
                               {"nonce", one_try.nonce},
                               {"bsn", number}});
    return all;
  }
  [[nodiscard]] OidcOptions as_configured() const {
    OidcOptions options;
    options.issuer = issuer;
    options.client = "softbot";
    options.secret = "a:b c";
    options.return_address = "https://hulp.voorbeeld.nl/inloggen/terug";
    return options;
  }

  std::string issuer;
  std::string said_issuer;  ///< "": its own
  TestKey key;
  std::optional<http::Response> token_answer;
  std::chrono::seconds signs_later{0};
  std::shared_future<void> until;  ///< answers when this has come, if it is anything
  std::atomic<int> discoveries{0};
  std::atomic<int> looks_at_keys{0};
  http::Request asked;

 private:
  static http::ServerOptions options() {
    http::ServerOptions options;
    options.port = 0;
    options.timeouts.drain = std::chrono::milliseconds(100);
    return options;
  }
  http::Router router() {
    http::Router made;
    made.add({.pattern = "/.well-known/openid-configuration",
              .handler = [this](const http::Request&, const http::PathParameters&) {
                ++discoveries;
                if (until.valid()) until.wait_for(std::chrono::minutes(1));
                return http::json_response(
                    200, Value::object({{"issuer", said_issuer.empty() ? issuer : said_issuer},
                                        {"authorization_endpoint", issuer + "/auth"},
                                        {"token_endpoint", issuer + "/token"},
                                        {"jwks_uri", issuer + "/keys"}}));
              }});
    made.add({.pattern = "/keys", .handler = [this](const http::Request&, const http::PathParameters&) {
                ++looks_at_keys;
                return http::json_response(200, key_set({key.open}));
              }});
    made.add({.method = http::Method::post,
              .pattern = "/token",
              .handler = [this](const http::Request& request, const http::PathParameters&) {
                asked = request;
                if (token_answer) return *token_answer;
                const auto token = oidc::signed_token(key.with_private, claims());
                return http::json_response(200, Value::object({{"id_token", token.value()}}));
              }});
    return made;
  }

  NullLog log_;
  NullMetrics metrics_;
  http::Server server_;
};

TEST(OidcSignOn, SendsTheVisitorWithEverythingThatBelongsToTheTry) {
  const Provider provider;
  const SystemClock clock;
  OidcOptions options = provider.as_configured();
  options.levels = {"midden", "hoog"};
  OidcSignOn sign_on(options, clock);
  const auto address = sign_on.address_for(one_try);
  ASSERT_TRUE(address) << address.error().message;
  EXPECT_THAT(*address, StartsWith(provider.issuer + "/auth?response_type=code&client_id=softbot&"));
  EXPECT_THAT(*address, AllOf(HasSubstr("&redirect_uri=https%3A%2F%2Fhulp.voorbeeld.nl%2Finloggen%2Fterug"),
                              HasSubstr("&scope=openid"), HasSubstr("&state=" + one_try.state),
                              HasSubstr("&nonce=" + one_try.nonce), HasSubstr("&code_challenge_method=S256"),
                              HasSubstr("&acr_values=midden%20hoog"), HasSubstr("&prompt=login")));
  EXPECT_THAT(*address, Not(HasSubstr(one_try.verifier)));
}

TEST(OidcSignOn, ThePkceChallengeIsThatOfTheStandard) {
  const Provider provider;
  const SystemClock clock;
  OidcSignOn sign_on(provider.as_configured(), clock);
  SignOnTry example = one_try;
  example.verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";  // RFC 7636 appendix B
  EXPECT_THAT(sign_on.address_for(example).value(),
              HasSubstr("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

TEST(OidcSignOn, WhoComesBackWithACodeIsKnown) {
  Provider provider;
  const SystemClock clock;
  OidcSignOn sign_on(provider.as_configured(), clock);
  const auto found = sign_on.citizen_number_for("the code", one_try);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(*found, number);
  const auto form = http::parse_form(provider.asked.body);
  ASSERT_TRUE(form);
  EXPECT_EQ(form->get("code"), "the code");
  EXPECT_EQ(form->get("code_verifier"), one_try.verifier);
  EXPECT_EQ(form->get("grant_type"), "authorization_code");
  EXPECT_EQ(form->get("redirect_uri"), "https://hulp.voorbeeld.nl/inloggen/terug");
  EXPECT_EQ(provider.asked.headers.get("Authorization"), "Basic c29mdGJvdDphJTNBYiUyMGM=")
      << "softbot:a%3Ab%20c";
}

TEST(OidcSignOn, APrivateKeyProvesWhoWeAreInstead) {
  Provider provider;
  const SystemClock clock;
  const TestKey ours = new_rsa_key("ours");
  OidcOptions options = provider.as_configured();
  options.secret.clear();
  options.private_key = ours.with_private;
  OidcSignOn sign_on(options, clock);
  ASSERT_TRUE(sign_on.citizen_number_for("the code", one_try));
  const auto form = http::parse_form(provider.asked.body);
  EXPECT_EQ(form->get("client_assertion_type"), "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  const auto said =
      oidc::SigningKeys::from_json(key_set({ours.open}))->claims_of(form->get("client_assertion"));
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ((*said)["iss"].text_or_empty(), "softbot");
  EXPECT_EQ((*said)["sub"].text_or_empty(), "softbot");
  EXPECT_EQ((*said)["aud"].text_or_empty(), provider.issuer + "/token");
  EXPECT_EQ(*(*said)["exp"].as_integer() - *(*said)["iat"].as_integer(), 60);
  EXPECT_TRUE(provider.asked.headers.get("Authorization").empty());
}

TEST(OidcSignOn, OfAnotherTryTheAnswerProvesNothing) {
  Provider provider;
  const SystemClock clock;
  OidcSignOn sign_on(provider.as_configured(), clock);
  SignOnTry other = one_try;
  other.nonce = std::string(43, 'o');
  const auto found = sign_on.citizen_number_for("the code", other);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::unauthenticated);
}

TEST(OidcSignOn, WhatItOffersAndItsKeysAreKeptForAnHour) {
  Provider provider;
  MovedClock clock;
  OidcSignOn sign_on(provider.as_configured(), clock);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(sign_on.citizen_number_for("the code", one_try));
  EXPECT_EQ(provider.discoveries, 1);
  EXPECT_EQ(provider.looks_at_keys, 1);
  clock.later = std::chrono::minutes(61);
  provider.signs_later = std::chrono::minutes(61);
  ASSERT_TRUE(sign_on.citizen_number_for("the code", one_try));
  EXPECT_EQ(provider.discoveries, 2);
  EXPECT_EQ(provider.looks_at_keys, 2);
}

TEST(OidcSignOn, AnotherKeyOfTheProviderIsTakenWithinAMinuteOfTheLastLook) {
  Provider provider;
  MovedClock clock;
  OidcSignOn sign_on(provider.as_configured(), clock);
  ASSERT_TRUE(sign_on.citizen_number_for("the code", one_try));
  provider.key = new_ec_key("two");
  const auto at_once = sign_on.citizen_number_for("the code", one_try);
  ASSERT_FALSE(at_once) << "not asked again so soon";
  EXPECT_EQ(at_once.error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(provider.looks_at_keys, 1);
  clock.later = std::chrono::seconds(61);
  EXPECT_TRUE(sign_on.citizen_number_for("the code", one_try));
  EXPECT_EQ(provider.looks_at_keys, 2);
}

struct Refusal {
  int status;
  const char* body;
  ErrorCode code;
};

TEST(OidcSignOn, WhatTheProviderRefusesIsToldApart) {
  for (const Refusal& one :
       {Refusal{400, R"({"error":"invalid_grant"})", ErrorCode::unauthenticated},
        Refusal{401, R"({"error":"invalid_client"})", ErrorCode::configuration},
        Refusal{503, "busy", ErrorCode::unavailable}, Refusal{200, "no JSON", ErrorCode::unavailable},
        Refusal{200, "{}", ErrorCode::unauthenticated},
        Refusal{200, R"({"id_token":"a.b.c"})", ErrorCode::unauthenticated}}) {
    Provider provider;
    const SystemClock clock;
    provider.token_answer = http::text_response(one.status, one.body);
    OidcSignOn sign_on(provider.as_configured(), clock);
    const auto found = sign_on.citizen_number_for("the code", one_try);
    ASSERT_FALSE(found) << one.body;
    EXPECT_EQ(found.error().code, one.code) << one.body;
    EXPECT_THAT(found.error().message, AllOf(Not(HasSubstr("the code")), Not(HasSubstr(one_try.verifier))));
  }
}

TEST(OidcSignOn, AnotherIssuerThanConfiguredIsOurMistake) {
  Provider provider;
  const SystemClock clock;
  provider.said_issuer = "https://another.example";
  OidcSignOn sign_on(provider.as_configured(), clock);
  EXPECT_EQ(sign_on.address_for(one_try).error().code, ErrorCode::configuration);
}

TEST(OidcSignOn, PlainHttpBeyondThisMachineIsNotUsed) {
  const SystemClock clock;
  OidcOptions options;
  options.issuer = "http://broker.example";
  OidcSignOn sign_on(options, clock);
  const auto address = sign_on.address_for(one_try);
  ASSERT_FALSE(address);
  EXPECT_EQ(address.error().code, ErrorCode::configuration);
}

TEST(OidcSignOn, WhatCannotBeAskedAnewStaysAsItWas) {
  Provider provider;
  MovedClock clock;
  OidcSignOn sign_on(provider.as_configured(), clock);
  ASSERT_TRUE(sign_on.citizen_number_for("the code", one_try));
  clock.later = std::chrono::minutes(61);
  provider.signs_later = std::chrono::minutes(61);
  provider.said_issuer = "https://another.example";
  EXPECT_TRUE(sign_on.citizen_number_for("the code", one_try));
  EXPECT_EQ(provider.discoveries, 2);
  EXPECT_TRUE(sign_on.citizen_number_for("the code", one_try));
  EXPECT_EQ(provider.discoveries, 2) << "not asked again so soon";
  clock.later = std::chrono::minutes(62);
  EXPECT_TRUE(sign_on.citizen_number_for("the code", one_try));
  EXPECT_EQ(provider.discoveries, 3);
}

TEST(OidcSignOn, ASlowProviderIsAskedByOneWhileTheOthersGoOn) {
  Provider provider;
  const SystemClock clock;
  std::promise<void> others_went_on;
  provider.until = others_went_on.get_future().share();
  OidcSignOn sign_on(provider.as_configured(), clock);
  std::thread first([&] { EXPECT_TRUE(sign_on.address_for(one_try)); });
  while (provider.discoveries == 0) std::this_thread::yield();
  const auto other = sign_on.address_for(one_try);
  others_went_on.set_value();
  first.join();
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(sign_on.address_for(one_try));
  EXPECT_EQ(provider.discoveries, 1);
}

TEST(OidcSignOn, WithoutACodeNothingIsAsked) {
  Provider provider;
  const SystemClock clock;
  OidcSignOn sign_on(provider.as_configured(), clock);
  EXPECT_EQ(sign_on.citizen_number_for("", one_try).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(provider.discoveries, 0);
}

TEST(OidcSignOn, WhereNobodyAnswersItCanBeTriedAgain) {
  const SystemClock clock;
  OidcOptions options;
  options.issuer = "http://127.0.0.1:9";
  OidcSignOn sign_on(options, clock);
  EXPECT_EQ(sign_on.address_for(one_try).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace softbot
