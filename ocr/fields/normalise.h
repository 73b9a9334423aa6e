#pragma once

#include <vector>

#include "ocr/fields/signs.h"

namespace softbot::ocr {

/// How a net wants its glyphs, as models.json says (ocr/models/README.md). A plain value.
struct Normalisation {
  int side = 32;                ///< pixels of the square that the net sees
  int longer_side = 24;         ///< pixels of the glyph's longer side in it
  double ink_threshold = 0.25;  ///< what is above it is ink
  double speck_share =
      0.05;  ///< parts smaller than this share of the largest do not count for the glyph's box
};

/// The glyph as a net takes it: side * side numbers, rows from the top, 0.0 paper. Empty when the box holds
/// no ink above the threshold, or when its sizes are not true. Pure.
[[nodiscard]] std::vector<float> normalised(const BoxInk& box, const Normalisation& how);

}  // namespace softbot::ocr
