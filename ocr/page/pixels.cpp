#include "ocr/page/pixels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace softbot::ocr {
namespace {

/// OpenCV sees our pixels; it does not write to those of a const picture.
cv::Mat view(const GrayImage& image) {
  // OpenCV has no view of constant pixels
  return {image.height, image.width, CV_8UC1,
          const_cast<std::uint8_t*>(image.pixels.data())};  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

GrayImage blank(int width, int height, double dpi) {
  GrayImage image{width, height, dpi, {}};
  image.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  return image;
}

int odd(int size) {
  return std::max(1, size | 1);
}

cv::Mat square(int side) {
  return cv::getStructuringElement(cv::MORPH_RECT, {side, side});
}

LabelledBlobs find_blobs(const GrayImage& bilevel, bool with_labels) {
  LabelledBlobs found;
  if (bilevel.empty()) return found;
  cv::Mat black;
  cv::bitwise_not(view(bilevel), black);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  const int count = cv::connectedComponentsWithStats(black, labels, stats, middles, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    found.blobs.push_back({stats.at<int>(i, cv::CC_STAT_LEFT),
                           stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH),
                           stats.at<int>(i, cv::CC_STAT_HEIGHT),
                           stats.at<int>(i, cv::CC_STAT_AREA),
                           {middles.at<double>(i, 0) + 0.5, middles.at<double>(i, 1) + 0.5}});
  }
  if (!with_labels) return found;
  found.labels.reserve(bilevel.pixels.size());
  for (int y = 0; y < labels.rows; ++y) {
    const int* row = labels.ptr<int>(y);
    for (int x = 0; x < labels.cols; ++x) found.labels.push_back(row[x] - 1);
  }
  return found;
}

}  // namespace

GrayImage resized(const GrayImage& image, double factor) {
  if (image.empty() || !(factor > 0)) return {};
  const auto side = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * factor))); };
  GrayImage result = blank(side(image.width), side(image.height), image.dpi * factor);
  cv::Mat out = view(result);
  cv::Mat source = view(image);
  // Halves are means of whole pixels, and several times quicker than any other share.
  for (; factor < 0.5 && source.cols % 2 == 0 && source.rows % 2 == 0; factor *= 2) {
    cv::Mat half;
    cv::resize(source, half, {source.cols / 2, source.rows / 2}, 0, 0, cv::INTER_AREA);
    source = half;
  }
  cv::resize(source, out, out.size(), 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return result;
}

GrayImage warped(const GrayImage& image, const Projection& to_source, int width, int height) {
  if (image.empty() || width <= 0 || height <= 0) return {};
  // our places count from the corner of the first pixel, OpenCV's from its middle
  const Projection to_middle{{1, 0, 0.5, 0, 1, 0.5, 0, 0, 1}};
  const Projection from_middle{{1, 0, -0.5, 0, 1, -0.5, 0, 0, 1}};
  const Projection map = compose(from_middle, compose(to_source, to_middle));
  GrayImage result = blank(width, height, 0);
  cv::Mat out = view(result);
  const int how = cv::INTER_LINEAR | cv::WARP_INVERSE_MAP;
  if (map.is_affine()) {
    const cv::Matx23d matrix(map.m[0] / map.m[8], map.m[1] / map.m[8], map.m[2] / map.m[8],
                             map.m[3] / map.m[8], map.m[4] / map.m[8], map.m[5] / map.m[8]);
    cv::warpAffine(view(image), out, matrix, out.size(), how, cv::BORDER_CONSTANT, cv::Scalar(255));
  } else {
    const cv::Matx33d matrix(map.m.data());
    cv::warpPerspective(view(image), out, matrix, out.size(), how, cv::BORDER_CONSTANT, cv::Scalar(255));
  }
  return result;
}

GrayImage bent(const GrayImage& image, const std::function<Point(Point)>& to_source, int width, int height) {
  if (image.empty() || width <= 0 || height <= 0) return {};
  constexpr int step = 24;
  const int columns = width / step + 2;
  const int rows = height / step + 2;
  cv::Mat coarse(rows, columns, CV_32FC2);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const Point source = to_source({column * step + 0.5, row * step + 0.5});
      coarse.at<cv::Vec2f>(row, column) = {static_cast<float>(source.x - 0.5),
                                           static_cast<float>(source.y - 0.5)};
    }
  }
  // our places are corners of the coarse map's cells
  const cv::Matx23d finer(1.0 / step, 0, 0, 0, 1.0 / step, 0);
  cv::Mat places;
  cv::warpAffine(coarse, places, finer, {width, height}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  GrayImage result = blank(width, height, 0);
  cv::Mat out = view(result);
  cv::remap(view(image), out, places, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  return result;
}

GrayImage turned(const GrayImage& image, int degrees) {
  if (image.empty() || degrees == 0) return image;
  const bool aside = degrees % 180 != 0;
  GrayImage result = blank(aside ? image.height : image.width, aside ? image.width : image.height, image.dpi);
  cv::Mat out = view(result);
  const auto how = degrees == 90    ? cv::ROTATE_90_CLOCKWISE
                   : degrees == 180 ? cv::ROTATE_180
                                    : cv::ROTATE_90_COUNTERCLOCKWISE;
  cv::rotate(view(image), out, how);
  return result;
}

GrayImage cut(const GrayImage& image, int x, int y, int width, int height) {
  const int left = std::clamp(x, 0, image.width);
  const int top = std::clamp(y, 0, image.height);
  const int right = std::clamp(x + width, left, image.width);
  const int bottom = std::clamp(y + height, top, image.height);
  GrayImage result = blank(right - left, bottom - top, image.dpi);
  if (result.empty()) return {};
  for (int row = top; row < bottom; ++row) {
    const auto from = static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) +
                      static_cast<std::size_t>(left);
    const auto to = static_cast<std::size_t>(row - top) * static_cast<std::size_t>(result.width);
    std::copy_n(&image.pixels[from], result.width, &result.pixels[to]);
  }
  return result;
}

GrayImage paper_brightness(const GrayImage& image, int radius) {
  if (image.empty()) return {};
  // the brightest at an eighth of the size: paper changes slowly
  constexpr int coarse = 8;
  const cv::Size small(std::max(1, image.width / coarse), std::max(1, image.height / coarse));
  cv::Mat reduced;
  cv::resize(view(image), reduced, small, 0, 0, cv::INTER_AREA);
  cv::dilate(reduced, reduced, square(odd(2 * radius / coarse)));
  cv::blur(reduced, reduced, {odd(radius / coarse), odd(radius / coarse)});
  GrayImage result = blank(image.width, image.height, image.dpi);
  cv::Mat out = view(result);
  cv::resize(reduced, out, out.size(), 0, 0, cv::INTER_LINEAR);
  return result;
}

GrayImage darkness(const GrayImage& image, const GrayImage& paper) {
  if (image.empty()) return {};
  GrayImage result = blank(image.width, image.height, image.dpi);
  cv::Mat out = view(result);
  cv::divide(view(image), view(paper), out, 255);
  cv::bitwise_not(out, out);
  return result;
}

GrayImage dark_parts(const GrayImage& image, const GrayImage& paper, double share) {
  GrayImage result = blank(image.width, image.height, image.dpi);
  const int factor = static_cast<int>(std::lround(share * 256));
  for (std::size_t i = 0; i < result.pixels.size(); ++i) {
    result.pixels[i] = image.pixels[i] * 256 < paper.pixels[i] * factor ? 0 : 255;
  }
  return result;
}

GrayImage locally_bilevel(const GrayImage& image, int radius) {
  if (image.empty()) return {};
  GrayImage result = blank(image.width, image.height, image.dpi);
  cv::Mat out = view(result);
  cv::adaptiveThreshold(view(image), out, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY,
                        std::max(3, odd(2 * radius)), 12);
  return result;
}

GrayImage smoothed(const GrayImage& image, double sigma) {
  if (image.empty()) return {};
  GrayImage result = blank(image.width, image.height, image.dpi);
  cv::Mat out = view(result);
  cv::GaussianBlur(view(image), out, {0, 0}, sigma);
  return result;
}

GrayImage solid_parts(const GrayImage& bilevel, int gap, int thickness) {
  GrayImage result = bilevel;
  if (bilevel.empty()) return result;
  cv::Mat pixels = view(result);
  // black is low: opening by maximum and minimum in the reverse order
  if (gap > 0) cv::morphologyEx(pixels, pixels, cv::MORPH_OPEN, square(gap + 1));
  if (thickness > 0) cv::morphologyEx(pixels, pixels, cv::MORPH_CLOSE, square(thickness));
  return result;
}

std::vector<Blob> black_blobs(const GrayImage& bilevel) {
  return find_blobs(bilevel, false).blobs;
}

LabelledBlobs labelled_blobs(const GrayImage& bilevel) {
  return find_blobs(bilevel, true);
}

}  // namespace softbot::ocr
