#include "ocr/page/registration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace softbot::ocr {
namespace {

constexpr double code_weight = 0.001;  ///< a code's corners are found less exactly than a mark
constexpr double most_shear = 0.4 * std::numbers::pi / 180;  ///< no scanner turns right angles by more
constexpr double most_shear_aside =
    3 * std::numbers::pi / 180;  ///< nor does who holds a telephone over a page
constexpr double most_beside_code_mm = 2;
constexpr double code_residual_mm = 0.9;  ///< what its corners may be off before they tell against the map

Point middle_of(const MmBox& box) {
  return {box.x + box.width / 2, box.y + box.height / 2};
}

std::vector<Anchor> corners_of(const PaperPage& page, const FoundCode& code) {
  const MmBox& box = page.code;
  const std::array<Point, 4> paper{{{box.x, box.y},
                                    {box.x + box.width, box.y},
                                    {box.x + box.width, box.y + box.height},
                                    {box.x, box.y + box.height}}};
  std::vector<Anchor> anchors;
  for (std::size_t i = 0; i < paper.size(); ++i) {
    anchors.push_back({paper[i], code.corners[i], code_weight});
  }
  return anchors;
}

double scale_of(const Projection& map, Point at) {
  const Point here = map(at);
  const double across = distance(here, map({at.x + 1, at.y}));
  const double down = distance(here, map({at.x, at.y + 1}));
  return (across + down) / 2;
}

/// How far the right angle between the page's sides is from right, in radians.
double shear_of(const Projection& map) {
  const Point middle = map({105, 148});
  const Point right = map({205, 148});
  const Point below = map({105, 248});
  const double across = std::atan2(right.y - middle.y, right.x - middle.x);
  const double down = std::atan2(below.y - middle.y, below.x - middle.x);
  return std::abs(std::remainder(down - across - std::numbers::pi / 2, 2 * std::numbers::pi));
}

double off_by_mm(const Projection& map, const Anchor& anchor) {
  const double scale = scale_of(map, anchor.paper);
  return scale > 0 ? distance(map(anchor.paper), anchor.picture) / scale : 1e9;
}

/// Anchors of the marks that are found one after the other, the nearest to the code first, each where the
/// ones before put it.
std::vector<Anchor> match_marks(const PaperPage& page, const std::vector<Anchor>& corners,
                                const std::vector<MarkCandidate>& candidates) {
  std::vector<Point> wanted;
  for (const MmBox& mark : page.marks) wanted.push_back(middle_of(mark));
  const Point code = middle_of(page.code);
  std::sort(wanted.begin(), wanted.end(),
            [&](Point a, Point b) { return distance(a, code) < distance(b, code); });
  std::vector<Anchor> anchors = corners;
  for (Anchor& corner : anchors) corner.weight = 1;  // while marks are few, the code says how the page lies
  std::vector<Anchor> marks;
  for (const Point& paper : wanted) {
    // a map with few anchors reaches less far; a stretched page shows when there are three marks
    const auto map = marks.size() >= 3 ? fit_affine(anchors) : fit_similarity(anchors);
    if (!map) break;
    double nearest = 1e9;
    for (const Anchor& known : anchors) nearest = std::min(nearest, distance(known.paper, paper));
    const double tolerance = (marks.empty() ? 2.5 + 0.06 * nearest : 3 + 0.09 * nearest);
    const double side = 6 * scale_of(*map, paper);
    const MarkCandidate* best = nullptr;
    double best_off = tolerance;
    for (const MarkCandidate& candidate : candidates) {
      if (candidate.side < 0.75 * side || candidate.side > 1.3 * side) continue;
      const double off = off_by_mm(*map, {paper, candidate.middle, 1});
      if (off < best_off) {
        best_off = off;
        best = &candidate;
      }
    }
    if (best == nullptr) continue;
    marks.push_back({paper, best->middle, 1});
    anchors.push_back(marks.back());
  }
  return marks;
}

/// The map over some marks and the code's corners. The residual counts a mark in full, a corner of the code
/// by what it exceeds its own blur.
std::optional<Registration> fitted(const std::vector<Anchor>& marks, const std::vector<Anchor>& corners) {
  std::vector<Anchor> all = marks;
  all.insert(all.end(), corners.begin(), corners.end());
  // A scanner keeps parallels parallel. A map with perspective would follow four marks wherever they are, and
  // nothing would be left to tell that one of them is something else.
  const auto map = fit_affine(all);
  if (!map || shear_of(*map) > most_shear) return std::nullopt;
  Registration result;
  result.to_picture = *map;
  result.marks = static_cast<int>(marks.size());
  result.pixels_per_mm = scale_of(*map, middle_of({0, 0, 210, 297}));
  for (const Anchor& mark : marks) result.residual_mm = std::max(result.residual_mm, off_by_mm(*map, mark));
  for (const Anchor& corner : corners) {
    const double off = off_by_mm(*map, corner) * residual_gate_mm / code_residual_mm;
    result.residual_mm = std::max(result.residual_mm, off);
  }
  return result;
}

void keep_better(std::optional<Registration>& best, const std::optional<Registration>& other) {
  if (other && (!best || other->residual_mm < best->residual_mm)) best = other;
}

}  // namespace

std::optional<Registration> registered(const PaperPage& page, const FoundCode& code,
                                       const std::vector<MarkCandidate>& candidates) {
  if (page.marks.size() != 4) return std::nullopt;
  const std::vector<Anchor> corners = corners_of(page, code);
  const std::vector<Anchor> marks = match_marks(page, corners, candidates);
  if (marks.size() < 3) return std::nullopt;
  std::optional<Registration> best = fitted(marks, corners);
  if (marks.size() == 4 && (!best || best->residual_mm > residual_gate_mm)) {
    // one of the four is something else: three and the code must agree without it
    for (std::size_t out = 0; out < marks.size(); ++out) {
      std::vector<Anchor> three = marks;
      three.erase(three.begin() + static_cast<std::ptrdiff_t>(out));
      keep_better(best, fitted(three, corners));
    }
  }
  if (!best) return std::nullopt;
  return with_angles(*best);
}

std::optional<Registration> roughly_registered(const PaperPage& page, const FoundCode& code,
                                               const std::vector<MarkCandidate>& candidates) {
  if (page.marks.size() != 4) return std::nullopt;
  std::vector<Anchor> anchors = corners_of(page, code);
  const std::vector<Anchor> marks = match_marks(page, anchors, candidates);
  if (marks.size() != 4) return std::nullopt;
  anchors.insert(anchors.end(), marks.begin(), marks.end());
  const auto flat = fit_affine(anchors);
  const auto through_marks = fit_projective(anchors);
  if (!flat || !through_marks || shear_of(*flat) > most_shear_aside) return std::nullopt;
  Registration result;
  result.to_picture = *through_marks;
  result.marks = 4;
  result.pixels_per_mm = scale_of(*through_marks, middle_of({0, 0, 210, 297}));
  for (const Anchor& mark : marks) result.residual_mm = std::max(result.residual_mm, off_by_mm(*flat, mark));
  if (result.residual_mm > most_bent_mm) return std::nullopt;
  for (const Anchor& anchor : anchors) {
    if (off_by_mm(*through_marks, anchor) > most_beside_code_mm) return std::nullopt;
  }
  return with_angles(result);
}

Registration with_angles(Registration registration) {
  const Point middle = registration.to_picture({105, 148});
  const Point right = registration.to_picture({106, 148});
  const double angle = std::atan2(right.y - middle.y, right.x - middle.x) * 180 / std::numbers::pi;
  const double quarter = std::round(angle / 90);
  registration.skew = angle - 90 * quarter;
  registration.rotation = ((-static_cast<int>(quarter) * 90) % 360 + 360) % 360;
  return registration;
}

}  // namespace softbot::ocr
