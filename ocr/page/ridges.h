#pragma once

#include "ocr/image.h"
#include "ocr/page/plane.h"

namespace softbot::ocr {

/// A straight line printed level or upright on paper, millimetres.
struct PaperLine {
  bool upright = false;
  double at = 0;  ///< y of a level line, x of an upright one
  double from = 0;
  double to = 0;
  [[nodiscard]] double length() const { return to - from; }
  [[nodiscard]] Point point(double along) const { return upright ? Point{at, along} : Point{along, at}; }
};

/// How much each pixel looks as if a thin line ran through it, 0 (none) to 255: darker than what lies on both
/// sides of it, over some millimetres along. Text and handwriting are hardly seen, light frames are.
struct Ridges {
  double per_mm = 0;  ///< pixels
  double factor = 0;  ///< of these pixels to those of the picture
  GrayImage level;
  GrayImage upright;

  /// Whichever of the two runs along a line of paper that is turned by this many quarters.
  [[nodiscard]] const GrayImage& along(bool upright_line, int quarters) const {
    return upright_line == (quarters % 2 == 0) ? upright : level;
  }
};

/// `pixels_per_mm` of the picture (a guess is enough), made coarser to `wanted_per_mm`. Pure.
[[nodiscard]] Ridges ridges_of(const GrayImage& image, double pixels_per_mm, double wanted_per_mm);

/// The same, each ridge falling off slowly to its sides, to nothing after `reach_mm`: a map can be led to its
/// place from there. Pure.
[[nodiscard]] Ridges widened(const Ridges& ridges, double reach_mm);

}  // namespace softbot::ocr
