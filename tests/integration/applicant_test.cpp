#include <gtest/gtest.h>

#include "support/daemon.h"

namespace softbot::tests {
namespace {

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

HeaderLines with_code(const Answer& accepted) {
  return {"Application-Code: " + code_in(accepted)};
}

std::string path_of(const Answer& accepted, const std::string& action = "") {
  return "/api/v1/applications/" + reference_in(accepted) + (action.empty() ? "" : "/" + action);
}

TEST(AnApplication, OpensOnlyWithItsCodeASessionOrAKey) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "code-1", "none");
  EXPECT_EQ(daemon().get(path_of(accepted)).status, 401);
  EXPECT_EQ(daemon().get(path_of(accepted), {"Application-Code: 0000-0000-0000"}).status, 403);
  EXPECT_EQ(daemon().get("/api/v1/applications/0000-0000-0000", with_code(accepted)).status, 403);
  EXPECT_EQ(daemon().get(path_of(accepted), with_code(accepted)).status, 200);
  EXPECT_EQ(daemon().get_as_machine("/api/v1/applications/0000-0000-0000").status, 404);
}

TEST(AWrongCodeAThousandTimes, IsSlowedDown) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "code-2", "none");
  int refused = 0;
  int slowed = 0;
  for (int i = 0; i < 1000; ++i) {
    const int status = daemon().get(path_of(accepted), {"Application-Code: AAAA-AAAA-AAAA"}).status;
    refused += status == 403 ? 1 : 0;
    slowed += status == 429 ? 1 : 0;
  }
  EXPECT_EQ(refused + slowed, 1000);
  EXPECT_LE(refused, 60);
  EXPECT_EQ(daemon().get("/health/ready").status, 200);
}

TEST(SomethingMissing, IsAskedOnceAndTheAnswerGoesOn) {
  Value submission = with_answer(household_help_for_de_graaf(), "roomsInUse", Value());
  submission = with_answer(std::move(submission), "common.birthDate", "12-05-1823");
  const Answer accepted = daemon().submit(submission, "missing-1", "digid");
  const Value asked = daemon().settled(reference_in(accepted));
  EXPECT_EQ(asked["status"].text_or_empty(), "incomplete");
  ASSERT_EQ(asked["asked"].items().size(), 2U);
  EXPECT_EQ(asked["asked"].items()[0]["field"].text_or_empty(), "birthDate");
  EXPECT_EQ(asked["asked"].items()[0]["code"].text_or_empty(), "invalid");
  EXPECT_EQ(asked["asked"].items()[1]["field"].text_or_empty(), "roomsInUse");

  const Value fields = Value::object({{"roomsInUse", 2}, {"common.birthDate", "1939-05-30"}});
  const Answer answered =
      daemon().post(path_of(accepted, "answers"), Value::object({{"fields", fields}}), with_code(accepted));
  ASSERT_EQ(answered.status, 200) << answered.body;
  const Value after = daemon().wait_until(reference_in(accepted), [](const Value& view) {
    return view["unconfirmed"].items().size() == 2 && view["asked"].items().size() == 1;
  });
  // Decisive answers of somebody who did not sign in: the signature is asked for them.
  EXPECT_EQ(after["asked"].items().front()["field"].text_or_empty(), "signature");
}

TEST(AnswersOfACounterClerk, AreConfirmed) {
  const Answer accepted = daemon().submit(with_answer(household_help_for_de_graaf(), "roomsInUse", Value()),
                                          "missing-2", "digid");
  ASSERT_EQ(daemon().settled(reference_in(accepted))["status"].text_or_empty(), "incomplete");
  Ended made = daemon().command({"account", "add", "balie", "--role", "clerk"}, "een lang wachtwoord\n");
  ASSERT_EQ(made.status, 0) << made.output;
  const Answer session = daemon().post(
      "/api/v1/session", Value::object({{"account", "balie"}, {"password", "een lang wachtwoord"}}));
  ASSERT_EQ(session.status, 204) << session.body;
  const std::string cookie =
      "Cookie: " + session.header("set-cookie").substr(0, session.header("set-cookie").find(';'));
  const std::string csrf = daemon().get("/api/v1/session", {cookie}).json()["csrf"].text_or_empty();
  const Value body = Value::object({{"fields", Value::object({{"roomsInUse", 2}})}});
  EXPECT_EQ(daemon().post(path_of(accepted, "answers"), body, {cookie}).status, 403);
  ASSERT_EQ(daemon().post(path_of(accepted, "answers"), body, {cookie, "X-CSRF-Token: " + csrf}).status, 200);
  const Value after = daemon().wait_until(reference_in(accepted), [](const Value& view) {
    return view["status"].text_or_empty() != "incomplete" && view["status"].text_or_empty() != "deciding";
  });
  EXPECT_TRUE(after["unconfirmed"].items().empty());
  EXPECT_NE(after["status"].text_or_empty(), "incomplete");
}

TEST(AWithdrawal, EndsTheCaseAndCannotBeRepeated) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "withdraw-1", "none");
  ASSERT_EQ(daemon().settled(reference_in(accepted))["status"].text_or_empty(), "incomplete");
  const Answer withdrawn =
      daemon().post(path_of(accepted, "withdrawal"), Value::object(), with_code(accepted));
  ASSERT_EQ(withdrawn.status, 200) << withdrawn.body;
  EXPECT_EQ(withdrawn.json()["status"].text_or_empty(), "withdrawn");
  EXPECT_EQ(daemon().post(path_of(accepted, "withdrawal"), Value::object(), with_code(accepted)).status, 409);
}

TEST(ARequestForAPerson, PutsTheCaseInTheQueue) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "human-1", "none");
  ASSERT_EQ(daemon().settled(reference_in(accepted))["status"].text_or_empty(), "incomplete");
  const Answer asked =
      daemon().post(path_of(accepted, "human-request"), Value::object(), with_code(accepted));
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.json()["status"].text_or_empty(), "referred");
}

TEST(AFileHandedIn, IsKeptAndOpensForItsOwner) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "file-1", "none");
  HeaderLines headers = with_code(accepted);
  headers.emplace_back("Content-Type: application/pdf");
  headers.emplace_back("File-Name: offerte.pdf");
  const Answer kept = request("POST", daemon().url() + path_of(accepted, "documents") + "?kind=other",
                              headers, "%PDF-1.4 offerte");
  ASSERT_EQ(kept.status, 200) << kept.body;
  std::string id;
  const Value body = kept.json();
  for (const Value& document : body["documents"].items()) {
    if (document["title"].text_or_empty() == "offerte.pdf") id = document["id"].text_or_empty();
  }
  ASSERT_FALSE(id.empty()) << kept.body;
  const Answer opened = daemon().get(path_of(accepted, "documents/" + id), with_code(accepted));
  EXPECT_EQ(opened.status, 200);
  EXPECT_EQ(opened.body, "%PDF-1.4 offerte");
  EXPECT_EQ(daemon().get(path_of(accepted, "documents/" + id)).status, 401);
}

TEST(ASignedInResident, SeesTheirOwnCaseAndSignsAfterAll) {
  const Answer accepted = daemon().submit(household_help_for_de_graaf(), "sign-1", "none");
  ASSERT_EQ(daemon().settled(reference_in(accepted))["status"].text_or_empty(), "incomplete");
  const auto cookie_of = [](const char* bsn) {
    const Answer session = daemon().post("/api/v1/demo-session", Value::object({{"bsn", bsn}}));
    return "Cookie: " + session.header("set-cookie").substr(0, session.header("set-cookie").find(';'));
  };
  const std::string stranger = cookie_of("999900006");
  EXPECT_EQ(daemon().get(path_of(accepted), {stranger}).status, 404);
  const std::string owner = cookie_of("999901643");
  const Answer seen = daemon().get(path_of(accepted), {owner});
  ASSERT_EQ(seen.status, 200) << seen.body;
  EXPECT_EQ(seen.json()["outcome"].text_or_empty(), "asked");
  const std::string csrf = daemon().get("/api/v1/session", {owner}).json()["csrf"].text_or_empty();
  const Answer signature =
      daemon().post(path_of(accepted, "signature"), Value::object(), {owner, "X-CSRF-Token: " + csrf});
  ASSERT_EQ(signature.status, 200) << signature.body;
  const Value after = daemon().wait_until(reference_in(accepted), [](const Value& view) {
    const std::string& status = view["status"].text_or_empty();
    return status == "decided" || status == "held-for-sample" || status == "referred";
  });
  EXPECT_EQ(after["identityAssurance"].text_or_empty(), "digid");
}

}  // namespace
}  // namespace softbot::tests
