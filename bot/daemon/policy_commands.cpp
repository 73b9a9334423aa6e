#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

#include "adapters/sqlite/maintenance.h"
#include "daemon/tool_store.h"
#include "domain/date.h"
#include "domain/json.h"
#include "domain/money.h"
#include "domain/zone.h"
#include "policy/replay.h"
#include "policy/simulation.h"
#include "policy/versions.h"

namespace softbot::daemon {
namespace {

constexpr std::int64_t rows_at_once = 200;
constexpr std::size_t most_printed = 100;

struct Period {
  Instant from{};
  Instant until{};
};

Result<Period> period_of(const SimulateOptions& options) {
  Period period{start_of_day(Date{std::chrono::year{1970}, std::chrono::January, std::chrono::day{1}}),
                start_of_day(Date{std::chrono::year{9000}, std::chrono::January, std::chrono::day{1}})};
  if (!options.from.empty()) {
    const auto from = parse_iso_date(options.from);
    if (!from) return fail(from.error());
    period.from = start_of_day(*from);
  }
  if (!options.to.empty()) {
    const auto to = parse_iso_date(options.to);
    if (!to) return fail(to.error());
    period.until = start_of_day(add_days(*to, 1));
  }
  return period;
}

Result<PolicySet> draft_in(const std::filesystem::path& folder) {
  const auto files = read_configuration_folder(folder, {".dmn", ".json"});
  if (!files) return fail(files.error());
  return PolicySet::load(*files);
}

/// Goes through the store by stretches of rows, each in a short view of its own, on all cores.
class Try {
 public:
  Try(SqliteStore& store, const Period& period, const PolicySet& active, const PolicySet& draft)
      : store_(store), period_(period), active_(active), draft_(draft) {}

  Result<Simulation> run() {
    const auto last = sqlite::last_application_row(store_);
    if (!last) return fail(last.error());
    last_ = *last;
    {
      std::vector<std::jthread> workers;
      const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
      for (unsigned worker = 0; worker < cores; ++worker) workers.emplace_back([this] { work(); });
    }
    if (failure_) return fail(*failure_);
    whole_.sort();
    return std::move(whole_);
  }

 private:
  void work() {
    Simulation part;
    for (;;) {
      const std::int64_t after = next_.fetch_add(rows_at_once);
      if (after >= last_ || stopped_) break;
      const auto applications =
          sqlite::applications_in_stretch(store_, {after, after + rows_at_once, period_.from, period_.until});
      if (!applications) {
        const std::scoped_lock lock(mutex_);
        failure_ = applications.error();
        stopped_ = true;
        return;
      }
      for (const auto& application : *applications) part.add(application, active_, draft_);
    }
    const std::scoped_lock lock(mutex_);
    whole_.add(std::move(part));
  }

  SqliteStore& store_;
  const Period period_;
  const PolicySet& active_;
  const PolicySet& draft_;
  std::int64_t last_ = 0;
  std::atomic<std::int64_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;  ///< guards what follows
  Simulation whole_;
  std::optional<Error> failure_;
};

std::string sums_of(const GrantSums& sums) {
  return std::to_string(sums.grants) + " granted, " + std::to_string(sums.minutes_per_week) +
         " minutes a week, " + format_euro(Cents{sums.cents_per_year}) + " a year";
}

std::string in_words(const Value& judgement) {
  if (judgement["grants"].as_bool() == true) return "grants " + to_json(judgement["grant"]);
  std::string words = "refers:";
  for (const auto& reason : judgement["reasons"].items()) words += " " + reason.text_or_empty();
  return words;
}

void print_simulation(const Simulation& simulation) {
  std::cout << simulation.applications << " applications, " << simulation.judged << " judged by a policy\n";
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
  const auto period = period_of(options);
  if (!period) return report(period.error());
  const auto draft = draft_in(options.draft);
  if (!draft) return report(draft.error());
  auto tool = open_tool_store(options.place);
  if (!tool) return report(tool.error());
  ActivePolicy compiled;
  const auto active = compiled.get(*(*tool)->store);
  if (!active) return report(active.error());
  const auto noted =
      sqlite::note_look(*(*tool)->store, {"operator", "draft " + draft->version()}, "simulated", "policy");
  if (!noted) return report(noted.error());
  const auto simulation = Try(*(*tool)->store, *period, **active, *draft).run();
  if (!simulation) return report(simulation.error());
  if (options.as_json) {
    auto json = to_value(*simulation);
    json.set("active", (*active)->version());
    json.set("draft", draft->version());
    std::cout << to_pretty_json(json);
    return ExitCode::done;
  }
  print_simulation(*simulation);
  return ExitCode::done;
}

}  // namespace softbot::daemon
