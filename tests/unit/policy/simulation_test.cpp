#include "policy/simulation.h"

#include <gmock/gmock.h>

#include "domain/json.h"
#include "judged_application.h"
#include "policy/replay.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

/// The shipped policy with a text of one file changed.
ConfigurationFiles changed_files(const std::string& file, const std::string& from, const std::string& to) {
  auto files = shipped_files();
  auto& text = files.at(file);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return files;
}

ConfigurationFiles from_ninety_years() {
  return changed_files("parameters.json", R"("value": 65)", R"("value": 90)");
}

PolicyOutcomes outcomes_of(const ConfigurationFiles& files) {
  auto outcomes = PolicyOutcomes::load(files);
  if (!outcomes) throw std::runtime_error(outcomes.error().message);
  return *std::move(outcomes);
}

Value at_age(int age) {
  auto facts = ordinary_facts(help_answers());
  facts.set("register", Value::object({{"matched", true}, {"age", age}, {"municipalityMatches", true}}));
  return facts;
}

/// What the store keeps of this application.
KeptJudgement kept_of(const Application& application, std::int64_t row) {
  return {row,
          application.reference,
          application.type,
          application.municipality,
          application.facts[policy_input_fact],
          application.facts[judged_fact]};
}

Simulation tried(const std::vector<Application>& applications, const ConfigurationFiles& draft,
                 std::int64_t first_row = 1) {
  Simulation simulation;
  ComparedPolicies policies{outcomes_of(shipped_files()), outcomes_of(draft), a_saturday};
  policies.values_on = day_of_values(policies.draft, a_saturday);
  std::int64_t row = first_row;
  for (const auto& application : applications) simulation.add(kept_of(application, row++), policies);
  simulation.sort();
  return simulation;
}

TEST(Simulation, of_the_same_policy_changes_nothing) {
  const auto simulation =
      tried({judged("A", at_age(80)), judged("B", at_age(40)), Application{}}, shipped_files());
  EXPECT_EQ(simulation.applications, 3);
  EXPECT_EQ(simulation.judged, 2) << "nothing was judged of the third";
  EXPECT_THAT(simulation.changes, ElementsAre(Pair("same", 2)));
  EXPECT_EQ(simulation.before, simulation.after);
  EXPECT_EQ(simulation.before.grants, 1);
  EXPECT_GT(simulation.before.minutes_per_week, 0);
  EXPECT_TRUE(simulation.changed.empty());
}

TEST(Simulation, counts_who_would_no_longer_be_granted_with_reasons_side_by_side) {
  const auto simulation =
      tried({judged("B", at_age(80)), judged("A", at_age(95)), judged("C", at_age(40))}, from_ninety_years());
  EXPECT_THAT(simulation.changes, ElementsAre(Pair("granted -> referred", 1), Pair("same", 2)));
  EXPECT_EQ(simulation.before.grants, 2);
  EXPECT_EQ(simulation.after.grants, 1);
  EXPECT_EQ(simulation.before.minutes_per_week, 2 * simulation.after.minutes_per_week);
  ASSERT_EQ(simulation.changed.size(), 1U);
  EXPECT_EQ(simulation.changed[0].reference, "B");
  EXPECT_TRUE(simulation.changed[0].before.reasons.empty());
  EXPECT_THAT(simulation.changed[0].after.reasons, ElementsAre("below-minimum-age"));
}

TEST(Simulation, tells_a_grant_of_something_else_from_the_same) {
  const auto draft = changed_files("household-help.dmn", "parameters.contributionCentsPerMonth",
                                   "1 + parameters.contributionCentsPerMonth");
  EXPECT_THAT(tried({judged("A", at_age(80))}, draft).changes, ElementsAre(Pair("granted otherwise", 1)));
}

TEST(Simulation, judges_by_the_active_policy_what_an_older_one_judged) {
  const auto older = *PolicySet::load(from_ninety_years());
  auto application = judged("A", at_age(80));
  application.facts.set(
      judged_fact, judgement_record(older.evaluate("household-help", "voorbeeld", a_saturday, at_age(80)),
                                    "household-help", "voorbeeld", a_saturday));
  EXPECT_THAT(tried({application}, from_ninety_years()).changes, ElementsAre(Pair("granted -> referred", 1)));
}

TEST(Simulation, tries_a_value_that_counts_from_a_later_day_on) {
  const auto planned =
      changed_files("parameters.json", R"({"from": "2026-01-01", "value": 65})",
                    R"({"from": "2026-01-01", "value": 65}, {"from": "2027-01-01", "value": 90})");
  const auto simulation = tried({judged("A", at_age(80)), judged("B", at_age(95))}, planned);
  EXPECT_THAT(simulation.changes, ElementsAre(Pair("granted -> referred", 1), Pair("same", 1)));
}

TEST(Simulation, compares_with_the_values_of_one_day_whatever_counted_when_the_case_was_judged) {
  const auto simulation =
      tried({judged("A", at_age(80))},
            changed_files("parameters.json", R"({"from": "2026-01-01", "value": 2180})",
                          R"({"from": "2026-01-01", "value": 2180}, {"from": "2027-01-01", "value": 2500})"));
  EXPECT_THAT(simulation.changes, ElementsAre(Pair("granted otherwise", 1)));
}

TEST(Simulation, in_parts_adds_up_to_the_whole) {
  const auto draft = from_ninety_years();
  auto sum = tried({judged("B", at_age(80)), judged("C", at_age(95))}, draft, 2);
  sum.add(tried({judged("A", at_age(70))}, draft, 1));
  sum.sort();
  const auto whole =
      tried({judged("A", at_age(70)), judged("B", at_age(80)), judged("C", at_age(95))}, draft);
  EXPECT_EQ(to_json(to_value(sum, 10)), to_json(to_value(whole, 10)));
  EXPECT_EQ(to_value(whole, 10)["changed"].items().size(), 2U);
  EXPECT_EQ(to_value(whole, 1)["changed"].items().size(), 1U);
}

}  // namespace
}  // namespace softbot
