#include "dmn/temporal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "models.h"

namespace softbot::dmn {
namespace {

TEST(Dates, RefusesDaysThatDoNotExist) {
  EXPECT_TRUE(parse_date("2024-02-29").has_value());
  for (const char* text :
       {"2023-02-29", "2024-13-01", "2024-00-01", "2024-01-32", "24-01-01", "2024-1-1", "2024-01-01Z"})
    EXPECT_FALSE(parse_date(text).has_value()) << text;
}

TEST(Dates, AddingMonthsCutsTheDayToTheLengthOfTheMonth) {
  EXPECT_EQ(add_months(Date{2024, 1, 31}, 1), (Date{2024, 2, 29}));
  EXPECT_EQ(add_months(Date{2024, 3, 31}, -13), (Date{2023, 2, 28}));
}

TEST(Dates, WeeksFollowTheIsoCalendar) {
  EXPECT_EQ(weekday(Date{2026, 1, 1}), 4);
  EXPECT_EQ(iso_week(Date{2021, 1, 3}), 53);
  EXPECT_EQ(iso_week(Date{2024, 12, 30}), 1);
  EXPECT_EQ(day_of_year(Date{2024, 12, 31}), 366);
}

TEST(Times, KnowOffsetsAndZones) {
  EXPECT_EQ(to_text(*parse_time("10:30:00.5+01:00")), "10:30:00.5+01:00");
  EXPECT_EQ(to_text(*parse_time("10:30:00Z")), "10:30:00Z");
  const auto summer = parse_date_time("2024-07-01T12:00:00@Europe/Amsterdam");
  ASSERT_TRUE(summer.has_value());
  EXPECT_EQ(utc_offset(*summer), 7200);
  EXPECT_EQ(to_text(*summer), "2024-07-01T12:00:00@Europe/Amsterdam");
  EXPECT_FALSE(parse_time("10:30:00@Europe/Nowhere").has_value());
  EXPECT_FALSE(parse_time("25:00:00").has_value());
}

TEST(Times, MidnightMayBeWrittenAsTheEndOfTheDay) {
  EXPECT_EQ(feel("string(time(\"24:00:00\"))"), Value("00:00:00"));
  EXPECT_EQ(feel("string(time(\"24:00:00+01:00\"))"), Value("00:00:00+01:00"));
  EXPECT_EQ(feel("string(@\"2026-12-31T24:00:00\")"), Value("2027-01-01T00:00:00"));
  for (const char* late : {"24:00:01", "24:01:00", "24:00:00.5", "25:00:00"})
    EXPECT_TRUE(feel("time(\"" + std::string(late) + "\")").is_null()) << late;
}

TEST(Durations, ReadAndWrite) {
  EXPECT_EQ(to_text(*parse_days_duration("P1DT25H")), "P2DT1H");
  EXPECT_EQ(to_text(*parse_days_duration("-PT0.5S")), "-PT0.5S");
  EXPECT_EQ(to_text(*parse_months_duration("P14M")), "P1Y2M");
  for (const char* text : {"", "P", "PT", "P1H", "P1S", "1D", "P1.5D", "PT1H1H", "P1D2"})
    EXPECT_FALSE(parse_days_duration(text).has_value()) << text;
}

TEST(Durations, MonthsBetweenCountWholeMonths) {
  EXPECT_EQ(months_between({2024, 1, 31}, {2024, 2, 29}).months, 0);
  EXPECT_EQ(months_between({2024, 1, 15}, {2025, 1, 15}).months, 12);
  EXPECT_EQ(months_between({2025, 1, 15}, {2024, 1, 16}).months, -11);
}

DateTime amsterdam(const std::string& local) {
  return *parse_date_time(local + "@Europe/Amsterdam");
}

std::string later(const DateTime& moment, const std::string& duration) {
  return to_text(*add(moment, *parse_days_duration(duration)));
}

TEST(Zones, TheHourThatClocksSkipIsNeverShown) {
  EXPECT_EQ(later(amsterdam("2026-03-29T01:30:00"), "PT1H"), "2026-03-29T03:30:00@Europe/Amsterdam");
  EXPECT_EQ(later(amsterdam("2026-03-29T03:00:00"), "-PT1S"), "2026-03-29T01:59:59@Europe/Amsterdam");
  EXPECT_EQ(later(amsterdam("2026-03-28T12:00:00"), "P1D"), "2026-03-29T13:00:00@Europe/Amsterdam");
  EXPECT_EQ(to_text(*add(amsterdam("2026-02-28T02:30:00"), MonthsDuration{1})),
            "2026-03-28T02:30:00@Europe/Amsterdam");
  EXPECT_EQ(to_text(*add(amsterdam("2026-02-28T02:30:00"), MonthsDuration{13})),
            "2027-03-28T03:30:00@Europe/Amsterdam");
}

TEST(Zones, TheHourThatIsRepeatedLastsTwoHours) {
  const DateTime first = amsterdam("2026-10-25T02:30:00");
  const DateTime second = *add(first, *parse_days_duration("PT1H"));
  EXPECT_EQ(to_text(second), to_text(first));
  EXPECT_EQ(utc_offset(first), 7200);
  EXPECT_EQ(utc_offset(second), 3600);
  EXPECT_EQ(later(second, "PT1H"), "2026-10-25T03:30:00@Europe/Amsterdam");
  EXPECT_EQ(between(instant(first), instant(second)), (DaysDuration{3600, 0}));
}

RC_GTEST_PROP(ZoneProperty, WhatIsAddedIsWhatLiesBetween, ()) {
  const DateTime begin = amsterdam("2026-01-01T00:00:00");
  const auto first = add(begin, DaysDuration{*rc::gen::inRange<std::int64_t>(0, 31'536'000), 0});
  const DaysDuration duration{*rc::gen::inRange<std::int64_t>(-31'536'000, 31'536'000), 7};
  const auto second = add(*first, duration);
  RC_ASSERT(second.has_value());
  RC_ASSERT(between(instant(*first), instant(*second)) == duration);
}

RC_GTEST_PROP(DateProperty, DayNumbersGoBothWays, ()) {
  const auto day = *rc::gen::inRange<std::int64_t>(-3'000'000, 3'000'000);
  const auto date = date_of_day_number(day);
  RC_ASSERT(date.has_value());
  RC_ASSERT(is_valid(*date));
  RC_ASSERT(day_number(*date) == day);
  RC_ASSERT(parse_date(to_text(*date)) == date);
}

RC_GTEST_PROP(DurationProperty, TextIsReadBack, ()) {
  const auto seconds = *rc::gen::inRange<std::int64_t>(-10'000'000'000, 10'000'000'000);
  const auto nanoseconds = *rc::gen::inRange<std::int32_t>(0, 1'000'000'000);
  const DaysDuration duration{seconds, nanoseconds};
  RC_ASSERT(parse_days_duration(to_text(duration)) == duration);
}

RC_GTEST_PROP(DurationProperty, AddingAndTakingAwayGivesTheMomentBack, ()) {
  const DateTime moment{*date_of_day_number(*rc::gen::inRange<std::int64_t>(-100'000, 100'000)),
                        *parse_time("12:34:56.789")};
  const DaysDuration duration{*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000), 5};
  const auto later = add(moment, duration);
  RC_ASSERT(later.has_value());
  RC_ASSERT(between(instant(moment), instant(*later)) == duration);
}

}  // namespace
}  // namespace softbot::dmn
