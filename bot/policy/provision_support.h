#pragma once

#include <string>
#include <vector>

#include "domain/application.h"
#include "ports/records.h"

namespace softbot {

/// How what was granted before settles a doubt about which decision somebody means.
///
/// Whoever asks for more of their help copies the number and the last day from a decision that the
/// municipality sent them, and the municipality knows which those are. A number is read as one of theirs when
/// - the reader gives it a probability q among what may stand there, and by the formula of
///   policy/register_support.h, with S = `surprise`, the posterior probability is `least_posterior` or more;
///   O and 0, and I and 1, are one sign, and marks between signs are none; or
/// - nothing was read clearly, it has `least_signs` or more, ends as it was read, and one in
/// `signs_per_change`
///   differs at most: of WMO-2024-516565 that is two. Numbers that were given in a row, as to two people of
///   one household, differ at their end; or
/// - the same with one sign in three, and the last day that is written beside it is of that same decision.
/// A last day is read as one of theirs by the formula. Beside a number that is, the likeliest day is enough.
///
/// Nothing is settled where another of their decisions may be meant as well, where what was read with
/// certainty, or answered since, is of no decision of theirs, or where number and last day are of two.
struct ProvisionSupport {
  static constexpr double surprise = 0.001;  ///< S of a number and of a day
  static constexpr double least_in_reading = 0.0001;
  static constexpr double least_posterior = 0.999;
  static constexpr double clear = 0.9;  ///< a number so likely is what was written
  static constexpr std::size_t signs_per_change = 6;
  static constexpr std::size_t least_signs = 8;
  static constexpr std::size_t signs_at_end = 2;
};

/// Settles decisionNumber and endDate, as far as they are in doubt: the answer becomes what the decision
/// says, the reading says `support: "provision"`. `provisions`: of the resident; it must be known by their
/// own hand whose they are (is_their_own_number). The fields that were settled. Pure but for `application`.
std::vector<std::string> support_by_provisions(Application& application,
                                               const std::vector<ProvisionRecord>& provisions);

/// A condition for each field that was settled so, for the file of the case.
[[nodiscard]] std::vector<Condition> provision_support_conditions(const Application& application);

}  // namespace softbot
