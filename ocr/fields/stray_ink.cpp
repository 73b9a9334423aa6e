#include "ocr/fields/stray_ink.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double per_mm = 4;       ///< enough for strokes, and a ninth of the pixels
constexpr double print_left = 17;  ///< nothing is printed left of it but marks
constexpr double print_right = 193;
constexpr double edge_mm = 5;  ///< shadows of the paper's edge
constexpr double stroke_in_margin_mm = 3;
constexpr double larger_than_print_mm = 7;
constexpr double enough_square_mm = 4;

void wipe(GrayImage& page, const MmBox& box) {
  const auto pixel = [](double mm) { return static_cast<int>(std::lround(mm * per_mm)); };
  for (int y = std::max(0, pixel(box.y)); y < std::min(page.height, pixel(box.y + box.height)); ++y) {
    for (int x = std::max(0, pixel(box.x)); x < std::min(page.width, pixel(box.x + box.width)); ++x)
      page.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width) +
                  static_cast<std::size_t>(x)] = 255;
  }
}

/// Black where there is ink beside everything that has its place on the page.
GrayImage beside_fields(const PlacedPage& page, const FormGeometry& geometry, int number) {
  GrayImage small = resized(page.darkness, per_mm / placed_per_mm);
  const double threshold = 255 * std::max(page.paper + 0.16, page.paper + 4 * page.noise);
  for (std::uint8_t& value : small.pixels) value = value >= threshold ? 0 : 255;
  for (const PaperField& field : geometry.fields) {
    if (field.page == number) wipe(small, grown(field.box, 2));
  }
  const PaperPage& paper = geometry.pages[static_cast<std::size_t>(number - 1)];
  for (const MmBox& mark : paper.marks) wipe(small, grown(mark, 2));
  wipe(small, grown(paper.code, 3));
  const double width = geometry.page_width;
  const double height = geometry.page_height;
  for (const MmBox& rim : {MmBox{0, 0, width, edge_mm}, MmBox{0, height - edge_mm, width, edge_mm},
                           MmBox{0, 0, edge_mm, height}, MmBox{width - edge_mm, 0, edge_mm, height}})
    wipe(small, rim);
  return small;
}

/// A fold or a printed rule is long, and no thicker than a pen.
bool is_straight(const Blob& part) {
  const double longer = std::max(part.width, part.height) / per_mm;
  const double shorter = std::min(part.width, part.height) / per_mm;
  return shorter < 2 && longer > 15;
}

bool is_handwriting(const Blob& part) {
  const double height = part.height / per_mm;
  const double width = part.width / per_mm;
  if (is_straight(part)) return false;
  const double middle = part.middle.x / per_mm;
  const bool in_margin = middle < print_left || middle > print_right;
  if (in_margin) return std::max(width, height) >= stroke_in_margin_mm;
  return height >= larger_than_print_mm;
}

}  // namespace

std::optional<StrayInk> stray_ink(const PlacedPage& page, const FormGeometry& geometry, int number) {
  double left = 1e9;
  double top = 1e9;
  double right = 0;
  double bottom = 0;
  double pixels = 0;
  for (const Blob& part : black_blobs(beside_fields(page, geometry, number))) {
    if (!is_handwriting(part)) continue;
    left = std::min<double>(left, part.x);
    top = std::min<double>(top, part.y);
    right = std::max<double>(right, part.x + part.width);
    bottom = std::max<double>(bottom, part.y + part.height);
    pixels += part.area;
  }
  const double square = pixels / (per_mm * per_mm);
  if (square < enough_square_mm) return std::nullopt;
  return StrayInk{{left / per_mm, top / per_mm, (right - left) / per_mm, (bottom - top) / per_mm}, square};
}

}  // namespace softbot::ocr
