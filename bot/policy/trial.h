#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "policy/simulation.h"

namespace softbot {

/// How far a try has come, in rows of the history.
struct TrialProgress {
  std::int64_t done = 0;
  std::int64_t all = 0;
};

struct TrialOptions {
  JudgementFilter filter;
  unsigned threads = 2;
  int niceness = 0;      ///< of the threads, as the system counts: 19 yields most
  std::stop_token stop;  ///< what is done so far is given then, as cancelled
  /// Called after each stretch of rows, by one thread at a time; may be empty.
  std::function<void(const TrialProgress&)> on_progress;
};

/// Tries a draft on the whole history, beside whatever else goes on, in short views by stretches of rows.
/// Reads only. Blocks until it is done. Fails with what the history fails with.
[[nodiscard]] Result<Simulation> try_on_history(JudgementHistory& history, const ComparedPolicies& policies,
                                                const TrialOptions& options);

}  // namespace softbot
