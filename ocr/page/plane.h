#pragma once

#include <array>
#include <optional>
#include <vector>

namespace softbot::ocr {

/// A place: in millimetres on paper, or in pixels of a picture (the middle of the first pixel is 0.5, 0.5).
struct Point {
  double x = 0;
  double y = 0;
  bool operator==(const Point&) const = default;
};

[[nodiscard]] double distance(Point a, Point b);

/// A map of the plane that keeps straight lines straight. A plain value; the identity at first.
struct Projection {
  std::array<double, 9> m{1, 0, 0, 0, 1, 0, 0, 0, 1};

  [[nodiscard]] Point operator()(Point point) const;
  /// True without perspective: parallel lines stay parallel.
  [[nodiscard]] bool is_affine() const { return m[6] == 0 && m[7] == 0; }
  bool operator==(const Projection&) const = default;
};

[[nodiscard]] Projection scaling(double factor);
/// First `first`, then `then`.
[[nodiscard]] Projection compose(const Projection& then, const Projection& first);
/// Nothing for a map that folds the plane.
[[nodiscard]] std::optional<Projection> inverse(const Projection& map);

/// A place that is known on both sides, and how much it counts.
struct Anchor {
  Point paper;
  Point picture;
  double weight = 1;
};

/// The map from paper to picture with the least weighted squares. Nothing with too few anchors (similarity:
/// two; affine: three; projective: four) or with anchors on one line.
[[nodiscard]] std::optional<Projection> fit_similarity(const std::vector<Anchor>& anchors);
[[nodiscard]] std::optional<Projection> fit_affine(const std::vector<Anchor>& anchors);
[[nodiscard]] std::optional<Projection> fit_projective(const std::vector<Anchor>& anchors);

/// Where a straight line runs beside its place, which says one coordinate only: y of a level line, x of an
/// upright one.
struct LinePlace {
  Point from;  ///< a point of the line
  bool upright = false;
  double to = 0;  ///< its x or y as it is seen
  double weight = 1;
};

/// The map, without perspective, that brings lines to where they are seen, with the least weighted squares.
/// Nothing when lines of one of the two kinds are too few or lie in one place.
[[nodiscard]] std::optional<Projection> fit_affine(const std::vector<LinePlace>& lines);

}  // namespace softbot::ocr
