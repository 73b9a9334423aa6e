#pragma once

#include <cstddef>
#include <memory>

#include "pipeline/services.h"

namespace softbot::pipeline {

struct JobRunnerOptions {
  std::size_t threads = 2;
  std::size_t batch = 32;                    ///< jobs leased at once
  std::chrono::milliseconds lease{120'000};  ///< after which another may take the job
  std::chrono::milliseconds poll{1'000};     ///< looks for due jobs at least this often
  JobKinds kinds;  ///< which jobs are its own: slow ones get a runner of their own, so that nothing waits
                   ///< behind them
};

/// Jobs that read scans and attachments, which may take minutes; those that wait for a mail server; and all
/// others. `readers`: files read at once.
[[nodiscard]] JobRunnerOptions reading_jobs(std::size_t readers);
[[nodiscard]] JobRunnerOptions announcing_jobs();
[[nodiscard]] JobRunnerOptions other_jobs(std::size_t threads);

/// Runs due jobs. Each is leased before it runs and removed after its stage was stored, so a crash at any
/// moment runs it again; stages bear that. A job that fails is tried again later, doubling the pause; at its
/// last stop the case goes to the queue. Thread-safe.
class JobRunner {
 public:
  /// `services` must outlive the runner.
  JobRunner(const Services& services, JobRunnerOptions options);
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  void start();
  /// There may be work: look now.
  void wake();
  /// Finishes what runs, gives back what was leased and not begun, joins. Idempotent.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace softbot::pipeline
