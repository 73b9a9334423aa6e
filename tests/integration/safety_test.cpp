#include <gtest/gtest.h>

#include "support/daemon.h"

namespace softbot::tests {
namespace {

// Ways in which a grant could rest on something that nobody signed, judged or looked at.

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

std::string path_of(const Answer& accepted, const std::string& action) {
  return "/api/v1/applications/" + reference_in(accepted) + "/" + action;
}

HeaderLines with_code(const Answer& accepted) {
  return {"Application-Code: " + code_in(accepted)};
}

Answer record(const std::string& reference, const Value& view, const char* kind) {
  const Value event = Value::object({{"kind", kind}, {"received", view["events"].items().front()["date"]}});
  return daemon().post_as_machine("/api/v1/queue/" + reference + "/events", event);
}

bool has_open_task(const Value& view, const std::string& code) {
  for (const Value& task : view["openTasks"].items()) {
    if (task["code"].text_or_empty() == code) return true;
  }
  return false;
}

bool has_reason(const Value& view, const std::string& code) {
  for (const Value& reason : view["reasons"].items()) {
    if (reason["code"].text_or_empty() == code) return true;
  }
  return false;
}

TEST(ASheetWithOlderAnswers, DoesNotConfirmNewerOnes) {
  const Answer accepted = daemon().submit(household_help_for_de_graaf(), "old-sheet", "none");
  const std::string reference = reference_in(accepted);
  const Value before = daemon().settled(reference);
  ASSERT_EQ(before["status"].text_or_empty(), "incomplete");
  const Value changed = Value::object({{"fields", Value::object({{"roomsInUse", 4}})}});
  ASSERT_EQ(daemon().post(path_of(accepted, "answers"), changed, with_code(accepted)).status, 200);
  const Value resent = daemon().wait_until(
      reference, [](const Value& view) { return view["facts"]["sheetNumber"].as_integer() == 2; });
  ASSERT_EQ(resent["facts"]["sheetNumber"].as_integer(), 2);
  ASSERT_EQ(record(reference, before, "signed-sheet").status, 200);
  const Value after = daemon().settled(reference);
  EXPECT_EQ(after["status"].text_or_empty(), "incomplete");
  EXPECT_TRUE(has_open_task(after, "sheet-outdated"));
}

TEST(APersonalPlanThatCameWithTheForm, IsReadByAPerson) {
  Value submission = household_help_for_de_graaf();
  Value request = submission["requests"].items().front();
  Value files = Value::list();
  files.push(Value::object({{"kind", "personal-plan"},
                            {"fileName", "plan.pdf"},
                            {"mediaType", "application/pdf"},
                            {"content", "UGxhbg=="}}));
  request.set("attachments", std::move(files));
  Value requests = Value::list();
  requests.push(std::move(request));
  submission.set("requests", std::move(requests));
  const Value view = daemon().settled(reference_in(daemon().submit(submission, "plan-file", "digid")));
  EXPECT_EQ(view["status"].text_or_empty(), "referred");
  EXPECT_TRUE(has_reason(view, "personal-plan"));
}

TEST(TheWeekForAPersonalPlan, HoldsTheDecisionUnlessTheResidentSaidNo) {
  const Value submission = with_answer(household_help_for_de_graaf(), "common.personalPlan", Value());
  const std::string reference = reference_in(daemon().submit(submission, "plan-week", "digid"));
  const Value view = daemon().wait_until(
      reference, [](const Value& seen) { return seen["status"].text_or_empty() == "deciding"; });
  EXPECT_EQ(view["status"].text_or_empty(), "deciding");
  EXPECT_EQ(record(reference, view, "change-of-circumstances").status, 200);
  EXPECT_EQ(daemon().settled(reference)["status"].text_or_empty(), "referred");
}

TEST(ACitizenNumberThatCameLater, LeavesTheDecisionToAPerson) {
  const Value submission = with_answer(household_help_for_de_graaf(), "common.bsn", Value());
  const Answer accepted = daemon().submit(submission, "late-number", "counter");
  const std::string reference = reference_in(accepted);
  ASSERT_EQ(daemon().settled(reference)["status"].text_or_empty(), "incomplete");
  const Value answers = Value::object({{"fields", Value::object({{"common.bsn", "999901643"}})}});
  const std::string etag = daemon().get_as_machine("/api/v1/queue/" + reference).header("etag");
  ASSERT_EQ(daemon()
                .post_as_machine("/api/v1/queue/" + reference + "/fields", answers, {"If-Match: " + etag})
                .status,
            200);
  const Value view = daemon().wait_until(
      reference, [](const Value& seen) { return seen["status"].text_or_empty() == "referred"; });
  EXPECT_TRUE(has_reason(view, "number-came-later"));
}

TEST(TheAnswersOfSomebodyElse, AreNotPostedToThePersonWithThatNumber) {
  Value submission = with_answer(household_help_for_de_graaf(), "roomsInUse", Value());
  submission = with_answer(std::move(submission), "common.bsn", "999900006");
  const Answer accepted = daemon().submit(submission, "stranger", "none");
  const Value view = daemon().settled(reference_in(accepted));
  EXPECT_EQ(view["status"].text_or_empty(), "referred");
  for (const Value& document : view["documents"].items()) {
    EXPECT_NE(document["kind"].text_or_empty(), "sign-sheet");
    EXPECT_NE(document["kind"].text_or_empty(), "repair");
  }
  const Value outside =
      daemon().get("/api/v1/applications/" + reference_in(accepted), with_code(accepted)).json();
  EXPECT_EQ(outside["status"].text_or_empty(), "incomplete");
  EXPECT_EQ(outside["asked"].items().size(), 2U);
}

TEST(APersonsGrant, HasSensibleMinutesAndDays) {
  const Answer accepted = daemon().submit(
      with_answer(household_help_for_de_graaf(), "provisionForm", "personal-budget"), "bad-grant", "digid");
  const std::string reference = reference_in(accepted);
  ASSERT_EQ(daemon().settled(reference)["status"].text_or_empty(), "referred");
  const std::string etag = daemon().get_as_machine("/api/v1/queue/" + reference).header("etag");
  const Value grant =
      Value::object({{"minutesPerWeek", -5}, {"from", "2026-12-01"}, {"until", "volgend jaar"}});
  const Value decision =
      Value::object({{"outcome", "granted"}, {"writtenReasons", "Past."}, {"grant", grant}});
  const Answer refused =
      daemon().post_as_machine("/api/v1/queue/" + reference + "/decision", decision, {"If-Match: " + etag});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.json()["errors"].items().size(), 2U);
}

}  // namespace
}  // namespace softbot::tests
