#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "domain/json.h"
#include "support/daemon.h"
#include "support/mail_server.h"

namespace softbot::tests {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// The shipped configuration with these mail settings, and without the sample, so that a grant is sent at
/// once.
fs::path configuration_with(const fs::path& folder, Value mail) {
  fs::copy(shipped_configuration(), folder, fs::copy_options::recursive);
  std::string safeguards = text_of(folder / "safeguards.json");
  const std::string share = "\"sampleShare\": \"";
  for (auto at = safeguards.find(share); at != std::string::npos; at = safeguards.find(share, at + 1))
    safeguards.replace(at + share.size(), safeguards.find('"', at + share.size()) - at - share.size(), "0");
  std::ofstream(folder / "safeguards.json") << safeguards;
  Value settings = parse_json(text_of(folder / "softbot.json")).value();
  settings.set("publicAddress", "https://loket.voorbeeld.nl/");
  settings.set("mail", std::move(mail));
  std::ofstream(folder / "softbot.json") << to_json(settings);
  return folder / "softbot.json";
}

/// A daemon that announces letters through a real mail server, over STARTTLS, signed in.
class Announcing : public testing::Test {
 protected:
  Announcing() {
    std::ofstream(folder_.path() / "mail.password") << "geheim woord\n";
    Daemon::Options options;
    options.config =
        configuration_with(folder_.path() / "config",
                           Value::object({{"host", "127.0.0.1"},
                                          {"port", server_.port()},
                                          {"senderName", "Gemeente Voorbeeld"},
                                          {"senderAddress", "loket@voorbeeld.nl"},
                                          {"user", "softbot"},
                                          {"passwordFile", (folder_.path() / "mail.password").string()},
                                          {"caFile", certificate_.authority.string()}}));
    daemon_ = std::make_unique<Daemon>(options);
  }

  /// Signed and granted by the bot; the reference.
  std::string submit(const std::string& address, const std::string& key = "een",
                     Value submission = household_help_for_de_graaf()) {
    submission = with_answer(std::move(submission), "common.electronicDelivery", true);
    submission = with_answer(std::move(submission), "common.email", address);
    const Answer accepted = daemon_->submit(std::move(submission), key, "digid");
    EXPECT_EQ(accepted.status, 202) << accepted.body;
    return reference_in(accepted);
  }

  std::vector<std::string> events_once(const std::string& reference, const std::string& kind) {
    std::vector<std::string> kinds;
    (void)daemon_->wait_until(reference, [&](const Value& view) {
      kinds.clear();
      for (const Value& event : view["events"].items()) kinds.push_back(event["kind"].text_or_empty());
      return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    });
    return kinds;
  }

  /// What the mail room has to post, by the kind of letter.
  std::vector<std::string> to_post() {
    std::vector<std::string> letters;
    const Value listed = daemon_->get_as_machine("/api/v1/letters").json();
    for (const Value& letter : listed["letters"].items()) letters.push_back(letter["letter"].text_or_empty());
    return letters;
  }

  std::string metrics() { return request("GET", daemon_->metrics_url(), {}).body; }

  bool metrics_say(const std::string& line) {
    for (int i = 0; i < 500; ++i) {
      if (metrics().find(line) != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
  }

  TemporaryFolder folder_;
  TestCertificate certificate_{folder_.path()};
  MailServer server_{{.certificate = &certificate_, .user = "softbot", .password = "geheim woord"}};
  std::unique_ptr<Daemon> daemon_;
};

TEST_F(Announcing, AGrantIsAMailAndALetterOnThePageAndNothingForThePost) {
  const std::string reference = submit("c.degraaf@voorbeeld.nl");
  const auto events = events_once(reference, "announced-by-mail");
  EXPECT_THAT(events, Contains("announced-by-mail"));
  EXPECT_THAT(events, Contains("decision-published"));
  EXPECT_THAT(to_post(), Not(Contains("grant")));
  const auto taken = server_.wait_for(1);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_TRUE(taken[0]["encrypted"].as_bool().value_or(false));
  EXPECT_EQ(taken[0]["to"].items()[0].text_or_empty(), "c.degraaf@voorbeeld.nl");
  EXPECT_EQ(taken[0]["headers"]["auto-submitted"].text_or_empty(), "auto-generated");
  EXPECT_EQ(taken[0]["headers"]["from"].text_or_empty(), "Gemeente Voorbeeld <loket@voorbeeld.nl>");
  EXPECT_THAT(taken[0]["text"].text_or_empty(), HasSubstr("https://loket.voorbeeld.nl/mijn\n"));
  for (const std::string& secret : {reference, std::string("999901643"), std::string("Graaf")})
    EXPECT_THAT(taken[0]["raw"].text_or_empty(), Not(HasSubstr(secret)));
}

TEST_F(Announcing, TellsNobodyElseWhereTo) {
  (void)submit("c.degraaf@voorbeeld.nl");
  (void)submit("refused@voorbeeld.nl", "twee");
  EXPECT_TRUE(metrics_say("softbot_mails_total{outcome=\"sent\"} 1"));
  for (const std::string& open : {metrics(), daemon_->process().output()}) {
    EXPECT_THAT(open, Not(HasSubstr("degraaf@")));
    EXPECT_THAT(open, Not(HasSubstr("refused@")));
    EXPECT_THAT(open, Not(HasSubstr("geheim")));
  }
}

TEST_F(Announcing, AnAddressThatIsRefusedGetsALetterByPost) {
  const std::string reference = submit("refused@voorbeeld.nl");
  EXPECT_THAT(events_once(reference, "mail-refused"), Contains("mail-refused"));
  EXPECT_TRUE(metrics_say("softbot_mails_total{outcome=\"refused\"} 1"));
  (void)daemon_->wait_until(reference, [&](const Value&) { return !to_post().empty(); });
  EXPECT_THAT(to_post(), Contains("grant"));
}

TEST_F(Announcing, WaitsForAServerThatIsAwayAlsoWhenTheDaemonIsKilledMeanwhile) {
  server_.stop();
  const std::string reference = submit("c.degraaf@voorbeeld.nl");
  EXPECT_TRUE(metrics_say("softbot_mails_total{outcome=\"later\"}"));
  daemon_->kill();
  server_.start();
  daemon_->start();
  EXPECT_EQ(server_.wait_for(1).size(), 1U);
  EXPECT_THAT(events_once(reference, "announced-by-mail"), Contains("announced-by-mail"));
  EXPECT_THAT(to_post(), Not(Contains("grant")));
}

TEST_F(Announcing, IsNeverForgottenWheneverTheDaemonIsKilled) {
  const std::string first = submit("c.degraaf@voorbeeld.nl");
  const std::string second = submit("a.zonneveld@voorbeeld.nl", "twee", toilet_raiser_for_zonneveld());
  for (const int milliseconds : {0, 60, 120, 250, 500}) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));  // another moment each time
    daemon_->kill();
    daemon_->start();
  }
  EXPECT_THAT(events_once(first, "announced-by-mail"), Contains("announced-by-mail"));
  EXPECT_THAT(events_once(second, "announced-by-mail"), Contains("announced-by-mail"));
  std::vector<std::string> reached;
  for (const Value& mail : server_.wait_for(2)) reached.push_back(mail["to"].items()[0].text_or_empty());
  EXPECT_THAT(reached, Contains("c.degraaf@voorbeeld.nl"));
  EXPECT_THAT(reached, Contains("a.zonneveld@voorbeeld.nl"));
}

TEST_F(Announcing, WhoDidNotAgreeGetsALetterByPost) {
  const Answer accepted = daemon_->submit(household_help_for_de_graaf(), "post", "digid");
  ASSERT_EQ(accepted.status, 202);
  const std::string reference = reference_in(accepted);
  (void)daemon_->wait_until(reference, [&](const Value&) { return to_post().size() >= 2; });
  EXPECT_THAT(to_post(), Contains("grant"));
  EXPECT_TRUE(server_.messages().empty());
}

}  // namespace
}  // namespace softbot::tests
