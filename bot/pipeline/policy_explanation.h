#pragma once

#include <string>
#include <vector>

#include "domain/date.h"
#include "forms/catalogue.h"
#include "pipeline/services.h"
#include "policy/policy_words.h"

namespace softbot::pipeline {

/// The active policy in words, with its version.
struct ActivePolicyWords {
  std::string version;
  Instant since{};  ///< when this version came into the store
  PolicyWords words;
};
/// `configuration` when there is no active policy.
[[nodiscard]] Result<ActivePolicyWords> active_policy_words(Transaction& transaction);

/// What the policy says for residents of this municipality on this day, in the words of its forms.
[[nodiscard]] std::vector<TypeWords> explain_policy(const PolicyWords& words, const Catalogue& forms,
                                                    std::string_view municipality, Date day);

}  // namespace softbot::pipeline
