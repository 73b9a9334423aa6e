#pragma once

#include <array>
#include <vector>

#include "glyph.h"
#include "picture.h"
#include "random.h"

namespace softbot::fill {

struct Point {
  double x = 0;
  double y = 0;
};

/// What comes out of a pen.
struct Ink {
  std::array<double, 3> colour{20, 20, 25};  ///< red, green, blue, 0..255
  double darkness = 0.95;                    ///< how much of the paper it covers, 0..1
  double grain = 0;                          ///< how unevenly, 0..1; pencil about 0.5
};

/// How a glyph is put down: its cut-out fills width x height pixels around the centre.
struct Placement {
  Point centre;
  double width = 0;
  double height = 0;
  double slant = 0;      ///< sideways per upwards: tangent
  double turn = 0;       ///< radians, clockwise
  double thickness = 0;  ///< -1 thin ... 1 thick, around how the glyph is
  double shake = 0;      ///< pixels by which the outline wanders
};

void put_glyph(Picture& page, const Glyph& glyph, const Placement& placement, const Ink& ink, Random& random);

/// A line through these points, with round ends; corners as they are.
void draw_stroke(Picture& page, const std::vector<Point>& points, double width, const Ink& ink,
                 Random& random);

/// A smooth curve through these points, in short steps.
[[nodiscard]] std::vector<Point> smooth(const std::vector<Point>& points);

/// The same line from an unsteady hand: wanders by about so many pixels.
[[nodiscard]] std::vector<Point> shaken(const std::vector<Point>& points, double amplitude, Random& random);

}  // namespace softbot::fill
