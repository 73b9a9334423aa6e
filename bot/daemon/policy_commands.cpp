#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <optional>
#include <thread>

#include "adapters/sqlite/history.h"
#include "adapters/sqlite/maintenance.h"
#include "daemon/tool_store.h"
#include "domain/date.h"
#include "domain/json.h"
#include "domain/money.h"
#include "domain/zone.h"
#include "policy/replay.h"
#include "policy/trial.h"
#include "policy/versions.h"

namespace softbot::daemon {
namespace {

constexpr std::size_t most_printed = 100;

Result<JudgementFilter> filter_of(const SimulateOptions& options) {
  JudgementFilter filter;
  filter.municipality = options.municipality;
  filter.type = options.type;
  if (!options.from.empty()) {
    const auto from = parse_iso_date(options.from);
    if (!from) return fail(from.error());
    filter.from = start_of_day(*from);
  }
  if (!options.to.empty()) {
    const auto to = parse_iso_date(options.to);
    if (!to) return fail(to.error());
    filter.until = start_of_day(add_days(*to, 1));
  }
  return filter;
}

Result<PolicyOutcomes> draft_in(const std::filesystem::path& folder) {
  const auto files = read_configuration_folder(folder, {".dmn", ".json"});
  if (!files) return fail(files.error());
  return PolicyOutcomes::load(*files);
}

Result<PolicyOutcomes> active_in(Store& store) {
  std::optional<ConfigurationRecord> record;
  const auto read = store.read([&](Transaction& transaction) -> Result<void> {
    record = active_configuration(transaction, policy_name());
    return {};
  });
  if (!read) return fail(read.error());
  if (!record) return fail(ErrorCode::configuration, "There is no active policy yet. Start the daemon once.");
  const auto files = files_of(record->content);
  if (!files) return fail(files.error());
  return PolicyOutcomes::load(*files);
}

/// Ctrl-C asks the try to stop. Blocked before any thread exists, so that only this one waits for it.
class Interrupt {
 public:
  Interrupt() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    waiter_ = std::jthread([this](const std::stop_token& done) { wait(done); });
  }

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  void wait(const std::stop_token& done) {
    const timespec moment{0, 100'000'000};
    while (!done.stop_requested())
      if (sigtimedwait(&signals_, nullptr, &moment) > 0) source_.request_stop();
  }

  sigset_t signals_{};
  std::stop_source source_;
  std::jthread waiter_;
};

/// Says how far it is on standard error, when it takes longer: on a terminal in place, elsewhere a line now
/// and then.
class ProgressLine {
 public:
  void show(const TrialProgress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < (terminal_ ? std::chrono::milliseconds(500) : std::chrono::seconds(5))) return;
    shown_ = now;
    std::cerr << (terminal_ ? "\r" : "") << progress.done << " of " << progress.all << " applications"
              << (terminal_ ? "  " : "\n") << std::flush;
  }

 private:
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
};

std::string sums_of(const GrantSums& sums) {
  return std::to_string(sums.grants) + " granted, " + std::to_string(sums.minutes_per_week) +
         " minutes a week, " + format_euro(Cents{sums.cents_per_year}) + " a year";
}

std::string in_words(const PolicyOutcome& outcome) {
  if (outcome.grants) return "grants " + to_json(outcome.grant);
  std::string words = "refers:";
  for (const auto& code : outcome.reasons) words += " " + code;
  return words;
}

void print_simulation(const Simulation& simulation) {
  std::cout << simulation.applications << " applications, " << simulation.judged << " judged by a policy, "
            << simulation.applications - simulation.judged << " could not be tried\n";
  for (const auto& [change, count] : simulation.changes) std::cout << "  " << change << ": " << count << '\n';
  std::cout << "before: " << sums_of(simulation.before) << "\nafter:  " << sums_of(simulation.after) << '\n';
  for (std::size_t index = 0; index < std::min(most_printed, simulation.changed.size()); ++index) {
    const auto& one = simulation.changed[index];
    std::cout << one.reference << ' ' << one.type << ' ' << one.municipality << ": " << one.change()
              << "\n  before: " << in_words(one.before) << "\n  after:  " << in_words(one.after) << '\n';
  }
  if (simulation.changed.size() > most_printed)
    std::cout << "and " << simulation.changed.size() - most_printed << " more; --json has them\n";
}

}  // namespace

ExitCode replay(const StorePlace& place, const std::string& reference) {
  auto tool = open_tool_store(place);
  if (!tool) return report(tool.error());
  std::vector<std::string> differences;
  Value again;
  const auto read = (*tool)->store->read([&](Transaction& transaction) -> Result<void> {
    const auto application = transaction.application(ApplicationReference(reference));
    if (!application)
      return fail(ErrorCode::not_found, "There is no application " + reference + ". Look at the reference.");
    const auto kept = kept_judgement(*application);
    if (!kept) return fail(kept.error());
    const auto policy = policy_of_version(transaction, (*kept)["version"].text_or_empty());
    if (!policy) return fail(policy.error());
    const auto judged = judge_again(*application, *policy);
    if (!judged) return fail(judged.error());
    again = *judged;
    differences = differences_of(*application, again);
    return {};
  });
  if (!read) return report(read.error());
  const auto noted = sqlite::note_look(*(*tool)->store, {"operator", "judged again"}, "replayed", reference);
  if (!noted) return report(noted.error());
  std::cout << reference << ": policy " << again["version"].text_or_empty() << " on "
            << again["today"].text_or_empty()
            << (again["grants"].as_bool() == true ? " grants" : " does not grant")
            << (differences.empty() ? ", as it did.\n" : ".\n");
  if (differences.empty()) return ExitCode::done;
  std::cerr << "softbot: THE OUTCOME OF " << reference << " IS NOT THE SAME:\n";
  for (const auto& difference : differences) std::cerr << "  " << difference << '\n';
  return ExitCode::failed;
}

ExitCode simulate(const SimulateOptions& options) {
  const Interrupt interrupt;
  const auto filter = filter_of(options);
  if (!filter) return report(filter.error());
  const auto draft = draft_in(options.draft);
  if (!draft) return report(draft.error());
  auto tool = open_tool_store(options.place);
  if (!tool) return report(tool.error());
  const auto active = active_in(*(*tool)->store);
  if (!active) return report(active.error());
  const auto noted =
      sqlite::note_look(*(*tool)->store, {"operator", "draft " + draft->version()}, "simulated", "policy");
  if (!noted) return report(noted.error());
  sqlite::SqliteHistory history(*(*tool)->store);
  ProgressLine line;
  const TrialOptions trial{*filter, std::max(1U, std::thread::hardware_concurrency()), 0, interrupt.token(),
                           [&line](const TrialProgress& progress) { line.show(progress); }};
  const Date values_on = day_of_values(*draft, local_date((*tool)->clock.now()));
  const auto simulation = try_on_history(history, {*active, *draft, values_on}, trial);
  if (!simulation) return report(simulation.error());
  if (simulation->cancelled) {
    std::cerr << "softbot: stopped; nothing was changed.\n";
    return ExitCode::failed;
  }
  if (options.as_json) {
    auto json = to_value(*simulation, Simulation::most_changed);
    json.set("active", active->version());
    json.set("draft", draft->version());
    json.set("valuesOn", format_iso(values_on));
    std::cout << to_pretty_json(json);
    return ExitCode::done;
  }
  std::cout << "with the values of both on " << format_iso(values_on) << '\n';
  print_simulation(*simulation);
  return ExitCode::done;
}

}  // namespace softbot::daemon
