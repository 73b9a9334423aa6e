#include "policy/trial.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace softbot {
namespace {

constexpr std::int64_t rows_at_once = 100;

class Trial {
 public:
  Trial(JudgementHistory& history, const ComparedPolicies& policies, const TrialOptions& options)
      : history_(history), policies_(policies), options_(options) {}

  Result<Simulation> run() {
    const auto last = history_.last_row();
    if (!last) return fail(last.error());
    last_ = *last;
    {
      std::vector<std::jthread> workers;
      for (unsigned worker = 0; worker < std::max(1U, options_.threads); ++worker)
        workers.emplace_back([this] { work(); });
    }
    if (failure_) return fail(*failure_);
    whole_.cancelled = done_ < last_;
    whole_.sort();
    return std::move(whole_);
  }

 private:
  void work() {
    if (options_.niceness > 0) setpriority(PRIO_PROCESS, 0, options_.niceness);  // on Linux of this thread
    ComparedPolicies policies = policies_;
    Simulation part;
    while (!stopped_ && !options_.stop.stop_requested()) {
      const std::int64_t after = next_.fetch_add(rows_at_once);
      if (after >= last_) break;
      const std::int64_t until = std::min(after + rows_at_once, last_);
      const auto stretch = history_.judgements(after, until, options_.filter);
      if (!stretch) return stop_with(stretch.error());
      for (const auto& kept : *stretch) part.add(kept, policies);
      note_done(until - after);
    }
    const std::scoped_lock lock(mutex_);
    whole_.add(std::move(part));
  }

  void note_done(std::int64_t rows) {
    const std::scoped_lock lock(mutex_);
    done_ += rows;
    if (options_.on_progress) options_.on_progress({done_, last_});
  }

  void stop_with(const Error& error) {
    const std::scoped_lock lock(mutex_);
    failure_ = error;
    stopped_ = true;
  }

  JudgementHistory& history_;
  const ComparedPolicies& policies_;
  const TrialOptions& options_;
  std::int64_t last_ = 0;
  std::atomic<std::int64_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;  ///< guards what follows
  std::int64_t done_ = 0;
  Simulation whole_;
  std::optional<Error> failure_;
};

}  // namespace

Result<Simulation> try_on_history(JudgementHistory& history, const ComparedPolicies& policies,
                                  const TrialOptions& options) {
  return Trial(history, policies, options).run();
}

}  // namespace softbot
