#include "ocr/page/legibility.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr int least_side = 500;  ///< pixels of the longer side: with fewer an identity card has no letters
constexpr int looked_at_side = 1600;  ///< on a page of A4 this is 137 dots per inch: print is still clear
constexpr int least_contrast = 50;    ///< grey values between paper and ink
/// Of the steepest steps from one pixel to the next, beside the whole contrast. Print in focus has 0.4 and
/// more; out of focus by three pixels it has 0.13.
constexpr double least_steepness = 0.2;
constexpr double darkest_share = 0.005;
constexpr double brightest_share = 0.95;
constexpr double steepest_share = 0.998;

using Histogram = std::array<std::int64_t, 256>;

/// The value below which this share of all lies.
int value_at(const Histogram& counts, double share) {
  std::int64_t all = 0;
  for (const std::int64_t count : counts) all += count;
  const auto wanted = static_cast<std::int64_t>(share * static_cast<double>(all));
  std::int64_t seen = 0;
  for (std::size_t value = 0; value < counts.size(); ++value) {
    seen += counts[value];
    if (seen > wanted) return static_cast<int>(value);
  }
  return 255;
}

Histogram brightness_of(const GrayImage& image) {
  Histogram counts{};
  for (const std::uint8_t pixel : image.pixels) ++counts[pixel];
  return counts;
}

Histogram steps_of(const GrayImage& image) {
  Histogram counts{};
  for (int y = 0; y + 1 < image.height; ++y) {
    for (int x = 0; x + 1 < image.width; ++x) {
      const int here = image.at(x, y);
      const int step = std::max(std::abs(image.at(x + 1, y) - here), std::abs(image.at(x, y + 1) - here));
      ++counts[static_cast<std::size_t>(step)];
    }
  }
  return counts;
}

}  // namespace

bool is_legible(const GrayImage& page) {
  const int side = std::max(page.width, page.height);
  if (page.empty() || side < least_side) return false;
  const GrayImage image =
      side > looked_at_side ? resized(page, static_cast<double>(looked_at_side) / side) : page;
  const Histogram brightness = brightness_of(image);
  const int contrast = value_at(brightness, brightest_share) - value_at(brightness, darkest_share);
  if (contrast < least_contrast) return false;
  return value_at(steps_of(image), steepest_share) >= least_steepness * contrast;
}

}  // namespace softbot::ocr
