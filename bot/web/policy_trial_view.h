#pragma once

#include <cstddef>
#include <string>

#include "policy/policy_words.h"
#include "policy/trials.h"
#include "web/site.h"

/// A version tried on past applications, as its page shows it, in Dutch.
namespace softbot::web {

/// The sentences of both versions, for the reasons.
struct TrialWords {
  PolicyWords now;
  PolicyWords then;
};

/// "Alle gemeenten, hulp bij het huishouden, ontvangen vanaf 1 maart 2026": what was looked at.
[[nodiscard]] std::string trial_scope_words(const Visit& visit, const JudgementFilter& filter);

/// Sets what the page says of a try that is under way: isRunning, progressDone, progressAll, progressPercent.
void add_trial_progress(Value& context, const TrialProgress& progress);

/// Sets what came out: applications, judged, notTried, changesRows, sumRows, and `most` changed cases from
/// the first that is shown: changedRows, changedFrom, changedTo, changedAll, hasMore.
void add_trial_result(Value& context, const Visit& visit, const Simulation& simulation,
                      const TrialWords& words, std::size_t first, std::size_t most);

}  // namespace softbot::web
