#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"
#include "ports/register.h"

namespace softbot {

/// The body of the question for one citizen number: only the fields that the check needs.
[[nodiscard]] Value brp_question(std::string_view bsn);

/// Reads the answer to brp_question(): none when the register does not know the number. What the register
/// says is in part or under investigation is left out (a birth date) or marked (an address). Fails with
/// `unavailable` when the answer does not follow the standard or is about somebody else. Pure.
[[nodiscard]] Result<std::optional<RegisterPerson>> brp_answer(const Value& answer, std::string_view bsn);

}  // namespace softbot
