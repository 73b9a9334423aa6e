#include <gmock/gmock.h>

#include "adapters/reader_process/reader_process.h"
#include "support/checkout.h"
#include "support/typed_pdf.h"
#include "test_data.h"

namespace softbot::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
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
    options.place = {SOFTBOT_READER, checkout() / "ocr" / "models"};
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

TEST_F(TheRealReader, TakesThePrintOfAFileAsItStandsThere) {
  const std::string line = "Rekeningnummer              Periode\nNL20 INGB 0001 2345 67      ";
  const auto file = reader_.read(typed_pdf({line + "01-07-2026 t/m 31-07-2026\nO0OO0O0OO l1lI1lIl1 "
                                                   "rn m rnm cl d vv w",
                                            line + "01-08-2026 t/m 31-08-2026\nO0OO0O0OO l1lI1lIl1 "
                                                   "rn m rnm cl d vv w"}),
                                 [](const PageCode&) { return std::nullopt; });
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->pages.size(), 2U);
  EXPECT_THAT(file->pages[0].printed_text,
              HasSubstr("NL20 INGB 0001 2345 67      01-07-2026 t/m 31-07-2026"));
  EXPECT_THAT(file->pages[0].printed_text, HasSubstr("O0OO0O0OO l1lI1lIl1 rn m rnm cl d vv w"));
  EXPECT_THAT(file->pages[1].printed_text, HasSubstr("01-08-2026 t/m 31-08-2026"));
  EXPECT_THAT(file->pages[1].printed_text, Not(HasSubstr("01-07-2026")));
}

TEST_F(TheRealReader, TakesNothingThatNobodySeesOnAScan) {
  std::string hidden = "Rekeningnummer NL20 INGB 0001 2345 67 periode 01-07-2026 t/m 31-07-2026 ";
  hidden += hidden;
  const auto file =
      reader_.read(picture_with_hidden_text(hidden), [](const PageCode&) { return std::nullopt; });
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->pages.size(), 1U);
  EXPECT_FALSE(file->pages[0].blank);
  EXPECT_THAT(file->pages[0].printed_text, Not(HasSubstr("INGB")));
}

}  // namespace
}  // namespace softbot::tests
