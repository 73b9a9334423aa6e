#include "adapters/oidc/id_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace softbot::oidc {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t now = 1'795'000'000;
constexpr const char* number = "999990019";

Value good() {
  return Value::object({{"iss", "https://broker.example"},
                        {"aud", "softbot"},
                        {"exp", now + 300},
                        {"iat", now},
                        {"nonce", "of this try"},
                        {"acr", "midden"},
                        {"bsn", number}});
}

IdTokenRules rules() {
  return {"https://broker.example", "softbot", "of this try", "bsn", {"midden", "hoog"},
          Instant(seconds(now))};
}

Value with(const char* claim, Value value) {
  Value claims = good();
  claims.set(claim, std::move(value));
  return claims;
}

void expect_refused(const Value& claims, const char* rule) {
  const auto found = citizen_number_in(claims, rules());
  ASSERT_FALSE(found) << rule;
  EXPECT_EQ(found.error().code, ErrorCode::unauthenticated);
  EXPECT_THAT(found.error().message, HasSubstr(rule));
  EXPECT_THAT(found.error().message, Not(HasSubstr(number)));
}

TEST(IdToken, AGoodOneGivesTheNumber) {
  const auto found = citizen_number_in(good(), rules());
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(*found, number);
}

TEST(IdToken, OfAnotherMakerOrForAnotherClientItIsRefused) {
  expect_refused(with("iss", "https://broker.example/"), "(iss)");
  expect_refused(with("iss", Value()), "(iss)");
  expect_refused(with("aud", "another"), "(aud");
  expect_refused(with("aud", Value::List{Value("another")}), "(aud");
  expect_refused(with("aud", Value::List{Value("softbot"), Value("another")}), "(aud");
  expect_refused(with("azp", "another"), "(aud");
}

TEST(IdToken, ForSeveralClientsItMustSayWhichOne) {
  Value claims = with("aud", Value::List{Value("another"), Value("softbot")});
  claims.set("azp", "softbot");
  EXPECT_TRUE(citizen_number_in(claims, rules()));
  EXPECT_TRUE(citizen_number_in(with("aud", Value::List{Value("softbot")}), rules()));
}

TEST(IdToken, ItCountsFromJustBeforeToTheMinuteAfterItsEnd) {
  EXPECT_TRUE(citizen_number_in(with("exp", now - 59), rules()));
  expect_refused(with("exp", now - 60), "(exp)");
  expect_refused(with("exp", Value()), "(exp)");
  expect_refused(with("exp", "soon"), "(exp)");
  EXPECT_TRUE(citizen_number_in(with("exp", Number{"1795000300.5"}), rules()));
  EXPECT_TRUE(citizen_number_in(with("iat", now + 60), rules()));
  expect_refused(with("iat", now + 61), "(iat)");
  EXPECT_TRUE(citizen_number_in(with("iat", now - 600), rules()));
  expect_refused(with("iat", now - 601), "(iat)");
  expect_refused(with("iat", Value()), "(iat)");
  expect_refused(with("exp", Number{"99999999999999999999"}), "(exp)");
}

TEST(IdToken, OfAnotherTryItIsRefused) {
  expect_refused(with("nonce", "of another try"), "(nonce)");
  expect_refused(with("nonce", Value()), "(nonce)");
  IdTokenRules none = rules();
  none.nonce.clear();
  EXPECT_FALSE(citizen_number_in(with("nonce", Value()), none)) << "no try at all";
}

TEST(IdToken, TooLowALevelIsRefusedWhereLevelsAreNamed) {
  expect_refused(with("acr", "basis"), "(acr)");
  expect_refused(with("acr", Value()), "(acr)");
  IdTokenRules any = rules();
  any.levels.clear();
  EXPECT_TRUE(citizen_number_in(with("acr", Value()), any));
}

TEST(IdToken, WithoutACitizenServiceNumberItIsRefused) {
  expect_refused(with("bsn", "999990018"), "(numberClaim)");
  expect_refused(with("bsn", Value()), "(numberClaim)");
  expect_refused(with("bsn", 999'990'019), "(numberClaim)");
  IdTokenRules elsewhere = rules();
  elsewhere.number_claim = "urn:etoegang:1.12:EntityConcernedID:BSN";
  EXPECT_EQ(citizen_number_in(with("urn:etoegang:1.12:EntityConcernedID:BSN", number), elsewhere).value(),
            number);
}

}  // namespace
}  // namespace softbot::oidc
