#include "domain/deadlines.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "domain/working_days.h"
#include "helpers.h"

namespace softbot {
namespace {

using testing::day;
using K = EventKind;

TermReport report_of(TermLaw law, const std::vector<TermEvent>& events, const std::string& today) {
  return compute_terms(law, events, day(today));
}

Deadline term(const TermReport& report, std::string_view code) {
  const Deadline* found = find_term(report, code);
  if (found == nullptr) throw std::logic_error("no term " + std::string(code));
  return *found;
}

bool names(const Deadline& deadline, std::string_view article) {
  return std::find(deadline.articles.begin(), deadline.articles.end(), article) != deadline.articles.end();
}

// --- Wmo ---

TEST(WmoTerms, TheFormStartsSixWeeksOfInvestigationAndSevenDaysForAPlan) {
  const TermReport report = report_of(TermLaw::wmo2015, {{K::received, day("2026-01-05")}}, "2026-01-06");
  EXPECT_EQ(term(report, "investigation").end, day("2026-02-16"));
  EXPECT_EQ(term(report, "investigation").articles.front(), "Wmo 2015 2.3.2 lid 1");
  EXPECT_EQ(term(report, "personal-plan").end, day("2026-01-12"));
  EXPECT_EQ(term(report, "personal-plan").party, TermParty::resident);
  EXPECT_EQ(term(report, "investigation").status, TermStatus::running);
}

TEST(WmoTerms, TwoWeeksToDecideRunFromTheEndOfTheInvestigation) {
  const TermReport report = report_of(
      TermLaw::wmo2015, {{K::received, day("2026-01-05")}, {K::investigation_finished, day("2026-01-20")}},
      "2026-01-21");
  EXPECT_EQ(term(report, "decision").start, day("2026-01-20"));
  EXPECT_EQ(term(report, "decision").end, day("2026-02-03"));
  EXPECT_EQ(term(report, "decision").articles.front(), "Wmo 2015 2.3.5 lid 2");
  EXPECT_EQ(term(report, "investigation").status, TermStatus::met);
}

TEST(WmoTerms, AnApplicationSignedAfterTheInvestigationCountsFromItsReceipt) {
  const TermReport report = report_of(TermLaw::wmo2015,
                                      {{K::notification, day("2026-01-05")},
                                       {K::investigation_finished, day("2026-01-20")},
                                       {K::application_signed, day("2026-01-26")}},
                                      "2026-01-27");
  EXPECT_EQ(term(report, "decision").start, day("2026-01-26"));
  EXPECT_EQ(term(report, "decision").end, day("2026-02-09"));
}

TEST(WmoTerms, ANotificationAloneIsNoApplication) {
  const TermReport report = report_of(
      TermLaw::wmo2015,
      {{K::notification, day("2026-01-05")}, {K::investigation_finished, day("2026-01-20")}}, "2026-01-27");
  EXPECT_EQ(find_term(report, "decision"), nullptr);
}

TEST(WmoTerms, WithoutAnInvestigationTheFormIsAnApplicationAfterSixWeeks) {
  const TermReport report = report_of(TermLaw::wmo2015, {{K::received, day("2026-01-05")}}, "2026-02-20");
  EXPECT_EQ(term(report, "decision").start, day("2026-02-17"));
  EXPECT_EQ(term(report, "decision").end, day("2026-03-03"));
  EXPECT_NE(term(report, "decision").explanation.find("2.3.2 lid 9"), std::string::npos);
  EXPECT_EQ(term(report, "investigation").status, TermStatus::passed);
  EXPECT_EQ(first_binding_end(report), day("2026-02-16"));
}

TEST(WmoTerms, ARepairRequestStopsTheDecisionTermButNotTheInvestigation) {
  const TermReport report = report_of(TermLaw::wmo2015,
                                      {{K::received, day("2026-01-05")},
                                       {K::repair_request, day("2026-01-09"), day("2026-01-23")},
                                       {K::investigation_finished, day("2026-01-16")}},
                                      "2026-01-20");
  EXPECT_EQ(term(report, "investigation").end, day("2026-02-16"));
  EXPECT_EQ(term(report, "investigation").suspended_days, 0);
  EXPECT_EQ(term(report, "decision").suspended_days, 7);
  EXPECT_EQ(term(report, "decision").end, day("2026-02-06"));
  EXPECT_EQ(term(report, "decision").status, TermStatus::suspended);
}

TEST(WmoTerms, TheWeekForAPlanIsMetByAPlanOrByDecliningIt) {
  const auto plan =
      report_of(TermLaw::wmo2015,
                {{K::notification, day("2026-01-05")}, {K::personal_plan, day("2026-01-12")}}, "2026-01-20");
  EXPECT_EQ(term(plan, "personal-plan").status, TermStatus::met);
  const auto none = report_of(
      TermLaw::wmo2015,
      {{K::notification, day("2026-01-05")}, {K::personal_plan_declined, day("2026-01-05")}}, "2026-01-20");
  EXPECT_EQ(term(none, "personal-plan").met_on, day("2026-01-05"));
}

TEST(WmoTerms, AnExtensionNoticeInformsButDoesNotMoveALegalTerm) {
  const TermReport report = report_of(TermLaw::wmo2015,
                                      {{K::application_signed, day("2026-03-02")},
                                       {K::extension_notice, day("2026-03-10"), day("2026-04-01")}},
                                      "2026-03-11");
  EXPECT_EQ(term(report, "decision").end, day("2026-03-16"));
  EXPECT_EQ(term(report, "announced").end, day("2026-04-01"));
  EXPECT_EQ(term(report, "announced").articles.front(), "Awb 4:14 lid 1");
}

// --- Awb and Participatiewet ---

TEST(AwbTerms, EightWeeksAfterReceiptWhereNoOtherLawGivesATerm) {
  const TermReport report = report_of(TermLaw::awb, {{K::received, day("2026-01-05")}}, "2026-01-06");
  EXPECT_EQ(term(report, "decision").end, day("2026-03-02"));
  EXPECT_EQ(term(report, "decision").articles.front(), "Awb 4:13 lid 2");
}

TEST(AwbTerms, ALivingAllowanceHasEightWeeksAndAnAdvanceWithinFour) {
  const TermReport report =
      report_of(TermLaw::participatiewet, {{K::received, day("2026-01-05")}}, "2026-01-06");
  EXPECT_EQ(term(report, "decision").end, day("2026-03-02"));
  EXPECT_EQ(term(report, "advance").end, day("2026-02-02"));
  EXPECT_EQ(first_binding_end(report), day("2026-02-02"));
}

TEST(AwbTerms, ANoticeInTimeNamesTheNewEnd) {
  const TermReport report = report_of(
      TermLaw::awb,
      {{K::received, day("2026-01-05")}, {K::extension_notice, day("2026-02-20"), day("2026-03-20")}},
      "2026-03-10");
  EXPECT_EQ(term(report, "decision").end, day("2026-03-20"));
  EXPECT_TRUE(names(term(report, "decision"), "Awb 4:14 lid 3"));
  EXPECT_EQ(term(report, "decision").status, TermStatus::running);
}

TEST(AwbTerms, ANoticeAfterTheEndExtendsNothing) {
  const TermReport report = report_of(
      TermLaw::awb,
      {{K::received, day("2026-01-05")}, {K::extension_notice, day("2026-03-03"), day("2026-03-20")}},
      "2026-03-10");
  EXPECT_EQ(term(report, "decision").end, day("2026-03-02"));
  EXPECT_EQ(term(report, "announced").end, day("2026-03-20"));
}

TEST(AwbTerms, ASuspensionAfterANoticeMovesTheNamedDay) {
  const TermReport report = report_of(TermLaw::awb,
                                      {{K::received, day("2026-01-05")},
                                       {K::repair_request, day("2026-01-12"), day("2026-01-26")},
                                       {K::extension_notice, day("2026-02-20"), day("2026-04-01")},
                                       {K::repair_request, day("2026-03-05"), day("2026-03-19")}},
                                      "2026-03-25");
  EXPECT_EQ(term(report, "decision").end, day("2026-04-15"));
  EXPECT_EQ(term(report, "decision").suspended_days, 28);
}

TEST(AwbTerms, ARepairRequestOnAFridayStopsTheClockFromSaturday) {
  const std::vector<TermEvent> events = {{K::received, day("2026-01-05")},
                                         {K::repair_request, day("2026-01-09"), day("2026-01-23")}};
  const TermReport report = report_of(TermLaw::awb, events, "2026-01-12");
  EXPECT_EQ(term(report, "decision").suspended_days, 14);
  EXPECT_EQ(term(report, "decision").end, day("2026-03-16"));
  EXPECT_EQ(term(report, "decision").status, TermStatus::suspended);
  EXPECT_TRUE(names(term(report, "decision"), "Awb 4:15 lid 1 onder a"));
}

TEST(AwbTerms, ARequestOnTheLastDayComesTooLateToSuspend) {
  const TermReport report =
      report_of(TermLaw::awb,
                {{K::received, day("2026-01-05")}, {K::repair_request, day("2026-03-02"), day("2026-03-16")}},
                "2026-03-10");
  EXPECT_EQ(term(report, "decision").end, day("2026-03-02"));
  EXPECT_EQ(term(report, "decision").suspended_days, 0);
}

TEST(AwbTerms, ALateDecisionSaysHowManyDaysLate) {
  const TermReport report =
      report_of(TermLaw::awb, {{K::received, day("2026-01-05")}, {K::decision_published, day("2026-03-05")}},
                "2026-03-10");
  EXPECT_EQ(term(report, "decision").status, TermStatus::passed);
  EXPECT_EQ(term(report, "decision").met_on, day("2026-03-05"));
  EXPECT_NE(term(report, "decision").explanation.find("3 dagen te laat"), std::string::npos);
  EXPECT_EQ(first_binding_end(report), std::nullopt);
}

TEST(AwbTerms, AWithdrawalEndsTheTermsOfTheApplication) {
  const TermReport report = report_of(
      TermLaw::awb, {{K::received, day("2026-01-05")}, {K::withdrawn, day("2026-01-20")}}, "2026-04-01");
  EXPECT_EQ(term(report, "decision").status, TermStatus::lapsed);
  EXPECT_EQ(first_binding_end(report), std::nullopt);
}

// --- Repair and leaving untreated ---

TEST(RepairTerms, FourWeeksToLeaveUntreatedFollowATermThatPassedUnused) {
  const TermReport report =
      report_of(TermLaw::awb,
                {{K::received, day("2026-03-02")}, {K::repair_request, day("2026-03-06"), day("2026-03-20")}},
                "2026-03-23");
  EXPECT_EQ(term(report, "repair").status, TermStatus::passed);
  EXPECT_EQ(term(report, "untreated").start, day("2026-03-20"));
  EXPECT_EQ(term(report, "untreated").end, day("2026-04-17"));
  EXPECT_EQ(term(report, "untreated").articles.front(), "Awb 4:5 lid 4");
}

TEST(RepairTerms, AnAnswerInTimeLeavesNothingToLeaveUntreated) {
  const TermReport report = report_of(TermLaw::awb,
                                      {{K::received, day("2026-03-02")},
                                       {K::repair_request, day("2026-03-06"), day("2026-03-20")},
                                       {K::completed, day("2026-03-20")}},
                                      "2026-03-23");
  EXPECT_EQ(term(report, "repair").status, TermStatus::met);
  EXPECT_EQ(find_term(report, "untreated"), nullptr);
  EXPECT_EQ(term(report, "decision").suspended_days, 13);
}

TEST(RepairTerms, ALateAnswerIsLateButLetsTheUntreatedTermLapse) {
  const TermReport report = report_of(TermLaw::awb,
                                      {{K::received, day("2026-03-02")},
                                       {K::repair_request, day("2026-03-06"), day("2026-03-20")},
                                       {K::completed, day("2026-03-24")}},
                                      "2026-03-25");
  EXPECT_EQ(term(report, "repair").status, TermStatus::passed);
  EXPECT_EQ(term(report, "untreated").status, TermStatus::lapsed);
}

TEST(RepairTerms, OneThatWasMadeLongerIsOneTerm) {
  const TermReport report = report_of(TermLaw::awb,
                                      {{K::received, day("2026-03-02")},
                                       {K::repair_request, day("2026-03-06"), day("2026-03-20")},
                                       {K::repair_request, day("2026-03-18"), day("2026-04-03")}},
                                      "2026-03-23");
  EXPECT_EQ(term(report, "repair").end, day("2026-04-03"));
  EXPECT_EQ(std::count_if(report.terms.begin(), report.terms.end(),
                          [](const Deadline& one) { return one.code == "repair"; }),
            1);
  EXPECT_EQ(term(report, "untreated").start, day("2026-04-03"));
  EXPECT_EQ(term(report, "decision").suspended_days, 28) << "7 March up to and including 3 April";
}

TEST(RepairTerms, OnesThatWeSetNeverEndOnADayOff) {
  EXPECT_EQ(repair_term_end(day("2026-03-06"), 14), day("2026-03-20"));
  EXPECT_EQ(repair_term_end(day("2026-03-20"), 14), day("2026-04-07"));
}

// --- Notice of default and penalty ---

const std::vector<TermEvent> kLate = {{K::received, day("2026-01-05")},
                                      {K::notice_of_default, day("2026-03-03")}};

std::vector<TermEvent> late_with_decision(const std::string& published) {
  std::vector<TermEvent> events = kLate;
  events.push_back({K::decision_published, day(published)});
  return events;
}

TEST(PenaltyTerms, TwoWeeksAfterTheNoticeTheFirstDayCosts) {
  const TermReport report = report_of(TermLaw::awb, kLate, "2026-03-18");
  EXPECT_EQ(term(report, "notice-of-default").end, day("2026-03-17"));
  EXPECT_EQ(report.penalty->first_day, day("2026-03-18"));
  EXPECT_EQ(report.penalty->last_possible_day, day("2026-04-28"));
  EXPECT_EQ(report.penalty->days, 1);
  EXPECT_EQ(report.penalty->total, Cents{2300});
}

TEST(PenaltyTerms, NothingIsOwedWithinTheTwoWeeks) {
  EXPECT_EQ(report_of(TermLaw::awb, kLate, "2026-03-17").penalty->total, Cents{0});
  EXPECT_EQ(report_of(TermLaw::awb, late_with_decision("2026-03-17"), "2026-05-01").penalty->days, 0);
  EXPECT_EQ(report_of(TermLaw::awb, late_with_decision("2026-03-18"), "2026-05-01").penalty->days, 0);
}

TEST(PenaltyTerms, ADecisionOnDayTwentyCostsNineteenDays) {
  const TermReport report = report_of(TermLaw::awb, late_with_decision("2026-04-06"), "2026-05-01");
  EXPECT_EQ(report.penalty->days, 19);
  EXPECT_EQ(report.penalty->total, Cents{14 * 2300 + 5 * 3500});
  ASSERT_EQ(report.penalty->tranches.size(), 2U);
  EXPECT_EQ(report.penalty->tranches[1].from, day("2026-04-01"));
  EXPECT_EQ(report.penalty->tranches[1].until, day("2026-04-05"));
  EXPECT_NE(report.penalty->explanation.find("telt niet mee"), std::string::npos);
}

TEST(PenaltyTerms, StopAfterFortyTwoDaysAlsoOnAHoliday) {
  const TermReport report = report_of(TermLaw::awb, kLate, "2026-08-01");
  EXPECT_EQ(report.penalty->days, 42);
  EXPECT_EQ(report.penalty->total, Cents{144200});
  EXPECT_EQ(term(report, "penalty-decision").start, day("2026-04-28"));
  EXPECT_EQ(term(report, "penalty-decision").end, day("2026-05-12"));
}

TEST(PenaltyTerms, ANoticeOnTheLastDayOfTheTermIsPremature) {
  const TermReport report =
      report_of(TermLaw::awb, {{K::received, day("2026-01-05")}, {K::notice_of_default, day("2026-03-02")}},
                "2026-06-01");
  EXPECT_TRUE(report.penalty->premature);
  EXPECT_EQ(report.penalty->total, Cents{0});
  EXPECT_EQ(find_term(report, "notice-of-default"), nullptr);
}

TEST(PenaltyTerms, ASuspensionMakesAnEarlierNoticePremature) {
  const TermReport report = report_of(TermLaw::awb,
                                      {{K::received, day("2026-01-05")},
                                       {K::repair_request, day("2026-01-09"), day("2026-01-23")},
                                       {K::notice_of_default, day("2026-03-03")}},
                                      "2026-06-01");
  EXPECT_TRUE(report.penalty->premature);
}

TEST(PenaltyTerms, AfterAPrematureNoticeASecondOneCounts) {
  std::vector<TermEvent> events = kLate;
  events.push_back({K::notice_of_default, day("2026-02-01")});
  const TermReport report = report_of(TermLaw::awb, events, "2026-03-20");
  EXPECT_FALSE(report.penalty->premature);
  EXPECT_EQ(report.penalty->notice_received, day("2026-03-03"));
}

TEST(PenaltyTerms, TheTwoWeeksMoveToAWorkingDay) {
  // Received on Friday 20 March: two weeks end on Good Friday, so Tuesday 7 April is the last day.
  const TermReport report =
      report_of(TermLaw::awb, {{K::received, day("2026-01-05")}, {K::notice_of_default, day("2026-03-20")}},
                "2026-04-08");
  EXPECT_EQ(report.penalty->grace_end, day("2026-04-07"));
  EXPECT_EQ(report.penalty->first_day, day("2026-04-08"));
}

TEST(PenaltyAmount, FollowsTheThreeSteps) {
  EXPECT_EQ(penalty_after(0), Cents{0});
  EXPECT_EQ(penalty_after(14), Cents{32200});
  EXPECT_EQ(penalty_after(15), Cents{35700});
  EXPECT_EQ(penalty_after(28), Cents{81200});
  EXPECT_EQ(penalty_after(29), Cents{85700});
  EXPECT_EQ(penalty_after(42), Cents{144200});
  EXPECT_EQ(penalty_after(43), Cents{144200});
}

RC_GTEST_PROP(PenaltyAmount, TranchesAddUpToTheTotalOnAnyDay, ()) {
  const Date today = add_days(day("2026-03-03"), *rc::gen::inRange(0, 120));
  const TermReport report = compute_terms(TermLaw::awb, kLate, today);
  Cents sum{0};
  int days = 0;
  for (const PenaltyTranche& tranche : report.penalty->tranches) {
    sum.value += tranche.total.value;
    days += tranche.days;
    RC_ASSERT(days_between(tranche.from, tranche.until) + 1 == tranche.days);
  }
  RC_ASSERT(sum == report.penalty->total);
  RC_ASSERT(days == report.penalty->days);
  RC_ASSERT(days <= 42);
}

// --- Objection ---

TEST(ObjectionTerms, LastDayIsFortyTwoDaysAfterPublication) {
  EXPECT_EQ(objection_last_day(day("2026-03-02")), day("2026-04-13"));
  EXPECT_EQ(objection_last_day(day("2024-01-18")), day("2024-02-29"));
}

TEST(ObjectionTerms, MoveOffASundayOrAHoliday) {
  EXPECT_EQ(objection_last_day(day("2026-02-22")), day("2026-04-07"));  // Easter Sunday
  EXPECT_EQ(objection_last_day(day("2026-03-16")), day("2026-04-28"));  // King's Day
  EXPECT_EQ(objection_last_day(day("2026-03-24")), day("2026-05-06"));  // 5 May
  EXPECT_EQ(objection_last_day(day("2026-04-02")), day("2026-05-18"));  // Ascension Day
}

TEST(ObjectionTerms, StartADecisionTermAfterTheObjectionTerm) {
  const std::vector<TermEvent> events = {{K::received, day("2026-01-05")},
                                         {K::decision_published, day("2026-03-02")},
                                         {K::objection, day("2026-03-10")}};
  const TermReport report = report_of(TermLaw::awb, events, "2026-03-12");
  EXPECT_EQ(term(report, "objection").status, TermStatus::met);
  EXPECT_EQ(term(report, "objection").articles, (std::vector<std::string>{"Awb 6:7", "Awb 6:8 lid 1"}));
  EXPECT_EQ(term(report, "objection-decision").start, day("2026-04-13"));
  EXPECT_EQ(term(report, "objection-decision").end, day("2026-05-26"));  // 25 May is Whit Monday
}

TEST(ObjectionTerms, ACommitteeHasTwelveWeeksAndMayTakeSixMore) {
  std::vector<TermEvent> events = {{K::decision_published, day("2026-03-02")},
                                   {K::objection, day("2026-03-10")}};
  events[1].committee = true;
  EXPECT_EQ(term(report_of(TermLaw::awb, events, "2026-03-12"), "objection-decision").end, day("2026-07-06"));
  events.push_back({K::objection_extension, day("2026-06-01")});
  EXPECT_EQ(term(report_of(TermLaw::awb, events, "2026-06-12"), "objection-decision").end, day("2026-08-17"));
}

TEST(ObjectionTerms, OnePostedInTimeMayArriveAWeekLater) {
  std::vector<TermEvent> events = {{K::decision_published, day("2026-03-02")},
                                   {K::objection, day("2026-04-20")}};
  EXPECT_EQ(term(report_of(TermLaw::awb, events, "2026-05-01"), "objection").status, TermStatus::passed);
  events[1].posted = day("2026-04-13");
  const TermReport report = report_of(TermLaw::awb, events, "2026-05-01");
  EXPECT_EQ(term(report, "objection").status, TermStatus::met);
  EXPECT_TRUE(names(term(report, "objection"), "Awb 6:9 lid 2"));
  events[1].date = day("2026-04-21");
  EXPECT_EQ(term(report_of(TermLaw::awb, events, "2026-05-01"), "objection").status, TermStatus::passed);
}

TEST(AnObjectionBeforePublication, CountsOnceTheDecisionWasTaken) {
  const std::vector<TermEvent> events = {{K::received, day("2026-01-05")},
                                         {K::decided, day("2026-02-26")},
                                         {K::objection, day("2026-02-27")},
                                         {K::decision_published, day("2026-03-02")}};
  const TermReport report = report_of(TermLaw::awb, events, "2026-03-12");
  EXPECT_EQ(term(report, "objection").status, TermStatus::met);
  EXPECT_EQ(term(report, "objection").met_on, day("2026-02-27"));
  EXPECT_TRUE(names(term(report, "objection"), "Awb 6:10 lid 1"));
  // The term to decide on it still runs from the end of the objection term (Awb 7:10 lid 1).
  EXPECT_EQ(term(report, "objection-decision").start, day("2026-04-13"));
  EXPECT_EQ(term(report, "objection-decision").end, day("2026-05-26"));
}

TEST(AnObjectionBeforePublication, DoesNotCountBeforeTheDecisionOrForALaterPublication) {
  std::vector<TermEvent> events = {{K::objection, day("2026-02-20")},
                                   {K::decided, day("2026-02-26")},
                                   {K::decision_published, day("2026-03-02")}};
  EXPECT_EQ(find_term(report_of(TermLaw::awb, events, "2026-03-12"), "objection-decision"), nullptr);
  events.front().date = day("2026-02-27");
  events.push_back({K::decision_published, day("2026-06-01")});
  const TermReport report = report_of(TermLaw::awb, events, "2026-06-12");
  EXPECT_EQ(std::count_if(report.terms.begin(), report.terms.end(),
                          [](const Deadline& one) { return one.code == "objection-decision"; }),
            1);
}

// --- Properties ---

rc::Gen<std::vector<TermEvent>> any_events() {
  const auto kind = rc::gen::map(rc::gen::inRange<std::size_t>(0, event_kinds().size()),
                                 [](std::size_t i) { return event_kinds()[i].kind; });
  const auto event = rc::gen::apply(
      [](EventKind k, int offset, int length) {
        const Date date = add_days(day("2026-01-05"), offset);
        return TermEvent{k, date, length > 0 ? std::optional(add_days(date, length)) : std::nullopt};
      },
      kind, rc::gen::inRange(0, 120), rc::gen::inRange(0, 30));
  return rc::gen::container<std::vector<TermEvent>>(event);
}

TermLaw any_law() {
  return *rc::gen::element(TermLaw::awb, TermLaw::wmo2015, TermLaw::participatiewet);
}

RC_GTEST_PROP(AllTerms, DoNotDependOnTheOrderOfEventsOnDifferentDays, ()) {
  std::vector<TermEvent> events = *any_events();
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& a, const auto& b) { return a.date < b.date; });
  events.erase(std::unique(events.begin(), events.end(),
                           [](const auto& a, const auto& b) { return a.date == b.date; }),
               events.end());
  const TermLaw law = any_law();
  const Date today = add_days(day("2026-01-05"), *rc::gen::inRange(0, 300));
  const TermReport first = compute_terms(law, events, today);
  std::shuffle(events.begin(), events.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
  const TermReport second = compute_terms(law, events, today);
  RC_ASSERT(first.terms == second.terms);
  RC_ASSERT(first.penalty == second.penalty);
}

RC_GTEST_PROP(AllTerms, AreCoherent, ()) {
  const std::vector<TermEvent> events = *any_events();
  const Date today = add_days(day("2026-01-05"), *rc::gen::inRange(0, 300));
  for (const Deadline& one : compute_terms(any_law(), events, today).terms) {
    RC_ASSERT(one.start <= one.end);
    RC_ASSERT(one.nominal_end <= one.end);
    RC_ASSERT(one.suspended_days <= days_between(one.start, one.end));
    RC_ASSERT(!one.articles.empty());
    RC_ASSERT(!one.explanation.empty());
    if (one.met_on) RC_ASSERT(*one.met_on <= today);
    if (one.status == TermStatus::running || one.status == TermStatus::suspended) RC_ASSERT(today <= one.end);
    if (one.status == TermStatus::met) RC_ASSERT(one.met_on.has_value());
  }
}

RC_GTEST_PROP(AllTerms, OfTheLawEndOnAWorkingDay, ()) {
  for (const Deadline& one : compute_terms(any_law(), *any_events(), day("2026-04-01")).terms) {
    const bool set_by_people =
        one.code == "repair" || one.code == "announced" ||
        std::find(one.articles.begin(), one.articles.end(), "Awb 4:14 lid 3") != one.articles.end();
    if (!set_by_people) RC_ASSERT(is_working_day(one.end));
  }
}

}  // namespace
}  // namespace softbot
