#pragma once

#include "pipeline/edit.h"

namespace softbot::pipeline {

/// Makes a prepared grant final: status, outcome, events, the provision, the letter with the investigation
/// report, the order to the provider, and the check that the letter was posted in time.
/// `application.decision` holds what is granted.
void finish_grant(const Services& services, Application& application, Effects& effects, std::string_view by);

/// The letter of a person's decision, and for a grant what goes with it.
void finish_person_decision(const Services& services, Application& application, Effects& effects,
                            const std::string& display_name);

/// The mail room has until the end of the next working day after the planned one to say that a letter on
/// channel "post" went.
void expect_posting(const OutboxRecord& row, Effects& effects);

/// What these letters say (config/letters/README.md: grant, person-decision): what is sent, and what is shown
/// before. `application.decision` holds the decision.
[[nodiscard]] Value context_of_grant(const Services& services, const Application& application);
[[nodiscard]] Value context_of_person_decision(const Services& services, const Application& application,
                                               const std::string& display_name);

}  // namespace softbot::pipeline
