#include "policy/sample_alarm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/time.h"
#include "memory_transaction.h"
#include "policy/safeguards.h"

namespace softbot {
namespace {

using Found = LookedAt::Found;

const Instant noon = *parse_instant("2026-11-21T11:00:00Z");
constexpr std::chrono::hours day{24};

LookedAt looked_at(Found found, Instant prepared_at = noon, const std::string& municipality = "voorbeeld") {
  return {municipality, "household-help", "v1", prepared_at, found, prepared_at + std::chrono::hours(1)};
}

std::optional<KillSwitch> count(Transaction& transaction, const LookedAt& one,
                                const std::string& active = "v1") {
  const auto thrown = count_looked_at(transaction, one, active);
  EXPECT_TRUE(thrown);
  return thrown ? *thrown : std::nullopt;
}

/// Stops household help everywhere: two overturned in a row.
KillSwitch stopped(Transaction& transaction) {
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned)));
  const auto thrown = count(transaction, looked_at(Found::overturned));
  EXPECT_TRUE(thrown);
  return thrown.value_or(KillSwitch{});
}

SampleTest everywhere(Transaction& transaction, const std::string& active = "v1") {
  return sample_test(transaction, {"household-help", ""}, active);
}

TEST(TheAlarmOnTheSample, throws_the_kill_switch_when_too_many_are_overturned) {
  MemoryTransaction transaction;
  const KillSwitch thrown = stopped(transaction);
  EXPECT_EQ(thrown.subject, "household-help");
  EXPECT_EQ(thrown.by, "system");
  EXPECT_EQ(
      thrown.why,
      "Van de laatste 2 toekenningen in de steekproef hield een mens er 2 tegen. Dat past niet meer bij een "
      "aandeel van hooguit 0,5%. De bot staat hier stil tot twee mensen dat opheffen.");
  EXPECT_EQ(kill_switch(transaction, "household-help"), thrown);
  EXPECT_FALSE(kill_switch(transaction, "small-aids").on);
  EXPECT_EQ(everywhere(transaction).stopped_at, noon + std::chrono::hours(1));
}

TEST(TheAlarmOnTheSample, lets_a_bot_that_is_right_go_on_round_after_round) {
  MemoryTransaction transaction;
  for (int i = 0; i < 200; ++i) EXPECT_FALSE(count(transaction, looked_at(Found::confirmed)));
  const SampleTest test = everywhere(transaction);
  EXPECT_EQ(test.passes, 3);  // 65 make one
  EXPECT_EQ(test.round, (SampleCount{5, 0}));
  EXPECT_EQ(test.all, (SampleCount{200, 0}));
}

TEST(TheAlarmOnTheSample, stops_a_bot_that_went_wrong_after_it_was_right_for_long) {
  MemoryTransaction transaction;
  for (int i = 0; i < 65 * 20; ++i) EXPECT_FALSE(count(transaction, looked_at(Found::confirmed)));
  stopped(transaction);
}

TEST(TheAlarmOnTheSample, stops_one_municipality_when_things_go_wrong_there_alone) {
  MemoryTransaction transaction;
  for (int i = 0; i < 40; ++i) EXPECT_FALSE(count(transaction, looked_at(Found::confirmed)));
  const auto wrong = looked_at(Found::overturned, noon, "molendam");
  EXPECT_FALSE(count(transaction, wrong));
  const auto thrown = count(transaction, wrong);
  ASSERT_TRUE(thrown);
  EXPECT_EQ(thrown->subject, "molendam:household-help");
  EXPECT_FALSE(kill_switch(transaction, "household-help").on);
  EXPECT_EQ(sample_test(transaction, {"household-help", "voorbeeld"}, "v1").all, (SampleCount{40, 0}));
}

TEST(TheAlarmOnTheSample, counts_nothing_more_while_its_stop_stands) {
  MemoryTransaction transaction;
  stopped(transaction);
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned)));
  EXPECT_EQ(everywhere(transaction).all, (SampleCount{0, 2}));
}

TEST(TheAlarmOnTheSample, begins_anew_when_a_person_releases_its_stop) {
  MemoryTransaction transaction;
  stopped(transaction);
  const Instant released = noon + day;
  ASSERT_TRUE(
      propose_release(transaction, "household-help", {"carla", "person-carla", "Regel hersteld", noon}));
  EXPECT_TRUE(everywhere(transaction).stopped_at) << "a proposal alone begins nothing";
  ASSERT_TRUE(
      confirm_release(transaction, "household-help", {"dirk", "person-dirk", "Nagekeken", released}, noon));
  EXPECT_EQ(everywhere(transaction).since, released);
  EXPECT_EQ(everywhere(transaction).all, SampleCount{});
  EXPECT_EQ(sample_test(transaction, {"household-help", "voorbeeld"}, "v1").since, released);
  // What the bot made ready before still waits for persons, and says nothing about it now.
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned)));
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned)));
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned, released + day)));
  EXPECT_TRUE(count(transaction, looked_at(Found::overturned, released + day)));
}

TEST(TheAlarmOnTheSample, begins_anew_with_another_version_and_forgets_the_old_one) {
  MemoryTransaction transaction;
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned)));
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned), "v2"));  // made ready by v1
  EXPECT_EQ(everywhere(transaction, "v2").all, SampleCount{});
  LookedAt with_v2 = looked_at(Found::overturned);
  with_v2.policy_version = "v2";
  EXPECT_FALSE(count(transaction, with_v2, "v2"));
  EXPECT_EQ(everywhere(transaction, "v2").all, (SampleCount{0, 1}));
}

TEST(TheAlarmOnTheSample, does_not_release_its_stop_with_another_version) {
  MemoryTransaction transaction;
  stopped(transaction);
  EXPECT_TRUE(kill_switch(transaction, "household-help").on);
  EXPECT_TRUE(everywhere(transaction, "v2").stopped_at);
}

TEST(TheAlarmOnTheSample, begins_anew_with_other_settings) {
  MemoryTransaction transaction;
  EXPECT_FALSE(count(transaction, looked_at(Found::overturned)));
  ASSERT_TRUE(fill_safeguards(transaction, R"({"types":{},"sampleTest":{"unacceptable":"0.1"}})"));
  EXPECT_EQ(everywhere(transaction).all, SampleCount{});
  EXPECT_EQ(everywhere(transaction).settings.unacceptable, 100'000);
}

TEST(TheListOfTests, names_every_type_that_the_bot_may_grant_and_municipalities_that_have_counted) {
  MemoryTransaction transaction;
  EXPECT_FALSE(count(transaction, looked_at(Found::confirmed)));
  std::vector<std::string> subjects;
  for (const SampleTest& test : sample_tests(transaction, {"extension", "household-help", "living-allowance"},
                                             {"molendam", "voorbeeld"}, "v1"))
    subjects.push_back(test.scope.subject());
  EXPECT_THAT(subjects, ::testing::ElementsAre("extension", "household-help", "voorbeeld:household-help"));
}

}  // namespace
}  // namespace softbot
