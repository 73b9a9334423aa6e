#include "ocr/fields/straighten.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/fields/frame_offset.h"

namespace softbot::ocr {
namespace {

constexpr std::size_t boxes_together = 4;  ///< of a field: over more of them it may be bent by itself
constexpr double ticks_together_mm = 25;
constexpr int rounds = 3;
constexpr double most_bend_mm = 6;          ///< more anywhere on the page is a wrong fit
constexpr double clearly_bent_mm = 0.35;    ///< less is left to each field (frame_offset.h)
constexpr double most_share_unseen = 0.34;  ///< of the page's frames
constexpr std::size_t least_frames = 8;     ///< where the map is rough
constexpr double mark_weight = 3;           ///< a mark is found more exactly than frames are

/// Parts of a field whose frames lie close together, each as a field.
std::vector<PaperField> parts_of(const PaperField& field) {
  std::vector<PaperField> parts;
  if (field.boxes.empty() && field.ticks.empty()) return {field};
  for (std::size_t first = 0; first < field.boxes.size();) {
    PaperField part;
    while (first < field.boxes.size() && part.boxes.size() < boxes_together &&
           (part.boxes.empty() || part.boxes.front().y == field.boxes[first].y))
      part.boxes.push_back(field.boxes[first++]);
    parts.push_back(std::move(part));
  }
  for (const PaperTick& tick : field.ticks) {
    const auto near = [&](const PaperField& part) {
      return std::hypot(part.ticks.front().box.x - tick.box.x, part.ticks.front().box.y - tick.box.y) <
             ticks_together_mm;
    };
    if (parts.empty() || !near(parts.back())) parts.emplace_back();
    parts.back().ticks.push_back(tick);
  }
  return parts;
}

Point middle_of(const PaperField& part) {
  Point sum;
  double count = 0;
  const auto add = [&](const MmBox& box) {
    sum.x += box.x + box.width / 2;
    sum.y += box.y + box.height / 2;
    ++count;
  };
  for (const MmBox& box : part.boxes) add(box);
  for (const PaperTick& tick : part.ticks) add(tick.box);
  if (count == 0) add(part.box);
  return {sum.x / std::max(1.0, count), sum.y / std::max(1.0, count)};
}

/// Where the frames of a page are seen.
struct SeenFrames {
  std::vector<SeenOff> places;
  std::size_t asked = 0;
};

SeenFrames seen_frames(const PlacedPage& page, const FormGeometry& geometry, int number) {
  SeenFrames seen;
  for (const PaperField& field : geometry.fields) {
    if (field.page != number) continue;
    for (const PaperField& part : parts_of(field)) {
      ++seen.asked;
      if (const auto offset = frame_offset(page, part))
        seen.places.push_back({middle_of(part), {offset->x, offset->y}});
    }
  }
  return seen;
}

bool are_most_seen(const SeenFrames& seen, std::size_t kept) {
  return static_cast<double>(kept) >= (1 - most_share_unseen) * static_cast<double>(seen.asked);
}

/// How far nine in ten of the frames are seen from their places.
double residual_of(const SeenFrames& seen) {
  std::vector<double> off;
  for (const SeenOff& place : seen.places) off.push_back(distance({}, place.off));
  std::sort(off.begin(), off.end());
  return off.empty() ? 0 : off[static_cast<std::size_t>(0.9 * static_cast<double>(off.size() - 1))];
}

/// Maps go through the marks, or nearly so: there the bend ends.
void hold_at_marks(SeenFrames& seen, const Bend& so_far, const PaperPage& page) {
  for (const MmBox& mark : page.marks) {
    const Point place{mark.x + mark.width / 2, mark.y + mark.height / 2};
    const Point moved = so_far(place);
    seen.places.push_back({place, {-moved.x, -moved.y}, mark_weight});
  }
}

}  // namespace

std::optional<Straightened> straightened(const GrayImage& image, Registration registration, Map map,
                                         const FormGeometry& geometry, int number) {
  const PaperPage& printed = geometry.pages[static_cast<std::size_t>(number - 1)];
  PlacedPage page = placed_page(image, registration, geometry, number);
  SeenFrames seen = seen_frames(page, geometry, number);
  for (int round = 0; round < rounds; ++round) {
    if (residual_of(seen) < clearly_bent_mm) break;
    SeenFrames held = seen;
    hold_at_marks(held, registration.bend, printed);
    const auto fitted = fit_bend(held.places);
    if (!fitted || !are_most_seen(seen, fitted->places) || fitted->residual_mm > residual_gate_mm) break;
    if (largest_mm(fitted->bend, geometry.page_width, geometry.page_height) > most_bend_mm) break;
    Registration next = registration;
    next.bend = registration.bend + fitted->bend;
    PlacedPage straight = placed_page(image, next, geometry, number);
    SeenFrames now = seen_frames(straight, geometry, number);
    if (now.places.size() < seen.places.size() || residual_of(now) >= residual_of(seen)) break;
    registration = std::move(next);
    page = std::move(straight);
    seen = std::move(now);
  }
  if (map == Map::rough) {
    registration.residual_mm = residual_of(seen);
    const bool agree = seen.places.size() >= least_frames && are_most_seen(seen, seen.places.size());
    if (!agree || registration.residual_mm > residual_gate_mm) return std::nullopt;
  }
  return Straightened{std::move(registration), std::move(page)};
}

}  // namespace softbot::ocr
