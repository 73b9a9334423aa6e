#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ocr/page/plane.h"
#include "ocr/page/ridges.h"

namespace softbot::ocr {

/// A page as its printed lines show it.
struct Layout {
  double width = 210;  ///< mm
  double height = 297;
  std::vector<PaperLine> lines;
  /// For each line the part of the page (a field) that it belongs to: what is off together, is off.
  std::vector<std::size_t> groups;
};

/// How well a map puts the lines of a layout where lines are seen in the picture.
struct LayoutFit {
  Projection to_picture;   ///< millimetres to pixels
  double found = 0;        ///< share of the lines' length that is seen, 0..1
  double residual_mm = 0;  ///< how far the lines of a part are from their place, of the part that is off most
  double length_mm = 0;    ///< of all lines
};

/// Maps that may be right, the likeliest first: any of the four ways to lie, 3 degrees of skew and 5% of
/// scale beside `pixels_per_mm`. Pure, bounded by the numbers of lines and pixels.
[[nodiscard]] std::vector<Projection> places_of(const Layout& layout, const Ridges& coarse,
                                                double pixels_per_mm);

/// What a map is led by on its way to where the lines are: ridges that were widened, coarse ones first, and
/// the fine ones as they are.
struct Guides {
  Ridges coarse;
  Ridges near;
  Ridges fine;
};

/// The map moved until the lines fit best, a millimetre or so. Pure.
[[nodiscard]] Projection settled(const Layout& layout, const Guides& guides, const Projection& map);

/// What is seen of the lines under this map. Pure.
[[nodiscard]] LayoutFit fit_of(const Layout& layout, const Ridges& fine, const Projection& map);

/// The offset at which most of a line is seen, within `reach_mm`, millimetres to the right or down.
[[nodiscard]] std::optional<double> offset_of(const PaperLine& line, const Ridges& fine,
                                              const Projection& map, double reach_mm);

}  // namespace softbot::ocr
