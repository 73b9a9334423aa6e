#include "ocr/page/blank_page.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double rim_mm = 8;
constexpr double margin_mm = 20;       ///< in which holes are punched
constexpr double hole_least_mm = 4;    ///< ISO 838: 6 mm
constexpr double hole_most_mm = 9.5;   ///< also where the punch went in askew
constexpr double hole_fill = 0.6;      ///< of its frame; a disc has 0.79
constexpr double streak_width_mm = 1;  ///< of a piece
constexpr double streak_reach_mm = 0.6;
constexpr double streak_from_edge_to_edge = 0.8;  ///< of the sheet's side that its pieces reach over
constexpr double streak_dark = 0.2;               ///< of it that they have together

/// The dark parts of a sheet, in millimetres.
class Parts {
 public:
  Parts(const GrayImage& image, double scale)
      : width_(image.width / scale), height_(image.height / scale), scale_(scale) {
    const GrayImage paper = paper_brightness(image, static_cast<int>(9 * scale));
    for (const Blob& blob : black_blobs(dark_parts(image, paper, 0.82))) {
      if (!is_speck(blob)) blobs_.push_back(blob);
    }
  }

  [[nodiscard]] bool have_writing() const {
    return std::any_of(blobs_.begin(), blobs_.end(), [&](const Blob& blob) {
      const bool around = wide(blob) > 0.9 * width_ || high(blob) > 0.9 * height_;
      return !around && from_edge(blob) >= rim_mm && !is_hole(blob) && !is_of_streak(blob);
    });
  }

 private:
  [[nodiscard]] double wide(const Blob& blob) const { return blob.width / scale_; }
  [[nodiscard]] double high(const Blob& blob) const { return blob.height / scale_; }
  [[nodiscard]] double area(const Blob& blob) const { return blob.area / (scale_ * scale_); }

  [[nodiscard]] bool is_speck(const Blob& blob) const {
    return std::max(wide(blob), high(blob)) < 1.5 || area(blob) < 0.4;
  }

  [[nodiscard]] double from_edge(const Blob& blob) const {
    const double x = blob.middle.x / scale_;
    const double y = blob.middle.y / scale_;
    return std::min({x, y, width_ - x, height_ - y});
  }

  [[nodiscard]] bool is_hole(const Blob& blob) const {
    const double shorter = std::min(wide(blob), high(blob));
    const double longer = std::max(wide(blob), high(blob));
    return from_edge(blob) < margin_mm && shorter >= hole_least_mm && longer <= hole_most_mm &&
           area(blob) >= hole_fill * wide(blob) * high(blob);
  }

  /// A piece of a line from edge to edge: thin, as are the pieces that lie on the same line.
  [[nodiscard]] bool is_of_streak(const Blob& blob) const {
    const bool upright = blob.height > blob.width;
    if (std::min(wide(blob), high(blob)) > streak_width_mm) return false;
    double together = 0;
    int first = upright ? blob.y : blob.x;
    int last = first;
    for (const Blob& other : blobs_) {
      const double apart = upright ? other.middle.x - blob.middle.x : other.middle.y - blob.middle.y;
      const double thick = upright ? wide(other) : high(other);
      if (thick > streak_width_mm || std::abs(apart) > streak_reach_mm * scale_) continue;
      const int from = upright ? other.y : other.x;
      const int length = upright ? other.height : other.width;
      together += length / scale_;
      first = std::min(first, from);
      last = std::max(last, from + length);
    }
    const double side = upright ? height_ : width_;
    return (last - first) / scale_ >= streak_from_edge_to_edge * side && together >= streak_dark * side;
  }

  double width_;
  double height_;
  double scale_;
  std::vector<Blob> blobs_;
};

}  // namespace

bool is_blank(const GrayImage& image, double pixels_per_mm) {
  constexpr double fine = 4;  // pixels a millimetre
  const GrayImage small = pixels_per_mm > fine ? resized(image, fine / pixels_per_mm) : image;
  return !Parts(small, std::min(fine, pixels_per_mm)).have_writing();
}

}  // namespace softbot::ocr
