#include "ocr/page/find_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ocr/page/blank_page.h"
#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr double mark_side_mm = 6;

/// The angle of the code's upper edge, degrees clockwise from the picture's.
double angle_of(const FoundCode& code) {
  const auto& [top_left, top_right, bottom_right, bottom_left] = code.corners;
  const double across = top_right.x - top_left.x + bottom_right.x - bottom_left.x;
  const double down = top_right.y - top_left.y + bottom_right.y - bottom_left.y;
  return std::atan2(down, across) * 180 / std::numbers::pi;
}

bool is_usual_sheet(const GrayImage& image, double pixels_per_mm) {
  const double longer = std::max(image.width, image.height) / pixels_per_mm;
  const double shorter = std::min(image.width, image.height) / pixels_per_mm;
  return longer > 240 && longer < 450 && shorter > 170 && shorter < 330;
}

/// Four marks that could be a page's corners lie on the long side of the sheet: whether the page lies on its
/// side.
bool lies_on_its_side(const GrayImage& image, const std::vector<MarkCandidate>& marks) {
  if (marks.size() < 2) return image.width > image.height;
  const auto [left, right] = std::minmax_element(
      marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.middle.x < b.middle.x; });
  const auto [top, bottom] = std::minmax_element(
      marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.middle.y < b.middle.y; });
  return right->middle.x - left->middle.x > bottom->middle.y - top->middle.y;
}

}  // namespace

double guessed_pixels_per_mm(const GrayImage& image) {
  const double stated = image.dpi / mm_per_inch;
  if (image.dpi > 40 && is_usual_sheet(image, stated)) return stated;
  return std::max(image.width, image.height) / 297.0;
}

PageTraits traits_of(const GrayImage& image) {
  PageTraits traits;
  traits.pixels_per_mm = guessed_pixels_per_mm(image);
  if (image.empty()) {
    traits.blank = true;
    return traits;
  }
  const std::vector<FoundCode> codes = find_page_code(image, traits.pixels_per_mm);
  traits.blank = codes.empty() && is_blank(image, traits.pixels_per_mm);
  if (traits.blank) return traits;
  for (const FoundCode& code : codes) {
    if (!traits.code || (is_of_softbot(code.text) && !is_of_softbot(traits.code->text))) traits.code = code;
  }
  traits.marks = find_marks(image, mark_side_mm * traits.pixels_per_mm);
  if (traits.code && is_of_softbot(traits.code->text)) {
    const double angle = angle_of(*traits.code);
    const double quarter = std::round(angle / 90);
    traits.rotation = ((-static_cast<int>(quarter) * 90) % 360 + 360) % 360;
    traits.skew = angle - 90 * quarter;
  } else if (lies_on_its_side(image, traits.marks)) {
    traits.rotation = 90;
  }
  return traits;
}

}  // namespace softbot::ocr
