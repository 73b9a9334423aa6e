#include <gmock/gmock.h>

#include <csignal>

#include "domain/json.h"
#include "own_configuration.h"
#include "support/daemon.h"
#include "support/patience.h"

namespace softbot::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

class ABrokenConfiguration : public testing::Test {
 protected:
  void break_file(const std::string& name, const std::string& what, const std::string& with) {
    const fs::path file = config_ / name;
    std::string text = read_file(file);
    const auto at = text.find(what);
    ASSERT_NE(at, std::string::npos) << name << " has no " << what;
    text.replace(at, what.size(), with);
    write_file(file, text);
  }

  /// check-config names the file, a place in it and what to do; serve refuses.
  void expect_refused(const std::string& file, const std::string& words) {
    const Ended checked = run({softbot_program(), "check-config", "--config", config_.string()});
    EXPECT_EQ(checked.status, 4) << checked.output;
    EXPECT_THAT(checked.output, HasSubstr(file));
    EXPECT_THAT(checked.output, HasSubstr(words));
    EXPECT_THAT(checked.output, HasSubstr(" mistake"));
    const Ended served =
        serve_once(folder_.path() / "data", {"--config", (config_ / "softbot.json").string()});
    EXPECT_EQ(served.status, 4) << served.output;
    EXPECT_THAT(served.output, HasSubstr(file));
    EXPECT_THAT(served.output, HasSubstr(words));
  }

  TemporaryFolder folder_;
  fs::path config_ = configuration_in(folder_);
};

TEST_F(ABrokenConfiguration, TheShippedOneIsInOrder) {
  const Ended checked = run({softbot_program(), "check-config", "--config", config_.string()});
  EXPECT_EQ(checked.status, 0) << checked.output;
  EXPECT_THAT(checked.output, HasSubstr("in order"));
}

TEST_F(ABrokenConfiguration, AFormWithAnUnknownClass) {
  break_file("forms/small-aids.json", "\"decisive\"", "\"decissive\"");
  expect_refused("forms/small-aids.json", "decissive");
}

TEST_F(ABrokenConfiguration, AFormThatIsNotJson) {
  break_file("forms/household-help.json", "{", "{,");
  expect_refused("forms/household-help.json", "JSON");
}

TEST_F(ABrokenConfiguration, APolicyThatIsNotXml) {
  break_file("policy/default/small-aids.dmn", "</definitions>", "</definition>");
  expect_refused("small-aids.dmn", "small-aids.dmn");
}

TEST_F(ABrokenConfiguration, APolicyWithAnExpressionThatIsNotFeel) {
  break_file("policy/default/household-help.dmn", "<text>", "<text>((( ");
  expect_refused("household-help.dmn", "household-help.dmn");
}

TEST_F(ABrokenConfiguration, ALetterWithASectionThatNeverEnds) {
  break_file("letters/grant.mustache", "{{#", "{{# niet}} {{#");
  expect_refused("grant.mustache", "niet");
}

TEST_F(ABrokenConfiguration, ASafeguardThatIsNoShare) {
  break_file("safeguards.json", "\"0.05\"", "\"veel\"");
  expect_refused("safeguards.json", "sampleShare");
}

TEST_F(ABrokenConfiguration, ASettingThatDoesNotExist) {
  break_file("softbot.json", "\"repairTermDays\"", "\"repairTermDaze\"");
  expect_refused("softbot.json", "repairTermDaze");
}

TEST_F(ABrokenConfiguration, SigningInWithoutWhoWeAreThereOrWhereToComeBack) {
  break_file("softbot.json", "\"issuer\": \"\"", "\"issuer\": \"https://broker.example\"");
  expect_refused("softbot.json", "/residentSignIn/clientId");
  expect_refused("softbot.json", "/residentSignIn/secretFile");
  expect_refused("softbot.json", "/residentSignIn/levels");
  expect_refused("softbot.json", "/publicAddress");
}

TEST_F(ABrokenConfiguration, MailThatLeavesTheMachineUnencryptedOrComesFromNobody) {
  break_file("softbot.json", "\"host\": \"\"", "\"host\": \"mail.example.nl\"");
  break_file("softbot.json", "\"encryption\": \"starttls\"", "\"encryption\": \"none\"");
  break_file("softbot.json", "\"user\": \"\"", "\"user\": \"softbot\"");
  expect_refused("softbot.json", "/mail/encryption");
  expect_refused("softbot.json", "/mail/senderAddress");
  expect_refused("softbot.json", "/mail/passwordFile");
  expect_refused("softbot.json", "/publicAddress");
}

TEST_F(ABrokenConfiguration, MailForResidentsWhoCannotSignIn) {
  break_file("softbot.json", "\"host\": \"\"", "\"host\": \"mail.example.nl\"");
  break_file("softbot.json", "\"senderAddress\": \"\"", "\"senderAddress\": \"post@example.nl\"");
  break_file("softbot.json", "\"publicAddress\": \"\"", "\"publicAddress\": \"https://example.nl\"");
  const Ended served = serve_once(folder_.path() / "data", {"--config", (config_ / "softbot.json").string()});
  EXPECT_EQ(served.status, 4) << served.output;
  EXPECT_THAT(served.output, HasSubstr("residentSignIn"));
}

TEST_F(ABrokenConfiguration, SigningInOverPlainHttpElsewhere) {
  break_file("softbot.json", "\"issuer\": \"\"", "\"issuer\": \"http://broker.example\"");
  expect_refused("softbot.json", "/residentSignIn/issuer");
}

TEST_F(ABrokenConfiguration, LevelsOfSigningInThatAreNoList) {
  break_file("softbot.json", "\"levels\": []", "\"levels\": \"hoog\"");
  expect_refused("softbot.json", "/residentSignIn/levels");
}

TEST_F(ABrokenConfiguration, ALevelOfSigningInThatIsNoText) {
  break_file("softbot.json", "\"levels\": []", "\"levels\": [3]");
  expect_refused("softbot.json", "/residentSignIn/levels");
}

TEST(ABrokenSettingsFileAtAReload, LeavesTheOldSettingsAndSaysWhy) {
  const TemporaryFolder folder;
  const fs::path config = configuration_in(folder);
  Daemon::Options options;
  options.config = config / "softbot.json";
  Daemon daemon(options);
  const std::string good = read_file(options.config);
  write_file(options.config, good.substr(0, good.size() / 2));
  daemon.process().signal(SIGHUP);
  EXPECT_THAT(daemon.process().wait_for_line("settings-refused", patience), HasSubstr("softbot.json"));
  EXPECT_EQ(daemon.submit(toilet_raiser_for_zonneveld(), "after-reload", "none").status, 202);

  std::string unknown = good;
  unknown.replace(unknown.find("repairTermDays"), 14, "repairTermDaze");
  write_file(options.config, unknown);
  daemon.process().signal(SIGHUP);
  EXPECT_THAT(daemon.process().wait_for_line("repairTermDaze", patience), HasSubstr("settings-refused"));

  write_file(options.config, good);
  daemon.process().signal(SIGHUP);
  EXPECT_THAT(daemon.process().wait_for_line("settings-reloaded", patience), Not(testing::IsEmpty()));
  EXPECT_EQ(daemon.get("/health/ready").status, 200);
}

}  // namespace
}  // namespace softbot::tests
