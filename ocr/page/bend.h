#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "ocr/page/plane.h"

namespace softbot::ocr {

/// How far paper that does not lie flat shows its places from where a map of the plane puts them: smooth over
/// the page, so that it may be curled or bulge, but not be creased. In millimetres; flat at first. A plain
/// value.
struct Bend {
  static constexpr std::size_t terms = 10;  ///< all products of x and y up to the third degree
  std::array<double, terms> across{};
  std::array<double, terms> down{};

  [[nodiscard]] Point operator()(Point paper) const;
  bool operator==(const Bend&) const = default;
};

/// First one, then the other: for a small one after a large one.
[[nodiscard]] Bend operator+(const Bend& one, const Bend& other);
/// The furthest that it moves any place on a page of this size, mm.
[[nodiscard]] double largest_mm(const Bend& bend, double width_mm, double height_mm);

/// A place on paper, and how far off it is seen. Millimetres.
struct SeenOff {
  Point paper;
  Point off;
  double weight = 1;
};

struct FittedBend {
  Bend bend;
  double residual_mm = 0;  ///< nine in ten of the places are seen no further from where it puts them
  std::size_t places = 0;  ///< that it rests on
};

/// The bend with the least squares. Places that contradict most of the others are left out. Nothing with too
/// few places for any.
[[nodiscard]] std::optional<FittedBend> fit_bend(std::vector<SeenOff> places);

}  // namespace softbot::ocr
