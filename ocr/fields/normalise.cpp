#include "ocr/fields/normalise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>

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

/// Middle and height of the writing, in rows.
struct RowSpread {
  double middle = 0;
  double height = 0;
};

std::optional<RowSpread> row_spread(const BoxInk& line, double ink_threshold) {
  double total = 0;
  double first = 0;
  double second = 0;
  for (int y = 0; y < line.height; ++y) {
    const auto begin = line.ink.begin() + static_cast<std::ptrdiff_t>(y) * line.width;
    const double row = std::accumulate(begin, begin + line.width, 0.0, [&](double sum, float ink) {
      return static_cast<double>(ink) > ink_threshold ? sum + static_cast<double>(ink) : sum;
    });
    total += row;
    first += row * y;
    second += row * y * y;
  }
  if (total <= 0) return std::nullopt;
  const double middle = first / total;
  return RowSpread{middle, std::max(4.0, std::sqrt(12 * std::max(0.0, second / total - middle * middle)))};
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

LineGlyph normalised_line(const BoxInk& line, const LineNormalisation& how) {
  if (!sizes_are_true(line) || how.widths.empty()) return {};
  const auto spread = row_spread(line, how.ink_threshold);
  if (!spread) return {};
  const double factor =
      std::min(how.letter / spread->height, static_cast<double>(how.widths.back()) / line.width);
  const int width = std::clamp(static_cast<int>(std::lround(line.width * factor)), 1, how.widths.back());
  cv::Mat ink = cv::Mat(line.ink, true).reshape(1, line.height);
  if (factor < 1) cv::GaussianBlur(ink, ink, {0, 0}, 0.4 / factor);
  const double across = static_cast<double>(line.width) / width;
  const cv::Matx23d to_line(across, 0, across / 2 - 0.5, 0, 1 / factor, spread->middle - how.middle / factor);
  const int padded = *std::find_if(how.widths.begin(), how.widths.end(), [&](int w) { return w >= width; });
  cv::Mat glyph = cv::Mat::zeros(how.height, padded, CV_32F);
  cv::warpAffine(ink, glyph.colRange(0, width), to_line, {width, how.height},
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(0));
  return {padded, std::vector<float>(glyph.begin<float>(), glyph.end<float>())};
}

}  // namespace softbot::ocr
