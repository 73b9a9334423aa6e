#pragma once

#include <cstddef>
#include <vector>

#include "ocr/fields/signs.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// A piece of a written line that is cut no further: a character, or a part of one. Columns of the strip;
/// `right` is beyond it.
struct LinePiece {
  int left = 0;
  int right = 0;
};

/// One line of writing or print on a strip, from left to right. A plain value.
struct WrittenLine {
  std::vector<LinePiece> pieces;
  std::vector<int> owner;    ///< number of its piece for every pixel of the strip; -1: none
  double letter_height = 1;  ///< pixels
};

/// The ink of a strip of grey pixels (255 is white): 0.0 paper, 1.0 the darkest of it. Pure.
[[nodiscard]] BoxInk strip_ink(const GrayImage& strip);

/// The lines on a strip, from the top. What is left of lines above and below, cut off by its edges, is none.
/// Strokes that hang together are cut where a thin stroke joins them. Pure.
[[nodiscard]] std::vector<WrittenLine> written_lines(const BoxInk& strip);

/// The ink of pieces `first` to `last` alone, cut out. Pure.
[[nodiscard]] BoxInk ink_of_pieces(const BoxInk& strip, const WrittenLine& line, std::size_t first,
                                   std::size_t last);

}  // namespace softbot::ocr
