#include "policy/kill_switch.h"

#include <gtest/gtest.h>

#include "memory_transaction.h"

namespace softbot {
namespace {

using namespace std::chrono_literals;

const Instant noon = *parse_instant("2026-11-21T11:00:00Z");
const ReleaseWord farid{"farid", "person-farid", "De regel is hersteld.", noon + 1h};
const ReleaseWord hanna{"hanna", "person-hanna", "Nagekeken.", noon + 2h};
constexpr const char* subject = "small-aids";

class ReleasingAKillSwitch : public ::testing::Test {
 protected:
  void SetUp() override { throw_it(); }
  void throw_it() {
    ASSERT_TRUE(set_kill_switch(transaction_, {subject, true, "farid", "Te veel fouten.", noon}));
  }
  KillSwitch now() { return kill_switch(transaction_, subject); }
  ErrorCode refusal(const Result<void>& result) { return result ? ErrorCode::internal : result.error().code; }

  MemoryTransaction transaction_;
};

TEST_F(ReleasingAKillSwitch, takes_two_persons) {
  ASSERT_TRUE(propose_release(transaction_, subject, farid));
  EXPECT_TRUE(now().on);
  EXPECT_EQ(now().release, farid);
  EXPECT_EQ(now().why, "Te veel fouten.") << "who threw it, and why, stays in sight";
  ASSERT_TRUE(confirm_release(transaction_, subject, hanna, farid.at));
  EXPECT_EQ(now(), (KillSwitch{subject, false, "hanna", "Nagekeken.", hanna.at, farid}));
}

TEST_F(ReleasingAKillSwitch, is_not_done_by_setting_it_back) {
  EXPECT_EQ(refusal(set_kill_switch(transaction_, {subject, false, "farid", "Opgelost.", noon})),
            ErrorCode::invalid_input);
  EXPECT_TRUE(now().on);
}

TEST_F(ReleasingAKillSwitch, is_not_confirmed_by_who_proposed_it_whatever_the_account) {
  ASSERT_TRUE(propose_release(transaction_, subject, farid));
  ReleaseWord other_account = farid;
  other_account.by = "farid-avond";
  const auto refused = confirm_release(transaction_, subject, other_account, farid.at);
  EXPECT_EQ(refusal(refused), ErrorCode::forbidden);
  EXPECT_NE(refused.error().message.find("zelf voorgesteld"), std::string::npos);
  EXPECT_TRUE(now().on);
}

TEST_F(ReleasingAKillSwitch, can_be_taken_back) {
  ASSERT_TRUE(propose_release(transaction_, subject, farid));
  EXPECT_EQ(*end_release(transaction_, subject, farid), farid);
  EXPECT_TRUE(now().on);
  EXPECT_FALSE(now().release);
  EXPECT_EQ(refusal(confirm_release(transaction_, subject, hanna, farid.at)), ErrorCode::conflict);
  EXPECT_FALSE(end_release(transaction_, subject, farid)) << "once is enough";
}

TEST_F(ReleasingAKillSwitch, falls_away_when_somebody_throws_it_again) {
  ASSERT_TRUE(propose_release(transaction_, subject, farid));
  throw_it();
  EXPECT_EQ(refusal(confirm_release(transaction_, subject, hanna, farid.at)), ErrorCode::conflict);
  EXPECT_TRUE(now().on);
}

TEST_F(ReleasingAKillSwitch, confirms_only_the_proposal_that_was_read) {
  ASSERT_TRUE(propose_release(transaction_, subject, farid));
  EXPECT_EQ(refusal(confirm_release(transaction_, subject, hanna, farid.at - 1min)), ErrorCode::conflict);
  EXPECT_TRUE(now().on);
}

TEST_F(ReleasingAKillSwitch, is_proposed_once_and_only_while_it_is_on) {
  EXPECT_EQ(refusal(propose_release(transaction_, "extension", farid)), ErrorCode::conflict);
  ASSERT_TRUE(propose_release(transaction_, subject, farid));
  EXPECT_EQ(refusal(propose_release(transaction_, subject, farid)), ErrorCode::conflict);
  EXPECT_EQ(refusal(propose_release(transaction_, subject, hanna)), ErrorCode::conflict);
  EXPECT_EQ(now().release, farid);
}

TEST_F(ReleasingAKillSwitch, needs_a_person_and_a_reason_each_time) {
  ReleaseWord silent = farid;
  silent.why = "  ";
  ReleaseWord nobody = farid;
  nobody.person.clear();
  for (const ReleaseWord& word : {silent, nobody}) {
    EXPECT_EQ(refusal(propose_release(transaction_, subject, word)), ErrorCode::invalid_input);
    EXPECT_EQ(refusal(confirm_release(transaction_, subject, word, noon)), ErrorCode::invalid_input);
    EXPECT_EQ(end_release(transaction_, subject, word).error().code, ErrorCode::invalid_input);
  }
}

}  // namespace
}  // namespace softbot
