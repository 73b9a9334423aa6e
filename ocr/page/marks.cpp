#include "ocr/page/marks.h"

#include <algorithm>
#include <cmath>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double dark_share = 0.62;  ///< of the paper's brightness
constexpr double least_solidity = 0.78;
constexpr int margin =
    3;  ///< pixels around a blob: its outline may be off by two, its soft edge belongs to it

/// The middle by how dark each pixel is, which is finer than a pixel.
Point weighed_middle(const GrayImage& image, const GrayImage& paper, const Blob& blob) {
  double sum = 0;
  double across = 0;
  double down = 0;
  for (int y = std::max(0, blob.y - margin); y < std::min(image.height, blob.y + blob.height + margin); ++y) {
    for (int x = std::max(0, blob.x - margin); x < std::min(image.width, blob.x + blob.width + margin); ++x) {
      const double white = std::max<int>(1, paper.at(x, y));
      const double darkness = std::clamp(1 - image.at(x, y) / white, 0.0, 1.0);
      if (darkness < 0.2) continue;
      sum += darkness;
      across += darkness * (x + 0.5);
      down += darkness * (y + 0.5);
    }
  }
  return sum > 0 ? Point{across / sum, down / sum} : blob.middle;
}

/// What the edge of the picture cuts off has its middle elsewhere.
bool is_cut_off(const GrayImage& image, const Blob& blob) {
  return blob.x <= 1 || blob.y <= 1 || blob.x + blob.width >= image.width - 1 ||
         blob.y + blob.height >= image.height - 1;
}

bool within(double value, double least, double most) {
  return value >= least && value <= most;
}

}  // namespace

std::vector<MarkCandidate> find_marks(const GrayImage& image, double side) {
  constexpr double side_wanted = 24;  // pixels: fine enough for the middle, small enough to be quick
  std::vector<MarkCandidate> found;
  if (image.empty() || !(side >= 6)) return found;
  const double factor = std::min(1.0, side_wanted / side);
  const GrayImage small = factor < 1 ? resized(image, factor) : image;
  const double small_side = side * factor;
  const GrayImage paper = paper_brightness(small, static_cast<int>(1.5 * small_side));
  const GrayImage solid =
      solid_parts(dark_parts(small, paper, dark_share), 1, static_cast<int>(small_side / 2));
  for (const Blob& blob : black_blobs(solid)) {
    const double longer = std::max(blob.width, blob.height);
    const double shorter = std::min(blob.width, blob.height);
    const double solidity = blob.area / (longer * longer);
    if (!within(longer, 0.7 * small_side, 1.4 * small_side) || shorter < 0.8 * longer) continue;
    if (solidity < least_solidity * 0.9) continue;
    if (is_cut_off(small, blob)) continue;
    const Point middle = weighed_middle(small, paper, blob);
    const double exact = static_cast<double>(small.width) / image.width;
    const double exact_down = static_cast<double>(small.height) / image.height;
    found.push_back({{middle.x / exact, middle.y / exact_down}, std::sqrt(blob.area) / factor, solidity});
  }
  return found;
}

}  // namespace softbot::ocr
