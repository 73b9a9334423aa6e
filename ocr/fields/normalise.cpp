#include "ocr/fields/normalise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace softbot::ocr {
namespace {

bool sizes_are_true(const BoxInk& box) {
  return box.width > 0 && box.height > 0 &&
         box.ink.size() == static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height);
}

/// Around the ink, specks aside; no area when there is none.
cv::Rect glyph_box(const cv::Mat& ink, const Normalisation& how) {
  const cv::Mat mask = ink > how.ink_threshold;
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, middles, 8, CV_32S);
  int largest = 0;
  for (int i = 1; i < count; ++i) largest = std::max(largest, stats.at<int>(i, cv::CC_STAT_AREA));
  cv::Rect around;
  for (int i = 1; i < count; ++i) {
    if (stats.at<int>(i, cv::CC_STAT_AREA) < how.speck_share * largest) continue;
    const cv::Rect part(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                        stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    around = around.area() == 0 ? part : around | part;
  }
  return around;
}

int scaled(int length, double scale) {
  return std::max(1, static_cast<int>(std::floor(length * scale + 0.5)));
}

}  // namespace

std::vector<float> normalised(const BoxInk& box, const Normalisation& how) {
  if (!sizes_are_true(box)) return {};
  const cv::Mat ink = cv::Mat(box.ink, true).reshape(1, box.height);
  const cv::Rect around = glyph_box(ink, how);
  if (around.area() == 0) return {};
  const double scale = static_cast<double>(how.longer_side) / std::max(around.width, around.height);
  const cv::Size size(scaled(around.width, scale), scaled(around.height, scale));
  cv::Mat glyph;
  cv::resize(ink(around), glyph, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  std::vector<float> square(static_cast<std::size_t>(how.side) * static_cast<std::size_t>(how.side), 0.0F);
  const int left = (how.side - size.width) / 2;
  const int top = (how.side - size.height) / 2;
  for (int y = 0; y < size.height; ++y) {
    const float* row = glyph.ptr<float>(y);
    const auto begin = square.begin() + static_cast<std::ptrdiff_t>(top + y) * how.side + left;
    std::copy(row, row + size.width, begin);
  }
  return square;
}

}  // namespace softbot::ocr
