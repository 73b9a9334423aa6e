#include "adapters/mail/smtp_mailer.h"

#include <gtest/gtest.h>

#include "support/mail_server.h"

namespace softbot {
namespace {

using tests::MailServer;
using tests::TemporaryFolder;
using tests::TestCertificate;

EmailAddress address(const std::string& text) {
  return parse_email(text).value();
}

MailMessage message_for(const std::string& to) {
  return {address(to), "bericht-1", "nl", "Er staat een bericht voor u klaar: één",
          "Beste lezer,\n\n.één punt\n" + std::string(1'500, 'w') + "\n"};
}

const SystemClock system_clock;

SmtpMailer mailer_to(const MailServer& server, SmtpOptions options) {
  options.host = "127.0.0.1";
  options.port = server.port();
  return {std::move(options), {"Gemeente Súdwest", address("post@gemeente.nl")}, system_clock};
}

SmtpOptions unencrypted() {
  SmtpOptions options;
  options.encryption = MailEncryption::none;
  return options;
}

MailFailure::Kind failure(SmtpMailer mailer, const std::string& to, int reply) {
  const auto sent = mailer.send(message_for(to));
  EXPECT_FALSE(sent);
  if (sent) return {};
  EXPECT_EQ(sent.error().reply, reply) << sent.error().why;
  EXPECT_EQ(sent.error().why.find('@'), std::string::npos);
  return sent.error().kind;
}

TEST(SmtpMailer, HandsTheMessageToTheServerAsItWasWritten) {
  const MailServer server;
  ASSERT_TRUE(mailer_to(server, unencrypted()).send(message_for("o'brien+post@voorbeeld.nl")));
  const auto taken = server.wait_for(1);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0]["from"].text_or_empty(), "post@gemeente.nl");
  EXPECT_EQ(taken[0]["to"].items().size(), 1U);
  EXPECT_EQ(taken[0]["to"].items()[0].text_or_empty(), "o'brien+post@voorbeeld.nl");
  EXPECT_EQ(taken[0]["subject"].text_or_empty(), "Er staat een bericht voor u klaar: één");
  EXPECT_EQ(taken[0]["text"].text_or_empty(), message_for("a@b.nl").text);
  EXPECT_EQ(taken[0]["headers"]["from"].text_or_empty(), "Gemeente Súdwest <post@gemeente.nl>");
  EXPECT_EQ(taken[0]["headers"]["auto-submitted"].text_or_empty(), "auto-generated");
  EXPECT_EQ(taken[0]["hello"].text_or_empty(), "gemeente.nl");
}

TEST(SmtpMailer, SaysNothingBeforeTheConnectionIsEncryptedAndKnowsTheServer) {
  const TemporaryFolder folder;
  const TestCertificate certificate(folder.path());
  const MailServer server(MailServer::Options{.certificate = &certificate});
  SmtpOptions trusted;
  trusted.ca_file = certificate.authority;
  ASSERT_TRUE(mailer_to(server, trusted).send(message_for("bewoner@voorbeeld.nl")));
  const auto taken = server.wait_for(1);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_TRUE(taken[0]["encrypted"].as_bool().value_or(false));
}

TEST(SmtpMailer, SpeaksTlsFromTheStartWhereTheServerDoes) {
  const TemporaryFolder folder;
  const TestCertificate certificate(folder.path());
  const MailServer server(MailServer::Options{.certificate = &certificate, .tls_from_the_start = true});
  SmtpOptions trusted;
  trusted.encryption = MailEncryption::tls;
  trusted.ca_file = certificate.authority;
  EXPECT_TRUE(mailer_to(server, trusted).send(message_for("bewoner@voorbeeld.nl")));
}

TEST(SmtpMailer, GivesNothingToAServerThatItDoesNotKnow) {
  const TemporaryFolder folder;
  const TestCertificate certificate(folder.path());
  const MailServer server(MailServer::Options{.certificate = &certificate});
  EXPECT_EQ(failure(mailer_to(server, {}), "bewoner@voorbeeld.nl", 0), MailFailure::Kind::set_up);
  EXPECT_TRUE(server.messages().empty());
}

TEST(SmtpMailer, GivesNothingToAServerThatDoesNotEncrypt) {
  const MailServer server;
  EXPECT_EQ(failure(mailer_to(server, {}), "bewoner@voorbeeld.nl", 0), MailFailure::Kind::set_up);
  EXPECT_TRUE(server.messages().empty());
}

TEST(SmtpMailer, SignsInWhereAUserIsSet) {
  const TemporaryFolder folder;
  const TestCertificate certificate(folder.path());
  const MailServer server(
      MailServer::Options{.certificate = &certificate, .user = "softbot", .password = "geheim woord"});
  SmtpOptions options;
  options.ca_file = certificate.authority;
  options.user = "softbot";
  options.password = "geheim woord";
  ASSERT_TRUE(mailer_to(server, options).send(message_for("bewoner@voorbeeld.nl")));
  EXPECT_EQ(server.wait_for(1)[0]["user"].text_or_empty(), "softbot");
  options.password = "ander woord";
  EXPECT_EQ(failure(mailer_to(server, options), "bewoner@voorbeeld.nl", 535), MailFailure::Kind::set_up);
}

TEST(SmtpMailer, TellsAnAddressThatIsRefusedFromOneThatMayWorkLater) {
  const MailServer server;
  const SmtpMailer mailer = mailer_to(server, unencrypted());
  EXPECT_EQ(failure(mailer, "refused@voorbeeld.nl", 550), MailFailure::Kind::refused);
  EXPECT_EQ(failure(mailer, "full@voorbeeld.nl", 452), MailFailure::Kind::later);
  EXPECT_TRUE(server.messages().empty());
}

TEST(SmtpMailer, TakesOnlyWhatIsSaidAboutTheMailboxForARefusal) {
  const MailServer server;
  const SmtpMailer mailer = mailer_to(server, unencrypted());
  const auto kind_after = [&](const std::string& box, int reply) {
    return failure(mailer, box + "@voorbeeld.nl", reply);
  };
  for (const char* detail : {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.2.2"}) {
    EXPECT_EQ(kind_after("says-550-" + std::string(detail), 550), MailFailure::Kind::refused) << detail;
    EXPECT_EQ(kind_after("long-550-" + std::string(detail), 550), MailFailure::Kind::refused) << detail;
    EXPECT_EQ(kind_after("after-550-" + std::string(detail), 550), MailFailure::Kind::refused) << detail;
  }
  for (const int reply : {550, 551, 553})
    EXPECT_EQ(kind_after("says-" + std::to_string(reply) + "-", reply), MailFailure::Kind::refused);
}

TEST(SmtpMailer, TakesEveryOtherNeverForAFaultOfOurOwn) {
  const MailServer server;
  const SmtpMailer mailer = mailer_to(server, unencrypted());
  const auto kind_after = [&](const std::string& box, int reply) {
    return failure(mailer, box + "@voorbeeld.nl", reply);
  };
  // No relaying, the sender, signing in, the network, the content.
  for (const char* detail : {"5.7.1", "5.7.54", "5.7.60", "5.1.8", "5.1.7", "5.1.11", "5.4.1", "5.6.0"}) {
    EXPECT_EQ(kind_after("says-550-" + std::string(detail), 550), MailFailure::Kind::set_up) << detail;
    EXPECT_EQ(kind_after("long-550-" + std::string(detail), 550), MailFailure::Kind::set_up) << detail;
    EXPECT_EQ(kind_after("after-550-" + std::string(detail), 550), MailFailure::Kind::set_up) << detail;
  }
  for (const int reply : {530, 535, 554})
    EXPECT_EQ(kind_after("says-" + std::to_string(reply) + "-", reply), MailFailure::Kind::set_up);
  EXPECT_EQ(kind_after("after-550-", 550), MailFailure::Kind::set_up) << "not in answer to the address";
  EXPECT_EQ(kind_after("unwanted", 554), MailFailure::Kind::set_up);
}

TEST(SmtpMailer, BlamesNoResidentForAMessageThatCannotBeWritten) {
  const MailServer server;
  MailMessage message = message_for("bewoner@voorbeeld.nl");
  message.subject = "twee\nregels";
  const auto sent = mailer_to(server, unencrypted()).send(message);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, MailFailure::Kind::set_up);
}

TEST(SmtpMailer, BlamesNoResidentForARefusedSender) {
  const MailServer server;
  SmtpOptions options = unencrypted();
  options.host = "127.0.0.1";
  options.port = server.port();
  const SmtpMailer mailer(options, {"", address("stranger@gemeente.nl")}, system_clock);
  EXPECT_EQ(failure(mailer, "bewoner@voorbeeld.nl", 553), MailFailure::Kind::set_up);
}

TEST(SmtpMailer, TriesAgainLaterWhenTheServerIsAway) {
  MailServer server;
  server.stop();
  const SmtpMailer mailer = mailer_to(server, unencrypted());
  EXPECT_EQ(failure(mailer, "bewoner@voorbeeld.nl", 0), MailFailure::Kind::later);
  server.start();
  EXPECT_TRUE(SmtpMailer(mailer).send(message_for("bewoner@voorbeeld.nl")));
  EXPECT_EQ(server.wait_for(1).size(), 1U);
}

TEST(SmtpMailer, DoesNotWaitForeverForAnAnswer) {
  const MailServer server;
  SmtpOptions options = unencrypted();
  options.timeout = std::chrono::milliseconds(300);
  EXPECT_EQ(failure(mailer_to(server, options), "slow@voorbeeld.nl", 0), MailFailure::Kind::later);
}

}  // namespace
}  // namespace softbot
