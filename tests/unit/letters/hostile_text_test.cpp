#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "adapters/letters/letter_printer.h"
#include "adapters/letters/templates.h"
#include "domain/json.h"
#include "letter_samples.h"

namespace softbot {
namespace {

using ::testing::HasSubstr;

const PangoLetterPrinter& shipped() {
  static const PangoLetterPrinter printer = PangoLetterPrinter::from_folder(test::letters_folder()).value();
  return printer;
}

/// The sign sheet, with one answer and the recipient's name replaced.
Value sheet_with(const std::string& text) {
  auto context = test::sample_context("sign-sheet");
  auto answer = Value::object({{"question", "Wat wilt u nog zeggen?"}, {"answer", text}});
  context.set("other", Value(Value::List{std::move(answer)}));
  context.set("recipient", Value::object({{"name", text}, {"address", Value(Value::List{Value(text)})}}));
  return context;
}

/// Prints and checks; returns the words.
std::string survives(const std::string& text) {
  auto context = sheet_with(text);
  if (text.size() > 1000) {
    context.set("recipient", test::sample_context("sign-sheet")["recipient"]);
  }
  const auto pdf = shipped().print("sign-sheet", context);
  EXPECT_TRUE(pdf) << pdf.error().message;
  EXPECT_THAT(test::ask("qpdf --check", pdf.value_or("")),
              HasSubstr("No syntax or stream encoding errors found"));
  return test::words_of(pdf.value_or(""));
}

TEST(HostileText, WordsLongerThanALineAreBroken) {
  survives(std::string(5'000, 'w'));
}

TEST(HostileText, AnAnswerOfAHundredKilobytesRunsOverPages) {
  std::string text;
  while (text.size() < 100'000) {
    text += "Ik kan niet goed meer lopen en mijn dochter woont ver weg.\n";
  }
  const auto words = survives(text + "EINDE");
  EXPECT_THAT(words, HasSubstr("EINDE"));
  EXPECT_THAT(words, HasSubstr("Uw handtekening"));
}

TEST(HostileText, AHundredKilobytesWithoutASpaceRunOverPages) {
  survives(std::string(100'000, 'x'));
  survives(std::string(100'000, ' ') + "x");
  survives(std::string(50'000, '\n') + "x");
}

TEST(HostileText, OtherScriptsAreSetInTheirDirection) {
  EXPECT_THAT(survives("שלום עולם"), HasSubstr("שלום"));
  survives("مرحبا بالعالم 123 و Engels");
  survives("日本語 한국어 ไทย हिन्दी");
}

TEST(HostileText, EmojiControlCharactersAndBrokenBytesDoNoHarm) {
  survives("👩‍👩‍👧‍👦🇳🇱 ok");
  survives(std::string("a\0b\x01\x1b[31mc\x7f", 10));
  survives("\xff\xfe\xc0\xaf\xed\xa0\x80 half \xe2\x82");
  survives("e" + [] {
    std::string zalgo;
    for (int count = 0; count < 500; ++count) zalgo += "\u0301";
    return zalgo;
  }());
}

TEST(HostileText, DirectionOverridesAreLeftOut) {
  EXPECT_EQ(letters::escape("a\u202Eb\u2066c\u2069"), "abc");
  EXPECT_EQ(letters::escape("<&>\"'"), "&lt;&amp;&gt;&quot;&apos;");
  EXPECT_EQ(letters::escape("a\nb"), "a\u2028b");
}

RC_GTEST_PROP(HostileText, EscapedTextIsAlwaysOneTextNode, (const std::string& bytes)) {
  const auto escaped = letters::escape(bytes);
  RC_ASSERT(is_utf8(escaped));
  RC_ASSERT(escaped.find_first_of("<>\"'") == std::string::npos);
}

RC_GTEST_PROP(HostileText, AnyBytesPrint, (const std::string& bytes)) {
  const auto pdf = shipped().print("sign-sheet", sheet_with(bytes));
  RC_ASSERT(pdf.has_value());
  RC_ASSERT(pdf->substr(0, 5) == "%PDF-");
}

}  // namespace
}  // namespace softbot
