#include "ocr/fields/frame_offset.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <vector>

namespace softbot::ocr {
namespace {

constexpr int reach = 30;           ///< pixels: 2.5 mm
constexpr int darkest = 70;         ///< ink must not weigh more than a frame does
constexpr int thickness = 5;        ///< of a frame, pixels
constexpr double per_pixel = 0.25;  ///< what a pixel away must be darker by
constexpr double clear = 9;         ///< how much darker a frame is than what is beside it, of 255

/// The mean darkness along lines of a field, for every offset from -reach to reach.
class Profile {
 public:
  void add_upright(const GrayImage& darkness, int at, int from, int to) {
    for (int offset = -reach; offset <= reach; ++offset) {
      const int x = at + offset;
      if (x < 0 || x >= darkness.width) continue;
      int sum = 0;
      for (int y = from; y < to; y += 2) sum += std::min<int>(darkest, darkness.at(x, y));
      sums_[static_cast<std::size_t>(offset + reach)] += sum;
    }
    count_ += (to - from + 1) / 2;
  }
  void add_level(const GrayImage& darkness, int at, int from, int to) {
    for (int offset = -reach; offset <= reach; ++offset) {
      const int y = at + offset;
      if (y < 0 || y >= darkness.height) continue;
      int sum = 0;
      for (int x = from; x < to; x += 2) sum += std::min<int>(darkest, darkness.at(x, y));
      sums_[static_cast<std::size_t>(offset + reach)] += sum;
    }
    count_ += (to - from + 1) / 2;
  }

  /// The offset of the frames, pixels.
  [[nodiscard]] std::optional<int> peak() const {
    if (count_ == 0) return std::nullopt;
    std::vector<double> soft;
    for (int offset = thickness / 2; offset <= 2 * reach - thickness / 2; ++offset) {
      double sum = 0;
      for (int near = offset - thickness / 2; near <= offset + thickness / 2; ++near)
        sum += sums_[static_cast<std::size_t>(near)];
      soft.push_back(sum / thickness / count_);
    }
    const auto middle = static_cast<int>(soft.size() / 2);
    int best = 0;
    const auto worth = [&](int i) {
      return soft[static_cast<std::size_t>(i)] - per_pixel * std::abs(i - middle);
    };
    for (int i = 1; i < static_cast<int>(soft.size()); ++i) {
      if (worth(i) > worth(best)) best = i;
    }
    std::vector<double> sorted = soft;
    std::sort(sorted.begin(), sorted.end());
    const bool stands_out = soft[static_cast<std::size_t>(best)] - sorted[sorted.size() / 3] >= clear;
    const bool at_the_end = best == 0 || best + 1 == static_cast<int>(soft.size());
    if (!stands_out || at_the_end) return std::nullopt;
    return best - middle;
  }

 private:
  std::vector<double> sums_ = std::vector<double>(2 * reach + 1, 0.0);
  int count_ = 0;
};

std::vector<MmBox> framed(const PaperField& field) {
  if (!field.boxes.empty()) return field.boxes;
  std::vector<MmBox> boxes;
  for (const PaperTick& tick : field.ticks) boxes.push_back(tick.box);
  if (boxes.empty()) boxes.push_back(field.box);
  return boxes;
}

MmBox by(MmBox box, const FrameOffset& offset) {
  box.x += offset.x;
  box.y += offset.y;
  return box;
}

}  // namespace

std::optional<FrameOffset> frame_offset(const PlacedPage& page, const PaperField& field) {
  Profile across;
  Profile down;
  constexpr int corner = 8;  // pixels
  for (const MmBox& box : framed(field)) {
    const PixelBox place = pixels_of(box, page.darkness);
    if (place.width <= 4 * corner || place.height <= 4 * corner) continue;
    for (const int x : {place.x, place.right()})
      across.add_upright(page.darkness, x, place.y + corner, place.bottom() - corner);
    for (const int y : {place.y, place.bottom()})
      down.add_level(page.darkness, y, place.x + corner, place.right() - corner);
  }
  const auto x = across.peak();
  const auto y = down.peak();
  if (!x || !y) return std::nullopt;
  return FrameOffset{*x / placed_per_mm, *y / placed_per_mm};
}

PaperField moved(PaperField field, const FrameOffset& offset) {
  field.box = by(field.box, offset);
  for (MmBox& box : field.boxes) box = by(box, offset);
  for (PaperTick& tick : field.ticks) tick.box = by(tick.box, offset);
  return field;
}

}  // namespace softbot::ocr
