#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "domain/json.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

const std::array<std::string, 5> roles{"consultant", "clerk", "mail-room", "administrator", "auditor"};
using Names = std::set<std::string>;

const Names anyone{"anyone"};
const Names resident_only{};
const Names all_roles(roles.begin(), roles.end());

/// Every route of the API, and who may use it. A route that is added belongs in this list, in openapi.json
/// and in the router.
const std::map<std::string, Names>& expected_routes() {
  static const std::map<std::string, Names> routes{
      {"GET /health/live", anyone},
      {"GET /health/ready", anyone},
      {"GET /api/v1/openapi.json", anyone},
      {"GET /api/v1/form-types", anyone},
      {"GET /api/v1/form-types/{type}/schema", anyone},
      {"GET /api/v1/session", anyone},
      {"POST /api/v1/session", anyone},
      {"DELETE /api/v1/session", all_roles},
      {"POST /api/v1/demo-session", anyone},
      {"POST /api/v1/submissions", anyone},
      {"GET /api/v1/applications", resident_only},
      {"GET /api/v1/applications/{reference}", {"consultant", "clerk", "auditor"}},
      {"POST /api/v1/applications/{reference}/answers", {"clerk"}},
      {"POST /api/v1/applications/{reference}/documents", {"clerk", "mail-room"}},
      {"GET /api/v1/applications/{reference}/documents/{document}",
       {"consultant", "clerk", "auditor", "mail-room"}},
      {"POST /api/v1/applications/{reference}/withdrawal", {"clerk"}},
      {"POST /api/v1/applications/{reference}/human-request", {"clerk"}},
      {"POST /api/v1/applications/{reference}/signature", resident_only},
      {"GET /api/v1/queue", {"consultant", "administrator", "auditor"}},
      {"GET /api/v1/queue/{reference}", {"consultant", "administrator", "auditor"}},
      {"POST /api/v1/queue/{reference}/claim", {"consultant"}},
      {"POST /api/v1/queue/{reference}/release", {"consultant"}},
      {"POST /api/v1/queue/{reference}/fields", {"consultant"}},
      {"POST /api/v1/queue/{reference}/ask", {"consultant"}},
      {"POST /api/v1/queue/{reference}/assign", {"consultant"}},
      {"POST /api/v1/queue/{reference}/decision", {"consultant"}},
      {"POST /api/v1/queue/{reference}/repair-call", {"consultant"}},
      {"POST /api/v1/queue/{reference}/tasks/{task}/finish", {"consultant"}},
      {"POST /api/v1/queue/{reference}/post/link", {"consultant", "clerk"}},
      {"POST /api/v1/queue/{reference}/post/start", {"consultant", "clerk"}},
      {"POST /api/v1/queue/{reference}/post/close", {"consultant", "clerk"}},
      {"POST /api/v1/queue/{reference}/events", {"consultant", "clerk", "mail-room"}},
      {"POST /api/v1/scans", {"mail-room"}},
      {"GET /api/v1/scans", {"mail-room"}},
      {"GET /api/v1/scans/{scan}", {"mail-room", "consultant", "auditor"}},
      {"GET /api/v1/letters", {"mail-room", "administrator"}},
      {"POST /api/v1/letters/{key}/posted", {"mail-room", "administrator"}},
      {"POST /api/v1/letters/{key}/deliver-again", {"mail-room", "administrator"}},
      {"GET /api/v1/figures", {"administrator", "auditor"}},
      {"GET /api/v1/policy", {"administrator", "auditor"}},
      {"GET /api/v1/policy/explanation", anyone},
      {"GET /api/v1/policy/register-entries", anyone},
      {"POST /api/v1/policy/versions", {"administrator"}},
      {"GET /api/v1/policy/versions/{version}", {"administrator", "auditor"}},
      {"GET /api/v1/policy/versions/{version}/files", {"administrator", "auditor"}},
      {"GET /api/v1/policy/versions/{version}/files/{file}", {"administrator", "auditor"}},
      {"POST /api/v1/policy/versions/{version}/files/{file}", {"administrator"}},
      {"POST /api/v1/policy/versions/{version}/throw-away", {"administrator"}},
      {"POST /api/v1/policy/versions/{version}/withdrawal", {"administrator"}},
      {"POST /api/v1/policy/back", {"administrator"}},
      {"POST /api/v1/policy/trials", {"administrator"}},
      {"GET /api/v1/accounts", {"administrator", "auditor"}},
      {"PUT /api/v1/accounts/{account}/rights", {"administrator"}},
      {"POST /api/v1/proposed-rights/{version}/throw-away", {"administrator"}},
      {"POST /api/v1/safeguards/versions", {"administrator"}},
      {"POST /api/v1/safeguards/versions/{version}/throw-away", {"administrator"}},
      {"GET /api/v1/policy/trials", {"administrator"}},
      {"GET /api/v1/policy/trials/{trial}", {"administrator"}},
      {"DELETE /api/v1/policy/trials/{trial}", {"administrator"}},
      {"GET /api/v1/configuration", {"administrator", "auditor"}},
      {"POST /api/v1/configuration/{kind}/{version}/approval", {"administrator"}},
      {"GET /api/v1/safeguards", {"administrator", "auditor"}},
      {"PUT /api/v1/safeguards/kill-switches/{subject}", {"administrator"}},
      {"POST /api/v1/safeguards/kill-switches/{subject}/release", {"administrator"}},
      {"POST /api/v1/safeguards/kill-switches/{subject}/release/end", {"administrator"}},
      {"POST /api/v1/safeguards/kill-switches/{subject}/release/confirmation", {"administrator"}},
      {"POST /api/v1/provisions", {"administrator"}},
      {"GET /api/v1/audit/{reference}", {"auditor"}},
  };
  return routes;
}

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

Value document() {
  return daemon().get("/api/v1/openapi.json").json();
}

Names documented_routes() {
  Names routes;
  const Value api = document();
  for (const Value::Member& path : api["paths"].members()) {
    for (const Value::Member& method : path.value.members()) {
      std::string name = method.name;
      for (char& letter : name) letter = static_cast<char>(std::toupper(letter));
      if (name != "PARAMETERS") routes.insert(name + " " + path.name);
    }
  }
  return routes;
}

/// The path with something real in its places.
std::string filled_in(std::string path, const std::string& reference) {
  const std::map<std::string, std::string> values{
      {"{reference}", reference}, {"{type}", "small-aids"}, {"{document}", "none"}, {"{task}", "none"},
      {"{key}", "none"},          {"{kind}", "policy"},     {"{version}", "none"},  {"{subject}", "none"},
      {"{scan}", "none"},         {"{file}", "none"},       {"{trial}", "none"},    {"{account}", "none"}};
  for (const auto& [name, value] : values) {
    if (const auto at = path.find(name); at != std::string::npos) path.replace(at, name.size(), value);
  }
  return path;
}

/// Routes on which only a person may act, with a session: a key gets 403, whatever its role. Signing out is
/// not among them: it has nothing to end for a key.
Names routes_for_persons() {
  Names routes;
  const Value api = document();
  for (const Value::Member& path : api["paths"].members()) {
    for (const Value::Member& method : path.value.members()) {
      bool staff = false;
      bool machine = false;
      for (const Value& one : method.value["security"].items()) {
        staff = staff || one["staffSession"].is_list();
        machine = machine || one["machineKey"].is_list();
      }
      std::string name = method.name;
      for (char& letter : name) letter = static_cast<char>(std::toupper(letter));
      if (staff && !machine) routes.insert(name + " " + path.name);
    }
  }
  routes.erase("DELETE /api/v1/session");
  return routes;
}

Answer call(const std::string& route, const std::string& reference, HeaderLines headers) {
  const auto space = route.find(' ');
  const std::string method = route.substr(0, space);
  const std::string address = daemon().url() + filled_in(route.substr(space + 1), reference);
  if (route == "POST /api/v1/policy/versions/{version}/files/{file}") {
    headers.emplace_back("Content-Type: multipart/form-data; boundary=xyz");
    return request(
        method, address, headers,
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nx\r\n--xyz--\r\n");
  }
  headers.emplace_back("Content-Type: application/json");
  return request(method, address, headers, method == "GET" ? "" : "{}");
}

std::string key_for(const std::string& role) {
  static std::map<std::string, std::string> keys;
  std::string& key = keys[role];
  if (key.empty()) {
    const Ended made = daemon().command({"key", "add", "only-" + role, "--role", role});
    key = made.output.substr(0, made.output.find('\n'));
  }
  return key;
}

std::string an_application() {
  static const std::string reference =
      reference_in(daemon().submit(toilet_raiser_for_zonneveld(), "routes", "none"));
  static_cast<void>(daemon().settled(reference));
  return reference;
}

TEST(TheOpenApiDocument, NamesEveryRouteAndNoOther) {
  EXPECT_EQ(document()["openapi"].text_or_empty().substr(0, 4), "3.1.");
  Names expected;
  for (const auto& [route, who] : expected_routes()) expected.insert(route);
  EXPECT_EQ(documented_routes(), expected);
}

TEST(EveryDocumentedRoute, ExistsAndNoUndocumentedMethodDoes) {
  std::map<std::string, Names> methods;
  for (const std::string& route : documented_routes()) {
    const auto space = route.find(' ');
    methods[route.substr(space + 1)].insert(route.substr(0, space));
  }
  for (const auto& [path, documented] : methods) {
    // The router's own list of methods for this address: exactly the documented ones, with HEAD beside GET.
    const Answer options = request("OPTIONS", daemon().url() + filled_in(path, an_application()));
    Names allowed;
    std::string text = options.header("allow");
    while (!text.empty()) {
      const auto comma = text.find(", ");
      allowed.insert(text.substr(0, comma));
      text = comma == std::string::npos ? std::string() : text.substr(comma + 2);
    }
    allowed.erase("OPTIONS");
    allowed.erase("HEAD");
    EXPECT_EQ(allowed, documented) << path;
  }
}

TEST(EveryRoute, IsClosedWithoutAKeyUnlessItIsForAnyone) {
  const std::string reference = an_application();
  for (const auto& [route, who] : expected_routes()) {
    const Answer answer = call(route, reference, {});
    if (who == anyone) {
      EXPECT_NE(answer.status, 403) << route << answer.body;
      EXPECT_TRUE(answer.status != 401 || route == "POST /api/v1/session") << route << answer.body;
    } else {
      EXPECT_EQ(answer.status, 401) << route << answer.body;
    }
    EXPECT_LT(answer.status, 500) << route << answer.body;
    EXPECT_GT(answer.status, 0) << route;
  }
}

class EveryRouteWithARole : public testing::TestWithParam<std::string> {};

TEST_P(EveryRouteWithARole, OpensForThatRoleOnlyWhatIsItsOwn) {
  const std::string reference = an_application();
  const HeaderLines key{"Authorization: Bearer " + key_for(GetParam())};
  const Names for_persons = routes_for_persons();
  for (const auto& [route, who] : expected_routes()) {
    const Answer answer = call(route, reference, key);
    const bool may = who == anyone || (who.contains(GetParam()) && !for_persons.contains(route));
    EXPECT_EQ(answer.status == 403, !may) << route << " " << answer.status << " " << answer.body;
    EXPECT_LT(answer.status, 500) << route << answer.body;
    EXPECT_GT(answer.status, 0) << route;
  }
}

INSTANTIATE_TEST_SUITE_P(Roles, EveryRouteWithARole, testing::ValuesIn(roles), [](const auto& name) {
  std::string text = name.param;
  std::erase(text, '-');
  return text;
});

TEST(AKeyForOneMunicipality, SeesNothingOfAnother) {
  const Ended made =
      daemon().command({"key", "add", "molendam", "--role", "consultant", "--municipality", "molendam"});
  const HeaderLines key{"Authorization: Bearer " + made.output.substr(0, made.output.find('\n'))};
  const std::string reference = an_application();
  EXPECT_EQ(daemon().get("/api/v1/applications/" + reference, key).status, 404);
  EXPECT_EQ(daemon().get("/api/v1/queue/" + reference, key).status, 404);
  const Value queue = daemon().get("/api/v1/queue", key).json();
  for (const Value& item : queue["items"].items()) {
    EXPECT_EQ(item["municipality"].text_or_empty(), "molendam");
  }
  HeaderLines sending = key;
  sending.emplace_back("Idempotency-Key: molendam");
  EXPECT_EQ(daemon().post("/api/v1/submissions", toilet_raiser_for_zonneveld(), sending).status, 422);
}

TEST(AKeyThatWasDisabled, OpensNothingAnyMore) {
  const Ended made = daemon().command({"key", "add", "gone", "--role", "auditor"});
  const HeaderLines key{"Authorization: Bearer " + made.output.substr(0, made.output.find('\n'))};
  EXPECT_EQ(daemon().get("/api/v1/figures", key).status, 200);
  EXPECT_EQ(daemon().command({"key", "disable", "gone"}).status, 0);
  EXPECT_EQ(daemon().get("/api/v1/figures", key).status, 401);
}

}  // namespace
}  // namespace softbot::tests
