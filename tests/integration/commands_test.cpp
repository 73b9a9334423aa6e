#include <gmock/gmock.h>

#include <fstream>

#include "domain/json.h"
#include "support/checkout.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

Ended softbot(std::vector<std::string> arguments, const std::string& input = {}) {
  arguments.insert(arguments.begin(), softbot_program());
  return run(arguments, input);
}

void write_file(const fs::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string rows(const Daemon& daemon, const std::string& sql) {
  return run({"/usr/bin/sqlite3", "-cmd", ".timeout 5000", (daemon.data() / "softbot.db").string(), sql})
      .output;
}

/// The id of the first document of this kind.
std::string document_of(const Value& view, const std::string& kind) {
  for (const Value& document : view["documents"].items()) {
    if (document["kind"].text_or_empty() == kind) return document["id"].text_or_empty();
  }
  return {};
}

/// After all jobs of the case: a letter that is still printed would change what a test counts.
Value with_receipt(Daemon& daemon, const std::string& reference) {
  static_cast<void>(daemon.settled(reference));
  EXPECT_TRUE(daemon.comes_to_rest());
  return daemon.wait_until(reference,
                           [](const Value& view) { return !document_of(view, "receipt").empty(); });
}

TEST(TheHelp, NamesEveryCommandAndTheExitCodes) {
  const Ended help = softbot({"help"});
  EXPECT_EQ(help.status, 0);
  for (const char* word :
       {"serve", "check-config", "print-form", "deadlines", "import-provisions", "account", "key", "backup",
        "restore", "verify-audit", "export-person", "destroy-person", "Exit codes"}) {
    EXPECT_THAT(help.output, HasSubstr(word));
  }
  for (const char* topic : {"api", "config", "deadlines", "import-provisions", "print-form", "exit-codes"}) {
    EXPECT_EQ(softbot({"help", topic}).status, 0) << topic;
  }
  EXPECT_EQ(softbot({"help", "cooking"}).status, 2);
  EXPECT_EQ(softbot({"cook"}).status, 2);
  EXPECT_EQ(softbot({}).status, 2);
  EXPECT_EQ(softbot({"serve", "--nonsense"}).status, 2);
}

TEST(Deadlines, ComputesTheExampleOfItsHelp) {
  const std::string help = softbot({"help", "deadlines"}).output;
  const auto begin = help.find("\n{");
  const auto end = help.find("\n}", begin);
  ASSERT_NE(begin, std::string::npos) << help;
  ASSERT_NE(end, std::string::npos) << help;
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "example.json";
  write_file(file, help.substr(begin + 1, end - begin + 1));
  const Ended table = softbot({"deadlines", "--input", file.string()});
  EXPECT_EQ(table.status, 0) << table.output;
  EXPECT_THAT(table.output, HasSubstr("Wmo 2015 2.3.5 lid 2"));
  const Ended json = softbot({"deadlines", "--input", file.string(), "--json", "--today", "2026-03-02"});
  ASSERT_EQ(json.status, 0) << json.output;
  EXPECT_FALSE(parse_json(json.output)->members().empty());
}

TEST(Deadlines, NamesEveryMistakeInItsInput) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "wrong.json";
  write_file(file, R"({"law": "awb", "events": [{"kind": "recieved", "date": "2026-02-30"}]})");
  const Ended wrong = softbot({"deadlines", "--input", file.string()});
  EXPECT_EQ(wrong.status, 3) << wrong.output;
  EXPECT_THAT(wrong.output, HasSubstr("events[0].kind"));
  EXPECT_THAT(wrong.output, HasSubstr("events[0].date"));
  write_file(file, "{");
  EXPECT_EQ(softbot({"deadlines", "--input", file.string()}).status, 3);
  EXPECT_EQ(softbot({"deadlines", "--input", (folder.path() / "absent.json").string()}).status, 3);
}

TEST(TheExamplesOfAPolicy, RunFromTheCommandLineAndNameTheOneThatFails) {
  const TemporaryFolder folder;
  const fs::path policy = folder.path() / "policy";
  fs::copy(checkout() / "config" / "policy" / "default", policy);
  const Ended sound = softbot({"policy", "examples", policy.string()});
  EXPECT_EQ(sound.status, 0) << sound.output;
  EXPECT_THAT(sound.output, HasSubstr(" examples, 0 failed"));

  std::string parameters = read_file(policy / "parameters.json");
  const std::string oldest = R"("value": 65})";
  ASSERT_NE(parameters.find(oldest), std::string::npos);
  write_file(policy / "parameters.json",
             parameters.replace(parameters.find(oldest), oldest.size(), R"("value": 66})"));
  const Ended wrong = softbot({"policy", "examples", policy.string()});
  EXPECT_EQ(wrong.status, 1) << wrong.output;
  EXPECT_THAT(wrong.output, HasSubstr("Leeftijd: precies oud genoeg"));
  EXPECT_THAT(wrong.output, HasSubstr("below-minimum-age"));
  const Value json = *parse_json(softbot({"policy", "examples", "--json", policy.string()}).output);
  EXPECT_EQ(json["failed"].as_integer(), 1);
  EXPECT_GE(json["examples"].items().size(), 120U);

  write_file(policy / "small-aids.examples.json", "{");
  const Ended broken = softbot({"policy", "examples", policy.string()});
  EXPECT_EQ(broken.status, 4) << broken.output;
  EXPECT_THAT(broken.output, HasSubstr("small-aids.examples.json"));
}

TEST(AnAccount, NeedsALongPasswordAKnownRoleAndAFreeName) {
  const TemporaryFolder folder;
  const std::string data = (folder.path() / "data").string();
  const auto add = [&](const std::string& role, const std::string& password) {
    return softbot({"account", "add", "vera", "--role", role, "--data", data}, password + "\n");
  };
  const Ended brief = add("consultant", "kort");
  EXPECT_EQ(brief.status, 3) << brief.output;
  EXPECT_THAT(brief.output, HasSubstr("12 characters"));
  EXPECT_EQ(add("king", "lang genoeg wachtwoord").status, 3);
  const Ended made = add("consultant", "lang genoeg wachtwoord");
  EXPECT_EQ(made.status, 0) << made.output;
  EXPECT_THAT(made.output, Not(HasSubstr("wachtwoord")));
  EXPECT_NE(add("consultant", "lang genoeg wachtwoord").status, 0);
  const Ended list = softbot({"account", "list", "--data", data});
  EXPECT_THAT(list.output, HasSubstr("vera\tconsultant\tactive"));
}

TEST(AnAccount, SignsInUntilItIsDisabled) {
  Daemon daemon;
  ASSERT_EQ(
      daemon.command({"account", "add", "vera", "--role", "auditor"}, "lang genoeg wachtwoord\n").status, 0);
  const Value right = Value::object({{"account", "vera"}, {"password", "lang genoeg wachtwoord"}});
  const Answer signed_in = daemon.post("/api/v1/session", right);
  ASSERT_EQ(signed_in.status, 204) << signed_in.body;
  const std::string cookie = signed_in.header("set-cookie");
  EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
  EXPECT_THAT(cookie, HasSubstr("SameSite=Lax"));
  const HeaderLines session{"Cookie: " + cookie.substr(0, cookie.find(';'))};
  EXPECT_EQ(daemon.get("/api/v1/figures", session).status, 200);
  EXPECT_EQ(daemon.post("/api/v1/session", Value::object({{"account", "vera"}, {"password", "iets anders"}}))
                .status,
            401);
  EXPECT_EQ(daemon.command({"account", "disable", "vera"}).status, 0);
  EXPECT_EQ(daemon.get("/api/v1/figures", session).status, 401);
  EXPECT_EQ(daemon.post("/api/v1/session", right).status, 401);
}

TEST(ASession, ChangesNothingWithoutItsToken) {
  Daemon daemon;
  const Answer signed_in =
      daemon.post("/api/v1/session", Value::object({{"account", "farid"}, {"password", "demo-farid"}}));
  ASSERT_EQ(signed_in.status, 204) << signed_in.body;
  HeaderLines session{
      "Cookie: " + signed_in.header("set-cookie").substr(0, signed_in.header("set-cookie").find(';')),
      "Content-Type: application/json"};
  const std::string address = daemon.url() + "/api/v1/safeguards/kill-switches/all";
  const std::string body = R"({"on": true, "why": "proef"})";
  EXPECT_EQ(request("PUT", address, session, body).status, 403);
  const std::string token = daemon.get("/api/v1/session", session).json()["csrf"].text_or_empty();
  session.push_back("X-CSRF-Token: " + token);
  EXPECT_EQ(request("PUT", address, session, body).status, 200);
}

TEST(DemoAccounts, ExistOnlyInADemonstration) {
  const TemporaryFolder folder;
  Daemon::Options options;
  options.data = folder.path() / "data";
  const Value cora = Value::object({{"account", "cora"}, {"password", "demo-cora"}});
  {
    Daemon demonstration(options);
    EXPECT_EQ(demonstration.post("/api/v1/session", cora).status, 204);
    EXPECT_EQ(demonstration.stop(), 0);
  }
  options.demo = false;  // the same store, with the accounts in it
  Daemon real(options);
  EXPECT_EQ(real.post("/api/v1/session", cora).status, 401);
  EXPECT_EQ(real.post("/api/v1/demo-session", Value::object({{"bsn", "999900006"}})).status, 403);
}

TEST(ABackup, MadeWhileRunningIsRestoredIntoAnEmptyFolderAndServes) {
  const TemporaryFolder folder;
  Daemon daemon;
  const std::string first = reference_in(daemon.submit(household_help_for_de_graaf(), "saved-1", "digid"));
  const std::string second = reference_in(daemon.submit(toilet_raiser_for_zonneveld(), "saved-2", "none"));
  const Value before = with_receipt(daemon, first);
  static_cast<void>(with_receipt(daemon, second));
  const fs::path saved = folder.path() / "backup";
  const Ended made = daemon.command({"backup", saved.string()});
  ASSERT_EQ(made.status, 0) << made.output;
  for (const auto& entry : fs::recursive_directory_iterator(saved)) {
    EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr("key")))
        << "the master key stays out of backups";
  }
  EXPECT_NE(daemon.command({"backup", saved.string()}).status, 0) << "a folder that is not empty";
  const std::string later = reference_in(daemon.submit(toilet_raiser_for_zonneveld(), "saved-3", "none"));

  const fs::path data = folder.path() / "restored";
  ASSERT_EQ(softbot({"restore", saved.string(), "--data", data.string()}).status, 0);
  EXPECT_NE(softbot({"restore", saved.string(), "--data", data.string()}).status, 0)
      << "a data folder that is not empty";
  fs::copy_file(daemon.data().string() + ".key", data.string() + ".key");
  const std::string key = daemon.key();
  ASSERT_EQ(daemon.stop(), 0);
  Daemon::Options options;
  options.data = data;
  Daemon restored(options);
  const HeaderLines headers{"Authorization: Bearer " + key};
  const Value after = restored.get("/api/v1/applications/" + first, headers).json();
  EXPECT_EQ(after["status"].text_or_empty(), before["status"].text_or_empty());
  EXPECT_EQ(to_json(after["common"]), to_json(before["common"]));
  const Answer receipt =
      restored.get("/api/v1/applications/" + first + "/documents/" + document_of(after, "receipt"), headers);
  EXPECT_EQ(receipt.status, 200);
  EXPECT_EQ(receipt.body.substr(0, 5), "%PDF-");
  EXPECT_EQ(restored.get("/api/v1/applications/" + second, headers).status, 200);
  EXPECT_EQ(restored.get("/api/v1/applications/" + later, headers).status, 404);
  EXPECT_EQ(restored.command({"verify-audit"}).status, 0);
}

TEST(ABackup, ThatWasDamagedIsNotRestored) {
  const TemporaryFolder folder;
  Daemon daemon;
  static_cast<void>(
      with_receipt(daemon, reference_in(daemon.submit(toilet_raiser_for_zonneveld(), "damaged", "none"))));
  const fs::path saved = folder.path() / "backup";
  ASSERT_EQ(daemon.command({"backup", saved.string()}).status, 0);
  fs::path largest;
  for (const auto& entry : fs::recursive_directory_iterator(saved)) {
    if (entry.is_regular_file() && (largest.empty() || entry.file_size() > fs::file_size(largest)))
      largest = entry.path();
  }
  std::string bytes = read_file(largest);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_file(largest, bytes);
  const Ended refused = softbot({"restore", saved.string(), "--data", (folder.path() / "restored").string()});
  EXPECT_EQ(refused.status, 5) << refused.output;
  EXPECT_FALSE(fs::exists(folder.path() / "restored" / "softbot.db"));
  EXPECT_EQ(softbot({"restore", folder.path().string(), "--data", (folder.path() / "other").string()}).status,
            3);
}

TEST(TheAuditChain, ShowsThatARowWasChangedOrTakenAway) {
  Daemon daemon;
  static_cast<void>(
      with_receipt(daemon, reference_in(daemon.submit(toilet_raiser_for_zonneveld(), "audited", "digid"))));
  const TemporaryFolder folder;
  const fs::path checkpoint = folder.path() / "checkpoint.json";
  ASSERT_EQ(daemon.command({"export-checkpoint", checkpoint.string()}).status, 0);
  const Ended whole = daemon.command({"verify-audit", "--checkpoint", checkpoint.string()});
  EXPECT_EQ(whole.status, 0) << whole.output;
  EXPECT_THAT(whole.output, HasSubstr("whole"));

  rows(daemon, "CREATE TABLE kept AS SELECT * FROM audit");
  rows(daemon, "UPDATE audit SET actor = 'somebody-else' WHERE number = 2");
  const Ended changed = daemon.command({"verify-audit"});
  EXPECT_EQ(changed.status, 5) << changed.output;
  EXPECT_THAT(changed.output, HasSubstr("BROKEN at link 2"));

  rows(daemon, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DELETE FROM audit WHERE number = 2");
  EXPECT_EQ(daemon.command({"verify-audit"}).status, 5);
  // The newest rows cut off: the chain alone cannot tell, the exported checkpoint can.
  rows(daemon, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept WHERE number < 3");
  EXPECT_EQ(daemon.command({"verify-audit", "--checkpoint", checkpoint.string()}).status, 5);
  rows(daemon, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept");
  EXPECT_EQ(daemon.command({"verify-audit", "--checkpoint", checkpoint.string()}).status, 0);
}

TEST(APerson, CanHaveEverythingThatIsKeptAndThenBeErased) {
  Daemon daemon;
  const TemporaryFolder folder;
  const std::string reference = reference_in(daemon.submit(household_help_for_de_graaf(), "person", "digid"));
  const Value view = with_receipt(daemon, reference);
  const std::string receipt =
      "/api/v1/applications/" + reference + "/documents/" + document_of(view, "receipt");
  const Answer bytes = daemon.get_as_machine(receipt);
  ASSERT_EQ(bytes.status, 200);

  const fs::path out = folder.path() / "export";
  const Ended exported =
      daemon.command({"export-person", out.string(), "--purpose", "verzoek om inzage"}, "999901643\n");
  ASSERT_EQ(exported.status, 0) << exported.output;
  EXPECT_THAT(exported.output, Not(HasSubstr("999901643")));
  const Value person = parse_json(read_file(out / "person.json")).value();
  ASSERT_EQ(person["applications"].items().size(), 1U);
  EXPECT_THAT(read_file(out / "person.json"), HasSubstr("Ik kan niet bukken."));
  bool receipt_found = false;
  for (const auto& entry : fs::recursive_directory_iterator(out)) {
    receipt_found = receipt_found || (entry.is_regular_file() && read_file(entry.path()) == bytes.body);
  }
  EXPECT_TRUE(receipt_found);
  const Ended nobody =
      daemon.command({"export-person", (folder.path() / "nobody").string(), "--purpose", "x"}, "999999990\n");
  EXPECT_NE(nobody.status, 0);
  EXPECT_THAT(nobody.output, Not(HasSubstr("999999990")));

  const std::string before = rows(
      daemon,
      "SELECT count(*) FROM application; SELECT count(*) FROM submission; SELECT count(*) FROM document");
  const Ended erased = daemon.command({"destroy-person", "--why", "bewaartermijn voorbij"}, "999901643\n");
  ASSERT_EQ(erased.status, 0) << erased.output;
  EXPECT_EQ(
      rows(
          daemon,
          "SELECT count(*) FROM application; SELECT count(*) FROM submission; SELECT count(*) FROM document"),
      before);
  const Answer gone = daemon.get_as_machine(receipt);
  EXPECT_GE(gone.status, 400);
  EXPECT_LT(gone.status, 500) << gone.body;
  const Answer left = daemon.get_as_machine("/api/v1/applications/" + reference);
  EXPECT_EQ(left.status, 200) << left.body;
  EXPECT_THAT(left.body, Not(HasSubstr("Graaf")));
  EXPECT_THAT(left.body, Not(HasSubstr("bukken")));
  for (const auto& entry : fs::recursive_directory_iterator(daemon.data())) {
    // What was handed to the mail room and to providers has left the store: it lies in the outbox in the
    // clear.
    if (!entry.is_regular_file() || entry.path().string().find("/outbox/") != std::string::npos) continue;
    EXPECT_THAT(read_file(entry.path()), Not(HasSubstr("999901643"))) << entry.path();
  }
  EXPECT_EQ(daemon.command({"verify-audit"}).status, 0);
  EXPECT_NE(daemon.command({"destroy-person", "--why", "nog eens"}, "999901643\n").status, 0);
  EXPECT_EQ(daemon.submit(toilet_raiser_for_zonneveld(), "others-go-on", "none").status, 202);
}

TEST(ImportedProvisions, CountInTheDecisionAndAreTakenWholeOrNotAtAll) {
  Daemon daemon;
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "provisions.csv";
  const std::string header = "bsn,type,municipality,decisionNumber,from,until,provider,minutesPerWeek,aid\n";
  write_file(file, header +
                       "999900006,small-aids,voorbeeld,B-1,2026-01-05,,,,raised-toilet-seat\n"
                       "123456789,small-aids,voorbeeld,B-2,2026-01-05,,,,\n"
                       "999901643,castle,atlantis,B-3,5 januari,,,veel,\n");
  const Ended wrong = daemon.command({"import-provisions", file.string()});
  EXPECT_EQ(wrong.status, 3) << wrong.output;
  for (const char* place : {"[1].bsn", "[2].type", "[2].municipality", "[2].from", "[2].minutesPerWeek"}) {
    EXPECT_THAT(wrong.output, HasSubstr(place));
  }
  EXPECT_THAT(wrong.output, Not(HasSubstr("123456789"))) << "messages hold no personal data";
  EXPECT_EQ(rows(daemon, "SELECT count(*) FROM provision"), "0\n");
  write_file(file, "this is no list of provisions\n");
  EXPECT_EQ(daemon.command({"import-provisions", file.string()}).status, 3);
  EXPECT_EQ(daemon.command({"import-provisions", (folder.path() / "absent.csv").string()}).status, 3);

  write_file(file, header +
                       "999900006,small-aids,voorbeeld,B-1,2026-01-05,,,,raised-toilet-seat\n"
                       "999901643;\n");
  EXPECT_EQ(daemon.command({"import-provisions", file.string()}).status, 3);
  write_file(file, header +
                       "999900006,small-aids,voorbeeld,B-1,2026-01-05,,,,raised-toilet-seat\n"
                       "999901643,household-help,voorbeeld,B-4,2026-01-05,,Thuiszorg De Linde,125,\n");
  const Ended good = daemon.command({"import-provisions", file.string()});
  EXPECT_EQ(good.status, 0) << good.output;
  EXPECT_EQ(daemon.command({"import-provisions", file.string()}).status, 0);
  EXPECT_EQ(rows(daemon, "SELECT count(*) FROM provision"), "2\n") << "the same decision number replaces";

  const std::string again =
      reference_in(daemon.submit(household_help_for_de_graaf(), "has-help-already", "digid"));
  EXPECT_EQ(daemon.settled(again)["status"].text_or_empty(), "referred");
}

}  // namespace
}  // namespace softbot::tests
