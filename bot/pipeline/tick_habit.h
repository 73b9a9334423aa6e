#pragma once

#include <vector>

#include "domain/reading.h"
#include "forms/geometry/geometry.h"

namespace softbot::pipeline {

/// A question with boxes to tick, and what was read of it.
struct TickQuestion {
  const PaperField* field = nullptr;
  const Reading* reading = nullptr;
};

/// A box that is filled altogether was taken back, says the form. But some people tick by filling boxes, and
/// then they do it everywhere: True when at least three questions have a filled box and filled boxes are four
/// times as many as other ticks, or at least eight and twice as many (of who scribbles, some boxes come out
/// as ticks); and no question for one answer has a filled box beside anything else. Looks at a whole form,
/// for one question alone never tells. Pure.
[[nodiscard]] bool ticks_by_filling(const std::vector<TickQuestion>& questions);

/// What somebody meant who ticks by filling: the reading with its filled boxes ticked. As it was where
/// anything else about it is in doubt, or other boxes are ticked as well.
[[nodiscard]] Reading with_filled_ticked(const TickQuestion& question);

}  // namespace softbot::pipeline
