#include "policy/group_shares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "memory_transaction.h"

namespace softbot {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr Date today = 2026y / 11 / 27;

JudgedApplication application(std::int64_t age = 70, const std::string& channel = "web",
                              const std::string& municipality = "voorbeeld") {
  return {municipality, "household-help", channel, age, 2026y / 11 / 2};
}

void judge(Transaction& transaction, int granted, int referred, const JudgedApplication& one) {
  for (int i = 0; i < granted; ++i) (void)count_judgement(transaction, {}, one, Judged::granted);
  for (int i = 0; i < referred; ++i) (void)count_judgement(transaction, {}, one, Judged::referred);
}

const GroupShares* shares_of(const std::vector<GroupShares>& all, const std::string& dimension) {
  for (const GroupShares& one : all) {
    if (one.dimension == dimension) return &one;
  }
  return nullptr;
}

std::vector<GroupShares> read(Transaction& transaction, Date day = today,
                              const std::vector<std::string>& municipalities = {"molendam", "voorbeeld"}) {
  return group_shares(transaction, {"household-help", "small-aids"}, municipalities, day);
}

TEST(SharesPerGroup, are_counted_by_age_channel_and_municipality) {
  MemoryTransaction transaction;
  judge(transaction, 30, 10, application(70));
  judge(transaction, 12, 18, application(86, "paper", "molendam"));
  const auto all = read(transaction);
  const GroupShares* ages = shares_of(all, "age");
  ASSERT_TRUE(ages);
  EXPECT_EQ(ages->type, "household-help");
  ASSERT_EQ(ages->groups.size(), 2U);
  EXPECT_EQ(ages->groups[0].group, "65-74");
  EXPECT_EQ(ages->groups[0].granted, 30);
  EXPECT_EQ(ages->groups[0].referred, 10);
  EXPECT_EQ(ages->groups[1].group, "85-plus");
  EXPECT_DOUBLE_EQ(ages->groups[1].referral.share, 0.6);
  ASSERT_TRUE(shares_of(all, "channel"));
  EXPECT_EQ(shares_of(all, "channel")->groups[1].group, "paper");
  ASSERT_TRUE(shares_of(all, "municipality"));
  EXPECT_EQ(shares_of(all, "municipality")->groups[0].judged(), 30);
}

TEST(SharesPerGroup, count_an_application_once_with_its_last_judgement) {
  MemoryTransaction transaction;
  judge(transaction, 20, 0, application());
  Value kept = count_judgement(transaction, {}, application(), Judged::referred);
  kept = count_judgement(transaction, kept, application(), Judged::referred);
  kept = count_judgement(transaction, kept, application(), Judged::granted);
  const auto all = read(transaction);
  EXPECT_EQ(shares_of(all, "age")->groups[0].granted, 21);
  EXPECT_EQ(shares_of(all, "age")->groups[0].referred, 0);
}

TEST(SharesPerGroup, tell_nothing_of_small_groups_also_not_by_subtraction) {
  MemoryTransaction transaction;
  judge(transaction, 40, 10, application(70));
  judge(transaction, 15, 5, application(80));
  judge(transaction, 3, 1, application(90));
  const auto all = read(transaction);
  const auto& groups = shares_of(all, "age")->groups;
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_FALSE(groups[0].shown) << "the total less what is shown would be the small group";
  EXPECT_TRUE(groups[1].shown) << "who is passed on most often stays in sight";
  EXPECT_FALSE(groups[2].shown);
  EXPECT_EQ(groups[2].judged(), 0);
}

TEST(SharesPerGroup, hide_small_groups_until_together_they_are_none) {
  std::vector<GroupShare> groups{{.group = "a", .granted = 2},
                                 {.group = "b", .granted = 3},
                                 {.group = "c", .granted = 20},
                                 {.group = "d", .granted = 50}};
  hide_small_groups(groups);
  EXPECT_FALSE(groups[2].shown);
  EXPECT_TRUE(groups[3].shown);
}

TEST(SharesPerGroup, of_another_municipality_are_not_in_what_one_may_see) {
  MemoryTransaction transaction;
  judge(transaction, 20, 0, application());
  judge(transaction, 0, 20, application(70, "web", "molendam"));
  const auto mine = read(transaction, today, {"voorbeeld"});
  EXPECT_EQ(shares_of(mine, "age")->groups[0].judged(), 20);
  EXPECT_FALSE(shares_of(mine, "municipality"));
}

TEST(SharesPerGroup, forget_what_is_longer_ago_than_the_quarters_that_count) {
  MemoryTransaction transaction;
  judge(transaction, 20, 0, application());
  EXPECT_EQ(counted_since(2026y / 12 / 31), Date(2025y / 10 / 1));
  EXPECT_EQ(read(transaction, 2027y / 12 / 31).size(), 3U);
  EXPECT_TRUE(read(transaction, 2028y / 1 / 1).empty());
}

TEST(SharesPerGroup, say_when_a_group_is_referred_clearly_more_often_than_the_rest) {
  MemoryTransaction transaction;
  judge(transaction, 90, 10, application(70));
  judge(transaction, 20, 20, application(90));
  judge(transaction, 25, 5, application(50));
  const auto all = read(transaction);
  std::vector<bool> stands_out;
  for (const GroupShare& group : shares_of(all, "age")->groups) stands_out.push_back(group.stands_out);
  EXPECT_THAT(stands_out, ElementsAre(false, false, true));
}

TEST(TheWilsonInterval, is_that_of_the_books) {
  const Share share = wilson(15, 50);  // Newcombe 1998: 0.191 to 0.438
  EXPECT_NEAR(share.low, 0.1910, 0.0001);
  EXPECT_NEAR(share.high, 0.4375, 0.0001);
  EXPECT_EQ(wilson(0, 20).low, 0);
  EXPECT_NEAR(wilson(0, 20).high, 0.1611, 0.0001);
  EXPECT_NEAR(wilson(20, 20).high, 1, 1e-12);
}

}  // namespace
}  // namespace softbot
