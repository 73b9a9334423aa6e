#pragma once

#include "http/router.h"
#include "pipeline/services.h"
#include "policy/trials.h"

namespace softbot::http {

/// Tries of a version of the policy on past applications: start, follow, cancel; for administrators.
/// Everything must outlive the router.
void add_policy_trial_routes(Router& router, const Services& services, PolicyTrials& trials);

}  // namespace softbot::http
