#include "ocr/fields/capital_line.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "ocr/fields/line_pieces.h"
#include "support/checkout.h"

namespace softbot::ocr {
namespace {

constexpr int apart = 6;  ///< pixels between two letters

cv::Mat strip_of(int width, int height) {
  return {height, width, CV_8U, cv::Scalar(255)};
}

/// Draws the letters with a pen, from `left` on; where they end.
int write(cv::Mat& strip, const std::string& letters, int left, int base, int between = apart,
          double size = 1.0) {
  for (const char letter : letters) {
    const std::string one(1, letter);
    cv::putText(strip, one, {left, base}, cv::FONT_HERSHEY_SIMPLEX, size, 30, 2, cv::LINE_AA);
    left += cv::getTextSize(one, cv::FONT_HERSHEY_SIMPLEX, size, 2, nullptr).width + between;
  }
  return left;
}

GrayImage grey(const cv::Mat& strip) {
  return {strip.cols, strip.rows, 0, {strip.datastart, strip.dataend}};
}

CapitalLine read_line(const cv::Mat& strip, const std::vector<std::string>& prompts = {}) {
  static const auto nets = load_nets(checkout() / "ocr/models");
  static const auto lines = load_line_net(checkout() / "ocr/models");
  if (!nets) return {nets.error().message};
  if (!lines) return {lines.error().message};
  return read_capital_line(grey(strip), prompts, {nets->normalisation, *nets->capitals, **lines});
}

std::string read(const cv::Mat& strip, const std::vector<std::string>& prompts = {}) {
  return read_line(strip, prompts).text;
}

TEST(CapitalLine, IsReadFromLeftToRight) {
  for (const std::string name : {"HANSEN", "BAKKER", "VERMEULEN"}) {
    cv::Mat strip = strip_of(420, 60);
    write(strip, name, 10, 44);
    EXPECT_EQ(read(strip), name);
  }
}

TEST(CapitalLine, HoldsNothingOnPaper) {
  EXPECT_EQ(read(strip_of(300, 40)), "");
  EXPECT_EQ(read(cv::Mat()), "");
}

TEST(CapitalLine, PassesOverAPromptBeforeTheWriting) {
  cv::Mat strip = strip_of(420, 60);
  const int end = write(strip, "NOM", 5, 44, 3, 0.8);
  write(strip, "HANSEN", end + 40, 44);
  EXPECT_EQ(read(strip, {"NOM"}), "HANSEN");
  EXPECT_EQ(read(strip), "NOMHANSEN");
}

TEST(CapitalLine, PassesOverAPromptAboveTheWriting) {
  cv::Mat strip = strip_of(300, 90);
  write(strip, "PRENOM", 10, 30, 3, 0.8);
  write(strip, "KAREL", 10, 76);
  EXPECT_EQ(read(strip, {"PRENOM", "NOM"}), "KAREL");
}

TEST(CapitalLine, ANameThatContainsAPromptIsKept) {
  cv::Mat strip = strip_of(300, 60);
  write(strip, "NOMES", 10, 44);
  EXPECT_EQ(read(strip, {"NOM"}), "NOMES");
}

TEST(CapitalLine, WhatTheEdgesCutOffIsNoLine) {
  cv::Mat strip = strip_of(420, 60);
  write(strip, "HEIDI", 10, 8);
  write(strip, "WILLEMS", 10, 48);
  EXPECT_EQ(read(strip), "WILLEMS");
}

TEST(CapitalLine, IsSurerOfWhatBothWaysOfReadingAgreeUpon) {
  cv::Mat strip = strip_of(420, 60);
  write(strip, "HANSEN", 10, 44);
  const CapitalLine clear = read_line(strip);
  for (int x = 40; x < 90; x += 10) cv::line(strip, {x, 20}, {x + 5, 44}, 30, 3);
  const CapitalLine blotted = read_line(strip);
  EXPECT_EQ(clear.text, "HANSEN");
  EXPECT_GT(clear.chance, 0.7);
  EXPECT_LE(clear.chance, 1);
  EXPECT_LT(blotted.chance, 0.7);
}

TEST(LinePieces, LettersThatHangTogetherAreCutAtTheThinStroke) {
  cv::Mat strip = strip_of(160, 60);
  write(strip, "OO", 10, 44, 2);
  cv::line(strip, {24, 34}, {44, 34}, 30, 1);
  const auto lines = written_lines(strip_ink(grey(strip)));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_GE(lines[0].pieces.size(), 2U);
}

TEST(LinePieces, AnAccentBelongsToTheLetterBelowIt) {
  cv::Mat strip = strip_of(160, 60);
  write(strip, "AE", 10, 50);
  cv::line(strip, {44, 20}, {50, 16}, 30, 2);
  const BoxInk ink = strip_ink(grey(strip));
  const auto lines = written_lines(ink);
  ASSERT_EQ(lines.size(), 1U);
  ASSERT_EQ(lines[0].pieces.size(), 2U);
  EXPECT_EQ(lines[0].owner[18 * 160 + 47], 1);
  EXPECT_GT(ink_of_pieces(ink, lines[0], 1, 1).ink.size(), 0U);
}

}  // namespace
}  // namespace softbot::ocr
