#include "http/request.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "http/multipart.h"

namespace softbot::http {
namespace {

using testing::ElementsAre;

TEST(HeadersTest, FindNamesWhateverTheirCase) {
  Headers headers;
  headers.add("Content-Type", "text/plain");
  headers.add("Cookie", "a=1");
  headers.add("COOKIE", "b=2");
  EXPECT_EQ(headers.get("content-type"), "text/plain");
  EXPECT_THAT(headers.all("cookie"), ElementsAre("a=1", "b=2"));
  EXPECT_EQ(headers.find("absent"), std::nullopt);
}

TEST(HeadersTest, SetReplacesAllOfThatName) {
  Headers headers;
  headers.add("A", "1");
  headers.add("B", "2");
  headers.add("a", "3");
  headers.set("A", headers.get("B"));
  EXPECT_THAT(headers.all("A"), ElementsAre("2"));
  EXPECT_EQ(headers.size(), 2U);
}

TEST(TargetTest, IsTakenApartAndDecoded) {
  const auto target = parse_target("/api/v1/a%20b/%C3%A9?x=1+2&y=%26&flag");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/a%20b/%C3%A9");
  EXPECT_THAT(target->segments, ElementsAre("api", "v1", "a b", "é"));
  EXPECT_EQ(target->query.get("x"), "1 2");
  EXPECT_EQ(target->query.get("y"), "&");
  EXPECT_TRUE(target->query.contains("flag"));
}

TEST(TargetTest, KnowsTheRootTheTrailingSlashAndTheAbsoluteForm) {
  EXPECT_TRUE(parse_target("/")->segments.empty());
  EXPECT_THAT(parse_target("/staff/")->segments, ElementsAre("staff"));
  EXPECT_THAT(parse_target("http://here:80/staff?a=b")->segments, ElementsAre("staff"));
  EXPECT_EQ(parse_target("https://here?a=b")->query.get("a"), "b");
  EXPECT_THAT(parse_target("/a%2Fb")->segments, ElementsAre("a/b")) << "an escaped slash does not split";
}

TEST(TargetTest, IsRefusedWhenItHidesSomething) {
  for (const std::string_view wrong : {"", "*", "staff", "/%", "/%4", "/%4g", "/a/../b", "/a/%2e%2E/b", "/.",
                                       "/%00", "/%0a", "/%80", "/%c0%af", "/a#b", "/?a=%zz", "/?a=%ff"}) {
    EXPECT_FALSE(parse_target(wrong)) << wrong;
  }
  std::string deep;
  for (int segment = 0; segment < 65; ++segment) {
    deep += "/a";
  }
  EXPECT_FALSE(parse_target(deep));
}

RC_GTEST_PROP(TargetTest, EncodedSegmentsComeBackAsTheyWere, ()) {
  const auto codes = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(0x20, 0x7f)));
  RC_PRE(codes != "." && codes != "..");
  const auto target = parse_target("/x/" + percent_encoded(codes));
  RC_ASSERT(target.has_value());
  RC_ASSERT(target->segments.at(1) == codes);
}

RC_GTEST_PROP(TargetTest, NoTextMakesADotSegmentOrControlCharacter, (const std::string& text)) {
  if (const auto target = parse_target("/" + text)) {
    for (const std::string& segment : target->segments) {
      RC_ASSERT(segment != "." && segment != "..");
      RC_ASSERT(segment.find_first_of(std::string("\0\r\n\t\x7f", 5)) == std::string::npos);
    }
  }
}

TEST(TraceTest, IsTakenOnlyFromAWellFormedTraceparent) {
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  EXPECT_EQ(trace_id_of("00-" + trace + "-00f067aa0ba902b7-01"), trace);
  EXPECT_EQ(trace_id_of("01-" + trace + "-00f067aa0ba902b7-01-later"), trace);
  for (const std::string& wrong :
       {std::string(), "00-" + trace + "-00f067aa0ba902b7", "ff-" + trace + "-00f067aa0ba902b7-01",
        "00-" + trace + "-00f067aa0ba902b7-01-more", "00-" + std::string(32, '0') + "-00f067aa0ba902b7-01",
        "00-" + trace + "-0000000000000000-01",
        std::string("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")}) {
    EXPECT_EQ(trace_id_of(wrong), std::nullopt) << wrong;
  }
  EXPECT_NE(new_trace_id(), new_trace_id());
  EXPECT_TRUE(trace_id_of("00-" + new_trace_id() + "-00f067aa0ba902b7-01"));
}

TEST(RequestTest, TellsItsMediaType) {
  Request request;
  EXPECT_EQ(request.content_type(), "");
  request.headers.add("Content-Type", "Application/JSON ; charset=utf-8");
  EXPECT_EQ(request.content_type(), "application/json");
}

}  // namespace
}  // namespace softbot::http
