#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "domain/bsn.h"
#include "ocr/fields/signs.h"
#include "written_signs.h"

namespace softbot::ocr {
namespace {

constexpr auto certain = ReadingState::certain;
constexpr auto repaired = ReadingState::repaired;
constexpr auto doubtful = ReadingState::doubtful;
constexpr auto unreadable = ReadingState::unreadable;

/// A kind of answer, its boxes, what was clearly written in them, and what that is.
struct Clear {
  std::string kind;
  std::string pattern;
  std::string written;
  Value value;
  ReadingState state = certain;
};

Value number(const char* text) {
  return Number{text};
}

void PrintTo(const Clear& clear, std::ostream* out) {
  *out << clear.kind << " \"" << clear.written << "\"";
}

class ClearWriting : public testing::TestWithParam<Clear> {};

TEST_P(ClearWriting, IsWhatTheWebFormWouldKeep) {
  const Clear& clear = GetParam();
  const Reading reading = decoded(field_of(clear.kind, clear.pattern), written(clear.written, 0.99999));
  EXPECT_EQ(name_of(reading.state), name_of(clear.state));
  EXPECT_EQ(reading.value, clear.value);
  EXPECT_EQ(reading.field, "asked");
}

const std::string any(20, '?');

INSTANTIATE_TEST_SUITE_P(
    Kinds, ClearWriting,
    testing::Values(
        Clear{"bsn", "999999999", "999990019", "999990019"},
        Clear{"bsn", "999999999", "999990018", {}, unreadable},
        Clear{"bsn", "999999999", "000000000", {}, unreadable},
        Clear{"bsn", "999999999", " 11222335", "011222335", doubtful},
        Clear{"bsn", "999999999", "9999 0019", {}, unreadable}, Clear{"digits", "9999", "0471", "0471"},
        Clear{"digits", "9999", "04 1", "041", doubtful}, Clear{"date", "99999999", "05031962", "1962-03-05"},
        Clear{"date", "99999999", " 5 31962", "1962-03-05"},
        Clear{"date", "99999999", "5 3 1962", "1962-03-05", doubtful},
        Clear{"date", "99999999", "29022024", "2024-02-29"},
        Clear{"date", "99999999", "29022023", {}, unreadable},
        Clear{"date", "99999999", "32011962", {}, unreadable},
        Clear{"date", "99999999", "0503  62", {}, unreadable},
        Clear{"postcode", "9999AA", "1234AB", "1234AB"},
        Clear{"postcode", "9999AA", "0234AB", {}, unreadable},
        Clear{"postcode", "9999AA", "1234SS", {}, unreadable}, Clear{"house-number", "99999", "12   ", "12"},
        Clear{"house-number", "99999", "   12", "12"},
        Clear{"house-number", "99999", "1 2  ", "12", doubtful},
        Clear{"house-number", "99999", "0    ", {}, unreadable},
        Clear{"phone", "9999999999", "0612345678", "+31612345678"},
        Clear{"phone", "9999999999", "0201234567", "+31201234567"},
        Clear{"phone", "9999999999", "08001234  ", "+318001234"},
        Clear{"phone", "9999999999", "612345678 ", {}, unreadable},
        Clear{"integer", "9999", "  40", number("40")}, Clear{"integer", "9999", "40  ", number("40")},
        Clear{"integer", "9999", "0040", number("40")}, Clear{"decimal", "9999", " 125", number("12.5")},
        Clear{"decimal", "9999", " 120", number("12")}, Clear{"decimal", "9999", " 12 ", number("12")},
        Clear{"money", "999999", "120050", number("1200.50")},
        Clear{"money", "999999", "  1250", number("12.50")},
        Clear{"money", "999999", "45    ", number("45.00")},
        Clear{"money", "999999", "45  5 ", {}, unreadable},
        Clear{"iban", "AA99AAAA9999999999", "NL91ABNA0417164300", "NL91ABNA0417164300"},
        Clear{"iban", "AA99AAAA9999999999", "NL91ABNA0417164301", {}, unreadable},
        Clear{"text", "AAAAAAAAAAAAAAAAAAAA", "VAN DER  BERG       ", "VAN DER BERG"},
        Clear{"text", "AAAA", "JAN ", "JAN"}, Clear{"text", "AAAA", "JANS", "JANS", doubtful}));

TEST(Decode, FieldsThatNobodyWroteInAreEmpty) {
  const Reading reading = decoded(field_of("bsn", "999999999"), written("         "));
  EXPECT_EQ(reading.state, ReadingState::empty);
  EXPECT_TRUE(reading.value.is_null());
  EXPECT_EQ(reading.probability, 1);
}

TEST(Decode, InkThatIsNoDigitIsHeldAgainstEveryValue) {
  const Reading scribble = decoded(field_of("house-number", "99999"), written("#    "));
  EXPECT_EQ(scribble.state, unreadable);
  EXPECT_TRUE(scribble.value.is_null());

  auto half = written("12   ");
  half[1] = sign('2', 0.6, '#');
  const Reading reading = decoded(field_of("house-number", "99999"), half);
  EXPECT_EQ(reading.state, doubtful);
  EXPECT_EQ(reading.value, "12");
  EXPECT_LT(reading.probability, 0.65);
}

TEST(Decode, TheElevenTestMendsASignButNeverMakesItCertain) {
  auto signs = written("999990019");
  signs[8] = sign('4', 0.7, '9');
  const Reading reading = decoded(field_of("bsn", "999999999"), signs);
  EXPECT_EQ(reading.value, "999990019");
  EXPECT_EQ(reading.state, repaired);
  EXPECT_GT(reading.probability, 0.5);
}

TEST(Decode, TheElevenTestStrengthensWhatWasReadButNotWithoutLimit) {
  const double of_digits = decoded(field_of("integer", "999999999"), written("999990019", 0.97)).probability;
  const double of_bsn = decoded(field_of("bsn", "999999999"), written("999990019", 0.97)).probability;
  EXPECT_LT(of_digits, 0.77) << "nine digits of 0.97 each";
  EXPECT_GT(of_bsn, of_digits + 0.1);
  EXPECT_LT(of_bsn, 0.99) << "mass on no digit counts in full";
  EXPECT_NE(decoded(field_of("bsn", "999999999"), written("999990019", 0.9)).state, certain);
}

/// The first number that passes the 11-test and has a 1 in these two places and in no other.
std::string bsn_with_ones(std::size_t first, std::size_t second) {
  for (int tried = 200'000'000;; ++tried) {
    std::string digits = std::to_string(tried);
    if (std::ranges::count(digits, '1') == 2 && digits[first] == '1' && digits[second] == '1' &&
        passes_eleven_test(digits)) {
      return digits;
    }
  }
}

TEST(Decode, TwoSignsThatOneWriterMakesAlikeAreNotTwoIndependentErrors) {
  const auto probability = [](std::size_t first, std::size_t second) {
    const std::string digits = bsn_with_ones(first, second);
    auto signs = written(digits, 0.99999);
    signs[first] = sign('1', 0.98, '7');
    signs[second] = sign('1', 0.98, '7');
    return decoded(field_of("bsn", "999999999"), signs).probability;
  };
  // Weights 8 and 3 make 11: both exchanged, the test passes again. Weights 8 and 4 do not.
  EXPECT_LT(probability(1, 6), probability(1, 5) - 0.004);
}

TEST(Decode, WhatLiesOutsideTheBoundsIsNoAnswer) {
  PaperField field = field_of("integer", "999");
  field.bounds = Value::object({{"minimum", 0}, {"maximum", 168}});
  EXPECT_EQ(decoded(field, written("168")).state, certain);
  EXPECT_EQ(decoded(field, written("169")).state, unreadable);

  PaperField date = field_of("date", "99999999");
  date.bounds = Value::object({{"earliest", "2020-01-01"}, {"latest", "today+1y"}});
  EXPECT_EQ(decoded(date, written("01012020")).state, certain);
  EXPECT_EQ(decoded(date, written("31122019")).state, unreadable);
}

TEST(Decode, AnySignAtAllIsNeverCertain) {
  const Reading reading = decoded(field_of("text", "????"), written("AB  "));
  EXPECT_EQ(reading.state, doubtful);
  EXPECT_EQ(reading.value, "AB");
}

/// What the net of the digits takes for one sign and the net of the capitals for another.
SignChances either(char digit, char capital) {
  SignChances both = sign(digit);
  both.capitals = sign(capital).capitals;
  return both;
}

/// WMO-2024-516565 as both nets see it.
std::vector<SignChances> decision_number() {
  std::vector<SignChances> signs = written("WMO-2024-516565");
  const std::string capitals = "    ZOZ  SIGSGS";
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (capitals[i] != ' ') signs[i] = either("WMO-2024-516565"[i], capitals[i]);
  }
  return signs;
}

TEST(Decode, DigitsAndCapitalsOfANumberComeInRuns) {
  const Reading reading = decoded(field_of("text", "???????????????"), decision_number());
  EXPECT_EQ(reading.value, "WMO-2024-516565");
  EXPECT_EQ(reading.state, doubtful);
  double sum = reading.probability;
  for (const auto& alternative : reading.alternatives) sum += alternative.probability;
  EXPECT_LE(sum, 1);
  EXPECT_GE(sum, 0.5);
}

TEST(Decode, AMarkBetweenTheSignsOfANumberIsNoneOfThem) {
  auto without = decision_number();
  without.erase(without.begin() + 8);
  without.erase(without.begin() + 3);
  EXPECT_EQ(decoded(field_of("text", "?????????????"), without).value, "WMO2024516565");
}

TEST(Decode, ABoxForCapitalsAndDigitsTakesWhatOneNetKnows) {
  auto signs = written("BIS ");
  EXPECT_EQ(decoded(field_of("text", "XXXX"), signs).value, "BIS");
  signs = written("3   ");
  EXPECT_EQ(decoded(field_of("text", "XXXX"), signs).value, "3");
}

TEST(Decode, AlternativesAreTheOtherAnswersBestFirst) {
  auto signs = written("12   ");
  signs[1] = sign('2', 0.6, '7');
  const Reading reading = decoded(field_of("house-number", "99999"), signs);
  EXPECT_EQ(reading.value, "12");
  ASSERT_FALSE(reading.alternatives.empty());
  EXPECT_EQ(reading.alternatives.front().value, "17");
  EXPECT_NEAR(reading.alternatives.front().probability, 0.4, 0.01);
}

TEST(Decode, WhatIsCrossedOutAndWrittenAgainInTheNextBoxIsOfferedButNotTaken) {
  const Reading reading = decoded(field_of("text", "AAAAAAAA"), written("BR#OUW  "));
  EXPECT_EQ(reading.state, unreadable);
  EXPECT_TRUE(reading.value.is_null());
  ASSERT_FALSE(reading.alternatives.empty());
  EXPECT_EQ(reading.alternatives.front().value, "BROUW");
  EXPECT_LE(reading.alternatives.front().probability, 0.5);
}

TEST(Decode, OneCrossedOutDigitOfANumberIsRepairedByTheElevenTest) {
  const Reading reading = decoded(field_of("bsn", "999999999"), written("99#990019"));
  EXPECT_EQ(reading.state, ReadingState::repaired);
  EXPECT_EQ(reading.value, "999990019");
  EXPECT_GT(reading.probability, 0.3);
  EXPECT_LT(reading.probability, 0.95);

  EXPECT_EQ(decoded(field_of("bsn", "999999999"), written("9##990019")).state, unreadable);
  EXPECT_EQ(decoded(field_of("date", "99999999"), written("3#122019")).state, unreadable);
}

TEST(Decode, AnotherNumberOfBoxesThanThePatternIsUnreadable) {
  EXPECT_EQ(decoded(field_of("bsn", "999999999"), written("99999001")).state, unreadable);
  EXPECT_EQ(decoded(field_of("bsn", "999999999"), {}).state, unreadable);
  EXPECT_EQ(decoded(field_of("bsn", ""), {}).state, unreadable);
}

}  // namespace
}  // namespace softbot::ocr
