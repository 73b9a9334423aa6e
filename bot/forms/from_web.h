#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/value.h"
#include "forms/definition.h"

namespace softbot {

/// Parameters of a posted form in their order; a name may come more than once (tick boxes).
using WebParameters = std::vector<std::pair<std::string, std::string>>;

/// What was posted for one part of the form.
struct WebPart {
  Value answers;                    ///< raw text as typed, for kinds other than yes-no, choices and list
  std::vector<std::string> unused;  ///< names with this prefix that are no field of the definition
};

/// Takes the parameters "<prefix>.<field>" out of a posted form. Names: "common.bsn",
/// "household-help.tasks" (once per ticked option), "living-allowance.accounts.0.iban" (row 0 of a list), and
/// "common.birthDate" or its three boxes "common.birthDate.day", ".month", ".year", which are joined as
/// "1/3/2026". yes-no takes yes, no, true, false, ja, nee. Blank is unanswered. Answers are not normalised:
/// run normalise() after keeping what was typed.
[[nodiscard]] WebPart from_web(const FormDefinition& definition, std::string_view prefix,
                               const WebParameters& parameters);

/// The way back, for showing a form again: a date gives the whole under its own name and the three boxes.
/// numbers get a decimal comma. After normalise(), from_web() of the result gives the same answers.
[[nodiscard]] WebParameters to_web(const FormDefinition& definition, std::string_view prefix,
                                   const Value& answers);

/// The first value under a name, or "".
[[nodiscard]] std::string web_value(const WebParameters& parameters, std::string_view name);
/// All values under a name.
[[nodiscard]] std::vector<std::string> web_values(const WebParameters& parameters, std::string_view name);

}  // namespace softbot
