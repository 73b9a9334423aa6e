#include <gmock/gmock.h>

#include "adapters/reader_process/reader_process.h"
#include "test_data.h"

namespace softbot::tests {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// A page as an office program writes it that takes for granted that everybody has Helvetica.
std::string letter_without_fonts() {
  const std::string words =
      "BT /F1 14 Tf 72 700 Td (Geachte heer, mevrouw,) Tj 0 -40 Td (Ik maak bezwaar tegen het besluit.) Tj "
      "ET";
  const std::string page =
      "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 <</Type "
      "/Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>>";
  return "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [3 0 R] "
         "/Count 1>> endobj\n3 0 obj " +
         page + " endobj\n4 0 obj <</Length " + std::to_string(words.size()) + ">> stream\n" + words +
         "\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";
}

class TheRealReader : public testing::Test {
 protected:
  static ReaderProcessOptions options() {
    ReaderProcessOptions options;
    options.place = {SOFTBOT_READER, std::filesystem::path(SOFTBOT_SOURCE_DIR) / "ocr" / "models"};
    return options;
  }
  NullLog log_;
  NullMetrics metrics_;
  ReaderProcess reader_{options(), log_, metrics_};
};

TEST_F(TheRealReader, SaysWhatItIs) {
  const auto file = reader_.read(letter_without_fonts(), [](const PageCode&) { return std::nullopt; });
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_THAT(reader_.version(), StartsWith("softbot-reader "));
  EXPECT_THAT(reader_.version(), HasSubstr("digits"));
}

TEST_F(TheRealReader, ReadsALetterThatDoesNotBringItsFonts) {
  const auto file = reader_.read(letter_without_fonts(), [](const PageCode&) { return std::nullopt; });
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->pages.size(), 1U);
  EXPECT_FALSE(file->pages[0].blank);
  EXPECT_THAT(file->pages[0].printed_text, HasSubstr("bezwaar"));
}

}  // namespace
}  // namespace softbot::tests
