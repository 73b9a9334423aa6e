#include "forms/geometry/sheet_geometry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forms_on_paper.h"
#include "unit/letters/letter_samples.h"

namespace softbot::paper_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Sheets, HaveTheirFieldsAtPlacesThatNeverChange) {
  const auto sign = sheet_geometry("sign-sheet");
  ASSERT_TRUE(sign);
  EXPECT_EQ(sign->find("signature")->box, (MmBox{25, 173, 110, 36}));
  EXPECT_EQ(sign->find("signingDate")->pattern, "99999999");
  EXPECT_EQ(sign->find("signingDate")->boxes.front(), (MmBox{25, 146, 7.4, 9.5}));
  const auto answer = sheet_geometry("return-sheet");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->find("answer")->box, (MmBox{25, 119, 160, 153}));
  EXPECT_EQ(sign->pages, answer->pages);
  EXPECT_EQ(sign->pages.front().code, (MmBox{164, 10, 24, 24}));
  EXPECT_FALSE(sheet_geometry("shopping-list"));
  // One id for each: a change of any place is a change of paper that is under way.
  EXPECT_EQ(geometry_id(*sign), "60z2169f");
  EXPECT_EQ(geometry_id(*answer), "trmga62r");
}

TEST(Sheets, AreTheLastPageOfTheirLetters) {
  const PangoLetterPrinter printer = PangoLetterPrinter::from_folder(test::letters_folder()).value();
  const std::string sheet = printer.print("sign-sheet", test::sample_context("sign-sheet")).value();
  const std::string words = test::words_of(sheet);
  EXPECT_THAT(words, HasSubstr("7KQM-4T9X-HR2D 1/1"));
  EXPECT_THAT(words, HasSubstr("Datum (dag, maand, jaar)"));
  const std::string repair = test::words_of(printer.print("repair", test::sample_context("repair")).value());
  EXPECT_THAT(repair, HasSubstr("Antwoordblad"));
  EXPECT_THAT(repair, HasSubstr("Schrijf daar uw antwoorden op"));
  EXPECT_LT(repair.find("Dit hebben wij nog nodig"), repair.find("Uw antwoorden (zet het nummer"));
}

TEST(Sheets, ComeOnlyWithLettersToWhoAppliedOnPaper) {
  const PangoLetterPrinter printer = PangoLetterPrinter::from_folder(test::letters_folder()).value();
  const std::string repair =
      test::words_of(printer.print("repair", test::sample_context("repair.running-clock")).value());
  EXPECT_THAT(repair, Not(HasSubstr("ntwoordblad")));
}

std::string sheet_with(const std::string& kind, const std::string& words) {
  return "<letter language=\"nl\" title=\"Proef\" window=\"left\" "
         "colour=\"#000000\"><letterhead>Gemeente</letterhead><body><sheet kind=\"" +
         kind + "\" code=\"SB1\" readable=\"1\" description=\"Code\">" + words + "</sheet></body></letter>";
}

Result<std::string> print(const std::string& markup) {
  return PangoLetterPrinter(LetterTemplates{{{"proef", markup}}, {}}).print("proef", Value::object());
}

TEST(Sheets, RefuseWordsThatWouldStandInTheFields) {
  std::string long_words;
  for (int i = 0; i < 30; ++i) long_words += "<p>Nog een regel.</p>";
  const auto fits = print(sheet_with("sign-sheet", "<p>Kort.</p>"));
  EXPECT_TRUE(fits) << fits.error().message;
  const auto refused = print(sheet_with("sign-sheet", long_words));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::configuration);
  EXPECT_THAT(refused.error().message, HasSubstr("make them shorter"));
  EXPECT_FALSE(print(sheet_with("shopping-list", "<p>Kort.</p>")));
}

}  // namespace
}  // namespace softbot::paper_test
