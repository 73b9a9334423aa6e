#pragma once

#include <string>
#include <vector>

#include "pipeline/judging.h"

namespace softbot::pipeline {

/// A doubt about what was written holds up nothing when the decision is the same whatever it was: a body
/// weight of 58 or 54 kg, both far below the limit. The policy is then asked about every reading, and grants
/// when each of them gives the very same grant.

/// One field in doubt, and all that may stand in it; null: no answer.
struct OpenField {
  std::string name;
  Value::List values;
};

/// What may stand in the decisive fields that are not settled. Of a number the reading's value and
/// alternatives, without the least likely ones that have `most_left_out` of its probability together; of
/// ticks each answer that the boxes in doubt leave open. Empty when nothing is open, and also when something
/// open cannot be written out: a name, number of a person, address, day or row (what supports those is the
/// register), a question without a box in doubt whose frames were not seen, a number of which the list holds
/// less than `least_listed`, or more than `most_readings` together.
///
/// Of 1,155 integers in doubt or repaired, of the glyphs kept for calibration, whose list held `least_listed`
/// or more, one was not listed; of 2,114 amounts twelve (tests/bench/fields).
[[nodiscard]] std::vector<OpenField> open_fields(const Configuration& configuration,
                                                 const Application& application);
inline constexpr double most_left_out = 0.005;
inline constexpr double least_listed = 0.95;
inline constexpr std::size_t most_readings = 256;

/// The open fields when every reading of them is complete and granted, and all alike; else empty.
[[nodiscard]] std::vector<OpenField> open_without_difference(const Services& services,
                                                             const Application& application,
                                                             const Grounds& grounds);

/// Settles the fields: `support` says "every-reading" and `tried` holds what may stand there. The answer
/// stays what was read.
void rest_on_every_reading(Application& application, const std::vector<OpenField>& open);

/// Whether what was settled so still makes no difference: for when the decision is made, perhaps weeks later.
[[nodiscard]] bool still_without_difference(const Services& services, const Application& application,
                                            const Grounds& grounds);

/// What stands in the file of the case about it; empty when no field was settled so.
[[nodiscard]] std::vector<Condition> every_reading_conditions(const Application& application);

}  // namespace softbot::pipeline
