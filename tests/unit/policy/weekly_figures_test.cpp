#include "policy/weekly_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/zone.h"
#include "memory_transaction.h"
#include "policy/weeks.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;

Date day(const char* iso) {
  return *parse_iso_date(iso);
}

Application received_on(const char* iso, const std::string& type = "household-help") {
  Application application;
  application.municipality = "voorbeeld";
  application.type = type;
  application.received = start_of_day(day(iso)) + std::chrono::hours(9);
  return application;
}

Application decided(const char* received, DecidedBy by) {
  Application application = received_on(received);
  application.outcome = Outcome::granted;
  application.decided_by = by;
  return application;
}

WeekFigures week_in(Transaction& transaction, const char* iso,
                    const std::string& municipality = "voorbeeld") {
  return weekly_figures(transaction, {"household-help"}, {municipality}, {week_of(day(iso))})
      .at("household-help")
      .front();
}

std::vector<WeekFigures> weeks(const std::vector<std::int64_t>& received) {
  std::vector<WeekFigures> all;
  for (const std::int64_t count : received) {
    all.emplace_back();
    all.back().received = count;
  }
  return all;
}

TEST(WeeklyFigures, CountWhatComesInInItsWeek) {
  MemoryTransaction transaction;
  count_received(transaction, received_on("2026-11-23"));
  count_received(transaction, received_on("2026-11-29"));
  count_received(transaction, received_on("2026-11-30"));
  count_received(transaction, received_on("2026-11-24", "small-aids"));
  EXPECT_EQ(week_in(transaction, "2026-11-27").received, 2);
  EXPECT_EQ(week_in(transaction, "2026-12-01").received, 1);
  EXPECT_EQ(week_in(transaction, "2026-11-27", "molendam").received, 0);
}

TEST(WeeklyFigures, CountADecisionInTheWeekInWhichItIsTaken) {
  MemoryTransaction transaction;
  count_decided(transaction, decided("2026-11-02", DecidedBy::bot), day("2026-11-02"));
  count_decided(transaction, decided("2026-10-30", DecidedBy::person), day("2026-11-06"));
  count_decided(transaction, decided("2026-08-03", DecidedBy::person), day("2026-11-08"));
  const WeekFigures week = week_in(transaction, "2026-11-04");
  EXPECT_EQ(week.by_bot, 1);
  EXPECT_EQ(week.by_person, 2);
  EXPECT_EQ(week.days, 0 + 7 + 97);
  EXPECT_THAT(week.took, ElementsAre(1, 1, 0, 0, 1));
}

TEST(WeeklyFigures, LeaveOutWhatHasNoOutcome) {
  MemoryTransaction transaction;
  Application closed = received_on("2026-11-02");
  closed.decided_by = DecidedBy::person;  // an item of post
  count_decided(transaction, closed, day("2026-11-02"));
  EXPECT_TRUE(transaction.counters.empty());
}

TEST(DaysToDecision, AreNotToldOfSoFewThatItIsAboutOneResident) {
  WeekFigures week;
  week.by_bot = fewest_for_average - 1;
  week.days = 8;
  EXPECT_FALSE(days_to_decision(week));
  week.by_person = 1;
  EXPECT_DOUBLE_EQ(*days_to_decision(week), 8.0 / static_cast<double>(fewest_for_average));
}

TEST(AChangeOfInflow, IsARiseThatChanceDoesNotExplain) {
  // 16 a week: three deviations of the difference are 3 * sqrt(16 * 9/8) = 12.7.
  const auto quiet = weeks({16, 16, 16, 16, 16, 16, 16, 16, 28});
  EXPECT_FALSE(inflow_change(quiet, 8, true));
  const auto rise = inflow_change(weeks({16, 16, 16, 16, 16, 16, 16, 16, 29}), 8, true);
  ASSERT_TRUE(rise);
  EXPECT_TRUE(rise->more());
  EXPECT_EQ(rise->received, 29);
  EXPECT_DOUBLE_EQ(rise->usual, 16);
  EXPECT_NEAR(rise->high, 28.73, 0.01);
}

TEST(AChangeOfInflow, IsAFallOnceTheWeekIsOver) {
  const auto fallen = weeks({16, 16, 16, 16, 16, 16, 16, 16, 3});
  EXPECT_TRUE(inflow_change(fallen, 8, true));
  EXPECT_FALSE(inflow_change(fallen, 8, false)) << "the rest of the week is still to come";
  EXPECT_TRUE(inflow_change(weeks({16, 16, 16, 16, 16, 16, 16, 16, 40}), 8, false)) << "a rise shows at once";
}

TEST(AChangeOfInflow, NeedsEightWeeksThatWereCounted) {
  EXPECT_FALSE(inflow_change(weeks({16, 16, 16, 16, 16, 16, 16, 90}), 7, true));
  EXPECT_FALSE(inflow_change(weeks({0, 0, 0, 0, 0, 16, 16, 16, 90}), 8, true)) << "it began meanwhile";
  EXPECT_TRUE(inflow_change(weeks({1, 0, 0, 0, 0, 0, 0, 0, 90}), 8, true));
}

TEST(AChangeOfInflow, OfFewIsNoAlarm) {
  EXPECT_FALSE(inflow_change(weeks({1, 0, 0, 0, 0, 0, 0, 0, 3}), 8, true));
}

}  // namespace
}  // namespace softbot
