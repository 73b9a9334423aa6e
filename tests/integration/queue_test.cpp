#include <gtest/gtest.h>

#include "support/daemon.h"

namespace softbot::tests {
namespace {

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

/// An application that a consultant has to decide on.
std::string referred_application(const std::string& key) {
  const Answer accepted = daemon().submit(
      with_answer(toilet_raiser_for_zonneveld(), "provisionForm", "personal-budget"), key, "digid");
  const std::string reference = reference_in(accepted);
  const Value view = daemon().settled(reference);
  EXPECT_EQ(view["status"].text_or_empty(), "referred");
  return reference;
}

std::string etag_of_case(const std::string& reference) {
  return daemon().get_as_machine("/api/v1/queue/" + reference).header("etag");
}

Answer act(const std::string& reference, const std::string& action, const Value& body,
           const std::string& etag) {
  HeaderLines headers;
  if (!etag.empty()) headers.push_back("If-Match: " + etag);
  return daemon().post_as_machine("/api/v1/queue/" + reference + "/" + action, body, headers);
}

TEST(TheQueue, ListsReferredCasesByLegalDeadlineWithTheirReasons) {
  const std::string reference = referred_application("queue-1");
  const Value page = daemon().get_as_machine("/api/v1/queue?type=small-aids").json();
  ASSERT_GE(page["total"].as_integer().value_or(0), 1);
  std::string before;
  bool found = false;
  for (const Value& item : page["items"].items()) {
    EXPECT_LE(before, item["legalDeadline"].text_or_empty());
    before = item["legalDeadline"].text_or_empty();
    if (item["reference"].text_or_empty() != reference) continue;
    found = true;
    EXPECT_EQ(item["reasons"].items().front()["code"].text_or_empty(), "personal-budget");
  }
  EXPECT_TRUE(found);
}

TEST(AnActionOnACase, NeedsTheVersionThatOneLookedAt) {
  const std::string reference = referred_application("queue-2");
  const std::string etag = etag_of_case(reference);
  EXPECT_EQ(act(reference, "claim", Value::object(), "").status, 428);
  EXPECT_EQ(act(reference, "claim", Value::object(), "\"999\"").status, 412);
  const Answer claimed = act(reference, "claim", Value::object(), etag);
  ASSERT_EQ(claimed.status, 200) << claimed.body;
  EXPECT_NE(claimed.header("etag"), etag);
  EXPECT_EQ(
      act(reference, "fields", Value::object({{"fields", Value::object({{"price", 40}})}}), etag).status,
      412);
  EXPECT_EQ(act(reference, "release", Value::object(), claimed.header("etag")).status, 200);
}

TEST(ACaseClaimedByAnother, CannotBeTouched) {
  const std::string reference = referred_application("queue-3");
  ASSERT_EQ(act(reference, "claim", Value::object(), etag_of_case(reference)).status, 200);
  const Ended other = daemon().command({"key", "add", "other", "--role", "consultant"});
  const HeaderLines headers{"Authorization: Bearer " + other.output.substr(0, other.output.find('\n')),
                            "If-Match: " + etag_of_case(reference)};
  const Answer refused = daemon().post("/api/v1/queue/" + reference + "/claim", Value::object(), headers);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.json()["type"].text_or_empty(), "/problems/conflict");
}

TEST(ACorrection, LetsTheBotJudgeAgain) {
  const std::string reference = referred_application("queue-4");
  const Answer corrected =
      act(reference, "fields",
          Value::object({{"fields", Value::object({{"provisionForm", "in-kind"}})}, {"why", "gebeld"}}),
          etag_of_case(reference));
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  const Value view = daemon().settled(reference);
  const std::string& status = view["status"].text_or_empty();
  // Earlier tests leave open applications of this resident: then the bot refers it again, for that reason
  // alone.
  for (const Value& reason : view["reasons"].items())
    EXPECT_NE(reason["code"].text_or_empty(), "personal-budget");
  EXPECT_TRUE(status == "decided" || status == "held-for-sample" || status == "referred") << status;
}

TEST(APersonsDecision, NeedsWrittenReasonsAndGivesALetter) {
  const std::string reference = referred_application("queue-5");
  const Value no_reasons = Value::object({{"outcome", "refused"}, {"writtenReasons", " "}});
  const Answer refused = act(reference, "decision", no_reasons, etag_of_case(reference));
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.json()["errors"].items().front()["field"].text_or_empty(), "writtenReasons");
  const Value untreated = Value::object({{"outcome", "untreated"}, {"writtenReasons", "Niets ontvangen."}});
  EXPECT_EQ(act(reference, "decision", untreated, etag_of_case(reference)).status, 422);
  Value decision =
      Value::object({{"outcome", "refused"}, {"writtenReasons", "U kunt het hulpmiddel lenen."}});
  const Answer unheard = act(reference, "decision", decision, etag_of_case(reference));
  EXPECT_EQ(unheard.status, 422);
  EXPECT_EQ(unheard.json()["errors"].items().front()["field"].text_or_empty(), "hearing.factsDiffer");
  decision.set("hearing", Value::object({{"factsDiffer", true}, {"exception", "heard-before"}}));
  decision.set("reverseTest", Value::object({{"effect", "Veilig naar het toilet"}}));
  const Answer decided = act(reference, "decision", decision, etag_of_case(reference));
  ASSERT_EQ(decided.status, 200) << decided.body;
  EXPECT_EQ(decided.json()["outcome"].text_or_empty(), "refused");
  EXPECT_EQ(decided.json()["decidedBy"].text_or_empty(), "person");
  const Value kept = decided.json()["decision"]["trace"];
  EXPECT_EQ(kept["hearing"]["exception"].text_or_empty(), "heard-before");
  EXPECT_EQ(kept["reverseTest"]["effect"].text_or_empty(), "Veilig naar het toilet");
  const Value view = daemon().wait_until(reference, [](const Value& seen) {
    for (const Value& document : seen["documents"].items()) {
      if (document["kind"].text_or_empty() == "decision") return true;
    }
    return false;
  });
  EXPECT_EQ(view["status"].text_or_empty(), "decided");
  EXPECT_EQ(act(reference, "decision", decision, etag_of_case(reference)).status, 409);
}

TEST(AQuestionOfAConsultant, AsksTheResidentAndComesBackWithTheAnswer) {
  const std::string reference = referred_application("queue-6");
  Value items = Value::list();
  items.push("Hoe hoog is uw toilet?");
  const Answer asked = act(reference, "ask", Value::object({{"items", items}}), etag_of_case(reference));
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.json()["status"].text_or_empty(), "incomplete");
  EXPECT_EQ(asked.json()["outcome"].text_or_empty(), "asked");
  const Answer answered =
      daemon().post_as_machine("/api/v1/applications/" + reference + "/answers",
                               Value::object({{"fields", Value::object({{"toiletHeightCm", 42}})}}));
  ASSERT_EQ(answered.status, 200) << answered.body;
  EXPECT_EQ(answered.json()["status"].text_or_empty(), "referred");
}

TEST(AnEventOfTheMailRoom, StartsItsClock) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "event-1", "none");
  const std::string reference = reference_in(accepted);
  const Value before = daemon().settled(reference);
  const std::string today = before["received"].text_or_empty().substr(0, 10);
  const Value unknown = Value::object({{"kind", "poem"}, {"received", today}});
  EXPECT_EQ(daemon().post_as_machine("/api/v1/queue/" + reference + "/events", unknown).status, 422);
  const Value future = Value::object({{"kind", "objection"}, {"received", "2999-01-01"}});
  EXPECT_EQ(daemon().post_as_machine("/api/v1/queue/" + reference + "/events", future).status, 422);
}

TEST(ASignedSheet, LetsTheBotGoOn) {
  Value submission = toilet_raiser_for_zonneveld();
  for (const auto& [field, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"common.bsn", "999902441"},
                                                                  {"common.initials", "G.J."},
                                                                  {"common.birthName", "Kuipers"},
                                                                  {"common.birthDate", "1931-02-11"},
                                                                  {"common.street", "Beukenhof"},
                                                                  {"common.houseNumber", "7"},
                                                                  {"common.houseNumberAddition", ""},
                                                                  {"common.postcode", "1237GH"}}) {
    submission = with_answer(std::move(submission), field, value);
  }
  const Answer accepted = daemon().submit(submission, "sheet-1", "none");
  const std::string reference = reference_in(accepted);
  const Value before = daemon().settled(reference);
  ASSERT_EQ(before["status"].text_or_empty(), "incomplete") << accepted.body;
  const Value event =
      Value::object({{"kind", "signed-sheet"}, {"received", before["events"].items().front()["date"]}});
  const Answer recorded = daemon().post_as_machine("/api/v1/queue/" + reference + "/events", event);
  ASSERT_EQ(recorded.status, 200) << recorded.body;
  const Value after = daemon().wait_until(reference, [](const Value& seen) {
    const std::string& status = seen["status"].text_or_empty();
    return status == "decided" || status == "held-for-sample" || status == "referred";
  });
  EXPECT_NE(after["status"].text_or_empty(), "referred");
  EXPECT_EQ(after["identityAssurance"].text_or_empty(), "paper-signed");
}

}  // namespace
}  // namespace softbot::tests
