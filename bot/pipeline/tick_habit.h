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

/// How somebody ticks, all over a form.
enum class TickHabit { signs, filling, circling, small_signs };

/// As the functions below tell it; signs (crosses, hooks) when none of them does. Pure.
[[nodiscard]] TickHabit tick_habit_of(const std::vector<TickQuestion>& questions);
/// What somebody with that habit meant. What a sign is only with another habit is a doubt, and dirt nothing.
[[nodiscard]] Reading meant_by(TickHabit habit, const TickQuestion& question);

/// A box that is filled altogether was taken back, says the form. But some people tick by filling boxes, and
/// then they do it everywhere: True when at least three questions have a filled box and filled boxes are four
/// times as many as other ticks, or at least eight and twice as many (of who scribbles, some boxes come out
/// as ticks); and no question for one answer has a filled box beside anything else. Looks at a whole form,
/// for one question alone never tells. Pure.
[[nodiscard]] bool ticks_by_filling(const std::vector<TickQuestion>& questions);

/// What somebody meant who ticks by filling: the reading with its filled boxes ticked. As it was where
/// anything else about it is in doubt, or other boxes are ticked as well.
[[nodiscard]] Reading with_filled_ticked(const TickQuestion& question);

/// A circle around a box may be a tick, or a box that was taken back. Who draws circles all over a form ticks
/// with them: true when at least five questions have one; each question for one answer has one circle at
/// most; no box anywhere is ticked, or, of who draws them so small that some cross their box, eight questions
/// at least have a circle, there are four circles for each tick, and each tick stands alone at a question for
/// one answer; a filled box stands only beside one circle, as the form asks of who made a mistake; there are
/// four circles for each mark in doubt; and of some question with three answers or more less than half are
/// circled, for who circles what does not apply would circle most. Pure.
[[nodiscard]] bool ticks_by_circling(const std::vector<TickQuestion>& questions);

/// What somebody meant who ticks by circles. With its circles in doubt where anything else is marked beside
/// them, and where any number of answers may be marked: one circle overlooked would be an answer lost.
[[nodiscard]] Reading with_circled_ticked(const TickQuestion& question);

/// A dot may be a tick, or a pen that rested while somebody read. Who puts one into the right box everywhere
/// ticks by them: true when at least four questions for one answer have a dot and nothing else; none has a
/// dot beside another mark; there are as many dots as ticks at least, for large ones come out as ticks; and
/// four dots or ticks for each mark in doubt. Pure.
[[nodiscard]] bool ticks_by_small_signs(const std::vector<TickQuestion>& questions);

/// What somebody meant who ticks by dots. In doubt where anything else is marked, and where any number of
/// answers may be marked: one dot overlooked would be an answer lost, and a speck may be one.
[[nodiscard]] Reading with_small_ticked(const TickQuestion& question);

}  // namespace softbot::pipeline
