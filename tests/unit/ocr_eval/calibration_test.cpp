#include "bench/ocr_eval/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace softbot::eval {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// `right` of `count` readings that were all said to be right with one probability.
std::vector<Judged> said(double probability, std::size_t right, std::size_t count) {
  std::vector<Judged> readings(count, Judged{probability, false});
  for (std::size_t i = 0; i < right; ++i) readings[i].right = true;
  return readings;
}

TEST(Calibration, IsPerfectWhereProbabilitiesMeanWhatTheySay) {
  const auto calibration = calibration_of(said(0.9, 90, 100), 1);
  EXPECT_NEAR(calibration.error, 0, 1e-12);
  EXPECT_NEAR(calibration.brier, 0.9 * 0.1 * 0.1 + 0.1 * 0.9 * 0.9, 1e-12);
}

TEST(Calibration, TellsByHowMuchTheyPromiseTooMuch) {
  EXPECT_NEAR(calibration_of(said(0.95, 70, 100), 1).error, 0.25, 1e-12);
  EXPECT_NEAR(calibration_of(said(1, 0, 10), 1).brier, 1, 1e-12);
}

TEST(Calibration, HasBinsOfEqualMassByRisingProbability) {
  std::vector<Judged> readings;
  for (int i = 0; i < 100; ++i) readings.push_back({(i * 37 % 100) / 100.0, i % 2 == 0});
  const auto calibration = calibration_of(readings);
  ASSERT_EQ(calibration.bins.size(), 15U);
  std::size_t all = 0;
  for (std::size_t i = 0; i < calibration.bins.size(); ++i) {
    EXPECT_GE(calibration.bins[i].count, 6U);
    EXPECT_LE(calibration.bins[i].count, 7U);
    if (i > 0) {
      EXPECT_GT(calibration.bins[i].said, calibration.bins[i - 1].said);
    }
    all += calibration.bins[i].count;
  }
  EXPECT_EQ(all, 100U);
}

TEST(Calibration, IsTheSameWhateverTheOrderOfReadingsThatSayTheSame) {
  auto readings = said(1, 190, 200);
  const auto more = said(0.5, 5, 10);
  readings.insert(readings.end(), more.begin(), more.end());
  const auto calibration = calibration_of(readings);
  EXPECT_EQ(calibration.bins.size(), 2U);
  EXPECT_NEAR(calibration.error, 0.05 * 200 / 210, 1e-12);
  std::reverse(readings.begin(), readings.end());
  EXPECT_EQ(calibration_of(readings).error, calibration.error);
}

TEST(Calibration, OfFewOrNoReadingsHasFewerBins) {
  EXPECT_EQ(calibration_of({{0.5, true}, {0.7, false}}).bins.size(), 2U);
  EXPECT_TRUE(calibration_of({}).bins.empty());
  EXPECT_EQ(calibration_of({}).brier, 0);
}

TEST(ReliabilityPlot, HasAPointForEachBinAndNoForeignMarkup) {
  const auto plot = plot_of(calibration_of({{0.5, true}, {0.7, false}}), "<script>");
  const auto first = plot.find("<circle");
  EXPECT_NE(plot.find("<circle", first + 1), std::string::npos);
  EXPECT_THAT(plot, HasSubstr("</svg>"));
  EXPECT_THAT(plot, Not(HasSubstr("<script")));
}

}  // namespace
}  // namespace softbot::eval
