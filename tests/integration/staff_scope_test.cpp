#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "domain/json.h"
#include "support/daemon.h"

/// What a colleague gets to see follows from their roles and municipalities.
namespace softbot::tests {
namespace {

using testing::HasSubstr;

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

HeaderLines key_with(const std::string& name, const std::string& role, const std::string& municipality = "") {
  std::vector<std::string> arguments{"key", "add", name, "--role", role};
  if (!municipality.empty()) arguments.insert(arguments.end(), {"--municipality", municipality});
  const Ended made = daemon().command(arguments);
  return {"Authorization: Bearer " + made.output.substr(0, made.output.find('\n'))};
}

struct Case {
  std::string reference;
  Value view;
  std::string today;
};

bool has_document(const Value& view, const std::string& kind) {
  const auto& documents = view["documents"].items();
  return std::any_of(documents.begin(), documents.end(),
                     [&](const Value& document) { return document["kind"].text_or_empty() == kind; });
}

/// A case whose sheet to sign goes out by post; what was sent and the sheet are written by two jobs, in any
/// order.
Case unsigned_case(const std::string& key) {
  Case one;
  one.reference = reference_in(daemon().submit(toilet_raiser_for_zonneveld(), key, "none"));
  static_cast<void>(daemon().settled(one.reference));
  one.view = daemon().wait_until(one.reference, [](const Value& seen) {
    return has_document(seen, "sign-sheet") && has_document(seen, "copy");
  });
  EXPECT_TRUE(daemon().comes_to_rest());
  one.today = one.view["events"].items().front()["date"].text_or_empty();
  return one;
}

std::size_t looks_of(const std::string& reference, const std::string& actor) {
  std::size_t looks = 0;
  const Value audit = daemon().get_as_machine("/api/v1/audit/" + reference).json();
  for (const Value& row : audit["audit"].items()) {
    const bool theirs = row["actor"].text_or_empty().find(actor) != std::string::npos;
    looks += theirs && to_json(row).find("look") != std::string::npos ? 1U : 0U;
  }
  return looks;
}

std::vector<std::string> letter_keys(const Value& page) {
  std::vector<std::string> keys;
  for (const Value& letter : page["letters"].items()) keys.push_back(letter["key"].text_or_empty());
  return keys;
}

TEST(TheFiguresByWeek, AreThoseOfTheMunicipalitiesThatTheAccountIsFor) {
  static_cast<void>(unsigned_case("scope-figures"));
  const auto received = [](const HeaderLines& who) {
    const Answer csv = daemon().get("/staff/cijfers/instroom.csv", who);
    EXPECT_EQ(csv.status, 200) << csv.body;
    return csv.body;
  };
  const std::string line = ";\"Wc-verhoger of ander klein hulpmiddel\";";
  EXPECT_THAT(received(key_with("figures-here", "auditor")), testing::ContainsRegex(line + "[1-9][0-9]*;nu"));
  const std::string elsewhere = received(key_with("figures-elsewhere", "auditor", "molendam"));
  EXPECT_THAT(elsewhere, HasSubstr(line + "0;nu"));
  EXPECT_THAT(elsewhere, testing::Not(testing::ContainsRegex(line + "[1-9][0-9]*;nu")));
}

TEST(TheMailRoom, LearnsOfAnEventOnlyWhereTheCaseStands) {
  const Case one = unsigned_case("scope-event");
  const HeaderLines key = key_with("post-1", "mail-room");
  const Value event = Value::object({{"kind", "complaint"}, {"received", one.today}});
  const Answer recorded = daemon().post("/api/v1/queue/" + one.reference + "/events", event, key);
  ASSERT_EQ(recorded.status, 200) << recorded.body;
  const Value body = recorded.json();
  EXPECT_EQ(body.members().size(), 4U) << recorded.body;
  EXPECT_EQ(body["reference"].text_or_empty(), one.reference);
  EXPECT_TRUE(body["version"].as_integer());
  EXPECT_FALSE(recorded.header("etag").empty());

  const Answer whole =
      daemon().post("/api/v1/queue/" + one.reference + "/events", event, key_with("c-1", "consultant"));
  EXPECT_TRUE(whole.json()["common"].is_object()) << whole.body;
}

TEST(TheMailRoom, OpensOnlyLettersForThePost) {
  const Case one = unsigned_case("scope-documents");
  const HeaderLines key = key_with("post-2", "mail-room");
  std::set<std::string> by_post;
  const Value letters = daemon().get_as_machine("/api/v1/letters?limit=500").json();
  for (const Value& letter : letters["letters"].items()) by_post.insert(letter["document"].text_or_empty());
  int opened = 0;
  int closed = 0;
  for (const Value& document : one.view["documents"].items()) {
    const std::string path =
        "/api/v1/applications/" + one.reference + "/documents/" + document["id"].text_or_empty();
    const bool may = by_post.contains(document["id"].text_or_empty());
    EXPECT_EQ(daemon().get(path, key).status, may ? 200 : 404) << to_json(document);
    EXPECT_EQ(daemon().get_as_machine(path).status, 200);
    (may ? opened : closed) += 1;
  }
  EXPECT_GE(opened, 1) << to_json(one.view["documents"]);
  EXPECT_GE(closed, 1) << to_json(one.view["documents"]);
  EXPECT_EQ(looks_of(one.reference, "post-2"), static_cast<std::size_t>(opened));
}

TEST(TheCounter, SeesTheFileAfterItsActionAndTheLookIsRecorded) {
  const Case one = unsigned_case("scope-counter");
  const std::string path = "/api/v1/applications/" + one.reference + "/human-request";
  const Answer asked = daemon().post(path, Value::object(), key_with("counter-1", "clerk"));
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_TRUE(asked.json()["common"].is_object());
  EXPECT_EQ(looks_of(one.reference, "counter-1"), 1U);
}

TEST(WhoeverOnlyHasTheCode, GetsNoVersions) {
  const Answer accepted = daemon().submit(toilet_raiser_for_zonneveld(), "scope-code", "none");
  const std::string path = "/api/v1/applications/" + reference_in(accepted);
  const Answer seen = daemon().get(path, {"Application-Code: " + code_in(accepted)});
  ASSERT_EQ(seen.status, 200);
  EXPECT_EQ(seen.header("etag"), "");
  EXPECT_NE(daemon().get_as_machine(path).header("etag"), "");
}

TEST(ConsentWithDelay, NeedsItsLastDay) {
  const Case one = unsigned_case("scope-consent");
  const std::string path = "/api/v1/queue/" + one.reference + "/events";
  Value event = Value::object({{"kind", "suspension-consent"}, {"received", one.today}});
  const Answer without = daemon().post_as_machine(path, event);
  EXPECT_EQ(without.status, 422);
  EXPECT_EQ(without.json()["errors"].items().front()["field"].text_or_empty(), "until");
  event.set("until", "2001-01-01");
  EXPECT_EQ(daemon().post_as_machine(path, event).status, 422);
  event.set("until", "2190-01-01");
  EXPECT_EQ(daemon().post_as_machine(path, event).status, 200);
}

TEST(Letters, ComeInPagesThatTogetherHoldThemAll) {
  static_cast<void>(unsigned_case("scope-page-1"));
  static_cast<void>(unsigned_case("scope-page-2"));
  const auto all = letter_keys(daemon().get_as_machine("/api/v1/letters?limit=500").json());
  ASSERT_GE(all.size(), 2U);
  std::vector<std::string> paged;
  std::string after;
  do {
    const Value page = daemon().get_as_machine("/api/v1/letters?limit=1&after=" + after).json();
    for (const std::string& key : letter_keys(page)) paged.push_back(key);
    after = page["next"].text_or_empty();
  } while (!after.empty() && paged.size() <= all.size());
  EXPECT_EQ(paged, all);
  EXPECT_EQ(daemon().get_as_machine("/api/v1/letters?limit=0").status, 422);
}

TEST(AColleagueOfAnotherMunicipality, SeesAndMovesNothingHere) {
  const Case one = unsigned_case("scope-elsewhere");
  const Value letters = daemon().get_as_machine("/api/v1/letters?limit=500").json();
  ASSERT_FALSE(letters["letters"].items().empty());
  const HeaderLines post = key_with("post-elsewhere", "mail-room", "molendam");
  EXPECT_TRUE(daemon().get("/api/v1/letters", post).json()["letters"].items().empty());
  const std::string letter = letters["letters"].items().front()["key"].text_or_empty();
  EXPECT_EQ(daemon()
                .post("/api/v1/letters/" + letter + "/posted", Value::object({{"posted", one.today}}), post)
                .status,
            404);

  const HeaderLines auditor = key_with("auditor-elsewhere", "auditor", "molendam");
  EXPECT_EQ(daemon().get("/api/v1/audit/" + one.reference, auditor).status, 404);
  EXPECT_TRUE(daemon().get("/api/v1/figures", auditor).json()["figures"].items().empty());
  EXPECT_FALSE(daemon().get_as_machine("/api/v1/figures").json()["figures"].items().empty());

  HeaderLines manager = key_with("manager-elsewhere", "administrator", "molendam");
  const Value provision = Value::object({{"bsn", "999900006"},
                                         {"type", "small-aids"},
                                         {"municipality", "voorbeeld"},
                                         {"decisionNumber", "B-1"},
                                         {"from", "2026-01-05"}});
  Value list = Value::list();
  list.push(provision);
  const Answer refused = daemon().post("/api/v1/provisions", Value::object({{"provisions", list}}), manager);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("provisions[0].municipality"));
  manager.emplace_back("Content-Type: application/json");
  for (const char* subject : {"all", "small-aids"}) {
    EXPECT_EQ(request("PUT", daemon().url() + "/api/v1/safeguards/kill-switches/" + subject, manager,
                      R"({"on":true,"why":"proef"})")
                  .status,
              403);
  }
}

Value many_provisions(std::size_t count) {
  Value list = Value::list();
  for (std::size_t i = 0; i < count; ++i) {
    list.push(Value::object({{"bsn", "999900006"},
                             {"type", "small-aids"},
                             {"municipality", "voorbeeld"},
                             {"decisionNumber", "M-" + std::to_string(i)},
                             {"from", "2020-01-05"},
                             {"until", "2020-02-05"}}));
  }
  return list;
}

TEST(ALargeImport, IsStoredInPartsAndHasABound) {
  const Answer taken =
      daemon().post_as_machine("/api/v1/provisions", Value::object({{"provisions", many_provisions(1'100)}}));
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(taken.json()["imported"].as_integer().value_or(0), 1'100);
  const Answer bound = daemon().post_as_machine("/api/v1/provisions",
                                                Value::object({{"provisions", many_provisions(20'001)}}));
  EXPECT_EQ(bound.status, 422);
  EXPECT_THAT(bound.body, HasSubstr("too-many"));
}

}  // namespace
}  // namespace softbot::tests
