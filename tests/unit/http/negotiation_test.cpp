#include "http/negotiation.h"

#include <gmock/gmock.h>

#include "http/cookie.h"
#include "http/page_headers.h"

namespace softbot::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Request with_header(std::string_view name, std::string_view value) {
  Request request;
  request.headers.add(name, value);
  return request;
}

TEST(EntityTagTest, ListsAreRead) {
  const auto tags = parse_entity_tags("\"1\", W/\"2\" ,\"a,b\"", WeakTags::take);
  ASSERT_TRUE(tags);
  EXPECT_THAT(tags->tags, ElementsAre("1", "2", "a,b"));
  EXPECT_THAT(parse_entity_tags("\"1\", W/\"2\"", WeakTags::leave_out)->tags, ElementsAre("1"));
  EXPECT_TRUE(parse_entity_tags(" * ", WeakTags::take)->any);
  for (const std::string_view wrong : {"", "1", "\"1", "\"1\"\"2\"", "\"1\",", "W/1", "\"1\" 2"}) {
    EXPECT_FALSE(parse_entity_tags(wrong, WeakTags::take)) << wrong;
  }
}

TEST(IfMatchTest, IsRequiredAndMustNameThePresentVersion) {
  EXPECT_EQ(check_if_match(Request{}, "7").error().code, ErrorCode::precondition);
  EXPECT_EQ(check_if_match(with_header("If-Match", "7"), "7").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(check_if_match(with_header("If-Match", "\"6\""), "7").error().code, ErrorCode::stale);
  EXPECT_EQ(check_if_match(with_header("If-Match", "W/\"7\""), "7").error().code, ErrorCode::stale);
  EXPECT_TRUE(check_if_match(with_header("if-match", "\"6\", \"7\""), "7"));
  EXPECT_TRUE(check_if_match(with_header("If-Match", "*"), "7"));
  EXPECT_TRUE(check_if_match(with_header("If-Match", etag_of("7")), "7"));
}

TEST(IfNoneMatchTest, SparesWhatTheClientHas) {
  EXPECT_TRUE(not_modified(with_header("If-None-Match", "W/\"7\""), "7"));
  EXPECT_FALSE(not_modified(with_header("If-None-Match", "\"6\""), "7"));
  EXPECT_FALSE(not_modified(Request{}, "7"));
}

TEST(LanguageTest, IsDutchUnlessEnglishIsClearlyPreferred) {
  for (const std::string_view dutch :
       {"", "nl", "nl-NL,nl;q=0.9,en;q=0.8", "de", "*", "en;q=0.5, nl;q=0.5", "en;q=0", "en;q=x"}) {
    EXPECT_EQ(preferred_language(dutch), Language::dutch) << dutch;
  }
  for (const std::string_view english :
       {"en", "EN-gb", "en-GB,en;q=0.9,nl;q=0.2", "nl;q=0.1 , en;q=0.15", "fr, en;q=0.001"}) {
    EXPECT_EQ(preferred_language(english), Language::english) << english;
  }
}

TEST(CookieTest, IsFoundAmongOthers) {
  Request request = with_header("Cookie", "a=1; session=\"xyz\";b=2");
  request.headers.add("Cookie", "later=9");
  EXPECT_EQ(find_cookie(request.headers, "session"), "xyz");
  EXPECT_EQ(find_cookie(request.headers, "b"), "2");
  EXPECT_EQ(find_cookie(request.headers, "later"), "9");
  EXPECT_EQ(find_cookie(request.headers, "sess"), std::nullopt);
  EXPECT_EQ(find_cookie(Headers{}, "a"), std::nullopt);
}

TEST(CookieTest, IsSetWithEveryProtection) {
  EXPECT_EQ(set_cookie({.name = "session", .value = "abc", .max_age = std::chrono::hours(8)}),
            "session=abc; Path=/; Max-Age=28800; HttpOnly; Secure; SameSite=Strict");
  EXPECT_EQ(set_cookie({.name = "s",
                        .value = "",
                        .path = "/staff",
                        .max_age = std::chrono::seconds(0),
                        .same_site = SameSite::lax,
                        .secure = false}),
            "s=; Path=/staff; Max-Age=0; HttpOnly; SameSite=Lax");
}

TEST(CookieTest, CannotSmuggleAttributesOrLines) {
  EXPECT_THROW((void)set_cookie({.name = "s", .value = "a; Domain=evil", .max_age = {}}),
               std::invalid_argument);
  EXPECT_THROW((void)set_cookie({.name = "s", .value = "a\r\nX: y", .max_age = {}}), std::invalid_argument);
  EXPECT_THROW((void)set_cookie({.name = "s=", .value = "a", .max_age = {}}), std::invalid_argument);
  EXPECT_THROW((void)set_cookie({.name = "s", .value = "a", .path = "staff", .max_age = {}}),
               std::invalid_argument);
}

TEST(PageHeadersTest, AllowNothingFromElsewhere) {
  Request request;
  Response page = html_response(200, "<p>");
  add_page_headers(request, page, {.nonce = "abc"});
  EXPECT_THAT(page.headers.get("Content-Security-Policy"),
              HasSubstr("default-src 'none'; script-src 'self' 'nonce-abc'"));
  EXPECT_THAT(page.headers.get("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(page.headers.get("Content-Security-Policy"), Not(HasSubstr("unsafe")));
  EXPECT_EQ(page.headers.get("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(page.headers.get("X-Frame-Options"), "DENY");
  EXPECT_EQ(page.headers.get("Cache-Control"), "no-store");
  EXPECT_FALSE(page.headers.contains("Strict-Transport-Security")) << "only over TLS";
}

TEST(PageHeadersTest, LeaveAloneWhatTheHandlerChose) {
  Request request;
  request.secure = true;
  Response asset =
      bytes_response("text/css", "p {}").with("Cache-Control", "public, max-age=31536000, immutable");
  add_page_headers(request, asset);
  EXPECT_EQ(asset.headers.all("Cache-Control").size(), 1U);
  EXPECT_THAT(asset.headers.get("Cache-Control"), HasSubstr("immutable"));
  EXPECT_TRUE(asset.headers.contains("Strict-Transport-Security"));
  Response cached = html_response(200, "");
  add_page_headers(request, cached, {.nonce = "", .no_store = false});
  EXPECT_THAT(cached.headers.get("Cache-Control"), HasSubstr("public"));
}

TEST(PageHeadersTest, NoncesDiffer) {
  EXPECT_EQ(new_nonce().size(), 24U);
  EXPECT_NE(new_nonce(), new_nonce());
}

}  // namespace
}  // namespace softbot::http
