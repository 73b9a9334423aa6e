#include "bench/ocr_eval/picture_ink.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace softbot::eval {
namespace {

constexpr std::size_t side = 16;

/// A stroke down the middle, left of it nothing, and a shorter one on the right.
std::vector<std::uint8_t> drawn(std::uint8_t paper, std::uint8_t ink) {
  std::vector<std::uint8_t> pixels(side * side, paper);
  for (std::size_t y = 2; y < 14; ++y) pixels[y * side + 7] = pixels[y * side + 8] = ink;
  for (std::size_t x = 9; x < 13; ++x) pixels[12 * side + x] = ink;
  return pixels;
}

fill::LabelledPictures file_of(const std::vector<std::vector<std::uint8_t>>& pictures) {
  fill::LabelledPictures file{side, side, {}, std::vector<std::uint8_t>(pictures.size(), 1)};
  for (const auto& picture : pictures) file.pixels.insert(file.pixels.end(), picture.begin(), picture.end());
  return file;
}

ocr::BoxInk first_ink(const fill::LabelledPictures& file, Lie lie = Lie::upright) {
  return ink_of(file, 0, ink_levels(file), lie);
}

TEST(PictureInk, WhiteOnBlackAndBlackOnWhiteGiveTheSameInk) {
  const auto white_on_black = file_of({drawn(0, 255)});
  const auto black_on_white = file_of({drawn(255, 0)});
  EXPECT_TRUE(ink_levels(white_on_black).is_white_on_black());
  EXPECT_FALSE(ink_levels(black_on_white).is_white_on_black());
  EXPECT_EQ(first_ink(white_on_black).ink, first_ink(black_on_white).ink);
  EXPECT_EQ(first_ink(black_on_white).ink[5 * side + 7], 1.0F);
  EXPECT_EQ(first_ink(black_on_white).ink[0], 0.0F);
}

TEST(PictureInk, APictureThatIsMostlyInkIsNotTurnedRound) {
  auto full = std::vector<std::uint8_t>(side * side, 0);
  std::fill(full.begin() + 100, full.begin() + 110, std::uint8_t{255});
  const auto file = file_of({full, drawn(255, 0), drawn(255, 0), drawn(255, 0)});
  EXPECT_EQ(ink_levels(file), (InkLevels{255, 0}));
  EXPECT_EQ(first_ink(file).ink[0], 1.0F);
}

TEST(PictureInk, GreyPaperIsPaperAndPaleInkIsInk) {
  const auto ink = first_ink(file_of({drawn(220, 140), drawn(220, 60)})).ink;
  EXPECT_EQ(ink[0], 0.0F);
  EXPECT_EQ(ink[5 * side + 7], 1.0F);
}

TEST(PictureInk, NoiseOnAnEmptyPictureStaysPale) {
  auto noisy = std::vector<std::uint8_t>(side * side, 0);
  noisy[60] = noisy[61] = 20;
  const auto ink = first_ink(file_of({noisy, drawn(0, 255)})).ink;
  EXPECT_LT(*std::max_element(ink.begin(), ink.end()), 0.1F);
}

TEST(PictureInk, TransposedPicturesAreTurnedUpright) {
  const auto upright = file_of({drawn(0, 255)});
  auto transposed = upright;
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) transposed.pixels[x * side + y] = upright.pixels[y * side + x];
  }
  EXPECT_NE(first_ink(transposed).ink, first_ink(upright).ink);
  EXPECT_EQ(first_ink(transposed, Lie::transposed).ink, first_ink(upright).ink);
}

}  // namespace
}  // namespace softbot::eval
