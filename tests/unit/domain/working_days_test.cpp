#include "domain/working_days.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "helpers.h"

namespace softbot {
namespace {

using testing::any_day;
using testing::day;

TEST(Easter, FallsOnTheDaysOfTheCalendar) {
  for (const char* sunday :
       {"1943-04-25", "2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05",
        "2027-03-28", "2028-04-16", "2038-04-25", "2100-03-28"}) {
    EXPECT_EQ(easter_sunday(day(sunday).year()), day(sunday));
  }
}

TEST(Holidays, Of2026) {
  std::vector<std::string> days;
  for (const Holiday& holiday : public_holidays(std::chrono::year(2026))) {
    days.push_back(format_iso(holiday.date) + " " + std::string(holiday.name));
  }
  EXPECT_EQ(days,
            (std::vector<std::string>{
                "2026-01-01 Nieuwjaarsdag", "2026-01-02 Gelijkgestelde dag", "2026-04-03 Goede Vrijdag",
                "2026-04-06 Tweede paasdag", "2026-04-27 Koningsdag", "2026-05-05 5 mei",
                "2026-05-14 Hemelvaartsdag", "2026-05-15 Gelijkgestelde dag", "2026-05-25 Tweede pinksterdag",
                "2026-12-25 Eerste kerstdag", "2026-12-26 Tweede kerstdag"}));
}

TEST(Holidays, NameTheirArticle) {
  EXPECT_EQ(holiday_on(day("2026-04-03"))->article, "Atw 3 lid 2");
  EXPECT_EQ(holiday_on(day("2026-05-05"))->article, "Atw 3 lid 1");
  EXPECT_EQ(holiday_on(day("2026-05-15"))->article, "Atw 3 lid 3");
  EXPECT_FALSE(holiday_on(day("2026-05-04")).has_value());
}

TEST(Holidays, TheFifthOfMayCountsEveryYear) {
  EXPECT_FALSE(is_working_day(day("2026-05-05")));
  EXPECT_FALSE(is_working_day(day("2027-05-05")));
}

TEST(KingsDay, IsADayEarlierWhenItWouldBeASunday) {
  EXPECT_EQ(kings_day(std::chrono::year(2025)), day("2025-04-26"));
  EXPECT_EQ(kings_day(std::chrono::year(2026)), day("2026-04-27"));
  EXPECT_EQ(kings_day(std::chrono::year(2031)), day("2031-04-26"));
  EXPECT_TRUE(is_working_day(day("2013-04-26")));
}

TEST(EndOfTerm, MovesToTheNextWorkingDay) {
  EXPECT_EQ(end_of_term(day("2026-03-06")), day("2026-03-06"));  // a Friday
  EXPECT_EQ(end_of_term(day("2026-03-07")), day("2026-03-09"));  // Saturday
  EXPECT_EQ(end_of_term(day("2026-03-08")), day("2026-03-09"));  // Sunday
  EXPECT_EQ(end_of_term(day("2026-04-03")), day("2026-04-07"));  // Good Friday to the Tuesday after Easter
  EXPECT_EQ(end_of_term(day("2026-04-05")), day("2026-04-07"));  // Easter Sunday
  EXPECT_EQ(end_of_term(day("2026-04-25")), day("2026-04-28"));  // Saturday before King's Day on a Monday
  EXPECT_EQ(end_of_term(day("2026-05-14")), day("2026-05-18"));  // Ascension, the equated Friday, the weekend
  EXPECT_EQ(end_of_term(day("2026-12-25")), day("2026-12-28"));  // Christmas and a weekend
  EXPECT_EQ(end_of_term(day("2028-12-31")), day("2029-01-02"));  // Sunday, New Year's Day
}

TEST(WorkingDays, AreCountedOverHolidays) {
  EXPECT_EQ(add_working_days(day("2026-04-02"), 1), day("2026-04-07"));
  EXPECT_EQ(add_working_days(day("2026-03-06"), 3), day("2026-03-11"));
}

RC_GTEST_PROP(EndOfTerm, IsTheFirstWorkingDayFromTheNominalEnd, ()) {
  const Date nominal = *any_day();
  const Date end = end_of_term(nominal);
  RC_ASSERT(is_working_day(end));
  for (Date between = nominal; between < end; between = add_days(between, 1))
    RC_ASSERT(!is_working_day(between));
  RC_ASSERT(days_between(nominal, end) <= 5);
}

RC_GTEST_PROP(EndOfTerm, ATermOfAWeekHoldsTwoWorkingDaysSoThatAtw2AddsNothing, ()) {
  const Date start = *any_day();
  int working = 0;
  for (int i = 1; i <= 7; ++i) working += is_working_day(add_days(start, i)) ? 1 : 0;
  RC_ASSERT(working >= 2);
}

RC_GTEST_PROP(Easter, IsASundayBetween22MarchAnd25April, ()) {
  const Date easter = easter_sunday(std::chrono::year(*rc::gen::inRange(1900, 2200)));
  RC_ASSERT(weekday_of(easter) == std::chrono::Sunday);
  RC_ASSERT(easter >= easter.year() / std::chrono::March / 22);
  RC_ASSERT(easter <= easter.year() / std::chrono::April / 25);
}

}  // namespace
}  // namespace softbot
