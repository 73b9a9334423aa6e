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

/// How the net of lines wants a line, as models.json says. A plain value.
struct LineNormalisation {
  int height = 32;          ///< rows that the net sees
  double letter = 20;       ///< rows of a block letter in it
  double middle = 15.5;     ///< the row in which the letters' middle lies
  std::vector<int> widths;  ///< columns, rising: a line is filled up to the next, and squeezed to the last
  double ink_threshold = 0.25;
};

/// A written line as its net takes it: rows from the top, 0.0 paper. A plain value.
struct LineGlyph {
  int width = 0;
  std::vector<float> ink;
};

/// The ink of one line, its letters brought to one height: block letters spread their ink evenly over their
/// height, and an even spread is the square root of twelve deviations high. Empty ink: width 0. Pure.
[[nodiscard]] LineGlyph normalised_line(const BoxInk& line, const LineNormalisation& how);

}  // namespace softbot::ocr
