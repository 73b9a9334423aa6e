#include "http/problem.h"

#include <gmock/gmock.h>

#include <array>

#include "domain/json.h"

namespace softbot::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ProblemTest, NamesTheFieldsThatAreWrong) {
  const Error error{ErrorCode::invalid_input,
                    "Two answers are not valid.",
                    false,
                    {{"common.postcode", "format", "Write it like 1234 AB."},
                     {"requests[0].type", "unknown", "Choose one."}}};
  const Response response = problem_response(error);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.headers.get("Cache-Control"), "no-store");
  EXPECT_EQ(response.body,
            R"({"type":"/problems/invalid-input","title":"The content is not valid","status":422,)"
            R"("detail":"Two answers are not valid.","errors":[)"
            R"({"field":"common.postcode","code":"format","message":"Write it like 1234 AB."},)"
            R"({"field":"requests[0].type","code":"unknown","message":"Choose one."}]})");
}

TEST(ProblemTest, TellsMalformedFromInvalid) {
  const Error error{ErrorCode::invalid_input, "No JSON.", false, {}};
  const Value malformed = parse_json(malformed_response(error).body).value();
  EXPECT_EQ(malformed["type"].text_or_empty(), "/problems/malformed");
  EXPECT_EQ(malformed["status"].as_integer(), 400);
  EXPECT_EQ(problem_response(error, 400).status, 400);
}

struct Expected {
  ErrorCode code;
  int status;
};

TEST(ProblemTest, MapsEveryCodeToItsStatus) {
  constexpr auto table = std::to_array<Expected>({{ErrorCode::invalid_input, 422},
                                                  {ErrorCode::not_found, 404},
                                                  {ErrorCode::unauthenticated, 401},
                                                  {ErrorCode::forbidden, 403},
                                                  {ErrorCode::conflict, 409},
                                                  {ErrorCode::stale, 412},
                                                  {ErrorCode::precondition, 428},
                                                  {ErrorCode::key_reused, 422},
                                                  {ErrorCode::too_large, 413},
                                                  {ErrorCode::too_many, 429},
                                                  {ErrorCode::unsupported, 415},
                                                  {ErrorCode::unavailable, 503},
                                                  {ErrorCode::busy, 503},
                                                  {ErrorCode::storage, 507},
                                                  {ErrorCode::incompatible, 500},
                                                  {ErrorCode::configuration, 500},
                                                  {ErrorCode::damaged, 500},
                                                  {ErrorCode::internal, 500}});
  for (const Expected& expected : table) {
    const Response response = problem_response({expected.code, "words", false, {}});
    EXPECT_EQ(response.status, expected.status) << name_of(expected.code);
    EXPECT_EQ(status_of(expected.code), expected.status);
    EXPECT_NE(reason_phrase(expected.status), "");
    EXPECT_THAT(response.body, HasSubstr("\"/problems/" + std::string(name_of(expected.code)) + "\""));
    EXPECT_EQ(response.headers.contains("Retry-After"), expected.status == 503);
  }
}

TEST(ProblemTest, KeepsOurOwnInsidesInside) {
  for (const ErrorCode code : {ErrorCode::internal, ErrorCode::storage, ErrorCode::damaged,
                               ErrorCode::configuration, ErrorCode::incompatible}) {
    EXPECT_THAT(problem_response({code, "/var/lib/softbot/store.db broke", false, {}}).body,
                Not(HasSubstr("store.db")));
  }
}

TEST(ProblemTest, RoundsTheWaitUpToWholeSeconds) {
  using namespace std::chrono_literals;
  EXPECT_EQ(too_many_response(1ms).headers.get("Retry-After"), "1");
  EXPECT_EQ(too_many_response(1'001ms).headers.get("Retry-After"), "2");
}

TEST(ResponseTest, SendsPeopleOnlyToPlacesOnThisServer) {
  EXPECT_EQ(see_other("/staff/queue?page=2").headers.get("Location"), "/staff/queue?page=2");
  for (const std::string_view wrong :
       {"", "staff", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x"}) {
    EXPECT_THROW((void)see_other(wrong), std::invalid_argument) << wrong;
  }
}

TEST(ResponseTest, NamesDownloadsInAnyScript) {
  EXPECT_EQ(attachment_disposition("brief é\".pdf"),
            "attachment; filename=\"brief ___.pdf\"; filename*=UTF-8''brief%20%C3%A9%22.pdf");
}

}  // namespace
}  // namespace softbot::http
