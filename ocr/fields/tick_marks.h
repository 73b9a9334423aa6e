#pragma once

#include <vector>

#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"

namespace softbot::ocr {

/// What somebody did to one box to tick.
enum class TickMark {
  empty,      ///< surely nothing
  specked,    ///< nothing but dirt, for all that one box tells
  ticked,     ///< a tick, a cross or another sign that is surely meant for this box
  blackened,  ///< filled altogether: cancelled, when another one is ticked
  dense,      ///< nearly so: a dense tick, or cancelled in haste
  circled,    ///< a circle around it and nothing in it: how somebody ticks, or taken back
  small,      ///< a dot or the like, and nothing else: how somebody ticks, or a pen that rested
  doubtful,   ///< a stroke of something else, a line through it
};

/// What was measured in and around one box to tick, in millimetres and shares of the inside of its frame.
struct TickMeasures {
  double share = 0;             ///< of the inside that is ink of strokes that are meant for this box
  double foreign = 0;           ///< of the inside that is ink of strokes that lie mainly in another box
  double solid = 0;             ///< of the inside that is filled without gaps
  double extent_mm = 0;         ///< longer side of the ink inside
  double with_outside_mm = 0;   ///< the same with strokes that go on right outside its frame
  double entering_mm = 0;       ///< longest stroke that is meant for this box, also outside it
  double around_mm = 0;         ///< longest stroke beside the box that does not enter it
  double faint_mm = 0;          ///< longest trace that is too faint for ink
  int specks = 0;               ///< inside, each too small for ink
  bool bilevel = false;         ///< scanned in black and white: one speck may be all that is left of a tick
  bool circled = false;         ///< strokes beside it go all around it, and nothing stands in its middle
  bool partly_circled = false;  ///< they go around a good part of it, as pieces of a circle do
  bool through = false;         ///< a line runs on through the box, or lies level in it from side to side
};

/// In the order of the field's ticks. Pure.
[[nodiscard]] std::vector<TickMeasures> measured_ticks(const PlacedPage& page, const PaperField& field);
[[nodiscard]] TickMark mark_of(const TickMeasures& measures);

}  // namespace softbot::ocr
