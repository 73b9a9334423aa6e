#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/json.h"
#include "shipped_policy.h"

namespace softbot {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Value ordinary = ordinary_facts(help_answers());

PolicyResult help(const Value& facts) {
  return evaluate("household-help", facts);
}

std::vector<std::string> reasons_with(std::string_view name, Value answer) {
  return codes(help(with_answer(ordinary, name, std::move(answer))).reasons);
}

std::int64_t minutes_with(std::initializer_list<std::pair<std::string_view, Value>> answers) {
  auto facts = ordinary;
  for (const auto& [name, answer] : answers) facts = with_answer(facts, name, answer);
  const auto result = help(facts);
  EXPECT_THAT(codes(result.reasons), IsEmpty());
  return result.grant["minutesPerWeek"].as_integer().value_or(-1);
}

TEST(HouseholdHelp, grants_the_simple_ordinary_case_exactly) {
  const auto result = help(ordinary);
  ASSERT_TRUE(result.grants) << ::testing::PrintToString(codes(result.reasons));
  EXPECT_EQ(
      to_json(result.grant),
      R"({"minutesPerWeek":125,"from":"2026-12-05","until":"2031-12-04","provider":"Thuishulp Voorbeeld",)"
      R"("contributionCents":2180,"amountCentsPerYear":403000,"provisionForm":"in-kind"})");
  EXPECT_EQ(result.amount_cents_per_year(), 403'000);
  EXPECT_THAT(result.reasons, IsEmpty());
  EXPECT_GE(result.conditions.size(), 15U);
  for (const auto& condition : result.conditions) {
    EXPECT_EQ(condition.state, ConditionState::met) << condition.name;
    EXPECT_TRUE(condition.text.ends_with(".")) << condition.text;
  }
  EXPECT_EQ(result.version, shipped_policy().version());
  EXPECT_EQ(result.trace["version"].text_or_empty(), result.version);
}

TEST(HouseholdHelp, counts_minutes_by_the_published_norm) {
  EXPECT_EQ(minutes_with({}), 125);                                   // 108 h
  EXPECT_EQ(minutes_with({{"takeover", "partly"}}), 100);             // 85 h: 98.1
  EXPECT_EQ(minutes_with({{"allergy", true}}), 155);                  // 134 h: 154.6
  EXPECT_EQ(minutes_with({{"allergy", true}, {"pets", true}}), 185);  // 160 h: 184.6
  EXPECT_EQ(minutes_with({{"pets", true}}), 125);
  EXPECT_EQ(minutes_with({{"roomsInUse", 3}}), 145);  // 124 h: 143.1
  EXPECT_EQ(minutes_with({{"roomsInUse", 1}}), 125);
  EXPECT_EQ(minutes_with({{"roomsNotInUse", 2}}), 135);  // 116 h: 133.8
  EXPECT_EQ(minutes_with({{"informalCarer", true}, {"informalCareHours", 2}}), 100);
  EXPECT_EQ(minutes_with({{"takeover", "partly"}, {"informalCarer", true}, {"informalCareHours", 2}}), 100);
  EXPECT_EQ(minutes_with({{"livingSituation", "with-others"},  // 134 h
                          {"householdCanHelp", false},
                          {"householdMembers",
                           list_of({Value::object({{"relation", "partner"}, {"canHelp", false}})})}}),
            155);
}

TEST(HouseholdHelp, refers_every_case_that_is_not_simple) {
  EXPECT_THAT(reasons_with("wlz", true), ElementsAre("wlz"));
  EXPECT_THAT(reasons_with("urgent", true), ElementsAre("urgent"));
  EXPECT_THAT(reasons_with("hasRepresentative", true), ElementsAre("representative"));
  EXPECT_THAT(reasons_with("provisionForm", "personal-budget"), ElementsAre("personal-budget"));
  EXPECT_THAT(reasons_with("limitationDuration", "temporary"), ElementsAre("temporary-limitation"));
  EXPECT_THAT(reasons_with("privateCleaner", true), ElementsAre("private-cleaner"));
  EXPECT_THAT(reasons_with("roomsInUse", 7), ElementsAre("rooms-outside-norm"));
  EXPECT_THAT(reasons_with("roomsNotInUse", 4), ElementsAre("rooms-outside-norm"));
  EXPECT_THAT(reasons_with("tasks", list_of({"light-cleaning", "laundry"})),
              ElementsAre("tasks-outside-norm"));
  EXPECT_THAT(reasons_with("providerWish", "Onbekende Hulp BV"), ElementsAre("provider-wish"));
}

TEST(HouseholdHelp, takes_the_bounds_themselves_as_inside) {
  EXPECT_THAT(reasons_with("roomsInUse", 6), IsEmpty());
  EXPECT_THAT(reasons_with("roomsNotInUse", 3), IsEmpty());
  EXPECT_THAT(reasons_with("roomsInUse", 0), Contains("home-within-norm-unknown"));
}

TEST(HouseholdHelp, follows_the_wish_for_a_provider_that_the_municipality_has) {
  const auto result = help(with_answer(ordinary, "providerWish", "zorg aan huis"));
  ASSERT_TRUE(result.grants);
  EXPECT_EQ(result.grant["provider"].text_or_empty(), "Zorg aan Huis");
}

TEST(HouseholdHelp, uses_the_parameters_of_the_municipality) {
  const auto result = shipped_policy().evaluate("household-help", "molendam", a_saturday, ordinary);
  ASSERT_TRUE(result.grants);
  EXPECT_EQ(result.grant["provider"].text_or_empty(), "De Molenzorg");
}

TEST(HouseholdHelp, looks_at_who_lives_there) {
  auto with_others = with_answer(ordinary, "livingSituation", "with-others");
  const auto members = [](Value can_help) {
    return list_of(
        {Value::object({{"relation", "partner"}, {"birthYear", 1944}, {"canHelp", std::move(can_help)}})});
  };
  EXPECT_THAT(codes(help(with_others).reasons), ElementsAre("household-cannot-help-unknown"));
  with_others = with_answer(with_others, "householdMembers", members(nullptr));
  EXPECT_THAT(codes(help(with_others).reasons), ElementsAre("household-cannot-help-unknown"));
  with_others = with_answer(with_others, "householdCanHelp", true);
  EXPECT_THAT(codes(help(with_others).reasons), ElementsAre("household-can-help"));
  with_others = with_answer(with_others, "householdCanHelp", false);
  EXPECT_TRUE(help(with_others).grants);
  EXPECT_THAT(codes(help(with_answer(with_others, "householdMembers", members(true))).reasons),
              ElementsAre("household-can-help"));
}

TEST(HouseholdHelp, looks_at_informal_care) {
  auto cared_for = with_answer(ordinary, "informalCarer", true);
  EXPECT_THAT(codes(help(cared_for).reasons), ElementsAre("informal-care-unknown"));
  EXPECT_TRUE(help(with_answer(cared_for, "informalCareHours", Number{"3.5"})).grants);
  EXPECT_THAT(codes(help(with_answer(cared_for, "informalCareHours", 4)).reasons),
              ElementsAre("informal-care"));
}

TEST(HouseholdHelp, looks_at_age_and_register) {
  const auto reasons = [](Value matched, Value age, Value municipality) {
    auto facts = ordinary;
    facts.set("register", Value::object({{"matched", std::move(matched)},
                                         {"age", std::move(age)},
                                         {"municipalityMatches", std::move(municipality)}}));
    return codes(help(facts).reasons);
  };
  EXPECT_THAT(reasons(true, 65, true), IsEmpty());
  EXPECT_THAT(reasons(true, 64, true), ElementsAre("below-minimum-age"));
  EXPECT_THAT(reasons(true, nullptr, true), ElementsAre("minimum-age-unknown"));
  EXPECT_THAT(reasons(false, 80, true), ElementsAre("register-not-confirmed"));
  EXPECT_THAT(reasons(true, 80, false), ElementsAre("register-other-municipality"));
}

TEST(HouseholdHelp, looks_at_what_the_resident_has_already) {
  const auto reasons = [](Value provisions) {
    auto facts = ordinary;
    facts.set("provisions", std::move(provisions));
    return codes(help(facts).reasons);
  };
  const auto provision = [](const char* type, Value until) {
    return list_of({Value::object({{"type", type}, {"from", "2020-01-01"}, {"until", std::move(until)}})});
  };
  EXPECT_THAT(reasons(provision("household-help", "2026-11-20")), IsEmpty());
  EXPECT_THAT(reasons(provision("household-help", "2026-11-21")), ElementsAre("provision-exists"));
  EXPECT_THAT(reasons(provision("household-help", nullptr)), ElementsAre("provision-exists"));
  EXPECT_THAT(reasons(provision("small-aids", nullptr)), IsEmpty());
  EXPECT_THAT(reasons(nullptr), ElementsAre("no-such-provision-unknown"));
}

TEST(HouseholdHelp, looks_at_history) {
  const auto reasons = [](Value open, Value refused) {
    auto facts = ordinary;
    facts.set("history", Value::object({{"openSameType", std::move(open)},
                                        {"refusedWithin12Months", std::move(refused)}}));
    return codes(help(facts).reasons);
  };
  EXPECT_THAT(reasons(true, false), ElementsAre("duplicate"));
  EXPECT_THAT(reasons(false, true), ElementsAre("repeated-after-refusal"));
  EXPECT_THAT(reasons(nullptr, nullptr), ElementsAre("nothing-open-unknown", "no-recent-refusal-unknown"));
}

TEST(HouseholdHelp, gives_every_reason_at_once_with_the_field_that_is_missing) {
  auto facts = with_answer(with_answer(ordinary, "wlz", true), "privateCleaner", nullptr);
  const auto result = help(facts);
  EXPECT_THAT(codes(result.reasons), ElementsAre("wlz", "no-private-cleaner-unknown"));
  EXPECT_EQ(result.reasons[1].field, "privateCleaner");
  EXPECT_EQ(result.reasons[1].text, "Niet bekend: U hebt geen eigen schoonmaakhulp.");
  EXPECT_TRUE(result.grant.is_null());
}

TEST(HouseholdHelp, points_to_general_provisions_as_advice) {
  EXPECT_THAT(help(ordinary).advice, IsEmpty());
  const auto result = help(with_answer(ordinary, "tasks", list_of({"shopping", "meals", "beds"})));
  EXPECT_THAT(codes(result.advice), ElementsAre("grocery-delivery", "meal-service"));
  EXPECT_FALSE(result.advice.front().text.empty());
}

TEST(HouseholdHelp, refers_more_minutes_than_the_bot_may_grant) {
  auto facts = ordinary;
  for (const auto& [name, answer] : std::initializer_list<std::pair<std::string_view, Value>>{
           {"allergy", true},
           {"pets", true},
           {"roomsInUse", 6},
           {"livingSituation", "with-others"},
           {"householdCanHelp", false},
           {"householdMembers", list_of({Value::object({{"canHelp", false}})})},
           {"roomsNotInUse", 3}}) {
    facts = with_answer(facts, name, answer);
  }
  EXPECT_THAT(codes(help(facts).reasons), ElementsAre("above-maximum"));
}

}  // namespace
}  // namespace softbot
