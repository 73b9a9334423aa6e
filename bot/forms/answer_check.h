#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/date.h"
#include "domain/value.h"
#include "forms/definition.h"

namespace softbot {

/// What is wrong with one normalised answer, as a sentence in the language asked for; nothing when it can be
/// right. Rows of a list are not looked into, only how many there are.
[[nodiscard]] std::optional<std::string> problem_of_answer(const Field& field, const Value& answer,
                                                           Date today, std::string_view language);

/// "1 maart 2026" or "1 March 2026".
[[nodiscard]] std::string format_day(Date date, std::string_view language);

}  // namespace softbot
