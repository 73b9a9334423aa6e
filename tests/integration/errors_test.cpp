#include <gtest/gtest.h>

#include "domain/json.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

/// Bytes as they are, not through a Value.
Answer send_text(const std::string& text,
                 HeaderLines headers = {"Content-Type: application/json", "Idempotency-Key: text"}) {
  headers.push_back("Authorization: Bearer " + daemon().key());
  return request("POST", daemon().url() + "/api/v1/submissions", headers, text);
}

Answer send(const Value& submission) {
  return daemon().post_as_machine("/api/v1/submissions", submission, {"Idempotency-Key: errors"});
}

void expect_problem(const Answer& answer, int status, const std::string& type) {
  EXPECT_EQ(answer.status, status) << answer.body;
  EXPECT_EQ(answer.header("content-type").substr(0, 24), "application/problem+json");
  const Value problem = answer.json();
  EXPECT_EQ(problem["type"].text_or_empty(), "/problems/" + type);
  EXPECT_EQ(problem["status"].as_integer(), status);
  EXPECT_FALSE(problem["title"].text_or_empty().empty());
  EXPECT_FALSE(problem["detail"].text_or_empty().empty());
}

/// The codes that errors[] gives for this field.
std::vector<std::string> codes_for(const Answer& answer, const std::string& field) {
  const Value problem = answer.json();
  std::vector<std::string> codes;
  for (const Value& error : problem["errors"].items()) {
    if (error["field"].text_or_empty() == field) codes.push_back(error["code"].text_or_empty());
  }
  return codes;
}

using Codes = std::vector<std::string>;

TEST(WrongJson, IsMalformedAndSaysWhere) {
  for (const char* text : {"", "{", "{\"municipality\": }", "[1, 2", "nul", "{\"a\": 1} trailing", "\xff\xfe",
                           "{\"a\": \"\xc3\x28\"}"}) {
    const Answer answer = send_text(text);
    expect_problem(answer, 400, "malformed");
  }
  expect_problem(send_text("[]"), 400, "malformed");
  expect_problem(send_text("\"text\""), 400, "malformed");
}

TEST(WrongJson, NestedTooDeepIsRefusedAndTheDaemonServesOn) {
  const std::string deep(200'000, '[');
  expect_problem(send_text(deep), 413, "too-large");
  EXPECT_EQ(daemon().get("/health/ready").status, 200);
}

TEST(AMemberTwice, IsNotSilentlyTakenOnceOrTwice) {
  const Answer answer =
      send_text(R"({"municipality":"voorbeeld","municipality":"molendam","channel":"api","requests":[]})");
  EXPECT_GE(answer.status, 400) << answer.body;
  EXPECT_LT(answer.status, 500) << answer.body;
}

TEST(UnknownFields, AreNamedAllAtOnce) {
  Value submission = toilet_raiser_for_zonneveld();
  submission.set("colour", "red");
  submission = with_answer(std::move(submission), "common.shoeSize", 42);
  submission = with_answer(std::move(submission), "wheels", 3);
  const Answer first = send(submission);
  expect_problem(first, 422, "invalid-input");
  EXPECT_EQ(codes_for(first, "colour"), Codes{"unknown-field"});

  submission = with_answer(toilet_raiser_for_zonneveld(), "common.shoeSize", 42);
  const Answer fields = send(with_answer(std::move(submission), "wheels", 3));
  expect_problem(fields, 422, "invalid-input");
  EXPECT_EQ(codes_for(fields, "common.shoeSize"), Codes{"unknown-field"});
  EXPECT_EQ(codes_for(fields, "requests[0].fields.wheels"), Codes{"unknown-field"});
}

TEST(AnAnswerOfTheWrongKind, IsNamed) {
  Value submission = with_answer(toilet_raiser_for_zonneveld(), "common.birthName", 12);
  submission = with_answer(std::move(submission), "bodyWeightKg", true);
  submission = with_answer(std::move(submission), "common.urgent", "nee");
  const Answer answer = send(submission);
  expect_problem(answer, 422, "invalid-input");
  EXPECT_EQ(codes_for(answer, "common.birthName").size(), 1U) << answer.body;
  EXPECT_EQ(codes_for(answer, "requests[0].fields.bodyWeightKg").size(), 1U) << answer.body;
  EXPECT_EQ(codes_for(answer, "common.urgent").size(), 1U) << answer.body;
}

TEST(ASubmission, NeedsObjectsAndListsWhereTheyBelong) {
  Value submission = toilet_raiser_for_zonneveld();
  submission.set("common", "text");
  EXPECT_EQ(codes_for(send(submission), "common"), Codes{"wrong-kind"});
  submission = toilet_raiser_for_zonneveld();
  submission.set("requests", Value::object());
  EXPECT_EQ(codes_for(send(submission), "requests"), Codes{"wrong-kind"});
  submission.set("requests", Value::list());
  EXPECT_EQ(codes_for(send(submission), "requests"), Codes{"count"});
  Value text_in_list = Value::list();
  text_in_list.push("text");
  submission.set("requests", text_in_list);
  expect_problem(send(submission), 422, "invalid-input");
}

TEST(AnIdempotencyKey, IsRequired) {
  const Value submission = toilet_raiser_for_zonneveld();
  const Answer none = daemon().post_as_machine("/api/v1/submissions", submission);
  expect_problem(none, 400, "invalid-input");
  EXPECT_EQ(codes_for(none, "Idempotency-Key"), Codes{"missing"});
  const Answer longest = daemon().post_as_machine("/api/v1/submissions", submission,
                                                  {"Idempotency-Key: " + std::string(201, 'k')});
  expect_problem(longest, 400, "invalid-input");
}

TEST(AnIdempotencyKey, WithAnotherBodyIsRefused) {
  const Value submission = toilet_raiser_for_zonneveld();
  ASSERT_EQ(daemon().submit(submission, "once", "none").status, 202);
  expect_problem(daemon().submit(with_answer(submission, "price", 44), "once", "none"), 422,
                 "idempotency-key-reused");
}

TEST(UnknownNames, AreNamed) {
  Value submission = toilet_raiser_for_zonneveld();
  submission.set("municipality", "atlantis");
  submission.set("channel", "pigeon");
  Value request_value = submission["requests"].items().front();
  request_value.set("type", "castle");
  Value requests = Value::list();
  requests.push(std::move(request_value));
  submission.set("requests", std::move(requests));
  const Answer answer = send(submission);
  expect_problem(answer, 422, "invalid-input");
  EXPECT_EQ(codes_for(answer, "municipality"), Codes{"unknown-municipality"});
  EXPECT_EQ(codes_for(answer, "channel"), Codes{"unknown-channel"});
  EXPECT_EQ(codes_for(answer, "requests[0].type"), Codes{"unknown-type"});
}

TEST(AssertingAnIdentity, IsForEntitledKeysOnly) {
  Value submission = toilet_raiser_for_zonneveld();
  submission.set("identityAssurance", "digid");
  const Answer nobody = daemon().post("/api/v1/submissions", submission, {"Idempotency-Key: nobody"});
  expect_problem(nobody, 403, "forbidden");
  EXPECT_EQ(codes_for(nobody, "identityAssurance"), Codes{"not-entitled"});
  submission.set("identityAssurance", "royal");
  EXPECT_EQ(codes_for(send(submission), "identityAssurance"), Codes{"unknown-value"});
}

TEST(AWrongKey, OpensNothing) {
  const Answer answer = daemon().get("/api/v1/queue", {"Authorization: Bearer softbot-wrong"});
  expect_problem(answer, 401, "unauthenticated");
}

TEST(AnotherContentType, IsNotSupported) {
  const std::string body = to_json(toilet_raiser_for_zonneveld());
  expect_problem(send_text(body, {"Content-Type: text/plain", "Idempotency-Key: type"}), 415, "unsupported");
  expect_problem(send_text(body, {"Content-Type: application/xml", "Idempotency-Key: type"}), 415,
                 "unsupported");
  expect_problem(send_text(body, {"Content-Type:", "Idempotency-Key: type"}), 415, "unsupported");
  EXPECT_EQ(
      send_text(body, {"Content-Type: application/json; charset=utf-8", "Idempotency-Key: type"}).status,
      202);
}

TEST(AnUnknownAddress, IsAProblemUnderApiAndAPageElsewhere) {
  expect_problem(daemon().get("/api/v1/nothing"), 404, "not-found");
  expect_problem(daemon().get("/api"), 404, "not-found");
  expect_problem(daemon().get("/api/v1/../v1/nothing"), 404, "not-found");
  expect_problem(daemon().get_as_machine("/api/v1/applications/0000-0000-0000"), 404, "not-found");
  const Answer page = daemon().get("/nothing");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.header("content-type").substr(0, 9), "text/html");
}

TEST(ATrailingSlash, ChangesNothing) {
  EXPECT_EQ(daemon().get_as_machine("/api/v1/queue/").status, 200);
  EXPECT_EQ(daemon().get("/health/ready/").status, 200);
}

TEST(AnotherMethod, IsNotAllowedAndTheAnswerSaysWhichAre) {
  const Answer wrong = daemon().get("/api/v1/submissions");
  expect_problem(wrong, 405, "unsupported");
  EXPECT_NE(wrong.header("allow").find("POST"), std::string::npos);
  EXPECT_EQ(wrong.header("allow").find("GET"), std::string::npos);
  const Answer session = request("PATCH", daemon().url() + "/api/v1/session");
  expect_problem(session, 405, "unsupported");
  for (const char* method : {"GET", "POST", "DELETE"}) {
    EXPECT_NE(session.header("allow").find(method), std::string::npos) << method;
  }
  const Answer invented = request("BREW", daemon().url() + "/api/v1/queue");
  EXPECT_TRUE(invented.status == 405 || invented.status == 501 || invented.status == 400) << invented.status;
}

TEST(ABrokenAddress, IsRefused) {
  for (const char* path :
       {"/api/v1/applications/%zz", "/api/v1/applications/%00", "/api/v1/applications/a%2fb"}) {
    const Answer answer = daemon().get(path);
    EXPECT_TRUE(answer.status == 400 || answer.status == 401 || answer.status == 404)
        << path << " " << answer.status;
    EXPECT_FALSE(answer.body.empty());
  }
}

}  // namespace
}  // namespace softbot::tests
