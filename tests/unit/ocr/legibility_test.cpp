#include "ocr/page/legibility.h"

#include <gtest/gtest.h>

#include <vector>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

/// Lines of strokes as print has them, in a part of a page of A4 at 150 dots per inch: as large as a card.
GrayImage page_with_print(std::uint8_t paper, std::uint8_t ink) {
  GrayImage page{1240, 1754, 150, std::vector<std::uint8_t>(1240 * 1754, paper)};
  for (int line = 0; line < 12; ++line) {
    for (int stroke = 0; stroke < 60; ++stroke) {
      for (int y = 0; y < 12; ++y) {
        for (int x = 0; x < 2; ++x)
          page.pixels[static_cast<std::size_t>((200 + line * 24 + y) * 1240 + 150 + stroke * 8 + x)] = ink;
      }
    }
  }
  return page;
}

TEST(APageWithPrint, IsLegibleInBlackAndInPaleGrey) {
  EXPECT_TRUE(is_legible(page_with_print(255, 0)));
  EXPECT_TRUE(is_legible(page_with_print(230, 140)));
  EXPECT_TRUE(is_legible(smoothed(page_with_print(255, 0), 0.7))) << "as a good camera sees it";
}

TEST(APageWithPrint, IsLegibleAtTwiceTheSize) {
  EXPECT_TRUE(is_legible(resized(page_with_print(255, 0), 2)));
}

TEST(APageWithPrint, IsNotLegibleOutOfFocus) {
  EXPECT_FALSE(is_legible(smoothed(page_with_print(255, 0), 4)));
  EXPECT_FALSE(is_legible(smoothed(resized(page_with_print(255, 0), 2), 8)));
}

TEST(APageWithPrint, IsNotLegibleTooPaleOrTooSmall) {
  EXPECT_FALSE(is_legible(page_with_print(230, 205)));
  EXPECT_FALSE(is_legible(resized(page_with_print(255, 0), 0.2)));
}

TEST(APageWithoutPrint, IsNotLegible) {
  EXPECT_FALSE(is_legible({}));
  EXPECT_FALSE(is_legible({1240, 1754, 150, std::vector<std::uint8_t>(1240 * 1754, 255)}));
  EXPECT_FALSE(is_legible({1240, 1754, 150, std::vector<std::uint8_t>(1240 * 1754, 0)}));
}

}  // namespace
}  // namespace softbot::ocr
