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
PolicySet changed_policy(const std::string& file, const std::string& from, const std::string& to) {
  auto files = shipped_files();
  auto& text = files.at(file);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  auto policy = PolicySet::load(files);
  EXPECT_TRUE(policy.has_value()) << policy.error().message;
  return *std::move(policy);
}

PolicySet from_ninety_years() {
  return changed_policy("parameters.json", R"("value": 65)", R"("value": 90)");
}

Value at_age(int age) {
  auto facts = ordinary_facts(help_answers());
  facts.set("register", Value::object({{"matched", true}, {"age", age}, {"municipalityMatches", true}}));
  return facts;
}

Simulation tried(const std::vector<Application>& applications, const PolicySet& draft) {
  Simulation simulation;
  for (const auto& application : applications) simulation.add(application, shipped_policy(), draft);
  simulation.sort();
  return simulation;
}

TEST(Simulation, of_the_same_policy_changes_nothing) {
  const auto simulation =
      tried({judged("A", at_age(80)), judged("B", at_age(40)), Application{}}, shipped_policy());
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
  EXPECT_TRUE(simulation.changed[0].before["reasons"].items().empty());
  EXPECT_FALSE(simulation.changed[0].after["reasons"].items().empty());
}

TEST(Simulation, tells_a_grant_of_something_else_from_the_same) {
  const auto draft = changed_policy("household-help.dmn", "parameters.contributionCentsPerMonth",
                                    "1 + parameters.contributionCentsPerMonth");
  EXPECT_THAT(tried({judged("A", at_age(80))}, draft).changes, ElementsAre(Pair("granted otherwise", 1)));
}

TEST(Simulation, judges_by_the_active_policy_what_an_older_one_judged) {
  const auto older = from_ninety_years();
  auto application = judged("A", at_age(80));
  application.facts.set(
      judged_fact, judgement_record(older.evaluate("household-help", "voorbeeld", a_saturday, at_age(80)),
                                    "household-help", "voorbeeld", a_saturday));
  EXPECT_THAT(tried({application}, older).changes, ElementsAre(Pair("granted -> referred", 1)));
}

TEST(Simulation, in_parts_adds_up_to_the_whole) {
  const auto draft = from_ninety_years();
  auto sum = tried({judged("B", at_age(80))}, draft);
  sum.add(tried({judged("A", at_age(70)), judged("C", at_age(95))}, draft));
  sum.sort();
  const auto whole =
      tried({judged("A", at_age(70)), judged("B", at_age(80)), judged("C", at_age(95))}, draft);
  EXPECT_EQ(to_json(to_value(sum)), to_json(to_value(whole)));
}

}  // namespace
}  // namespace softbot
