#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/value.h"
#include "forms/geometry/geometry.h"

namespace softbot {

/// The answer that a field's name means, of a row of a list too: "bsn", "accounts[1].iban". Null when there
/// is none. Borrows from `answers`.
[[nodiscard]] const Value& answer_of_field(const Value& answers, std::string_view name);

/// One sign per box, from the first box on; a box left empty is a space.
using BoxSigns = std::vector<char32_t>;

/// How an answer is written into the boxes of a field: capitals and digits, a date as day, month and year,
/// whole units at the right of theirs. Nothing when the answer does not go into them. Pure.
[[nodiscard]] std::optional<BoxSigns> box_signs(const PaperField& field, const Value& answer);

/// The signs that are written, in their order, as text: what is left out where a writer chose other boxes to
/// leave empty. "" when the answer does not go into the boxes. Pure.
[[nodiscard]] std::string signs_in_boxes(const PaperField& field, const Value& answer);

}  // namespace softbot
