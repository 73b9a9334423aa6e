#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/json.h"
#include "shipped_policy.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Value ordinary = ordinary_facts(aid_answers());

PolicyResult aid(const Value& facts) {
  return evaluate("small-aids", facts);
}

std::vector<std::string> reasons_with(std::initializer_list<std::pair<std::string_view, Value>> answers) {
  auto facts = ordinary;
  for (const auto& [name, answer] : answers) facts = with_answer(facts, name, answer);
  return codes(aid(facts).reasons);
}

TEST(SmallAids, grants_the_simple_ordinary_case_exactly) {
  const auto result = aid(ordinary);
  ASSERT_TRUE(result.grants) << ::testing::PrintToString(codes(result.reasons));
  EXPECT_EQ(result.grant["aid"].text_or_empty(), "raised-toilet-seat");
  EXPECT_EQ(result.grant["from"].text_or_empty(), "2026-11-21");
  EXPECT_TRUE(result.grant["until"].is_null());
  EXPECT_EQ(result.grant["provider"].text_or_empty(), "Hulpmiddelen Voorbeeld");
  EXPECT_EQ(result.grant["contributionCents"].as_integer(), 2180);
  EXPECT_EQ(result.amount_cents_per_year(), 6500);
  EXPECT_TRUE(result.grant["minutesPerWeek"].is_null());
}

TEST(SmallAids, grants_each_simple_aid_at_its_own_price) {
  EXPECT_EQ(aid(with_answer(ordinary, "aid", "shower-stool")).amount_cents_per_year(), 5500);
  auto rail = with_answer(with_answer(ordinary, "aid", "grab-rail"), "needsFixing", false);
  EXPECT_EQ(aid(with_answer(rail, "bodyWeightKg", nullptr)).amount_cents_per_year(), 9800);
}

TEST(SmallAids, refers_every_case_that_is_not_simple) {
  EXPECT_THAT(reasons_with({{"wlz", true}}), ElementsAre("wlz"));
  EXPECT_THAT(reasons_with({{"urgent", true}}), ElementsAre("urgent"));
  EXPECT_THAT(reasons_with({{"hasRepresentative", true}}), ElementsAre("representative"));
  EXPECT_THAT(reasons_with({{"provisionForm", "personal-budget"}}), ElementsAre("personal-budget"));
  EXPECT_THAT(reasons_with({{"alreadyBorrowed", true}}), ElementsAre("already-borrowed"));
  EXPECT_THAT(reasons_with({{"bodyWeightKg", 131}}), ElementsAre("body-weight"));
  EXPECT_THAT(reasons_with({{"bodyWeightKg", 130}}), IsEmpty());
  EXPECT_THAT(reasons_with({{"bodyWeightKg", nullptr}}), ElementsAre("weight-within-bounds-unknown"));
  EXPECT_THAT(reasons_with({{"price", Number{"150.01"}}}), ElementsAre("price-above-cap"));
  EXPECT_THAT(reasons_with({{"price", Number{"150.00"}}}), IsEmpty());
}

TEST(SmallAids, refers_another_aid_and_knows_no_price_for_it) {
  const auto reasons = reasons_with({{"aid", "other"}});
  EXPECT_THAT(reasons, ElementsAre("aid-needs-a-look", "weight-within-bounds-unknown",
                                   "fixing-allowed-unknown", "price-within-cap-unknown"));
}

TEST(SmallAids, advises_to_borrow_for_less_than_half_a_year_and_refers) {
  const auto result = aid(with_answer(ordinary, "duration", "shorter-than-26-weeks"));
  EXPECT_FALSE(result.grants);
  EXPECT_THAT(codes(result.reasons), ElementsAre("shorter-than-26-weeks"));
  EXPECT_THAT(codes(result.advice), ElementsAre("loan-health-insurance"));
}

TEST(SmallAids, fixes_something_only_where_it_is_allowed) {
  const auto reasons = [](Value fixing, Value housing, Value permission) {
    return reasons_with({{"aid", "grab-rail"},
                         {"needsFixing", std::move(fixing)},
                         {"housing", std::move(housing)},
                         {"landlordPermission", std::move(permission)}});
  };
  EXPECT_THAT(reasons(true, "owner", nullptr), IsEmpty());
  EXPECT_THAT(reasons(true, "tenant", true), IsEmpty());
  EXPECT_THAT(reasons(true, "tenant", false), ElementsAre("no-landlord-permission"));
  EXPECT_THAT(reasons(true, "other", nullptr), ElementsAre("no-landlord-permission"));
  EXPECT_THAT(reasons(true, "tenant", nullptr), ElementsAre("fixing-allowed-unknown"));
  EXPECT_THAT(reasons(true, nullptr, nullptr), ElementsAre("fixing-allowed-unknown"));
  EXPECT_THAT(reasons(nullptr, "owner", nullptr), ElementsAre("fixing-allowed-unknown"));
}

TEST(SmallAids, does_not_grant_the_same_aid_twice) {
  auto facts = ordinary;
  const auto had = [&](const char* which, Value until) {
    facts.set(
        "provisions",
        list_of({Value::object(
            {{"type", "small-aids"}, {"aid", which}, {"from", "2024-01-01"}, {"until", std::move(until)}})}));
    return codes(aid(facts).reasons);
  };
  EXPECT_THAT(had("raised-toilet-seat", nullptr), ElementsAre("provision-exists"));
  EXPECT_THAT(had("raised-toilet-seat", "2026-01-01"), IsEmpty());
  EXPECT_THAT(had("shower-stool", nullptr), IsEmpty());
}

}  // namespace
}  // namespace softbot
