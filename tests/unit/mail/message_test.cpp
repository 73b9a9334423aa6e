#include "adapters/mail/message.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "domain/time.h"

namespace softbot::mail {
namespace {

EmailAddress address(const std::string& text) {
  return parse_email(text).value();
}

MailMessage message() {
  return {address("bewoner@voorbeeld.nl"), "bericht-1", "nl", "Er staat een bericht voor u klaar",
          "Er staat een bericht voor u klaar.\n"};
}

Sender sender() {
  return {"Gemeente Voorbeeld", address("post@gemeente.nl")};
}

Instant when() {
  return parse_instant("2026-03-02T09:30:00Z").value();
}

std::vector<std::string> lines_of(const std::string& written) {
  std::vector<std::string> lines;
  std::istringstream stream(written);
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

/// Headers alone, unfolded.
std::vector<std::string> headers_of(const std::string& written) {
  std::vector<std::string> headers;
  for (const std::string& line : lines_of(written)) {
    if (line.empty()) break;
    if (line.starts_with(' ') || line.starts_with('\t')) {
      headers.back() += line;
    } else {
      headers.push_back(line);
    }
  }
  return headers;
}

std::string header(const std::string& written, const std::string& name) {
  for (const std::string& one : headers_of(written)) {
    if (one.starts_with(name + ": ")) return one.substr(name.size() + 2);
  }
  return {};
}

TEST(Message, SaysWhoItIsFromAndForAndThatAProgramWroteIt) {
  const auto written = write_message(message(), sender(), when()).value();
  EXPECT_EQ(header(written, "From"), "Gemeente Voorbeeld <post@gemeente.nl>");
  EXPECT_EQ(header(written, "To"), "bewoner@voorbeeld.nl");
  EXPECT_EQ(header(written, "Subject"), "Er staat een bericht voor u klaar");
  EXPECT_EQ(header(written, "Date"), "Mon, 02 Mar 2026 09:30:00 +0000");
  EXPECT_EQ(header(written, "Message-Id"), "<bericht-1@gemeente.nl>");
  EXPECT_EQ(header(written, "Auto-Submitted"), "auto-generated");
  EXPECT_EQ(header(written, "MIME-Version"), "1.0");
  EXPECT_EQ(header(written, "Content-Language"), "nl");
}

TEST(Message, ThatGoesTwiceHasOneId) {
  const auto first = write_message(message(), sender(), when()).value();
  const auto again = write_message(message(), sender(), when() + std::chrono::hours(3)).value();
  EXPECT_EQ(header(first, "Message-Id"), header(again, "Message-Id"));
}

TEST(Message, IsSevenBitsWideWithShortLinesWhateverItSays) {
  MailMessage odd = message();
  odd.subject =
      "Er staat een bericht voor u klaar bij de gemeente Súdwest-Fryslân €€€ " + std::string(300, 'x');
  odd.text = "Eén lange regel: " + std::string(5'000, 'z') + "\n.\n..\nFrom hier verder\nÜ €\n";
  Sender far = sender();
  far.name = "Gemeente Súdwest-Fryslân, afdeling \"Zorg\" <en> inkomen";
  const auto written = write_message(odd, far, when()).value();
  for (const std::string& line : lines_of(written)) EXPECT_LE(line.size(), 998U) << line;
  for (const char c : written) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  EXPECT_EQ(header(written, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(header(written, "Content-Transfer-Encoding"), "quoted-printable");
  EXPECT_NE(header(written, "Subject").find("=?"), std::string::npos);
  for (std::size_t at = written.find('\n'); at != std::string::npos; at = written.find('\n', at + 1))
    EXPECT_EQ(written[at - 1], '\r');
}

TEST(Message, HasNoHeaderThatSomebodyTypedIn) {
  for (const std::string& bad :
       {std::string("Hallo\r\nBcc: ander@elders.nl"), std::string("Hallo\nBcc: ander@elders.nl"),
        std::string("Hallo\rBcc: x"), std::string("Hallo\0Bcc", 9), std::string("\xC3\x28")}) {
    MailMessage in_subject = message();
    in_subject.subject = bad;
    EXPECT_FALSE(write_message(in_subject, sender(), when()));
    Sender in_name = sender();
    in_name.name = bad;
    EXPECT_FALSE(write_message(message(), in_name, when()));
    MailMessage in_id = message();
    in_id.id = bad;
    EXPECT_FALSE(write_message(in_id, sender(), when()));
    MailMessage in_language = message();
    in_language.language = bad;
    EXPECT_FALSE(write_message(in_language, sender(), when()));
  }
}

TEST(Message, KeepsWhatLooksLikeHeadersInItsText) {
  MailMessage tricky = message();
  tricky.text = "\r\n\r\nBcc: ander@elders.nl\r\n--grens\r\n";
  const auto written = write_message(tricky, sender(), when()).value();
  EXPECT_EQ(header(written, "Bcc"), "");
}

TEST(Message, GoesToOddAddressesAsTheyAre) {
  for (const char* odd :
       {"o'brien+post@voorbeeld.nl", "a.b-c_d=e/f@sub.voorbeeld.co.uk", "{x}|~!#$%&*?^`@voorbeeld.nl"}) {
    MailMessage one = message();
    one.to = address(odd);
    EXPECT_EQ(header(write_message(one, sender(), when()).value(), "To"), odd);
  }
}

TEST(Address, ThatCouldEndALineOrNameTwoPeopleIsNone) {
  for (const char* bad :
       {"a@voorbeeld.nl\r\nBcc: b@elders.nl", "a@voorbeeld.nl,b@elders.nl", "a b@voorbeeld.nl",
        "<a@voorbeeld.nl>", "\"a b\"@voorbeeld.nl", "a@voorbeeld.nl>\r\nDATA", "é@voorbeeld.nl"})
    EXPECT_FALSE(parse_email(bad)) << bad;
}

}  // namespace
}  // namespace softbot::mail
