#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"

namespace softbot::http {
namespace {

Response signed_in(const Result<std::string>& cookie) {
  if (!cookie) {
    if (cookie.error().code == ErrorCode::too_many) return too_many_response(std::chrono::seconds(20));
    return problem_response(cookie.error());
  }
  return empty_response().with("Set-Cookie", *cookie);
}

Response post_session(Gatekeeper& gatekeeper, const Request& request) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"account", "password"}); !known)
    return problem_response(known.error());
  return signed_in(gatekeeper.sign_in_staff(request, (*body)["account"].text_or_empty(),
                                            (*body)["password"].text_or_empty()));
}

Response post_demo_session(Gatekeeper& gatekeeper, const Request& request) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"bsn"}); !known) return problem_response(known.error());
  return signed_in(gatekeeper.sign_in_demo_resident(request, (*body)["bsn"].text_or_empty()));
}

std::string_view name_of(Identity::Kind kind) {
  switch (kind) {
    case Identity::Kind::nobody:
      return "nobody";
    case Identity::Kind::code:
      return "code";
    case Identity::Kind::resident:
      return "resident";
    case Identity::Kind::staff:
      return "staff";
    case Identity::Kind::machine:
      return "machine";
  }
  return "nobody";
}

Response get_session(const Request& request) {
  const Identity& identity = identity_of(request);
  return json_response(
             200, Value::object({{"kind", name_of(identity.kind)},
                                 {"account", identity.kind == Identity::Kind::resident ? std::string()
                                                                                       : identity.account},
                                 {"displayName", identity.display_name},
                                 {"csrf", identity.csrf},
                                 {"demo", identity.demo}}))
      .with("Cache-Control", "no-store");
}

}  // namespace

void add_session_routes(Router& router, Gatekeeper& gatekeeper) {
  router.add({.method = Method::post,
              .pattern = "/api/v1/session",
              .access = {role::anyone},
              .body_limit = 4096,
              .handler = [&gatekeeper](const Request& request, const PathParameters&) {
                return post_session(gatekeeper, request);
              }});
  router.add({.method = Method::post,
              .pattern = "/api/v1/demo-session",
              .access = {role::anyone},
              .body_limit = 4096,
              .handler = [&gatekeeper](const Request& request, const PathParameters&) {
                return post_demo_session(gatekeeper, request);
              }});
  router.add({.pattern = "/api/v1/session",
              .access = {role::anyone | role::resident | role::staff},
              .handler = [](const Request& request, const PathParameters&) { return get_session(request); }});
  router.add({.method = Method::remove,
              .pattern = "/api/v1/session",
              .access = {role::resident | role::staff},
              .handler = [&gatekeeper](const Request& request, const PathParameters&) {
                return signed_in(gatekeeper.sign_out(request));
              }});
}

}  // namespace softbot::http
