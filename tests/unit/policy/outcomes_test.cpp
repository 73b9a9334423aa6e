#include "policy/outcomes.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "domain/json.h"
#include "shipped_policy.h"

namespace softbot {
namespace {

struct Case {
  std::string type;
  Value facts;
};

std::vector<Case> ordinary_cases() {
  return {{"household-help", ordinary_facts(help_answers())},
          {"small-aids", ordinary_facts(aid_answers())},
          {"extension", extension_facts()}};
}

PolicyOutcome outcome_of(const PolicyResult& result) {
  return {result.grants, result.grant, codes(result.reasons)};
}

PolicyOutcomes shipped_outcomes() {
  auto outcomes = PolicyOutcomes::load(shipped_files());
  if (!outcomes) throw std::runtime_error(outcomes.error().message);
  return *std::move(outcomes);
}

PolicyOutcome quick(std::string_view type, const Value& facts) {
  static PolicyOutcomes outcomes = shipped_outcomes();
  return outcomes.of(type, "voorbeeld", {a_saturday, a_saturday}, facts);
}

void expect_the_same(const std::string& type, const Value& facts) {
  const auto slow = outcome_of(evaluate(type, facts));
  const auto fast = quick(type, facts);
  EXPECT_EQ(fast.reasons, slow.reasons) << type << ": " << to_json(facts);
  EXPECT_EQ(to_json(fast.grant), to_json(slow.grant)) << type << ": " << to_json(facts);
  EXPECT_EQ(fast.grants, slow.grants);
}

TEST(PolicyOutcomes, are_those_of_every_shipped_example) {
  PolicyOutcomes outcomes = shipped_outcomes();
  EXPECT_EQ(outcomes.version(), shipped_policy().version());
  for (const auto& example : shipped_policy().examples()) {
    const auto slow = outcome_of(
        shipped_policy().evaluate(example.type, example.municipality, example.today, example.facts));
    EXPECT_EQ(outcomes.of(example.type, example.municipality, {example.today, example.today}, example.facts),
              slow)
        << example.file << ": " << example.name;
  }
}

TEST(PolicyOutcomes, are_the_same_when_any_one_fact_is_not_known_or_of_the_wrong_kind) {
  for (const auto& [type, facts] : ordinary_cases()) {
    expect_the_same(type, facts);
    expect_the_same(type, Value());
    for (const auto& answer : facts["answers"].members())
      for (const auto& other : {Value(), Value("x"), Value(3), Value(true), Value::list(), Value::object()})
        expect_the_same(type, with_answer(facts, answer.name, other));
    for (const auto* name : {"register", "provisions", "history", "answers"}) {
      auto without = facts;
      without.erase(name);
      expect_the_same(type, without);
    }
  }
}

TEST(PolicyOutcomes, never_decide_what_is_always_a_persons_or_has_no_rules) {
  EXPECT_THAT(quick("living-allowance", Value()).reasons, ::testing::ElementsAre("always-a-person"));
  EXPECT_THAT(quick("swimming-pool", Value()).reasons, ::testing::ElementsAre("no-policy"));
}

TEST(PolicyOutcomes, use_the_parameters_of_each_municipality_and_day) {
  PolicyOutcomes outcomes = shipped_outcomes();
  const auto facts = ordinary_facts(help_answers());
  const Date before{std::chrono::year{2025}, std::chrono::month{12}, std::chrono::day{31}};
  EXPECT_EQ(outcomes.of("household-help", "molendam", {a_saturday, a_saturday}, facts).grant["provider"],
            "De Molenzorg");
  EXPECT_EQ(outcomes.of("household-help", "voorbeeld", {a_saturday, a_saturday}, facts).grant["provider"],
            "Thuishulp Voorbeeld");
  EXPECT_EQ(outcomes.of("household-help", "voorbeeld", {before, before}, facts),
            outcome_of(shipped_policy().evaluate("household-help", "voorbeeld", before, facts)));
}

TEST(PolicyOutcomes, of_a_past_day_with_the_values_of_another) {
  PolicyOutcomes outcomes = shipped_outcomes();
  const auto facts = ordinary_facts(help_answers());
  const Date before{std::chrono::year{2025}, std::chrono::month{12}, std::chrono::day{31}};
  const Date first{std::chrono::year{2026}, std::chrono::month{1}, std::chrono::day{1}};
  EXPECT_FALSE(outcomes.of("household-help", "voorbeeld", {before, before}, facts).grants);
  EXPECT_TRUE(outcomes.of("household-help", "voorbeeld", {before, a_saturday}, facts).grants);
  for (int again = 0; again < 2; ++again) {  // the second time it is remembered
    EXPECT_FALSE(outcomes.has_same_values("household-help", "voorbeeld", {before, a_saturday}));
  }
  EXPECT_TRUE(outcomes.has_same_values("household-help", "voorbeeld", {before, before}));
  EXPECT_TRUE(outcomes.has_same_values("household-help", "voorbeeld", {first, a_saturday}));
  EXPECT_EQ(outcomes.last_value_day(), first);
}

RC_GTEST_PROP(PolicyOutcomes, are_what_the_policy_says_with_its_trace, ()) {
  const auto one = *rc::gen::elementOf(ordinary_cases());
  auto facts = one.facts;
  for (const auto& answer : one.facts["answers"].members()) {
    switch (*rc::gen::inRange(0, 7)) {
      case 0:
        facts = with_answer(facts, answer.name, nullptr);
        break;
      case 1:
        facts = with_answer(facts, answer.name, *rc::gen::inRange<std::int64_t>(-1, 200));
        break;
      case 2:
        facts = with_answer(facts, answer.name, *rc::gen::arbitrary<bool>());
        break;
      case 3:
        facts = with_answer(facts, answer.name,
                            *rc::gen::element<std::string>("with-others", "partly", "grab-rail", "more", ""));
        break;
      default:
        break;
    }
  }
  const auto slow = outcome_of(evaluate(one.type, facts));
  RC_ASSERT(quick(one.type, facts) == slow);
}

}  // namespace
}  // namespace softbot
