#include <gmock/gmock.h>

#include <algorithm>

#include "domain/deadlines.h"
#include "domain/zone.h"
#include "pipeline/case_actions.h"
#include "pipeline/repair_call.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using pipeline::CallOutcome;
using pipeline::RepairCall;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string task(pipeline::repair_call);

Date day(const char* iso) {
  return *parse_iso_date(iso);
}

/// Anna is asked on 18 November for what lacks, until Thursday 3 December. Three working days before that is
/// Monday 30 November.
Application asked(PaperWorld& world) {
  Application application = with_ink(world, {"duration", Value(), ReadingState::empty});
  EXPECT_EQ(application.status, ApplicationStatus::incomplete);
  EXPECT_EQ(pipeline::last_event(application, "repair-request")->until, day("2026-12-03"));
  return application;
}

Application on(PaperWorld& world, const Application& application, const char* date) {
  world.home.clock.set(start_of_day(day(date)) + std::chrono::hours(9));
  world.work();
  return world.application(application.reference);
}

/// The case at the moment that a call is proposed.
Application to_call(PaperWorld& world) {
  Application application = on(world, asked(world), "2026-11-30");
  EXPECT_THAT(codes_of(application.open_tasks), Contains(task));
  return application;
}

Result<Application> call(PaperWorld& world, const Application& application, const RepairCall& told) {
  auto done = pipeline::record_repair_call(*world.services, world.consultant, application.reference,
                                           application.version, told);
  world.work();
  return done;
}

const CaseEvent& call_of(const Application& application) {
  return *pipeline::last_event(application, task);
}

Value letter(PaperWorld& world, const Application& application, const std::string& name) {
  Value context;
  const auto read = world.home.store().read([&](Transaction& transaction) -> Result<void> {
    for (const OutboxRecord& row : transaction.outbox_of(application.reference)) {
      if (row.content["letter"].text_or_empty() == name) context = row.content["context"];
    }
    return {};
  });
  EXPECT_TRUE(read);
  return context;
}

TEST(PapersThatDoNotComeBack, AreCalledAboutSomeWorkingDaysBeforeTheTermEnds) {
  PaperWorld world;
  const Application application = asked(world);
  EXPECT_THAT(codes_of(on(world, application, "2026-11-29").open_tasks), Not(Contains(task)));
  const Application called = on(world, application, "2026-11-30");
  ASSERT_THAT(codes_of(called.open_tasks), Contains(task));
  EXPECT_THAT(called.open_tasks.front().text, HasSubstr("lukt het om de stukken te leveren?"));
  EXPECT_THAT(called.open_tasks.front().text, HasSubstr("3 december 2026"));
  EXPECT_THAT(called.open_tasks.front().text, HasSubstr(called.asked.front().text));
}

TEST(PapersThatDoNotComeBack, AreInTheQueueOfTheirTeamWhileTheTermRunsOn) {
  PaperWorld world;
  const Application called = to_call(world);
  EXPECT_EQ(called.status, ApplicationStatus::incomplete);
  EXPECT_FALSE(called.team.empty());
  QueueFilter filter;
  filter.reason = task;
  QueuePage page;
  ASSERT_TRUE(world.home.store().read([&](Transaction& transaction) -> Result<void> {
    page = transaction.queue(filter);
    return {};
  }));
  ASSERT_EQ(page.items.size(), 1U);
  const Application after = on(world, called, "2026-12-04");
  EXPECT_EQ(after.status, ApplicationStatus::referred) << "the task put off nothing";
  EXPECT_THAT(codes_of(after.open_tasks), Contains(task)) << "and can still be done";
}

TEST(PapersThatDoNotComeBack, AreCalledAboutOncePerTerm) {
  PaperWorld world;
  const Application called = to_call(world);
  ASSERT_TRUE(pipeline::finish_task(*world.services, world.consultant, called.reference, called.version, task,
                                    {.note = "gebeld"}));
  ASSERT_TRUE(pipeline::propose_repair_call(*world.services, called.reference));
  EXPECT_THAT(codes_of(on(world, called, "2026-12-01").open_tasks), Not(Contains(task)));
}

TEST(PapersThatDoNotComeBack, AreCalledAboutAsManyDaysBeforeAsIsConfigured) {
  PaperWorld world;
  world.configuration->repair_call_working_days = 1;
  const Application application = asked(world);
  EXPECT_THAT(codes_of(on(world, application, "2026-12-01").open_tasks), Not(Contains(task)));
  EXPECT_THAT(codes_of(on(world, application, "2026-12-02").open_tasks), Contains(task));
}

TEST(PapersThatDoNotComeBack, AreNeverCalledAboutWhereThatIsSwitchedOff) {
  PaperWorld world;
  world.configuration->repair_call_working_days = 0;
  EXPECT_THAT(codes_of(on(world, asked(world), "2026-12-03").open_tasks), Not(Contains(task)));
}

TEST(PapersThatCame, NeedNoCall) {
  PaperWorld world;
  const Application application = asked(world);
  ASSERT_TRUE(
      pipeline::answer(*world.services, application.reference, {}, Value::object({{"price", "46.00"}})));
  world.work();
  EXPECT_THAT(codes_of(on(world, application, "2026-11-30").open_tasks), Not(Contains(task)));
}

TEST(PapersThatCame, TakeTheCallFromTheTasks) {
  PaperWorld world;
  const Application called = to_call(world);
  ASSERT_TRUE(pipeline::answer(*world.services, called.reference, {}, Value::object({{"price", "46.00"}})));
  EXPECT_THAT(codes_of(world.application(called.reference).open_tasks), Not(Contains(task)));
}

TEST(ACaseThatNeedsNoAnswer, IsNeverCalledAbout) {
  PaperWorld world;
  const Application granted = with_ink(world, {"bodyWeightKg", "70"});
  ASSERT_EQ(granted.outcome, Outcome::granted);
  EXPECT_THAT(codes_of(on(world, granted, "2026-12-10").open_tasks), Not(Contains(task)));
  PaperWorld other;
  const Application application = asked(other);
  ASSERT_TRUE(pipeline::withdraw(*other.services, application.reference, {}));
  EXPECT_THAT(codes_of(on(other, application, "2026-11-30").open_tasks), Not(Contains(task)));
}

TEST(ACall, ThatGivesMoreTimeMovesTheTermAndWritesALetter) {
  PaperWorld world;
  const Application called = to_call(world);
  ASSERT_TRUE(call(world, called,
                   {.outcome = CallOutcome::longer, .until = day("2026-12-12"), .note = "Dochter helpt."}));
  const Application longer = world.application(called.reference);
  EXPECT_EQ(longer.status, ApplicationStatus::incomplete);
  EXPECT_THAT(codes_of(longer.open_tasks), Not(Contains(task)));
  EXPECT_THAT(call_of(longer).note, HasSubstr("14 december 2026. Dochter helpt."))
      << "12 December is a Saturday";
  EXPECT_EQ(call_of(longer).by, "consulent");
  EXPECT_THAT(world.letters(longer.reference), Contains("repair-extension"));
  EXPECT_EQ(letter(world, longer, "repair-extension")["until"].text_or_empty(), "2026-12-14");

  EXPECT_EQ(on(world, longer, "2026-12-04").status, ApplicationStatus::incomplete);
  EXPECT_THAT(codes_of(on(world, longer, "2026-12-09").open_tasks), Contains(task)) << "once per term";
  EXPECT_EQ(on(world, longer, "2026-12-15").status, ApplicationStatus::referred);
}

TEST(ACall, ThatGivesMoreTimeKeepsOneRepairTerm) {
  PaperWorld world;
  const Application called = to_call(world);
  ASSERT_TRUE(call(world, called, {.outcome = CallOutcome::longer, .until = day("2026-12-14")}));
  const TermReport report =
      pipeline::terms_of(world.application(called.reference), pipeline::today(*world.services));
  EXPECT_EQ(std::count_if(report.terms.begin(), report.terms.end(),
                          [](const Deadline& term) { return term.code == "repair"; }),
            1);
  EXPECT_EQ(find_term(report, "repair")->end, day("2026-12-14"));
}

TEST(ACall, NeedsALaterLastDayToGiveMoreTime) {
  PaperWorld world;
  const Application called = to_call(world);
  const auto without = call(world, called, {.outcome = CallOutcome::longer});
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().fields.front().field, "until");
  EXPECT_FALSE(call(world, called, {.outcome = CallOutcome::longer, .until = day("2026-12-03")}));
  EXPECT_EQ(world.application(called.reference).version, called.version) << "and nothing changed";
}

TEST(ACall, GivesNoMoreTimeThanThirteenWeeks) {
  PaperWorld world;
  const Application application = to_call(world);
  const auto far = call(world, application, {CallOutcome::longer, day("2027-03-02"), ""});
  ASSERT_FALSE(far);
  EXPECT_EQ(far.error().fields.front().code, "too-late");
  EXPECT_TRUE(call(world, application, {CallOutcome::longer, day("2027-03-01"), ""}));
}

TEST(ACall, ThatGivesMoreTimeLeavesACaseThatAPersonMustSeeWithThatPerson) {
  PaperWorld world;
  Application application = to_call(world);
  const auto request = pipeline::ask_for_person(*world.services, application.reference, {});
  ASSERT_TRUE(request) << request.error().message;
  world.work();
  application = world.application(application.reference);
  ASSERT_EQ(application.status, ApplicationStatus::referred);
  const auto longer = call(world, application, {CallOutcome::longer, day("2026-12-17"), ""});
  ASSERT_TRUE(longer) << longer.error().message;
  EXPECT_EQ(longer->status, ApplicationStatus::referred);
  EXPECT_FALSE(longer->reasons.empty());
}

TEST(ACall, ThatEndsTheWaitingEndsTheStandstillAndLeavesNothingUntreated) {
  for (const CallOutcome outcome : {CallOutcome::received, CallOutcome::cannot}) {
    PaperWorld world;
    const auto ended = call(world, to_call(world), {outcome, std::nullopt, ""});
    ASSERT_TRUE(ended) << ended.error().message;
    const CaseEvent* completed = pipeline::last_event(*ended, "completed");
    ASSERT_NE(completed, nullptr);
    EXPECT_EQ(completed->date, day("2026-11-30"));
    const Application after_the_term = on(world, *ended, "2026-12-08");
    const auto untreated =
        pipeline::decide(*world.services, world.consultant, after_the_term.reference, after_the_term.version,
                         {.outcome = Outcome::untreated, .written_reasons = "Niets ontvangen."});
    ASSERT_FALSE(untreated);
    ASSERT_FALSE(untreated.error().fields.empty()) << untreated.error().message;
    EXPECT_EQ(untreated.error().fields.front().code, "repair-term-not-over");
  }
}

TEST(ACall, AboutPapersThatAreThereAfterAllLetsAConsultantGoOn) {
  PaperWorld world;
  const Application called = to_call(world);
  ASSERT_TRUE(call(world, called, {.outcome = CallOutcome::received}));
  const Application received = world.application(called.reference);
  EXPECT_EQ(received.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(received.reasons), Contains("documents"));
  EXPECT_FALSE(pipeline::repair_is_open(received));
  EXPECT_THAT(call_of(received).note, HasSubstr("Alles is binnen"));
}

TEST(ACall, ThatReachesNobodyIsRecordedAndStaysToBeDone) {
  PaperWorld world;
  const Application called = to_call(world);
  ASSERT_TRUE(call(world, called, {.outcome = CallOutcome::not_reached, .note = "Voicemail."}));
  const Application after = world.application(called.reference);
  EXPECT_THAT(codes_of(after.open_tasks), Contains(task));
  EXPECT_THAT(call_of(after).note, HasSubstr("Niet bereikt. Voicemail."));
  EXPECT_EQ(after.status, ApplicationStatus::incomplete);
}

TEST(ACall, WithSomebodyWhoCannotNamesWhoHelpsAndGoesToAConsultant) {
  PaperWorld world;
  const Application called = to_call(world);
  ASSERT_TRUE(call(world, called, {.outcome = CallOutcome::cannot}));
  const Application after = world.application(called.reference);
  EXPECT_EQ(after.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(after.reasons), Contains("resident-cannot"));
  EXPECT_THAT(codes_of(after.open_tasks), Not(Contains(task)));
  EXPECT_THAT(world.letters(after.reference), Contains("advice"));
  EXPECT_FALSE(letter(world, after, "advice")["clientSupport"]["name"].text_or_empty().empty());
}

TEST(ACall, IsOnlyRecordedWhereOneWasAskedFor) {
  PaperWorld world;
  const auto refused = call(world, asked(world), {.outcome = CallOutcome::not_reached});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
}

TEST(TheProposalToCall, IsNoBusinessOfTheResident) {
  PaperWorld world;
  const Application called = to_call(world);
  const auto kinds = [&](pipeline::Viewer viewer) {
    std::vector<std::string> names;
    const Value view = pipeline::view_of(*world.services, called, {}, viewer);
    for (const Value& event : view["events"].items()) names.push_back(event["kind"].text_or_empty());
    return names;
  };
  EXPECT_THAT(kinds(pipeline::Viewer::staff), Contains("repair-call-proposed"));
  EXPECT_THAT(kinds(pipeline::Viewer::resident), Not(Contains("repair-call-proposed")));
}

}  // namespace
}  // namespace softbot::testing
