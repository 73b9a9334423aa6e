#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "domain/json.h"
#include "support/daemon.h"
#include "support/sign_in.h"

/// The life of a policy over the API: from draft to active and back.
namespace softbot::tests {
namespace {

using testing::HasSubstr;

/// A daemon with two administrators, one of them with two accounts.
class PolicyLife : public testing::Test {
 protected:
  PolicyLife() {
    add("ans", "ans", {});
    add("ans-ook", "ans", {});
    add("bo", "bo", {});
    add("mo", "mo", {"--municipality", "molendam"});
    ans_ = session("ans");
    ans_with_another_account_ = session("ans-ook");
    bo_ = session("bo");
  }

  void add(const std::string& name, const std::string& person, std::vector<std::string> more) {
    std::vector<std::string> arguments{"account", "add", name, "--person", person, "--role", "administrator"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ASSERT_EQ(daemon_.command(arguments, "een lang wachtwoord\n").status, 0);
  }

  HeaderLines session(const std::string& name) { return sign_in(daemon_, name, "een lang wachtwoord"); }

  Value policy() { return daemon_.get("/api/v1/policy", ans_).json(); }
  std::string active() { return policy()["active"].text_or_empty(); }
  Value version(const std::string& id) { return daemon_.get("/api/v1/policy/versions/" + id, ans_).json(); }

  Answer propose(const HeaderLines& who, Value body) {
    return daemon_.post("/api/v1/policy/versions", body, who);
  }
  /// A draft in which the bot's minimum age is another one from today on: the examples, of earlier days,
  /// hold.
  Answer propose_age(const HeaderLines& who, int age) {
    Value edits = Value::list();
    edits.push(Value::object({{"name", "householdHelpMinimumAge"}, {"value", age}}));
    return propose(who, Value::object({{"parameters", edits}, {"why", "Raadsbesluit van 3 november."}}));
  }
  Answer approve(const HeaderLines& who, const std::string& id) {
    return daemon_.post("/api/v1/configuration/policy/" + id + "/approval",
                        Value::object({{"why", "Gelezen en akkoord."}}), who);
  }
  Answer back(const HeaderLines& who, const std::string& leaving) {
    return daemon_.post("/api/v1/policy/back",
                        Value::object({{"active", leaving}, {"why", "Er gaat te veel naar consulenten."}}),
                        who);
  }
  std::string file(const std::string& id, const std::string& name) {
    return daemon_.get("/api/v1/policy/versions/" + id + "/files/" + name, ans_).body;
  }

  /// A changed small-aids.dmn as a form.
  Answer upload(const std::string& base, const std::string& model, const std::string& why) {
    HeaderLines headers = ans_;
    headers.emplace_back("Content-Type: multipart/form-data; boundary=xyz");
    return request(
        "POST", daemon_.url() + "/api/v1/policy/versions/" + base + "/files/small-aids.dmn", headers,
        "--xyz\r\nContent-Disposition: form-data; name=\"why\"\r\n\r\n" + why +
            "\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.dmn\"\r\n\r\n" + model +
            "\r\n--xyz--\r\n");
  }

  /// Whether the policy finds the applicant too young by now.
  bool is_too_young(const std::string& idempotency_key) {
    const Answer sent = daemon_.submit(household_help_for_de_graaf(), idempotency_key, "digid");
    return to_json(daemon_.settled(reference_in(sent))["reasons"]).find("below-minimum-age") !=
           std::string::npos;
  }

  Daemon daemon_;
  HeaderLines ans_;
  HeaderLines ans_with_another_account_;
  HeaderLines bo_;
};

std::string version_in(const Answer& answer) {
  return answer.json()["version"].text_or_empty();
}

TEST_F(PolicyLife, RunsFromDraftToActiveByASecondPersonAndBackByOne) {
  const std::string shipped = active();
  EXPECT_TRUE(policy()["earlier"].is_null());
  const Answer proposed = propose_age(ans_, 119);
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  const std::string draft = version_in(proposed);
  EXPECT_EQ(active(), shipped);

  const Value seen = version(draft);
  EXPECT_EQ(seen["state"].text_or_empty(), "draft");
  EXPECT_EQ(seen["why"].text_or_empty(), "Raadsbesluit van 3 november.");
  const Value& differences = seen["differences"]["parameters"];
  ASSERT_EQ(differences.items().size(), 1U) << to_json(seen);
  EXPECT_EQ(differences.items()[0]["name"].text_or_empty(), "householdHelpMinimumAge");
  EXPECT_EQ(differences.items()[0]["before"].as_integer(), 65);
  EXPECT_EQ(differences.items()[0]["after"].as_integer(), 119);
  EXPECT_TRUE(seen["findings"].items().empty());

  for (const HeaderLines& same_person : {ans_, ans_with_another_account_}) {
    const Answer refused = approve(same_person, draft);
    EXPECT_EQ(refused.status, 403) << refused.body;
    EXPECT_THAT(refused.body, HasSubstr("kan die niet zelf goedkeuren"));
  }
  EXPECT_EQ(active(), shipped);

  ASSERT_EQ(approve(bo_, draft).status, 200);
  EXPECT_EQ(active(), draft);
  EXPECT_EQ(policy()["earlier"].text_or_empty(), shipped);
  EXPECT_TRUE(is_too_young("after-approval"));

  EXPECT_EQ(back(bo_, shipped).status, 409);
  const Answer returned = back(bo_, draft);
  ASSERT_EQ(returned.status, 200) << returned.body;
  EXPECT_EQ(active(), shipped);
  EXPECT_FALSE(is_too_young("after-going-back"));
  EXPECT_EQ(version(draft)["state"].text_or_empty(), "replaced");
  EXPECT_EQ(back(bo_, shipped).status, 409);

  const Value log = daemon_.get_as_machine("/api/v1/audit/" + shipped).json()["audit"];
  ASSERT_EQ(log.items().size(), 1U) << to_json(log);
  EXPECT_EQ(log.items()[0]["actor"].text_or_empty(), "bo");
  EXPECT_EQ(log.items()[0]["action"].text_or_empty(), "policy-gone-back");
  EXPECT_EQ(log.items()[0]["purpose"].text_or_empty(), "Er gaat te veel naar consulenten.");
}

TEST_F(PolicyLife, IsChangedOnlyByAPersonWhoWorksForAllMunicipalitiesAndSaysWhy) {
  EXPECT_EQ(propose_age(session("mo"), 70).status, 403);
  EXPECT_EQ(propose_age({"Authorization: Bearer " + daemon_.key()}, 70).status, 403);
  const Answer silent = propose(ans_, Value::object({{"why", "  "}}));
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(silent.body, HasSubstr("\"why\""));
  const std::string shipped = active();
  const std::string draft = version_in(propose_age(ans_, 70));
  EXPECT_EQ(approve({"Authorization: Bearer " + daemon_.key()}, draft).status, 403);
  EXPECT_EQ(approve(session("mo"), draft).status, 403);
  EXPECT_EQ(back(session("mo"), shipped).status, 403);
}

TEST_F(PolicyLife, GivesFilesThatComeBackWhole) {
  const std::string shipped = active();
  const Answer download = daemon_.get("/api/v1/policy/versions/" + shipped + "/files/small-aids.dmn", ans_);
  EXPECT_EQ(download.header("content-type"), "application/xml");
  EXPECT_THAT(download.header("content-disposition"), HasSubstr("small-aids.dmn"));
  std::stringstream on_disk;
  on_disk << std::ifstream(shipped_configuration() / "policy/default/small-aids.dmn").rdbuf();
  EXPECT_EQ(download.body, on_disk.str());
  const Value all = daemon_.get("/api/v1/policy/versions/" + shipped + "/files", ans_).json();
  EXPECT_EQ(all["files"]["small-aids.dmn"].text_or_empty(), download.body);
  EXPECT_EQ(daemon_.get("/api/v1/policy/versions/" + shipped + "/files/none.dmn", ans_).status, 404);
  EXPECT_EQ(daemon_.get("/api/v1/policy/versions/none", ans_).status, 404);
}

TEST_F(PolicyLife, TakesAChangedFileAndTellsWhichRuleChanged) {
  const std::string shipped = active();
  std::string model = file(shipped, "small-aids.dmn");
  const std::string sentence = "De gegevens zijn niet bevestigd door de basisregistratie.";
  model.replace(model.find(sentence), sentence.size(), "De basisregistratie bevestigt dit niet.");
  const Answer uploaded = upload(shipped, model, "Duidelijker, zei één consulent.");
  ASSERT_EQ(uploaded.status, 201) << uploaded.body;
  EXPECT_EQ(version(version_in(uploaded))["why"].text_or_empty(), "Duidelijker, zei één consulent.");
  EXPECT_EQ(uploaded.header("location"), "/api/v1/policy/versions/" + version_in(uploaded));
  const Value files = version(version_in(uploaded))["differences"]["files"];
  ASSERT_EQ(files.items().size(), 1U);
  const Value& lines = files.items()[0]["lines"];
  ASSERT_EQ(lines.items().size(), 2U) << to_json(lines);
  EXPECT_EQ(lines.items()[0]["element"].text_or_empty(), "decision \"Bekend in de basisregistratie\"");
  EXPECT_THAT(lines.items()[1]["text"].text_or_empty(), HasSubstr("De basisregistratie bevestigt dit niet."));
}

TEST_F(PolicyLife, TakesNoReasonOutOfAnAddress) {
  const std::string place = "/api/v1/policy/versions/" + active() + "/files/small-aids.dmn?why=Gebeld";
  HeaderLines headers = ans_;
  headers.emplace_back("Content-Type: application/xml");
  EXPECT_EQ(request("POST", daemon_.url() + place, headers, "<definitions/>").status, 415);
  EXPECT_THAT(upload(active(), "<definitions/>", " ").body, HasSubstr("\"why\""));
}

TEST_F(PolicyLife, KeepsNothingThatIsWrongAndSaysWhere) {
  const auto versions = policy()["versions"].items().size();
  std::string model = file(active(), "small-aids.dmn");
  const auto begin = model.find("<rule id=\"rule_condition-register_1\">");
  model.erase(begin, model.find("</rule>", begin) + 7 - begin);
  const Answer gap = propose(
      ans_, Value::object({{"files", Value::object({{"small-aids.dmn", model}})}, {"why", "Regel weg"}}));
  EXPECT_EQ(gap.status, 422);
  const Value error = gap.json()["errors"].items().at(0);
  EXPECT_EQ(error["field"].text_or_empty(), "small-aids.dmn");
  EXPECT_EQ(error["code"].text_or_empty(), "gap");
  EXPECT_THAT(error["message"].text_or_empty(),
              HasSubstr("decision \"Bekend in de basisregistratie\", rules 1 and 2"));

  const Answer too_old = propose_age(ans_, 130);
  EXPECT_EQ(too_old.status, 422);
  EXPECT_THAT(too_old.body, HasSubstr("Give a number from 18 to 120."));
  const Answer unsafe =
      propose(ans_, Value::object({{"files", Value::object({{"../x.dmn", "<x/>"}})}, {"why", "Pad"}}));
  EXPECT_THAT(unsafe.body, HasSubstr("file-name"));
  Value edits = Value::list();
  edits.push(Value::object({{"name", "householdHelpYears"}, {"value", 4}, {"municipality", "nergens"}}));
  EXPECT_THAT(propose(ans_, Value::object({{"parameters", edits}, {"why", "Elders"}})).body,
              HasSubstr("unknown-municipality"));
  EXPECT_EQ(propose(ans_, Value::object({{"why", "Niets"}})).status, 409);
  EXPECT_EQ(propose(ans_, Value::object({{"base", "none"}, {"why", "Niets"}})).status, 404);
  EXPECT_EQ(propose(ans_, Value::object({{"fles", "x"}, {"why", "Niets"}})).status, 422);
  EXPECT_EQ(policy()["versions"].items().size(), versions);
}

TEST_F(PolicyLife, KeepsADraftWhoseExamplesFailButNobodyCanApproveIt) {
  Value edits = Value::list();
  edits.push(Value::object({{"name", "householdHelpMinimumAge"}, {"value", 119}, {"from", "2026-01-01"}}));
  const Answer proposed = propose(ans_, Value::object({{"parameters", edits}, {"why", "Proef."}}));
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  const Value remark = proposed.json()["remarks"].items().at(0);
  EXPECT_EQ(remark["code"].text_or_empty(), "example-fails");
  EXPECT_EQ(remark["blocks"].text_or_empty(), "approval");
  const Answer refused = approve(bo_, version_in(proposed));
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr(remark["element"].text_or_empty()));
}

TEST_F(PolicyLife, EndsForADraftThatIsThrownAway) {
  const std::string draft = version_in(propose_age(ans_, 70));
  const std::string place = "/api/v1/policy/versions/" + draft + "/throw-away";
  EXPECT_EQ(daemon_.post(place, Value::object(), bo_).status, 422);
  ASSERT_EQ(daemon_.post(place, Value::object({{"why", "Ingetrokken."}}), bo_).status, 200);
  const Value seen = version(draft);
  EXPECT_EQ(seen["state"].text_or_empty(), "thrown-away");
  EXPECT_EQ(seen["events"].items().back()["by"].text_or_empty(), "bo");
  EXPECT_EQ(approve(bo_, draft).status, 409);
  EXPECT_EQ(daemon_.post(place, Value::object({{"why", "Nog eens."}}), bo_).status, 409);
}

TEST_F(PolicyLife, HoldsForTheSafeguardsToo) {
  const auto safeguards = [this] { return daemon_.get("/api/v1/safeguards", ans_).json(); };
  const auto cap = [&] {
    return safeguards()["settings"]["types"]["household-help"]["grantsPerDay"].as_integer();
  };
  Value settings = safeguards()["settings"];
  Value types = settings["types"];
  Value help = types["household-help"];
  const auto shipped = help["grantsPerDay"].as_integer();
  help.set("grantsPerDay", 0);
  types.set("household-help", help);
  settings.set("types", types);
  const auto body = Value::object({{"settings", settings}, {"why", "Even niets."}});
  EXPECT_EQ(daemon_.post("/api/v1/safeguards/versions", body, session("mo")).status, 403);
  EXPECT_EQ(daemon_.post_as_machine("/api/v1/safeguards/versions", body).status, 403);
  EXPECT_EQ(daemon_
                .post("/api/v1/safeguards/versions",
                      Value::object({{"settings", Value::object({{"types", 3}})}, {"why", "x"}}), ans_)
                .status,
            422);
  const Answer proposed = daemon_.post("/api/v1/safeguards/versions", body, ans_);
  ASSERT_EQ(proposed.status, 201) << proposed.body;
  EXPECT_EQ(cap(), shipped);

  const std::string place = "/api/v1/configuration/safeguards/" + version_in(proposed) + "/approval";
  const auto why = Value::object({{"why", "Akkoord."}});
  EXPECT_EQ(daemon_.post(place, why, ans_with_another_account_).status, 403);
  EXPECT_EQ(daemon_.post(place, Value::object({{"why", "Akkoord."}, {"from", "2090-01-01"}}), bo_).status,
            422);
  ASSERT_EQ(daemon_.post(place, why, bo_).status, 200);
  EXPECT_EQ(cap(), 0);
  const Answer sent = daemon_.submit(household_help_for_de_graaf(), "no-cap-left", "digid");
  EXPECT_THAT(to_json(daemon_.settled(reference_in(sent))["reasons"]), HasSubstr("daily-cap"));
}

TEST_F(PolicyLife, HoldsForWhatAnAccountMayDo) {
  add("eva", "eva", {});
  const auto rights_of = [this](const std::string& name) {
    const Value all = daemon_.get("/api/v1/accounts", bo_).json();
    for (const Value& account : all["accounts"].items())
      if (account["account"].text_or_empty() == name) return to_json(account["rights"]["roles"]);
    return std::string("absent");
  };
  const auto change = [this](const HeaderLines& who, const std::string& account, const Value& roles) {
    HeaderLines headers = who;
    headers.emplace_back("Content-Type: application/json");
    return request("PUT", daemon_.url() + "/api/v1/accounts/" + account + "/rights", headers,
                   to_json(Value::object(
                       {{"roles", roles}, {"municipalities", Value::list()}, {"why", "Andere baan."}})));
  };
  const auto roles = [](const std::vector<std::string>& names) {
    Value list = Value::list();
    for (const auto& name : names) list.push(name);
    return list;
  };
  const Answer more = change(ans_, "eva", roles({"administrator", "auditor"}));
  ASSERT_EQ(more.status, 202) << more.body;
  EXPECT_EQ(rights_of("eva"), R"(["administrator"])");
  const std::string place = "/api/v1/configuration/rights/" +
                            more.json()["proposed"].items().at(0)["version"].text_or_empty() + "/approval";
  const auto why = Value::object({{"why", "Akkoord."}});
  EXPECT_EQ(daemon_.post(place, why, ans_with_another_account_).status, 403) << "who proposed it";
  EXPECT_EQ(daemon_.post(place, why, session("eva")).status, 403) << "whose account it is";
  EXPECT_EQ(rights_of("eva"), R"(["administrator"])");
  ASSERT_EQ(daemon_.post(place, why, bo_).status, 200);
  EXPECT_EQ(rights_of("eva"), R"(["administrator","auditor"])");

  EXPECT_EQ(change(bo_, "eva", roles({"auditor"})).status, 200) << "less is at once";
  EXPECT_EQ(rights_of("eva"), R"(["auditor"])");
  EXPECT_EQ(change(session("mo"), "bo", roles({"auditor"})).status, 403);
  EXPECT_EQ(change(bo_, "nobody", roles({"auditor"})).status, 404);
  EXPECT_EQ(change(bo_, "eva", roles({"king"})).status, 422);
  EXPECT_EQ(change(bo_, "eva", roles({"auditor"})).status, 409);
}

}  // namespace
}  // namespace softbot::tests
