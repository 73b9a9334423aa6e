#pragma once

#include <string_view>
#include <vector>

#include "domain/application.h"
#include "pipeline/services.h"

namespace softbot::pipeline {

/// What a form on paper asks of the stages, beside what every application does. All of these do nothing for
/// an application that did not come on paper.

/// What a person must look at before anything is asked of the resident, so that they are asked once: doubts
/// about the paper, decisive fields that are not settled (doubtful ones first), and fields that would be
/// asked for although something is written there. Missing pages are not among it: they are asked for.
[[nodiscard]] std::vector<Reason> reasons_to_look(const Application& application,
                                                  const std::vector<Asked>& asked);

/// The reason that names a decisive field in doubt.
[[nodiscard]] Reason doubtful_field(std::string_view field);

/// Writes down which questions that were not read with certainty do not apply at all.
void note_what_applies(const Configuration& configuration, Application& application);

/// Settles a doubt about the day of signing: only that the form was signed lately bears on the decision (Awb
/// 4:2), and a form is signed shortly before it comes: of a hundred forms 99 at least, on one of 92 days, and
/// the hundredth on any of many hundred. So a day in the 92 days before receipt is taken when it has at least
/// `least_recent` of the reading's probability (then by Bayes' rule it is such a day 40 times more likely
/// than not); as surely the day when it is the likeliest of all and has `least_of_recent` of what is listed
/// on such days, else as one of those days, which make no difference (every_reading.h): who wrote 2026 so
/// that it reads 2021 wrote the 16th so that it reads 11.
void support_by_receipt(Application& application);
inline constexpr double least_recent = 0.05;
inline constexpr double least_of_recent = 0.95;

/// An open task of this kind must be finished before a grant: somebody wrote or enclosed something that
/// nobody has looked at.
[[nodiscard]] bool holds_up_grant(std::string_view task);
[[nodiscard]] bool waits_for_a_look(const Application& application);

/// Answers as they may be held against the register and given to a policy: what is not settled is left out,
/// so that it is unknown. `part`: "common" or anything else for the type's own.
[[nodiscard]] Value usable_answers(const Application& application, std::string_view part);

}  // namespace softbot::pipeline
