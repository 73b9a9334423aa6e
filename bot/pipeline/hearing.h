#pragma once

#include <string>
#include <vector>

#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// Hearing the applicant before a refusal (Awb 4:7), and the reverse test, as they are asked for and kept.

/// What lacks or cannot be; nothing where the outcome takes nothing away.
[[nodiscard]] std::vector<FieldError> mistakes_in_hearing(const PersonDecision& decision,
                                                          const Application& application, Date today);

/// The conversation as an event of the case, unless it is there already.
void note_hearing(const Services& services, const Staff& staff, const PersonDecision& decision,
                  Application& application);

/// What a person's decision keeps beside its reasons (Decision::trace): {hearing: {factsDiffer, heardOn,
/// said, exception} or null, reverseTest: {effect, values, effects, test} or null}.
[[nodiscard]] Value considerations_of(const PersonDecision& decision);

/// What the letter says of it, below the reasons: whole sentences, "" for nothing.
[[nodiscard]] std::string hearing_in_letter(const Decision& decision);

}  // namespace softbot::pipeline
