#include "ocr/fields/bubbles.h"

#include <algorithm>
#include <cstddef>

#include "forms/geometry/reading_template.h"

namespace softbot::ocr {
namespace {

constexpr double surely_empty = 0.3;  ///< of the way from empty to full
constexpr double surely_full = 0.55;
constexpr double least_ink = 0.45;   ///< of black: what is lighter than this is print or pencil too light
constexpr double empty_share = 0.4;  ///< of all bubbles, at least, nobody fills
constexpr double full_share = 0.99;

/// Mean darkness within the largest ellipse of a box, 0..1.
double darkness_in(const PlacedPage& page, const MmBox& box) {
  const PixelBox area = pixels_of(box, page.darkness);
  double sum = 0;
  int count = 0;
  for (int y = area.y; y < area.bottom(); ++y) {
    for (int x = area.x; x < area.right(); ++x) {
      const double across = (x + 0.5 - area.x) / area.width * 2 - 1;
      const double down = (y + 0.5 - area.y) / area.height * 2 - 1;
      if (across * across + down * down > 1) continue;
      sum += page.darkness.at(x, y);
      ++count;
    }
  }
  return count == 0 ? 0 : sum / count / 255;
}

double share_of(std::vector<double> sorted, double share) {
  const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
  return sorted[at];
}

}  // namespace

Bubbles::Bubbles(const PlacedPage& page, const FormGeometry& geometry, int number) {
  std::vector<double> all;
  for (const PaperField& field : geometry.fields) {
    if (field.page != number || !is_bubble(field)) continue;
    for (const PaperTick& tick : field.ticks) all.push_back(darkness_in(page, tick.box));
  }
  if (all.empty()) return;
  std::ranges::sort(all);
  empty_ = share_of(all, empty_share / 2);
  full_ = std::max({share_of(all, full_share), empty_ + 0.25, least_ink});
}

std::vector<TickMark> Bubbles::marks_of(const PlacedPage& page, const PaperField& field) const {
  std::vector<TickMark> marks;
  for (const PaperTick& tick : field.ticks) {
    const double filled = (darkness_in(page, tick.box) - empty_) / (full_ - empty_);
    marks.push_back(filled <= surely_empty  ? TickMark::empty
                    : filled >= surely_full ? TickMark::ticked
                                            : TickMark::doubtful);
  }
  return marks;
}

}  // namespace softbot::ocr
