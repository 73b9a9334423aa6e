#pragma once

#include <vector>

#include "pipeline/policy_life.h"

namespace softbot::pipeline {

/// What the check says of a change that propose_policy() was asked for, kept or not, for whoever puts it into
/// words of their own; nothing when the change cannot be made at all.
[[nodiscard]] std::vector<DraftFinding> findings_of(const Services& services, const PolicyChange& change);

}  // namespace softbot::pipeline
