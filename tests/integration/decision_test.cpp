#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "domain/json.h"
#include "support/checkout.h"
#include "support/daemon.h"
#include "support/patience.h"

namespace softbot::tests {
namespace {

/// One daemon for all tests of this file: starting one takes longer than a test.
Daemon& daemon() {
  static Daemon shared;
  return shared;
}

bool has_reason(const Value& view, const std::string& code) {
  for (const Value& reason : view["reasons"].items()) {
    if (reason["code"].text_or_empty() == code) return true;
  }
  return false;
}

bool has_document(const Value& view, const std::string& kind) {
  for (const Value& document : view["documents"].items()) {
    if (document["kind"].text_or_empty() == kind) return true;
  }
  return false;
}

TEST(ASignedSimpleApplication, IsGrantedByTheBotWithALetter) {
  // The sample is random: an application may be held for a person, and then a person releases it.
  const Answer accepted = daemon().submit(household_help_for_de_graaf(), "grant-1", "digid");
  ASSERT_EQ(accepted.status, 202) << accepted.body;
  const std::string reference = reference_in(accepted);
  Value view = daemon().settled(reference);
  if (view["status"].text_or_empty() == "held-for-sample") {
    const Answer released = daemon().post_as_machine(
        "/api/v1/queue/" + reference + "/decision",
        Value::object({{"outcome", "granted"}, {"writtenReasons", "Gezien en akkoord."}}),
        {"If-Match: \"" + std::to_string(view["version"].as_integer().value_or(0)) + "\""});
    ASSERT_EQ(released.status, 200) << released.body;
  }
  view = daemon().wait_until(reference, [](const Value& seen) { return has_document(seen, "decision"); });
  EXPECT_EQ(view["status"].text_or_empty(), "decided");
  EXPECT_EQ(view["outcome"].text_or_empty(), "granted");
  EXPECT_EQ(view["decidedBy"].text_or_empty(), "bot");
  EXPECT_EQ(view["decision"]["grant"]["minutesPerWeek"].as_integer(), 125);
  EXPECT_TRUE(has_document(view, "decision"));
}

TEST(AJudgedApplication, ComesOutTheSameWhenItIsJudgedAgain) {
  const Answer simple = daemon().submit(household_help_for_de_graaf(), "again-1", "digid");
  const Answer refused = daemon().submit(
      with_answer(toilet_raiser_for_zonneveld(), "duration", "shorter-than-26-weeks"), "again-2", "digid");
  for (const Answer& accepted : {simple, refused}) {
    static_cast<void>(daemon().settled(reference_in(accepted)));
    const Ended again = daemon().command({"replay", reference_in(accepted)});
    EXPECT_EQ(again.status, 0) << again.output;
    EXPECT_NE(again.output.find("as it did"), std::string::npos) << again.output;
  }
  EXPECT_EQ(daemon().command({"replay", "AAAA-AAAA-AAAA"}).status, 1);
}

TEST(ADraftOfThePolicy, IsTriedOnWhatWasJudged) {
  const Answer simple = daemon().submit(household_help_for_de_graaf(), "try-1", "digid");
  static_cast<void>(daemon().settled(reference_in(simple)));
  const TemporaryFolder draft;
  namespace fs = std::filesystem;
  fs::copy(checkout() / "config/policy/default", draft.path(), fs::copy_options::recursive);
  const auto tried = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments = {"simulate", "--draft", draft.path().string(), "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ended ended = daemon().command(arguments);
    EXPECT_EQ(ended.status, 0) << ended.output;
    return parse_json(ended.output).value_or(Value());
  };
  const Value same = tried({});
  EXPECT_GE(same["judged"].as_integer().value_or(0), 1) << to_json(same);
  EXPECT_EQ(same["changes"]["same"].as_integer(), same["judged"].as_integer());
  EXPECT_TRUE(same["changed"].items().empty());
  EXPECT_EQ(tried({"--to", "2020-01-01"})["applications"].as_integer(), 0);

  std::stringstream text;
  text << std::ifstream(draft.path() / "parameters.json").rdbuf();
  std::string parameters = text.str();
  parameters.replace(parameters.find("\"value\": 65"), 11, "\"value\": 119");
  std::ofstream(draft.path() / "parameters.json") << parameters;
  const Value older = tried({});
  EXPECT_GE(older["changes"]["granted -> referred"].as_integer().value_or(0), 1) << to_json(older);
  EXPECT_LT(older["after"]["centsPerYear"].as_integer(), older["before"]["centsPerYear"].as_integer());
}

/// Asks until the try has ended; the last answer.
Value ended_trial(const std::string& id) {
  Answer answer;
  EXPECT_TRUE(comes_to_hold([&] {
    answer = daemon().get_as_machine("/api/v1/policy/trials/" + id);
    return answer.json()["state"].text_or_empty() != "running";
  }));
  EXPECT_EQ(answer.status, 200) << answer.body;
  return answer.json();
}

TEST(AVersionOfThePolicy, IsTriedInTheBackgroundOverTheApi) {
  const Answer simple = daemon().submit(household_help_for_de_graaf(), "try-api", "digid");
  static_cast<void>(daemon().settled(reference_in(simple)));
  const auto active = daemon().get_as_machine("/api/v1/policy").json()["active"].text_or_empty();
  const auto start = [](Value body) { return daemon().post_as_machine("/api/v1/policy/trials", body); };
  const Answer started = start(Value::object({{"version", active}, {"type", "household-help"}}));
  ASSERT_EQ(started.status, 202) << started.body;
  const auto id = started.json()["id"].text_or_empty();
  const Value done = ended_trial(id);
  EXPECT_EQ(done["state"].text_or_empty(), "done") << to_json(done);
  EXPECT_EQ(done["draft"].text_or_empty(), active);
  EXPECT_GE(done["result"]["judged"].as_integer().value_or(0), 1);
  EXPECT_EQ(done["result"]["changes"]["same"].as_integer(), done["result"]["judged"].as_integer());
  EXPECT_EQ(done["progress"]["done"].as_integer(), done["progress"]["all"].as_integer());
  EXPECT_EQ(daemon().get_as_machine("/api/v1/policy/trials").json()["trials"].items().at(0)["id"], id);

  EXPECT_EQ(start(Value::object({{"version", "none"}})).status, 404);
  EXPECT_EQ(start(Value::object({{"version", active}, {"from", "2026-02-30"}})).status, 422);
  EXPECT_EQ(start(Value::object({{"version", active}, {"municipality", "nowhere"}})).status, 422);
  EXPECT_EQ(start(Value::object({{"version", active}, {"colour", "red"}})).status, 422);
  EXPECT_EQ(daemon().get_as_machine("/api/v1/policy/trials/none").status, 404);
  const Answer stopped = request("DELETE", daemon().url() + "/api/v1/policy/trials/" + id,
                                 {"Authorization: Bearer " + daemon().key()}, "");
  EXPECT_EQ(stopped.status, 202) << "what has ended stays as it is";
  EXPECT_EQ(stopped.json()["state"].text_or_empty(), "done");
}

TEST(AnUnsignedApplication, IsAskedForASignatureAndShowsNoDecision) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "unsigned-1", "none");
  ASSERT_EQ(accepted.status, 202) << accepted.body;
  const Value view = daemon().settled(reference_in(accepted));
  EXPECT_EQ(view["status"].text_or_empty(), "incomplete");
  EXPECT_EQ(view["outcome"].text_or_empty(), "asked");
  EXPECT_TRUE(has_reason(view, "signature-missing"));
  const Value outside =
      daemon()
          .get("/api/v1/applications/" + reference_in(accepted), {"Application-Code: " + code_in(accepted)})
          .json();
  EXPECT_EQ(outside["status"].text_or_empty(), "incomplete");
  EXPECT_FALSE(outside.contains("outcome"));
  EXPECT_FALSE(outside.contains("reasons"));
}

TEST(AnUnsignedApplicationOfSomebodyWhoDied, LooksFromOutsideLikeAnyOther) {
  Value submission = toilet_raiser_for_zonneveld();
  submission = with_answer(std::move(submission), "common.bsn", "999906525");
  submission = with_answer(std::move(submission), "common.birthName", "Mulder");
  submission = with_answer(std::move(submission), "common.birthDate", "1943-03-03");
  const Answer accepted = daemon().submit(submission, "died-1", "none");
  ASSERT_EQ(accepted.status, 202) << accepted.body;
  const Value inside = daemon().settled(reference_in(accepted));
  EXPECT_EQ(inside["status"].text_or_empty(), "referred");
  EXPECT_TRUE(has_reason(inside, "register-deceased"));
  const Value outside =
      daemon()
          .get("/api/v1/applications/" + reference_in(accepted), {"Application-Code: " + code_in(accepted)})
          .json();
  EXPECT_EQ(outside["status"].text_or_empty(), "incomplete");
  ASSERT_EQ(outside["asked"].items().size(), 1U);
  EXPECT_EQ(outside["asked"].items().front()["field"].text_or_empty(), "signature");
}

TEST(AnUrgentApplication, GoesToAPersonAtOnce) {
  const Answer accepted =
      daemon().submit(with_answer(toilet_raiser_for_zonneveld(), "common.urgent", true), "urgent-1", "digid");
  const Value view = daemon().settled(reference_in(accepted));
  EXPECT_EQ(view["status"].text_or_empty(), "referred");
  EXPECT_TRUE(has_reason(view, "urgent"));
}

TEST(ASecondDeliveryWithTheSameKey, IsTheSameSubmission) {
  const Value submission = toilet_raiser_for_zonneveld();
  const Answer first = daemon().submit(submission, "same-1", "none");
  const Answer again = daemon().submit(submission, "same-1", "none");
  ASSERT_EQ(first.status, 202);
  EXPECT_EQ(again.status, 202);
  EXPECT_EQ(first.body, again.body);
  const Answer other = daemon().submit(with_answer(submission, "price", 46), "same-1", "none");
  EXPECT_EQ(other.status, 422);
}

}  // namespace
}  // namespace softbot::tests
