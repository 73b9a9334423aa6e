#include "policy/replay.h"

#include <gmock/gmock.h>

#include "judged_application.h"
#include "memory_transaction.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Application granted() {
  auto application = judged("A", ordinary_facts(help_answers()));
  Decision decision;
  decision.grant = application.facts[judged_fact]["grant"];
  application.decision = decision;
  return application;
}

std::vector<std::string> differences(const Application& application, const PolicySet& policy) {
  const auto again = judge_again(application, policy);
  EXPECT_TRUE(again.has_value());
  return differences_of(application, *again);
}

TEST(Replay, of_the_same_input_and_version_differs_in_nothing) {
  EXPECT_THAT(differences(granted(), shipped_policy()), IsEmpty());
  const auto referred = judged("A", with_answer(ordinary_facts(help_answers()), "urgent", true));
  EXPECT_FALSE(referred.facts[judged_fact]["grants"].as_bool().value_or(true));
  EXPECT_THAT(differences(referred, shipped_policy()), IsEmpty());
}

TEST(Replay, tells_what_another_policy_would_say) {
  auto files = shipped_files();
  auto& model = files.at("household-help.dmn");
  const std::string cents = "parameters.contributionCentsPerMonth";
  model.replace(model.find(cents), cents.size(), cents + " + 1");
  const auto other = PolicySet::load(files);
  ASSERT_TRUE(other.has_value()) << other.error().message;
  EXPECT_THAT(differences(granted(), *other), ElementsAre(HasSubstr("version: was"), HasSubstr("grant: was"),
                                                          HasSubstr("the decision grants")));
}

TEST(Replay, shouts_when_input_or_decision_was_changed_afterwards) {
  auto application = granted();
  application.facts.set(policy_input_fact, with_answer(ordinary_facts(help_answers()), "urgent", true));
  EXPECT_THAT(differences(application, shipped_policy()),
              ::testing::Contains(HasSubstr("grants: was true, is false")));
  application = granted();
  application.decision->grant.set("minutesPerWeek", 900);
  EXPECT_THAT(differences(application, shipped_policy()), ElementsAre(HasSubstr("the decision grants")));
}

TEST(Replay, needs_something_that_was_judged) {
  EXPECT_EQ(judge_again(Application{}, shipped_policy()).error().code, ErrorCode::not_found);
  EXPECT_EQ(kept_judgement(Application{}).error().code, ErrorCode::not_found);
}

TEST(Replay, finds_the_policy_of_any_version_that_was_kept) {
  MemoryTransaction transaction;
  ASSERT_TRUE(offer_shipped(transaction, policy_name(), shipped_files(), Instant{}).has_value());
  const auto& version = shipped_policy().version();
  const auto found = policy_of_version(transaction, version);
  ASSERT_TRUE(found.has_value()) << found.error().message;
  EXPECT_EQ(found->version(), version);
  EXPECT_EQ(policy_of_version(transaction, "another").error().code, ErrorCode::not_found);
  auto changed = transaction.records.front();
  auto files = shipped_files();
  files.erase("small-aids.dmn");
  changed.content = content_of(files);
  transaction.put_configuration(changed);
  EXPECT_EQ(policy_of_version(transaction, version).error().code, ErrorCode::damaged);
}

}  // namespace
}  // namespace softbot
