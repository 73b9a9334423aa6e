#include "adapters/post/post_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "adapters/letters/letter_printer.h"
#include "domain/json.h"
#include "fixed_clock.h"
#include "forgetful_files.h"

namespace softbot {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

const std::filesystem::path kPost = "/data/outbox/post";
constexpr Date kToday = 2026y / 11 / 21;

/// A real letter of two pages.
const std::string& pdf() {
  static const std::string bytes = [] {
    const PangoLetterPrinter printer(
        LetterTemplates{{{"proef",
                          "<letter language=\"nl\" title=\"Proef\" window=\"left\" "
                          "colour=\"#000000\"><body><p>een</p><page-break/>"
                          "<p>twee</p></body></letter>"}},
                        {}});
    return printer.print("proef", Value::object()).value();
  }();
  return bytes;
}

Delivery letter(std::string key = "7KQM-4T9X-HR2D-grant-3") {
  Value content = Value::object({{"letter", "grant"},
                                 {"title", "Besluit op uw aanvraag"},
                                 {"address", Value::object({{"name", "A. de Vries"},
                                                            {"street", "Dorpsstraat 12 A"},
                                                            {"postcode", "1234 AB"},
                                                            {"town", "Voorbeeld"}})},
                                 {"context", Value::object({{"date", "2026-11-23"}})}});
  return {std::move(key), "7KQM-4T9X-HR2D", "post", "document-1", std::move(content)};
}

class PostFolderTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<PostFolder> open() { return PostFolder::open(kPost, clock_, files_).value(); }
  [[nodiscard]] Value manifest(const std::string& key) {
    return parse_json(files_.read(kPost / (key + ".json")).value()).value();
  }
  test::ForgetfulFiles files_;
  test::FixedClock clock_{kToday};
};

TEST_F(PostFolderTest, LaysALetterAndItsManifestDown) {
  const auto delivery = letter();
  const auto done = open()->deliver(delivery, pdf());
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(files_.read(kPost / (delivery.key + ".pdf")).value(), pdf());
  const auto told = manifest(delivery.key);
  EXPECT_EQ(told["key"], Value(delivery.key));
  EXPECT_EQ(told["reference"], Value("7KQM-4T9X-HR2D"));
  EXPECT_EQ(told["letter"], Value("grant"));
  EXPECT_EQ(told["plannedPostingDate"], Value("2026-11-23"));
  EXPECT_EQ(told["pages"], Value(2));
  EXPECT_EQ(told["address"]["street"], Value("Dorpsstraat 12 A"));
  EXPECT_EQ(told["address"]["town"], Value("Voorbeeld"));
  EXPECT_EQ(told["created"], Value("2026-11-21T11:00:00.000Z"));
}

TEST_F(PostFolderTest, NamesNoPersonInItsFileNames) {
  ASSERT_TRUE(open()->deliver(letter(), pdf()));
  EXPECT_THAT(files_.names(kPost),
              UnorderedElementsAre("7KQM-4T9X-HR2D-grant-3.pdf", "7KQM-4T9X-HR2D-grant-3.json"));
}

TEST_F(PostFolderTest, LeavesOneLetterForTheSameKeyTwice) {
  ASSERT_TRUE(open()->deliver(letter(), pdf()));
  auto again = letter();
  Value later = Value::object({{"date", "2026-11-30"}});
  again.content.set("context", std::move(later));
  ASSERT_TRUE(open()->deliver(again, pdf()));
  EXPECT_EQ(files_.names(kPost).size(), 2U);
  EXPECT_EQ(manifest(again.key)["plannedPostingDate"], Value("2026-11-23"));
}

TEST_F(PostFolderTest, DoesNotBringBackALetterThatTheMailRoomTook) {
  const auto delivery = letter();
  ASSERT_TRUE(open()->deliver(delivery, pdf()));
  files_.take_away(kPost / (delivery.key + ".pdf"));
  files_.take_away(kPost / (delivery.key + ".json"));
  ASSERT_TRUE(open()->deliver(delivery, pdf()));
  EXPECT_THAT(files_.names(kPost), ::testing::IsEmpty());
}

TEST_F(PostFolderTest, RefusesALetterWithoutAnAddress) {
  for (const auto* const part : {"name", "street", "postcode", "town"}) {
    auto delivery = letter();
    Value address = delivery.content["address"];
    address.set(part, "  ");
    delivery.content.set("address", address);
    const auto done = open()->deliver(delivery, pdf());
    ASSERT_FALSE(done) << part;
    EXPECT_EQ(done.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(done.error().fields.front().field, std::string("address.") + part);
    EXPECT_THAT(done.error().message, ::testing::Not(HasSubstr("Vries"))) << "no personal data in an error";
  }
  auto none = letter();
  none.content.set("address", Value());
  EXPECT_EQ(open()->deliver(none, pdf()).error().fields.size(), 4U);
  EXPECT_THAT(files_.names(kPost), ::testing::IsEmpty());
}

TEST_F(PostFolderTest, RefusesWhatIsNoLetter) {
  EXPECT_EQ(open()->deliver(letter(), "").error().code, ErrorCode::invalid_input);
  EXPECT_EQ(open()->deliver(letter(), "%PDF-1.5 and then nothing").error().code, ErrorCode::invalid_input);
  auto undated = letter();
  undated.content.set("context", Value::object());
  EXPECT_EQ(open()->deliver(undated, pdf()).error().code, ErrorCode::invalid_input);
}

TEST_F(PostFolderTest, RefusesKeysThatAreNoFileNames) {
  for (const auto* const key : {"", "../secret", "a/b", ".hidden", "A. de Vries", "caf\xc3\xa9"}) {
    EXPECT_EQ(open()->deliver(letter(key), pdf()).error().code, ErrorCode::invalid_input) << key;
  }
}

TEST_F(PostFolderTest, SaysWhenTheDiskFails) {
  auto post = open();
  files_.fail_from(files_.calls());
  const auto done = post->deliver(letter(), pdf());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::storage);
}

/// Whatever the moment at which the power goes: what was acknowledged is whole and there, and delivering
/// again makes one letter.
TEST(PostFolderDurability, HoldsAtEveryMomentOfAPowerCut) {
  int survived = 0;
  for (int moment = 0; moment < 60; ++moment) {
    test::ForgetfulFiles files;
    const test::FixedClock clock{kToday};
    files.fail_from(moment);
    bool acknowledged = false;
    if (const auto post = PostFolder::open(kPost, clock, files)) {
      acknowledged = (*post)->deliver(letter(), pdf()).has_value();
    }
    files.lose_power();
    const auto names = files.names(kPost);
    if (names.count("7KQM-4T9X-HR2D-grant-3.json") != 0) {
      EXPECT_EQ(files.read(kPost / "7KQM-4T9X-HR2D-grant-3.pdf").value_or(""), pdf())
          << "a manifest without its letter, moment " << moment;
    }
    if (acknowledged) {
      EXPECT_EQ(names.size(), 2U) << "an acknowledged letter was lost, moment " << moment;
      ++survived;
    }
    ASSERT_TRUE(PostFolder::open(kPost, clock, files).value()->deliver(letter(), pdf()));
    EXPECT_EQ(files.names(kPost).size(), 2U) << moment;
  }
  EXPECT_GT(survived, 0);
  EXPECT_LT(survived, 60);
}

TEST(PostFolderOnDisk, WritesFilesThatOnlyTheDaemonMayRead) {
  const auto root = std::filesystem::temp_directory_path() /
                    ("softbot-post-" + std::to_string(std::rand()) + std::to_string(::getpid()));
  std::filesystem::create_directories(root);
  const test::FixedClock clock{kToday};
  const auto post = PostFolder::open(root / "outbox" / "post", clock);
  ASSERT_TRUE(post) << post.error().message;
  ASSERT_TRUE((*post)->deliver(letter(), pdf()));
  const auto file = root / "outbox" / "post" / "7KQM-4T9X-HR2D-grant-3.pdf";
  std::ifstream stream(file, std::ios::binary);
  EXPECT_EQ((std::string{std::istreambuf_iterator<char>(stream), {}}), pdf());
  const auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
  EXPECT_EQ(std::filesystem::status(file).permissions() & others, std::filesystem::perms::none);
  std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace softbot
