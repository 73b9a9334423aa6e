#pragma once

#include <vector>

#include "ocr/fields/placed_page.h"

namespace softbot::ocr {

/// A straight printed line on a picture: pixels.
struct PrintedLine {
  bool upright = false;
  int at = 0;  ///< its middle: x of an upright one, y of a level one
  int from = 0;
  int to = 0;
};

/// How far from its place a printed line may lie: pixels of a placed page.
inline constexpr int line_reach = 7;

/// The sides of a box, long ones in pieces, so that a piece may lie a little askew.
[[nodiscard]] std::vector<PrintedLine> sides_of(const PixelBox& box);

/// Writing lines that came out as rows of dots: level lines in a box of `ink` with nothing close above and
/// below them. `threshold`: what is as dark is a dot.
[[nodiscard]] std::vector<PrintedLine> dotted_rulings(const GrayImage& ink, const PixelBox& box,
                                                      int threshold);

/// Takes printed lines out of `ink` (0 paper): each as dark as most of its length is, but not much darker
/// than most of `lines` are, so that a stroke along a light line stays. Strokes that cross a dark line are
/// mended.
[[nodiscard]] GrayImage without_lines(GrayImage ink, const std::vector<PrintedLine>& lines);

/// Takes writing lines out of a box whose frame is `lines`, wherever they are, by the same rule.
[[nodiscard]] GrayImage without_rulings(GrayImage ink, const PixelBox& box,
                                        const std::vector<PrintedLine>& lines);

}  // namespace softbot::ocr
