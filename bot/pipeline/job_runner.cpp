#include "pipeline/job_runner.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "pipeline/edit.h"
#include "pipeline/stages.h"

namespace softbot::pipeline {
namespace {

constexpr std::chrono::milliseconds longest_pause{3'600'000};

std::chrono::milliseconds pause_before(int attempt, std::int64_t first_ms) {
  const int doublings = std::clamp(attempt - 1, 0, 20);
  return std::min(std::chrono::milliseconds(first_ms << doublings), longest_pause);
}

/// What to remember about a failure: a code, never a message that might hold personal data.
std::string error_name(const Job& job, const Error& error) {
  const bool asks_register = job.kind == job::decide || job.kind == job::complete;
  if (error.code == ErrorCode::unavailable && asks_register) return "register-unavailable";
  return std::string(name_of(error.code));
}

std::vector<std::string> kinds_that_read() {
  return {std::string(job::read_scan), std::string(job::read_attachments)};
}

}  // namespace

struct JobRunner::State {
  const Services& services;
  JobRunnerOptions options;
  std::mutex mutex;  // guards everything below
  std::condition_variable changed;
  std::deque<Job> leased;
  std::vector<std::int64_t> finished;
  std::size_t running = 0;
  bool woken = true;
  bool stopping = false;
  std::vector<std::thread> threads;

  State(const Services& services_in, JobRunnerOptions options_in)
      : services(services_in), options(std::move(options_in)) {}

  /// One transaction: removes what is done, leases what is due.
  bool exchange(std::vector<std::int64_t> done, std::size_t room) {
    std::vector<Job> jobs;
    const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
      for (const std::int64_t id : done) transaction.finish_job(id);
      if (room > 0) jobs = transaction.claim_jobs(room, services.clock.now(), options.lease, options.kinds);
      return {};
    });
    const std::lock_guard lock(mutex);
    if (!stored) {
      finished.insert(finished.end(), done.begin(), done.end());
      services.log.error("jobs-not-leased", {{"code", name_of(stored.error().code)}});
      return false;
    }
    woken = woken || jobs.size() == room;
    leased.insert(leased.end(), std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end()));
    if (!leased.empty()) changed.notify_all();
    return true;
  }

  void dispatch() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      const auto ready = [&] {
        return stopping || ((woken || !finished.empty()) && leased.size() < options.batch);
      };
      changed.wait_for(lock, options.poll, ready);
      if (stopping) break;
      if (leased.size() >= options.batch) continue;
      woken = false;
      std::vector<std::int64_t> done = std::exchange(finished, {});
      const std::size_t room = options.batch - leased.size();
      lock.unlock();
      const bool worked = exchange(std::move(done), room);
      if (!worked) std::this_thread::sleep_for(options.poll);
      lock.lock();
    }
  }

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return stopping || !leased.empty(); });
      if (stopping) return;
      const Job job = std::move(leased.front());
      leased.pop_front();
      ++running;
      lock.unlock();
      const bool done = attempt(job);
      lock.lock();
      --running;
      if (done) finished.push_back(job.id);
      changed.notify_all();
    }
  }

  /// True when the job can be removed.
  bool attempt(const Job& job) {
    try {
      return run(job);
    } catch (const std::exception&) {
      services.log.error("job-threw", {{"kind", job.kind}});
      return false;  // its lease runs out, and the attempt was counted
    }
  }

  bool run(const Job& job) {
    // Attempts are counted when a job is leased: one that ends the whole process again and again comes here
    // too.
    if (job.attempts > 2 * services.configuration()->job_attempts) return last_stop(job);
    const auto started = std::chrono::steady_clock::now();
    Result<void> result;
    try {
      result = run_job(services, job);
    } catch (const std::exception&) {
      result = fail(ErrorCode::internal, "A stage ended with an exception.");
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    services.metrics.histogram("softbot_job_seconds", "Time a stage took.", {{"kind", job.kind}})
        .observe(seconds.count());
    if (result) return true;
    if (result.error().code == ErrorCode::stale && job.attempts <= services.configuration()->job_attempts) {
      return again(job, std::chrono::milliseconds(1), "stale");
    }
    return fell(job, result.error());
  }

  bool last_stop(const Job& job) {
    const auto given_up = give_up(services, job);
    if (given_up || given_up.error().code == ErrorCode::not_found) return true;
    return again(job, longest_pause, job.last_error);
  }

  bool fell(Job job, const Error& error) {
    job.last_error = error_name(job, error);
    services.metrics.counter("softbot_job_failures_total", "Stages that failed.", {{"kind", job.kind}}).add();
    services.log.warn("job-failed",
                      {{"kind", job.kind}, {"code", job.last_error}, {"attempt", job.attempts}});
    const auto configuration = services.configuration();
    const int most = error.retryable ? configuration->job_attempts : std::min(configuration->job_attempts, 3);
    if (job.attempts < most)
      return again(job, pause_before(job.attempts, configuration->job_backoff_ms), job.last_error);
    return last_stop(job);
  }

  bool again(const Job& job, std::chrono::milliseconds pause, const std::string& error) {
    const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
      transaction.retry_job(job.id, services.clock.now() + pause, error);
      return {};
    });
    if (!stored) services.log.error("job-not-put-back", {{"kind", job.kind}});
    wake();
    return false;
  }

  void wake() {
    const std::lock_guard lock(mutex);
    woken = true;
    changed.notify_all();
  }

  void give_back() {
    const auto stored = services.store.write([&](Transaction& transaction) -> Result<void> {
      for (const std::int64_t id : finished) transaction.finish_job(id);
      for (const Job& job : leased) transaction.retry_job(job.id, job.run_at, job.last_error);
      return {};
    });
    if (!stored) services.log.warn("leases-not-returned", {{"code", name_of(stored.error().code)}});
    finished.clear();
    leased.clear();
  }
};

JobRunnerOptions reading_jobs(std::size_t readers) {
  JobRunnerOptions options;
  options.threads = readers;
  options.batch = readers;
  options.lease = std::chrono::hours(5);  // the longest scan on a crowded machine, after the one before it
  options.poll = std::chrono::milliseconds(500);
  options.kinds = {JobKinds::Which::only, kinds_that_read()};
  return options;
}

JobRunnerOptions announcing_jobs() {
  JobRunnerOptions options;
  options.threads = 1;
  options.batch = 4;
  options.lease = std::chrono::minutes(15);  // as many mails, each with the longest wait that may be set
  options.poll = std::chrono::milliseconds(500);
  options.kinds = {JobKinds::Which::only, {std::string(job::announce)}};
  return options;
}

JobRunnerOptions other_jobs(std::size_t threads) {
  JobRunnerOptions options;
  options.threads = threads;
  options.kinds = {JobKinds::Which::all_but, kinds_that_read()};
  options.kinds.kinds.emplace_back(job::announce);
  return options;
}

JobRunner::JobRunner(const Services& services, JobRunnerOptions options)
    : state_(std::make_unique<State>(services, std::move(options))) {
}

JobRunner::~JobRunner() {
  stop();
}

void JobRunner::start() {
  state_->threads.emplace_back([this] { state_->dispatch(); });
  for (std::size_t i = 0; i < state_->options.threads; ++i) {
    state_->threads.emplace_back([this] { state_->work(); });
  }
}

void JobRunner::wake() {
  state_->wake();
}

void JobRunner::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->stopping) return;
    state_->stopping = true;
    state_->changed.notify_all();
  }
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
  state_->give_back();
}

}  // namespace softbot::pipeline
