#pragma once

#include <string_view>

#include "degrade.h"
#include "domain/value.h"
#include "writer.h"
#include "written.h"

namespace softbot::fill {

/// What a perfect reader finds in each field, by its name in the geometry and as the definition takes it;
/// null: nothing, or nothing that counts. A name that two types share stands as "<type>.<name>" for the
/// second.
[[nodiscard]] Value fields_truth(const WrittenForm& form);

/// Of tick fields, every option: true or false.
[[nodiscard]] Value ticks_truth(const WrittenForm& form);

/// What went wrong while writing: {"field", "kind", "meant"}.
[[nodiscard]] Value mistakes_truth(const WrittenForm& form, Mistake mistake);

[[nodiscard]] Value to_value(const Writer& writer);

}  // namespace softbot::fill
