#include "policy/simulation.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace softbot {
namespace {

Value to_value(const GrantSums& sums) {
  return Value::object({{"grants", sums.grants},
                        {"minutesPerWeek", sums.minutes_per_week},
                        {"centsPerYear", sums.cents_per_year}});
}

Value to_value(const PolicyOutcome& outcome) {
  auto reasons = Value::list();
  for (const auto& code : outcome.reasons) reasons.push(code);
  return Value::object(
      {{"grants", outcome.grants}, {"grant", outcome.grant}, {"reasons", std::move(reasons)}});
}

PolicyOutcome outcome_from(const Value& judged) {
  PolicyOutcome outcome{judged["grants"].as_bool() == true, judged["grant"], {}};
  for (const auto& code : judged["reasons"].items()) outcome.reasons.push_back(code.text_or_empty());
  return outcome;
}

const char* change_between(const PolicyOutcome& before, const PolicyOutcome& after) {
  if (before.grants != after.grants) return after.grants ? "referred -> granted" : "granted -> referred";
  if (after.grants) return before.grant == after.grant ? SimulatedCase::same : "granted otherwise";
  return before.reasons == after.reasons ? SimulatedCase::same : "referred otherwise";
}

}  // namespace

std::string SimulatedCase::change() const {
  return change_between(before, after);
}

Date day_of_values(const PolicyOutcomes& draft, Date today) {
  return std::max(today, draft.last_value_day());
}

std::optional<SimulatedCase> simulate(const KeptJudgement& kept, ComparedPolicies& policies) {
  const auto today = parse_iso_date(kept.judged["today"].text_or_empty());
  if (!today || !kept.input.is_object()) return std::nullopt;
  SimulatedCase simulated{kept.row, kept.reference.text, kept.type, kept.municipality, *today, {}, {}};
  const OutcomeDays days{*today, policies.values_on};
  const bool said_already = kept.judged["version"].text_or_empty() == policies.active.version() &&
                            policies.active.has_same_values(kept.type, kept.municipality, days);
  simulated.before = said_already ? outcome_from(kept.judged)
                                  : policies.active.of(kept.type, kept.municipality, days, kept.input);
  simulated.after = policies.draft.of(kept.type, kept.municipality, days, kept.input);
  return simulated;
}

void GrantSums::add(const PolicyOutcome& outcome) {
  if (!outcome.grants) return;
  ++grants;
  minutes_per_week += outcome.grant["minutesPerWeek"].as_integer().value_or(0);
  cents_per_year += outcome.grant["amountCentsPerYear"].as_integer().value_or(0);
}

void GrantSums::add(const GrantSums& other) {
  grants += other.grants;
  minutes_per_week += other.minutes_per_week;
  cents_per_year += other.cents_per_year;
}

void Simulation::add(const KeptJudgement& kept, ComparedPolicies& policies) {
  ++applications;
  auto simulated = simulate(kept, policies);
  if (!simulated) return;
  ++judged;
  before.add(simulated->before);
  after.add(simulated->after);
  const auto change = simulated->change();
  ++changes[change];
  if (change != SimulatedCase::same && changed.size() < most_changed)
    changed.push_back(*std::move(simulated));
}

void Simulation::add(Simulation other) {
  applications += other.applications;
  judged += other.judged;
  for (const auto& [change, count] : other.changes) changes[change] += count;
  before.add(other.before);
  after.add(other.after);
  std::ranges::move(other.changed, std::back_inserter(changed));
  cancelled = cancelled || other.cancelled;
}

void Simulation::sort() {
  std::ranges::sort(changed, {}, &SimulatedCase::row);
  if (changed.size() > most_changed) changed.resize(most_changed);
}

Value to_value(const Simulation& simulation, std::size_t most) {
  auto changes = Value::object();
  for (const auto& [change, count] : simulation.changes) changes.set(change, count);
  auto changed = Value::list();
  for (std::size_t index = 0; index < std::min(most, simulation.changed.size()); ++index) {
    const auto& one = simulation.changed[index];
    changed.push(Value::object({{"reference", one.reference},
                                {"type", one.type},
                                {"municipality", one.municipality},
                                {"today", format_iso(one.today)},
                                {"change", one.change()},
                                {"before", to_value(one.before)},
                                {"after", to_value(one.after)}}));
  }
  return Value::object({{"applications", simulation.applications},
                        {"judged", simulation.judged},
                        {"notTried", simulation.applications - simulation.judged},
                        {"changes", std::move(changes)},
                        {"before", to_value(simulation.before)},
                        {"after", to_value(simulation.after)},
                        {"changed", std::move(changed)}});
}

}  // namespace softbot
