#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "policy/trial.h"

namespace softbot {

/// What is tried, and who asked.
struct TrialRequest {
  std::string id;  ///< random
  std::string by;  ///< account
  Instant at{};
  JudgementFilter filter;
};

enum class TrialState { running, done, cancelled, failed };
[[nodiscard]] std::string_view name_of(TrialState state);

/// A try as it stands.
struct TrialView {
  TrialRequest request;
  std::string active;  ///< versions that are compared
  std::string draft;
  Date values_on{};  ///< the day of the values of both
  TrialState state = TrialState::running;
  TrialProgress progress;
  std::shared_ptr<const Simulation> result;  ///< once done; nothing when it was cancelled or failed
  std::string failure;
};

/// Tries drafts in the background, one at a time. The last one is kept until the next begins, in memory: a
/// try writes nothing. Thread-safe.
class PolicyTrials {
 public:
  /// `history` must outlive it.
  PolicyTrials(JudgementHistory& history, unsigned threads) : history_(history), threads_(threads) {}
  /// Cancels what runs, and waits for it.
  ~PolicyTrials();
  PolicyTrials(const PolicyTrials&) = delete;
  PolicyTrials& operator=(const PolicyTrials&) = delete;

  /// `conflict` while another one runs.
  [[nodiscard]] Result<void> start(TrialRequest request, ComparedPolicies policies);
  /// The last one; nothing when there was none since the start.
  [[nodiscard]] std::optional<TrialView> latest() const;
  /// Asks it to stop, which takes a moment; `not_found` when that is not the last one.
  [[nodiscard]] Result<void> cancel(std::string_view id);

 private:
  void run(const std::stop_token& stop, const JudgementFilter& filter, const ComparedPolicies& policies);

  JudgementHistory& history_;
  const unsigned threads_;
  mutable std::mutex mutex_;  ///< guards `view_`
  std::optional<TrialView> view_;
  std::mutex starting_;  ///< guards `worker_`
  std::jthread worker_;
};

/// {id, by, at, active, draft, valuesOn, municipality, type, state, progress: {done, all}, failure, result};
/// `result` as to_value() of simulation.h with the first `most` changed cases, null while there is none.
[[nodiscard]] Value to_value(const TrialView& trial, std::size_t most);

}  // namespace softbot
