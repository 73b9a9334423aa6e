#include "domain/term_clock.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "domain/working_days.h"
#include "helpers.h"

namespace softbot {
namespace {

using testing::day;
using testing::recent_day;

Suspension between(const std::string& from, const std::string& until) {
  return {day(from), day(until), false, "Awb 4:15 lid 2 onder a", "uitstel"};
}

TEST(TermRun, CountsFromTheDayAfterTheEvent) {
  EXPECT_EQ(run_term(day("2026-03-02"), 14, {}),
            (TermRun{day("2026-03-16"), day("2026-03-16"), day("2026-03-16"), 0}));
}

TEST(TermRun, ATermThatEndsOnGoodFridayRunsToTheTuesdayAfterEaster) {
  EXPECT_EQ(run_term(day("2026-03-20"), 14, {}),
            (TermRun{day("2026-04-03"), day("2026-04-03"), day("2026-04-07"), 0}));
}

TEST(TermRun, CountsLeapDays) {
  EXPECT_EQ(run_term(day("2024-02-15"), 14, {}).end, day("2024-02-29"));
  EXPECT_EQ(run_term(day("2026-02-15"), 15, {}).end, day("2026-03-02"));
  EXPECT_EQ(run_term(day("2024-02-15"), 15, {}).end, day("2024-03-01"));
}

TEST(TermRun, LeavesSuspendedDaysOut) {
  const TermRun run = run_term(day("2026-03-02"), 14, {between("2026-03-07", "2026-03-20")});
  EXPECT_EQ(run.suspended_days, 14);
  EXPECT_EQ(run.end, day("2026-03-30"));
}

TEST(TermRun, CountsADayInTwoSuspensionsOnce) {
  const TermRun run = run_term(day("2026-03-02"), 14,
                               {between("2026-03-07", "2026-03-18"), between("2026-03-16", "2026-03-24")});
  EXPECT_EQ(run.suspended_days, 18);
  EXPECT_EQ(run.suspended_end, day("2026-04-03"));  // Good Friday
  EXPECT_EQ(run.end, day("2026-04-07"));
}

TEST(TermRun, IgnoresSuspensionsBeforeItsStartAndAfterItsEnd) {
  const TermRun run = run_term(day("2026-03-02"), 14,
                               {between("2026-02-20", "2026-03-04"), between("2026-03-19", "2026-03-25")});
  EXPECT_EQ(run.suspended_days, 2);
  EXPECT_EQ(run.end, day("2026-03-18"));
}

TEST(TermRun, DoesNotEndWhileItIsSuspendedOverTheWeekendAfterItsLastDay) {
  // The last day is Saturday 14 March; from Sunday on the clock stands still until Thursday.
  const TermRun run = run_term(day("2026-02-28"), 14, {between("2026-03-15", "2026-03-19")});
  EXPECT_EQ(run.suspended_end, day("2026-03-14"));
  EXPECT_EQ(run.end, day("2026-03-20"));
}

/// Some stretches of days in the months around a start.
rc::Gen<std::vector<std::pair<int, int>>> stretches() {
  return rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(-10, 80), rc::gen::inRange(0, 25)));
}

std::vector<Suspension> suspensions_from(Date start, const std::vector<std::pair<int, int>>& stretches) {
  std::vector<Suspension> all;
  for (const auto& [offset, length] : stretches) {
    all.push_back({add_days(start, offset), add_days(start, offset + length), false, "", ""});
  }
  return all;
}

RC_GTEST_PROP(TermRun, HoldsExactlyItsDaysBesideTheUnionOfTheSuspensions, ()) {
  const Date start = *recent_day();
  const int days = *rc::gen::inRange(1, 90);
  const auto suspensions = suspensions_from(start, *stretches());
  std::set<int> suspended;
  for (const Suspension& one : suspensions) {
    for (Date d = one.from; d <= one.until; d = add_days(d, 1)) suspended.insert(days_between(start, d));
  }
  const TermRun run = run_term(start, days, suspensions);
  int counted = 0;
  int skipped = 0;
  for (int i = 1; i <= days_between(start, run.end); ++i) {
    const bool stands_still = suspended.contains(i);
    skipped += stands_still ? 1 : 0;
    if (!stands_still && i <= days_between(start, run.suspended_end)) ++counted;
  }
  RC_ASSERT(counted == days);
  RC_ASSERT(skipped == run.suspended_days);
  RC_ASSERT(is_working_day(run.end));
  RC_ASSERT(!suspended.contains(days_between(start, run.end)));
}

RC_GTEST_PROP(TermRun, OneMoreSuspensionNeverBringsTheEndNearer, ()) {
  const Date start = *recent_day();
  const int days = *rc::gen::inRange(1, 90);
  auto some = *stretches();
  const Date before = run_term(start, days, suspensions_from(start, some)).end;
  some.push_back(*rc::gen::pair(rc::gen::inRange(-10, 80), rc::gen::inRange(0, 25)));
  RC_ASSERT(run_term(start, days, suspensions_from(start, some)).end >= before);
}

// --- Suspensions from events ---

std::vector<Suspension> suspensions_of(const std::vector<TermEvent>& events) {
  return softbot::suspensions_of(events, day("2026-06-01"), std::nullopt);
}

TEST(Suspensions, BeginTheDayAfterARepairRequestAndEndTheDayBeforeTheAnswer) {
  const auto found = suspensions_of({{EventKind::repair_request, day("2026-03-06"), day("2026-03-20")},
                                     {EventKind::completed, day("2026-03-12")}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].from, day("2026-03-07"));
  EXPECT_EQ(found[0].until, day("2026-03-11"));
  EXPECT_EQ(found[0].article, "Awb 4:15 lid 1 onder a");
}

TEST(Suspensions, LastThroughTheRepairTermWhenNobodyAnswersOrTooLate) {
  const TermEvent request{EventKind::repair_request, day("2026-03-06"), day("2026-03-20")};
  EXPECT_EQ(suspensions_of({request})[0].until, day("2026-03-20"));
  EXPECT_EQ(suspensions_of({request, {EventKind::completed, day("2026-03-25")}})[0].until, day("2026-03-20"));
}

TEST(Suspensions, AnAnswerOnTheDayOfTheRequestOrTheDayAfterSuspendsNothing) {
  const TermEvent request{EventKind::repair_request, day("2026-03-06"), day("2026-03-20")};
  EXPECT_TRUE(suspensions_of({request, {EventKind::completed, day("2026-03-06")}}).empty());
  EXPECT_TRUE(suspensions_of({request, {EventKind::completed, day("2026-03-07")}}).empty());
}

TEST(Suspensions, ARepairTermCanEndByAnEventOfItsOwn) {
  const auto found = suspensions_of(
      {{EventKind::repair_request, day("2026-03-06")}, {EventKind::repair_term_ended, day("2026-03-20")}});
  EXPECT_EQ(found[0].until, day("2026-03-20"));
  EXPECT_FALSE(found[0].open);
}

TEST(Suspensions, ARequestWithoutATermIsOpenAndSaysThatItMayNotCount) {
  const auto found = suspensions_of({{EventKind::repair_request, day("2026-03-06")}});
  EXPECT_TRUE(found[0].open);
  EXPECT_EQ(found[0].until, day("2026-06-01"));
  EXPECT_NE(found[0].reason.find("ECLI:NL:RVS:2016:2527"), std::string::npos);
}

TEST(Suspensions, WithConsentRunFromTheDayAfterItOrFromTheAgreedDay) {
  TermEvent consent{EventKind::suspension_consent, day("2026-03-10"), day("2026-03-24")};
  EXPECT_EQ(suspensions_of({consent})[0].from, day("2026-03-11"));
  consent.from = day("2026-03-15");
  EXPECT_EQ(suspensions_of({consent})[0].from, day("2026-03-15"));
  EXPECT_EQ(suspensions_of({consent})[0].until, day("2026-03-24"));
  EXPECT_EQ(suspensions_of({consent})[0].article, "Awb 4:15 lid 2 onder a");
}

TEST(Suspensions, ByTheApplicantOrForceMajeureLastAsLongAsTheCause) {
  const auto found = suspensions_of({{EventKind::force_majeure, day("2026-03-10")},
                                     {EventKind::force_majeure_ended, day("2026-03-20")},
                                     {EventKind::applicant_delay, day("2026-04-01"), day("2026-04-09")}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].from, day("2026-03-10"));
  EXPECT_EQ(found[0].until, day("2026-03-19"));
  EXPECT_EQ(found[0].article, "Awb 4:15 lid 2 onder c");
  EXPECT_EQ(found[1].until, day("2026-04-09"));
  EXPECT_EQ(found[1].article, "Awb 4:15 lid 2 onder b");
}

TEST(Suspensions, AForeignRequestSuspendsUntilItsAnswer) {
  const auto found = suspensions_of(
      {{EventKind::foreign_request, day("2026-03-10")}, {EventKind::foreign_answer, day("2026-03-20")}});
  EXPECT_EQ(found[0].from, day("2026-03-11"));
  EXPECT_EQ(found[0].until, day("2026-03-19"));
}

TEST(Suspensions, EndWhenTheDecisionIsPublished) {
  const auto found =
      softbot::suspensions_of({{EventKind::repair_request, day("2026-03-06"), day("2026-03-20")}},
                              day("2026-06-01"), day("2026-03-10"));
  EXPECT_EQ(found[0].until, day("2026-03-09"));
}

}  // namespace
}  // namespace softbot
