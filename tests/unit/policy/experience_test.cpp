#include "policy/experience.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/json.h"
#include "memory_transaction.h"
#include "policy/group_shares.h"
#include "policy/weeks.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

Date day(const char* iso) {
  return *parse_iso_date(iso);
}

Experience answered(std::map<std::string, std::string> answers, const char* on = "2026-11-27",
                    const std::string& type = "household-help") {
  return {"voorbeeld", type, "web", day(on), std::move(answers)};
}

std::map<std::string, Experiences> counted(Transaction& transaction, const char* from = "2026-11-23",
                                           const char* until = "2026-11-29") {
  return experiences(transaction, weeks_between(day(from), day(until)), {"voorbeeld"});
}

void count_many(Transaction& transaction, std::int64_t times, const Experience& one) {
  for (std::int64_t i = 0; i < times; ++i) ASSERT_TRUE(count_experience(transaction, one));
}

TEST(Experiences, AreCountedPerQuestionAndType) {
  MemoryTransaction transaction;
  count_many(transaction, 8, answered({{"clear", "yes"}, {"fast", "no"}, {"understood", "yes"}}));
  count_many(transaction, 3, answered({{"clear", "partly"}}));
  const Experiences all = counted(transaction).at("household-help");
  EXPECT_EQ(all.residents, 11);
  EXPECT_THAT(all.answers[0], ElementsAre(8, 3, 0));
  EXPECT_THAT(all.answers[1], ElementsAre(0, 0, 8));
  EXPECT_THAT(all.answers[2], ElementsAre(8, 0, 0));
}

TEST(Experiences, OfFewResidentsAreNotShown) {
  MemoryTransaction transaction;
  count_many(transaction, smallest_group_shown - 1, answered({{"clear", "no"}}));
  EXPECT_THAT(counted(transaction), IsEmpty());
  count_many(transaction, 1, answered({{"clear", "no"}}));
  EXPECT_THAT(counted(transaction), Not(IsEmpty()));
}

TEST(Experiences, OfOtherWeeksAndMunicipalitiesAreOthers) {
  MemoryTransaction transaction;
  count_many(transaction, smallest_group_shown, answered({{"clear", "yes"}}, "2026-11-22"));
  EXPECT_THAT(counted(transaction), IsEmpty());
  EXPECT_EQ(counted(transaction, "2026-11-16", "2026-11-16").size(), 1U);
  EXPECT_THAT(experiences(transaction, {day("2026-11-16")}, {"molendam"}), IsEmpty());
}

TEST(AnExperience, WithoutAnAnswerOrWithAnUnknownOneIsNotCounted) {
  MemoryTransaction transaction;
  EXPECT_EQ(count_experience(transaction, answered({})).error().code, ErrorCode::invalid_input);
  EXPECT_FALSE(count_experience(transaction, answered({{"clear", "perhaps"}})));
  EXPECT_FALSE(count_experience(transaction, answered({{"clear", "yes"}, {"name", "yes"}})));
  EXPECT_THAT(transaction.settings, IsEmpty());
}

TEST(AnExperience, LeavesNothingThatTellsWhoOrWhen) {
  // Two orders of the same answers leave the same, to the letter.
  MemoryTransaction one;
  MemoryTransaction other;
  const Experience monday = answered({{"clear", "yes"}}, "2026-11-23");
  const Experience sunday = answered({{"fast", "no"}}, "2026-11-29", "small-aids");
  count_many(one, 1, monday);
  count_many(one, 1, sunday);
  count_many(other, 1, sunday);
  count_many(other, 1, monday);
  ASSERT_EQ(one.settings.size(), 1U);
  EXPECT_EQ(one.settings.begin()->first, "experience:2026-11-23:voorbeeld");
  EXPECT_EQ(to_json(one.settings.begin()->second), to_json(other.settings.begin()->second));
}

TEST(Weeks, BeginOnMondayAndAreNumberedAsIso8601Does) {
  EXPECT_EQ(format_iso(week_of(day("2026-11-29"))), "2026-11-23");
  EXPECT_EQ(format_iso(week_of(day("2026-11-23"))), "2026-11-23");
  EXPECT_EQ(week_number(day("2026-11-27")), 48);
  EXPECT_EQ(week_number(day("2027-01-01")), 53);
  EXPECT_EQ(week_number(day("2024-12-30")), 1);
  EXPECT_EQ(weeks_between(day("2026-11-27"), day("2026-12-07")).size(), 3U);
  EXPECT_TRUE(weeks_between(day("2026-12-07"), day("2026-11-27")).empty());
}

}  // namespace
}  // namespace softbot
