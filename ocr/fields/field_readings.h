#pragma once

#include <vector>

#include "domain/reading.h"
#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"
#include "ocr/fields/tick_marks.h"

namespace softbot::ocr {

/// What stands in a field that needs no net: value, state, probability, ticks and ink; the caller adds name,
/// page, place and crop. Pure.
[[nodiscard]] Reading read_ticks(const PaperField& field, const std::vector<TickMark>& marks);
[[nodiscard]] Reading read_signature(const PlacedPage& page, const PaperField& field);
/// Writing lines: shown to a person, not guessed.
[[nodiscard]] Reading read_lines(const PlacedPage& page, const PaperField& field);

}  // namespace softbot::ocr
