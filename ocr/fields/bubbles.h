#pragma once

#include <vector>

#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"
#include "ocr/fields/tick_marks.h"

namespace softbot::ocr {

/// The bubbles of a page: places to fill altogether, with a ring around them and often a sign printed in
/// them. How dark an empty one is, and how dark ink, shows from all of them together. Borrows nothing.
class Bubbles {
 public:
  Bubbles(const PlacedPage& page, const FormGeometry& geometry, int number);

  /// In the order of the field's ticks: empty, ticked (filled) or doubtful (half filled, a stroke, erased).
  [[nodiscard]] std::vector<TickMark> marks_of(const PlacedPage& page, const PaperField& field) const;

 private:
  double empty_ = 0;  ///< how dark an empty one is, 0..1
  double full_ = 1;   ///< how dark a filled one is, 0..1
};

}  // namespace softbot::ocr
