#include "ocr/page/ridges.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double paper_reach_mm = 5;
constexpr int darkest = 90;        ///< ink must not weigh more than a frame does
constexpr double window_mm = 3;    ///< along a line
constexpr double beside_mm = 0.6;  ///< where there is no line any more

std::size_t place(const GrayImage& image, int x, int y) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x);
}

GrayImage like(const GrayImage& image) {
  return {image.width, image.height, image.dpi, std::vector<std::uint8_t>(image.pixels.size(), 0)};
}

/// The mean of 2 * half + 1 pixels along rows.
GrayImage mean_along_rows(const GrayImage& image, int half) {
  GrayImage result = like(image);
  std::vector<int> sums(static_cast<std::size_t>(image.width) + 1, 0);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x)
      sums[static_cast<std::size_t>(x) + 1] =
          sums[static_cast<std::size_t>(x)] + std::min<int>(darkest, image.at(x, y));
    for (int x = 0; x < image.width; ++x) {
      const auto from = static_cast<std::size_t>(std::max(0, x - half));
      const auto to = static_cast<std::size_t>(std::min(image.width, x + half + 1));
      result.pixels[place(image, x, y)] =
          static_cast<std::uint8_t>((sums[to] - sums[from]) / static_cast<int>(to - from));
    }
  }
  return result;
}

GrayImage mean_along_columns(const GrayImage& image, int half) {
  GrayImage result = like(image);
  std::vector<int> sums(static_cast<std::size_t>(image.width), 0);
  const auto add = [&](int y, int sign) {
    for (int x = 0; x < image.width; ++x)
      sums[static_cast<std::size_t>(x)] += sign * std::min<int>(darkest, image.at(x, y));
  };
  for (int y = 0; y < std::min(half, image.height); ++y) add(y, 1);
  for (int y = 0; y < image.height; ++y) {
    if (y + half < image.height) add(y + half, 1);
    if (y - half - 1 >= 0) add(y - half - 1, -1);
    const int rows = std::min(image.height, y + half + 1) - std::max(0, y - half);
    for (int x = 0; x < image.width; ++x)
      result.pixels[place(image, x, y)] =
          static_cast<std::uint8_t>(sums[static_cast<std::size_t>(x)] / std::max(1, rows));
  }
  return result;
}

/// How much darker than both neighbours at this distance across.
GrayImage darker_than_beside(const GrayImage& mean, int across, int down) {
  GrayImage result = like(mean);
  for (int y = down; y < mean.height - down; ++y) {
    for (int x = across; x < mean.width - across; ++x) {
      const int beside = std::max(mean.at(x - across, y - down), mean.at(x + across, y + down));
      result.pixels[place(mean, x, y)] =
          static_cast<std::uint8_t>(std::max(0, static_cast<int>(mean.at(x, y)) - beside));
    }
  }
  return result;
}

/// The highest of each pixel and what its neighbours across are, less for each pixel away.
GrayImage widened(const GrayImage& image, int reach, int across, int down) {
  GrayImage result = image;
  for (int away = 1; away <= reach; ++away) {
    const int share = 256 * (reach + 1 - away) / (reach + 1);
    for (int y = away * down; y < image.height - away * down; ++y) {
      for (int x = away * across; x < image.width - away * across; ++x) {
        const int near = std::max(image.at(x - away * across, y - away * down),
                                  image.at(x + away * across, y + away * down));
        std::uint8_t& now = result.pixels[place(image, x, y)];
        now = std::max(now, static_cast<std::uint8_t>(near * share / 256));
      }
    }
  }
  return result;
}

}  // namespace

Ridges ridges_of(const GrayImage& image, double pixels_per_mm, double wanted_per_mm) {
  Ridges ridges;
  if (image.empty() || !(pixels_per_mm > 0)) return ridges;
  const double wanted = std::min(1.0, wanted_per_mm / pixels_per_mm);
  const GrayImage small = wanted < 1 ? resized(image, wanted) : image;
  ridges.factor = static_cast<double>(small.width) / image.width;
  ridges.per_mm = pixels_per_mm * ridges.factor;
  const auto pixels = [&](double mm) {
    return std::max(1, static_cast<int>(std::lround(mm * ridges.per_mm)));
  };
  const GrayImage dark = darkness(small, paper_brightness(small, pixels(paper_reach_mm)));
  const int half = pixels(window_mm / 2);
  ridges.level = darker_than_beside(mean_along_rows(dark, half), 0, pixels(beside_mm));
  ridges.upright = darker_than_beside(mean_along_columns(dark, half), pixels(beside_mm), 0);
  return ridges;
}

Ridges widened(const Ridges& ridges, double reach_mm) {
  const int reach = std::max(1, static_cast<int>(std::lround(reach_mm * ridges.per_mm)));
  return {ridges.per_mm, ridges.factor, widened(ridges.level, reach, 0, 1),
          widened(ridges.upright, reach, 1, 0)};
}

}  // namespace softbot::ocr
