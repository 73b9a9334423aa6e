#include "domain/date.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/zone.h"
#include "helpers.h"

namespace softbot {
namespace {

using testing::any_day;
using testing::code_of;
using testing::day;

TEST(DateText, ReadsTheWaysInWhichDutchPeopleWriteADay) {
  for (const char* typed : {"2026-03-01", "1-3-2026", "01-03-2026", "1/3/2026", "1.3.2026", "1 maart 2026",
                            "1 Mrt. 2026", " 01  MAART 2026 ", "1 mrt 2026", "1 - 3 - 2026"}) {
    EXPECT_EQ(parse_date(typed), day("2026-03-01")) << typed;
  }
}

TEST(DateText, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_date("")), "date-empty");
  EXPECT_EQ(code_of(parse_date("morgen")), "date-shape");
  EXPECT_EQ(code_of(parse_date("1-3-26")), "date-shape");
  EXPECT_EQ(code_of(parse_date("1 maart")), "date-shape");
  EXPECT_EQ(code_of(parse_date("1 march 2026")), "date-shape");
  EXPECT_EQ(code_of(parse_date("2026-3-1")), "date-shape");
  EXPECT_EQ(code_of(parse_date("2026-03-01T00:00")), "date-shape");
  EXPECT_EQ(code_of(parse_date("31-4-2026")), "date-not-in-calendar");
  EXPECT_EQ(code_of(parse_date("0-1-2026")), "date-not-in-calendar");
  EXPECT_EQ(code_of(parse_date("1-13-2026")), "date-not-in-calendar");
  EXPECT_EQ(code_of(parse_date("1-1-1823")), "date-too-early");
  EXPECT_EQ(code_of(parse_date("1-1-2200")), "date-too-late");
  EXPECT_EQ(code_of(parse_date(std::string(10'000, '1'))), "date-shape");
}

TEST(DateText, KnowsLeapYears) {
  EXPECT_TRUE(parse_date("29-2-2024").has_value());
  EXPECT_TRUE(parse_date("29-2-2000").has_value());
  EXPECT_EQ(code_of(parse_date("29-2-2026")), "date-not-in-calendar");
  EXPECT_EQ(code_of(parse_date("29-2-2100")), "date-not-in-calendar");
}

TEST(DateText, MachinesWriteIsoOnly) {
  EXPECT_EQ(parse_iso_date("2026-03-01"), day("2026-03-01"));
  EXPECT_EQ(code_of(parse_iso_date("1-3-2026")), "date-shape");
  EXPECT_EQ(code_of(parse_iso_date("2026-03-0x")), "date-shape");
}

TEST(DateText, IsWrittenForPeopleAndMachines) {
  EXPECT_EQ(format_dutch(day("2026-03-01")), "1 maart 2026");
  EXPECT_EQ(format_dutch_weekday(day("2026-03-01")), "zondag 1 maart 2026");
  EXPECT_EQ(format_dutch_numbers(day("2026-03-01")), "01-03-2026");
  EXPECT_EQ(format_iso(day("2026-03-01")), "2026-03-01");
}

RC_GTEST_PROP(DateText, EveryWrittenFormReadsBack, ()) {
  const Date date = *any_day();
  RC_ASSERT(parse_date(format_iso(date)).value() == date);
  RC_ASSERT(parse_date(format_dutch(date)).value() == date);
  RC_ASSERT(parse_date(format_dutch_numbers(date)).value() == date);
}

TEST(BirthDate, MustBePlausible) {
  const Date today = day("2026-03-01");
  EXPECT_EQ(parse_birth_date("1-3-2026", today), today);
  EXPECT_EQ(code_of(parse_birth_date("2-3-2026", today)), "birth-date-in-future");
  EXPECT_EQ(parse_birth_date("2-3-1905", today), day("1905-03-02"));
  EXPECT_EQ(code_of(parse_birth_date("1-3-1905", today)), "birth-date-too-old");
  EXPECT_EQ(code_of(parse_birth_date("1-1-1823", today)), "date-too-early");
}

TEST(Age, CountsFullYears) {
  EXPECT_EQ(age_on(day("2000-05-10"), day("2026-05-09")), 25);
  EXPECT_EQ(age_on(day("2000-05-10"), day("2026-05-10")), 26);
  EXPECT_EQ(age_on(day("2004-02-29"), day("2022-02-28")), 17);
  EXPECT_EQ(age_on(day("2004-02-29"), day("2022-03-01")), 18);
  EXPECT_EQ(age_on(day("2026-05-10"), day("2026-05-09")), 0);
}

TEST(DateSums, StayInTheCalendar) {
  EXPECT_EQ(add_days(day("2024-02-28"), 1), day("2024-02-29"));
  EXPECT_EQ(add_weeks(day("2026-12-28"), 1), day("2027-01-04"));
  EXPECT_EQ(add_months(day("2026-01-31"), 1), day("2026-02-28"));
  EXPECT_EQ(add_months(day("2026-03-31"), -1), day("2026-02-28"));
  EXPECT_EQ(days_between(day("2026-03-01"), day("2026-02-27")), -2);
}

RC_GTEST_PROP(DateSums, AddingAndCountingAreInverse, ()) {
  const Date from = *any_day();
  const int days = *rc::gen::inRange(-20'000, 20'000);
  RC_ASSERT(days_between(from, add_days(from, days)) == days);
  RC_ASSERT(add_days(from, days).ok());
}

TEST(Zone, ADayBeginsAtMidnightInAmsterdam) {
  EXPECT_EQ(local_date(parse_instant("2026-01-31T22:59:59Z").value()), day("2026-01-31"));
  EXPECT_EQ(local_date(parse_instant("2026-01-31T23:00:00Z").value()), day("2026-02-01"));
  EXPECT_EQ(local_date(parse_instant("2026-07-31T21:59:59.999Z").value()), day("2026-07-31"));
  EXPECT_EQ(local_date(parse_instant("2026-07-31T22:00:00Z").value()), day("2026-08-01"));
  EXPECT_EQ(start_of_day(day("2026-02-01")), parse_instant("2026-01-31T23:00:00Z"));
  EXPECT_EQ(start_of_day(day("2026-08-01")), parse_instant("2026-07-31T22:00:00Z"));
}

TEST(Zone, ShowsSummerAndWinterTime) {
  EXPECT_EQ(format_dutch_local(parse_instant("2026-03-29T00:59:00Z").value()), "29 maart 2026 01:59");
  EXPECT_EQ(format_dutch_local(parse_instant("2026-03-29T01:00:00Z").value()), "29 maart 2026 03:00");
  EXPECT_EQ(format_dutch_local(parse_instant("2026-10-25T01:00:00Z").value()), "25 oktober 2026 02:00");
}

RC_GTEST_PROP(Zone, TheStartOfADayIsItsFirstMoment, ()) {
  const Date date = *testing::recent_day();
  const Instant start = start_of_day(date);
  RC_ASSERT(local_date(start) == date);
  RC_ASSERT(local_date(start - std::chrono::milliseconds(1)) == add_days(date, -1));
}

}  // namespace
}  // namespace softbot
