#include "policy/judgement.h"

#include <gtest/gtest.h>

namespace softbot {
namespace {

using dmn::Verdict;

const dmn::Variable no_wlz{"Geen Wlz", "condition-no-wlz", {}, "U hebt geen Wlz."};

dmn::RuleTrace rule(Verdict verdict, bool applied, dmn::Value value, std::string test = "true") {
  dmn::RuleTrace trace;
  trace.verdict = verdict;
  trace.applied = applied;
  trace.cells.push_back({"wlz", std::move(value), std::move(test), verdict});
  trace.annotations = {"Zin van de regel."};
  return trace;
}

dmn::Evaluation evaluation(std::string hit_policy, std::vector<dmn::RuleTrace> rules,
                           dmn::Value result = true) {
  dmn::DecisionTrace decision;
  decision.name = no_wlz.name;
  decision.id = no_wlz.id;
  decision.hit_policy = std::move(hit_policy);
  decision.rules = std::move(rules);
  dmn::Evaluation made;
  made.result = std::move(result);
  made.trace.decisions.push_back(std::move(decision));
  return made;
}

ConditionState state(const dmn::Evaluation& evaluation) {
  return judge(no_wlz, evaluation, "wlz").condition.state;
}

TEST(Judgement, speaks_the_sentence_of_the_rule_that_applied) {
  const auto judgement = judge(no_wlz, evaluation("UNIQUE", {rule(Verdict::met, true, true)}), "");
  EXPECT_EQ(judgement.condition, (Condition{"no-wlz", ConditionState::met, "Zin van de regel."}));
  EXPECT_EQ(judgement.reason, Reason{});
}

TEST(Judgement, names_what_is_not_known) {
  const auto judgement =
      judge(no_wlz, evaluation("UNIQUE", {rule(Verdict::unknown, false, nullptr)}, nullptr), "wlz");
  EXPECT_EQ(judgement.condition.state, ConditionState::unknown);
  EXPECT_EQ(judgement.reason, (Reason{"no-wlz-unknown", "Niet bekend: U hebt geen Wlz.", "wlz"}));
}

TEST(Judgement, takes_the_reason_that_the_table_gives) {
  auto unmet = evaluation("UNIQUE", {rule(Verdict::met, true, true)},
                          dmn::Value(dmn::Context{{"met", false}, {"reason", "wlz"}}));
  EXPECT_EQ(judge(no_wlz, unmet, "").reason, (Reason{"wlz", "Zin van de regel.", ""}));
  unmet.result = false;
  EXPECT_EQ(judge(no_wlz, unmet, "").reason.code, "no-wlz-unmet");
}

TEST(Judgement, does_not_believe_a_table_that_skipped_a_rule_it_could_not_judge) {
  const auto skipped = rule(Verdict::unknown, false, nullptr);
  const auto otherwise = rule(Verdict::met, true, nullptr, "-");
  EXPECT_EQ(state(evaluation("FIRST", {skipped, otherwise})), ConditionState::unknown);
  EXPECT_EQ(state(evaluation("FIRST", {otherwise, skipped})), ConditionState::met);
  EXPECT_EQ(state(evaluation("UNIQUE", {otherwise, skipped})), ConditionState::unknown);
  EXPECT_EQ(state(evaluation("COLLECT SUM", {otherwise, skipped})), ConditionState::unknown);
}

TEST(Judgement, does_not_believe_a_rule_that_is_met_by_something_unknown) {
  EXPECT_EQ(state(evaluation("UNIQUE", {rule(Verdict::met, true, nullptr, "not(true)")})),
            ConditionState::unknown);
}

TEST(Judgement, does_not_believe_a_decision_with_an_error_below_it) {
  auto with_error = evaluation("UNIQUE", {rule(Verdict::met, true, true)});
  dmn::DecisionTrace below;
  below.name = "below";
  below.errors = {"division by zero"};
  with_error.trace.decisions.insert(with_error.trace.decisions.begin(), below);
  EXPECT_EQ(state(with_error), ConditionState::unknown);
}

}  // namespace
}  // namespace softbot
