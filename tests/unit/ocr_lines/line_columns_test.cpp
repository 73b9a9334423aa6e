#include "ocr/fields/line_columns.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace softbot::ocr {
namespace {

constexpr std::size_t classes = 37;

/// One column that says these signs with these chances ('-': nothing new); the rest is nothing new.
std::vector<float> column(std::initializer_list<std::pair<char, double>> said) {
  std::vector<double> chances(classes, 1e-9);
  double rest = 1;
  for (const auto& [sign, chance] : said) {
    if (sign != '-') chances[static_cast<std::size_t>(sign - 'A') + 1] = chance;
    if (sign != '-') rest -= chance;
  }
  chances[0] = rest;
  std::vector<float> logarithms;
  for (const double chance : chances) logarithms.push_back(static_cast<float>(std::log(chance)));
  return logarithms;
}

TEST(LineColumns, OneLetterOverSeveralColumnsIsOneLetter) {
  EXPECT_EQ(likeliest_capitals({column({{'A', 0.9}}), column({{'A', 0.9}}), column({{'B', 0.9}})}), "AB");
}

TEST(LineColumns, TheSameLetterTwiceHasNothingBetween) {
  EXPECT_EQ(likeliest_capitals({column({{'A', 0.9}}), column({{'-', 1}}), column({{'A', 0.9}})}), "AA");
}

TEST(LineColumns, AnEmptyLineSaysNothing) {
  EXPECT_EQ(likeliest_capitals({}), "");
  EXPECT_EQ(log_chance_of({}, "A"), -std::numeric_limits<double>::infinity());
}

TEST(LineColumns, ATextThatNeedsMoreColumnsThanThereAreHasNoChance) {
  EXPECT_EQ(log_chance_of({column({{'A', 0.5}})}, "AB"), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(log_chance_of({column({{'A', 0.5}}), column({{'A', 0.5}})}, "AA"),
            -std::numeric_limits<double>::infinity());
}

TEST(LineColumns, TheChancesOfAllTextsSumToOne) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::uniform_real_distribution<double> share(0.05, 0.45);
    LineColumns columns;
    for (int i = 0; i < 4; ++i) columns.push_back(column({{'A', share(random)}, {'B', share(random)}}));
    double sum = 0;
    std::vector<std::string> texts{""};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      sum += std::exp(log_chance_of(columns, texts[i]));
      if (texts[i].size() == columns.size()) continue;
      texts.push_back(texts[i] + 'A');
      texts.push_back(texts[i] + 'B');
    }
    EXPECT_NEAR(sum, 1, 1e-5);
  }
}

}  // namespace
}  // namespace softbot::ocr
