#pragma once

#include <memory>

#include "domain/date.h"
#include "pipeline/services.h"
#include "policy/policy_set.h"
#include "policy/register_check.h"

namespace softbot::pipeline {

/// What an application is judged by, beside its own answers. Fetched before the transaction that stores what
/// comes of it.
struct Grounds {
  RegisterFindings findings;
  Value past;  ///< past_facts()
  std::shared_ptr<const PolicySet> policy;
  Date day{};
};

/// What the register means for the application when this person has its number.
[[nodiscard]] RegisterFindings findings_with(const Services& services, const Application& application,
                                             const std::optional<RegisterPerson>& person);

/// The rest of it from the store; fails as the store and the policy do.
[[nodiscard]] Result<Grounds> grounds_of(const Services& services, const Application& application,
                                         RegisterFindings findings);

/// What the policy is told (policy/facts.h): of a form on paper only what is settled.
[[nodiscard]] Value facts_of(const Services& services, const Application& application,
                             const Grounds& grounds);

/// What the policy says of these facts.
[[nodiscard]] PolicyResult judged_by(const Grounds& grounds, const Application& application,
                                     const Value& facts);

}  // namespace softbot::pipeline
