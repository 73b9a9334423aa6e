#pragma once

#include <vector>

#include "pipeline/edit.h"

namespace softbot::pipeline {

/// Everything that is asked of the applicant now: from the definition, and the signature when nobody has
/// signed or when decisive answers changed without a signature.
[[nodiscard]] std::vector<Asked> what_to_ask(const Configuration& configuration,
                                             const Application& application);

/// Asks for `application.asked` in one letter (Awb 4:5): status, outcome, event, the end of the term as a
/// job, and the letter to the register's address when that is known. With a missing signature the letter has
/// the sheet that repeats the answers.
void send_repair_request(const Services& services, Application& application, Effects& effects, Date until,
                         std::string_view by);

/// The letter that goes with a repair request, to the register's address; an open task when there is none.
void send_repair_letters(const Services& services, Application& application, Effects& effects, Date until);

/// Sends the sheet that repeats the answers once more, because they changed after the last one. Sheets are
/// numbered (facts.sheetNumber): only the newest confirms the answers.
void send_sign_sheet(const Services& services, Application& application, Effects& effects);

/// Sends the case to the consultants with these reasons added.
void refer(const Services& services, Application& application, Effects& effects,
           const std::vector<Reason>& reasons, std::string_view by);

/// Team by theme and age, from the municipality's routes.
[[nodiscard]] std::string team_of(const Services& services, const Application& application);

/// What the register says about the typed BSN: keeps the person in the facts. Nothing when the BSN is not
/// usable, not read with certainty from paper, or unknown there.
[[nodiscard]] Result<std::optional<RegisterPerson>> ask_register(const Services& services,
                                                                 Application& application);

}  // namespace softbot::pipeline
