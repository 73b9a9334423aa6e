#include "ocr/page/streaks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "drawn_page.h"

namespace softbot::ocr {
namespace {

constexpr int widest = 4;

void draw_streak(GrayImage& image, int x, int width, int darker) {
  for (int y = 0; y < image.height; ++y) {
    for (int column = x; column < x + width; ++column) {
      std::uint8_t& value = image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                                         static_cast<std::size_t>(column)];
      value = static_cast<std::uint8_t>(std::max(0, value - darker));
    }
  }
}

GrayImage page_with(const std::function<void(DrawnPage&)>& write) {
  DrawnPage drawn;
  drawn.print(plain_geometry(), 1, code_of(plain_geometry()));
  write(drawn);
  return scanned(drawn.picture(), {});
}

TEST(Streaks, LinesAsLongAsThePageAreFilledFromTheirSides) {
  const GrayImage without = page_with([](DrawnPage&) {});
  for (const int darker : {12, 60, 200}) {
    GrayImage image = without;
    draw_streak(image, 700, 2, darker);
    draw_streak(image, 1501, 1, darker);
    const auto clean = without_streaks(image, widest);
    ASSERT_TRUE(clean) << darker;
    EXPECT_EQ(clean->at(700, 1000), without.at(700, 1000));
    EXPECT_EQ(clean->at(701, 2000), without.at(701, 2000));
    EXPECT_EQ(clean->at(1501, 2000), without.at(1501, 2000));
  }
}

TEST(Streaks, InkThatCrossesOneStays) {
  GrayImage image = page_with([](DrawnPage& drawn) { drawn.stroke({50, 100}, {90, 101}, 0.8, 20); });
  const int x = 827;  // 70 mm
  const int y = 1187;
  const int before = image.at(x, y);
  draw_streak(image, x, 2, 60);
  const auto clean = without_streaks(image, widest);
  ASSERT_TRUE(clean);
  EXPECT_LT(clean->at(x, y), before + 40);
}

TEST(Streaks, APrintedPageHasNone) {
  EXPECT_FALSE(
      without_streaks(page_with([](DrawnPage& drawn) {
                        for (double y = 60; y < 110; y += 10) drawn.frame({30, y, 7.4, 9.5}, 0.4, 200);
                        drawn.stroke({100, 60}, {100.2, 150}, 0.4, 60);  // a long line that somebody drew
                      }),
                      widest));
  EXPECT_FALSE(without_streaks({}, widest));
}

}  // namespace
}  // namespace softbot::ocr
