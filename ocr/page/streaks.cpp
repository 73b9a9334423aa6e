#include "ocr/page/streaks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace softbot::ocr {
namespace {

constexpr int sections = 10;
constexpr int row_step = 4;
constexpr int most_contrast = 40;     ///< more is a stroke: it must not weigh as much as a whole column
constexpr double least_contrast = 4;  ///< grey levels of 255, in the mean of a section
constexpr int sections_needed = 6;

/// How much darker each column is than those beside it, in the mean of some rows.
std::vector<double> contrasts(const GrayImage& image, int width, int from, int to) {
  const auto columns = static_cast<std::size_t>(image.width);
  std::vector<int> sums(columns, 0);
  int rows = 0;
  for (int y = from; y < to; y += row_step, ++rows) {
    const std::uint8_t* row = &image.pixels[static_cast<std::size_t>(y) * columns];
    for (int x = width; x < image.width - width; ++x) {
      const int beside = (row[x - width] + row[x + width]) / 2;
      sums[static_cast<std::size_t>(x)] += std::clamp(beside - row[x], -most_contrast, most_contrast);
    }
  }
  std::vector<double> means;
  means.reserve(columns);
  for (const int sum : sums) means.push_back(static_cast<double>(sum) / std::max(1, rows));
  return means;
}

/// In how many sections of the page each column stands out.
std::vector<int> sections_standing_out(const GrayImage& image, int width) {
  std::vector<int> counts(static_cast<std::size_t>(image.width), 0);
  for (int section = 0; section < sections; ++section) {
    const auto means =
        contrasts(image, width, image.height * section / sections, image.height * (section + 1) / sections);
    for (std::size_t x = 0; x < means.size(); ++x) counts[x] += means[x] >= least_contrast ? 1 : 0;
  }
  return counts;
}

/// Neighbouring columns; from the first to behind the last.
struct Streak {
  int first = 0;
  int last = 0;
};

void fill(GrayImage& image, const Streak& streak) {
  const int left = std::max(0, streak.first - 1);
  const int right = std::min(image.width - 1, streak.last);
  for (int y = 0; y < image.height; ++y) {
    std::uint8_t* row = &image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width)];
    for (int x = left + 1; x < right; ++x) {
      const int between = (row[left] * (right - x) + row[right] * (x - left)) / (right - left);
      row[x] = static_cast<std::uint8_t>(std::max<int>(row[x], between));
    }
  }
}

}  // namespace

std::optional<GrayImage> without_streaks(const GrayImage& image, int width) {
  if (width < 1 || image.width <= 4 * width || image.height < sections * row_step) return std::nullopt;
  const std::vector<int> counts = sections_standing_out(image, width);
  std::vector<Streak> streaks;
  for (int x = 0; x < image.width; ++x) {
    if (counts[static_cast<std::size_t>(x)] < sections_needed) continue;
    if (streaks.empty() || x > streaks.back().last + 1) streaks.push_back({x - 1, x + 2});
    streaks.back().last = x + 2;  // its soft edges
  }
  std::erase_if(streaks, [&](const Streak& streak) { return streak.last - streak.first > 2 * width + 2; });
  if (streaks.empty()) return std::nullopt;
  GrayImage clean = image;
  for (const Streak& streak : streaks) fill(clean, streak);
  return clean;
}

}  // namespace softbot::ocr
