#include "bench/ocr_eval/characters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "bench/ocr_eval/bound.h"

namespace softbot::eval {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Labels = std::vector<std::uint8_t>;

std::string characters(const Labels& labels, Classes classes) {
  const auto read = characters_of(labels, classes, "labels.gz");
  return read ? *read : read.error().message;
}

Labels counted(std::uint8_t from, std::size_t count) {
  Labels labels(count);
  std::iota(labels.begin(), labels.end(), from);
  return labels;
}

const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

TEST(LabelsOfCharacters, AreNumbersOrCharacterCodes) {
  EXPECT_EQ(characters({0, 9, 48, 57}, Classes::digits), "0909");
  EXPECT_EQ(characters({65, 90}, Classes::capitals), "AZ");
  EXPECT_EQ(characters({7, 55, 65, 97}, Classes::all), "77Aa");
}

TEST(LabelsOfCharacters, MayCountLettersWhereItIsClearFromWhere) {
  EXPECT_EQ(characters(counted(1, 26), Classes::capitals), alphabet);
  EXPECT_EQ(characters(counted(0, 26), Classes::capitals), alphabet);
  EXPECT_EQ(characters({26, 1}, Classes::capitals), "ZA");
  EXPECT_THAT(characters(counted(1, 25), Classes::capitals), HasSubstr("has the label 1;"));
  EXPECT_THAT(characters({0, 26}, Classes::capitals), HasSubstr("has the label 0;"));
}

TEST(LabelsOfCharacters, OfOtherClassesAreRefusedWithTheFilesName) {
  EXPECT_THAT(characters({1, 65}, Classes::digits), AllOf(HasSubstr("labels.gz"), HasSubstr("65 (A)")));
  EXPECT_THAT(characters({65, 97}, Classes::capitals), HasSubstr("97 (a)"));
  EXPECT_THAT(characters({10}, Classes::all), HasSubstr("has the label 10;"));
  EXPECT_THAT(characters({255}, Classes::digits), HasSubstr("255"));
}

TEST(RightOrWrong, ASmallLetterIsReadAsItsCapitalUnlessTheNetsDoNotKnowIt) {
  EXPECT_TRUE(is_right('a', 'A'));
  EXPECT_FALSE(is_right('a', 'a'));
  EXPECT_FALSE(is_right('g', 'G'));
  EXPECT_FALSE(is_right('0', 'O'));
  EXPECT_TRUE(is_right('Q', 'Q'));
}

TEST(CharacterFigures, CountErrorsAmongTheAcceptedByKind) {
  const auto figures = figures_of("1A2b", {{'1', true}, {'4', true}, {'7', false}, {'B', false}});
  EXPECT_EQ(figures.at("").count, 4U);
  EXPECT_EQ(figures.at("").right, 2U);
  EXPECT_EQ(figures.at("").accepted, 2U);
  EXPECT_EQ(figures.at("").errors, 1U);
  EXPECT_EQ(figures.at("digits").errors, 0U);
  EXPECT_EQ(figures.at("capitals").errors, 1U);
  EXPECT_EQ(figures.at("small letters").right, 1U);
}

/// Against tables of exact binomial limits (one-sided, 95%).
TEST(UpperBound, IsThatOfClopperAndPearson) {
  EXPECT_NEAR(upper95(0, 10), 0.2589, 0.0001);
  EXPECT_NEAR(upper95(0, 10000), 0.00029953, 1e-7);
  EXPECT_NEAR(upper95(1, 20), 0.2161, 0.0001);
  EXPECT_NEAR(upper95(5, 100), 0.1023, 0.0001);
  EXPECT_NEAR(upper95(30, 60), 0.61259, 0.00001);
  EXPECT_EQ(upper95(0, 0), 1);
  EXPECT_EQ(upper95(3, 3), 1);
}

}  // namespace
}  // namespace softbot::eval
