#include "http/router.h"

#include <gmock/gmock.h>

#include "domain/json.h"
#include "http/page_headers.h"

namespace softbot::http {
namespace {

using testing::HasSubstr;

Handler says(std::string text) {
  return [text](const Request&, const PathParameters&) { return text_response(200, text); };
}

Request request_for(Method method, std::string_view target) {
  Request request;
  request.method = method;
  Target parts = parse_target(target).value();
  request.path = parts.path;
  request.segments = parts.segments;
  request.query = parts.query;
  return request;
}

Response ask(const Router& router, Method method, std::string_view target) {
  Request request = request_for(method, target);
  return router.handle(request);
}

TEST(RouterTest, GivesThePathsParametersToTheHandler) {
  Router router;
  router.add({.method = Method::get,
              .pattern = "/applications/{reference}/documents/{document}",
              .handler = [](const Request&, const PathParameters& path) {
                return text_response(200, path["reference"] + "|" + path["document"]);
              }});
  EXPECT_EQ(ask(router, Method::get, "/applications/A-1/documents/x%20y").body, "A-1|x y");
  EXPECT_EQ(ask(router, Method::get, "/applications/A-1/documents").status, 404);
  EXPECT_EQ(ask(router, Method::get, "/applications//documents/x").status, 404)
      << "a parameter is never empty";
}

TEST(RouterTest, PrefersLiteralSegmentsWhateverTheOrderOfTheTable) {
  Router router;
  router.add({.method = Method::get, .pattern = "/{any...}", .handler = says("rest")});
  router.add({.method = Method::get, .pattern = "/queue/{reference}", .handler = says("one")});
  router.add({.method = Method::get, .pattern = "/queue/next", .handler = says("next")});
  EXPECT_EQ(ask(router, Method::get, "/queue/next").body, "next");
  EXPECT_EQ(ask(router, Method::get, "/queue/17").body, "one");
  EXPECT_EQ(ask(router, Method::get, "/a/b/c").body, "rest");
}

TEST(RouterTest, GivesTheWholeRestToAnOpenEndedParameter) {
  Router router;
  router.add({.method = Method::get,
              .pattern = "/assets/{file...}",
              .handler = [](const Request&, const PathParameters& path) {
                return text_response(200, path["file"]);
              }});
  EXPECT_EQ(ask(router, Method::get, "/assets/fonts/a.woff2").body, "fonts/a.woff2");
  EXPECT_EQ(ask(router, Method::get, "/assets").status, 404);
}

TEST(RouterTest, RefusesPatternsThatCannotWork) {
  Router router;
  router.add({.method = Method::get, .pattern = "/a/{x}", .handler = says("")});
  EXPECT_THROW(router.add({.method = Method::get, .pattern = "/a/{y}", .handler = says("")}),
               std::invalid_argument);
  EXPECT_THROW(router.add({.method = Method::get, .pattern = "a", .handler = says("")}),
               std::invalid_argument);
  EXPECT_THROW(router.add({.method = Method::get, .pattern = "/a{x}", .handler = says("")}),
               std::invalid_argument);
  EXPECT_THROW(router.add({.method = Method::get, .pattern = "/{x...}/a", .handler = says("")}),
               std::invalid_argument);
  EXPECT_THROW(router.add({.method = Method::get, .pattern = "/b", .handler = {}}), std::invalid_argument);
  EXPECT_NO_THROW(router.add({.method = Method::post, .pattern = "/a/{y}", .handler = says("")}));
}

TEST(RouterTest, AsksTheGuardBeforeTheHandlerAndLetsItNameWhoAsks) {
  bool handled = false;
  RouterHooks hooks;
  hooks.guard = [](const Route& route, Request& request) -> std::optional<Response> {
    if ((route.access.roles & 1U) != 0) {
      request.identity = std::string("clerk");
      return std::nullopt;
    }
    return text_response(403, "no");
  };
  hooks.finish = [](const Request& request, Response& response) { add_common_headers(request, response); };
  Router router(hooks);
  router.add({.method = Method::get,
              .pattern = "/open",
              .access = {1},
              .handler = [](const Request& request, const PathParameters&) {
                return text_response(200, std::any_cast<std::string>(request.identity));
              }});
  router.add({.method = Method::get,
              .pattern = "/shut",
              .access = {2},
              .handler = [&](const Request&, const PathParameters&) {
                handled = true;
                return empty_response();
              }});
  EXPECT_EQ(ask(router, Method::get, "/open").body, "clerk");
  const Response stopped = ask(router, Method::get, "/shut");
  EXPECT_EQ(stopped.status, 403);
  EXPECT_FALSE(handled);
  EXPECT_EQ(stopped.headers.get("X-Content-Type-Options"), "nosniff") << "finish runs on every answer";
  EXPECT_EQ(ask(router, Method::get, "/api/none").headers.get("X-Content-Type-Options"), "nosniff");
}

TEST(RouterTest, CanBeWalkedWithItsAccess) {
  Router router;
  router.add({.method = Method::get, .pattern = "/a", .access = {3}, .handler = says("")});
  router.add(
      {.method = Method::remove, .pattern = "/a", .access = {4}, .body_limit = 7, .handler = says("")});
  ASSERT_EQ(router.routes().size(), 2U);
  EXPECT_EQ(router.routes()[1].access, Access{4});
  EXPECT_EQ(router.routes()[1].body_limit, 7U);
  EXPECT_EQ(name_of(router.routes()[1].method), "DELETE");
}

TEST(RouterTest, UsesTheGivenErrorPageOutsideTheApiOnly) {
  RouterHooks hooks;
  hooks.error_page = [](const Request&, const Error& error, int status) {
    return html_response(status, error.message);
  };
  const Router router(hooks);
  EXPECT_EQ(ask(router, Method::get, "/nothing").content_type, "text/html; charset=utf-8");
  const Response problem = ask(router, Method::get, "/api/nothing");
  EXPECT_EQ(problem.content_type, "application/problem+json");
  EXPECT_EQ(parse_json(problem.body).value()["type"].text_or_empty(), "/problems/not-found");
}

TEST(RouterTest, AnswersUnknownMethodsWithWhatIsAllowed) {
  Router router;
  router.add({.method = Method::post, .pattern = "/api/x", .handler = says("")});
  const Response refused = ask(router, Method::other, "/api/x");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.headers.get("Allow"), "POST, OPTIONS");
  EXPECT_EQ(ask(router, Method::options, "/api/x").status, 204);
  EXPECT_EQ(ask(router, Method::options, "/api/y").status, 404);
}

}  // namespace
}  // namespace softbot::http
