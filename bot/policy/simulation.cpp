#include "policy/simulation.h"

#include <algorithm>

#include "policy/replay.h"

namespace softbot {
namespace {

bool grants(const Value& judgement) {
  return judgement["grants"].as_bool() == true;
}

Value to_value(const GrantSums& sums) {
  return Value::object({{"grants", sums.grants},
                        {"minutesPerWeek", sums.minutes_per_week},
                        {"centsPerYear", sums.cents_per_year}});
}

}  // namespace

std::string SimulatedCase::change() const {
  if (grants(before) != grants(after)) return grants(after) ? "referred -> granted" : "granted -> referred";
  if (grants(after)) return before["grant"] == after["grant"] ? "same" : "granted otherwise";
  return before["reasons"] == after["reasons"] ? "same" : "referred otherwise";
}

std::optional<SimulatedCase> simulate(const Application& application, const PolicySet& active,
                                      const PolicySet& draft) {
  const auto kept = kept_judgement(application);
  if (!kept) return std::nullopt;
  auto before =
      (*kept)["version"].text_or_empty() == active.version() ? kept : judge_again(application, active);
  auto after = judge_again(application, draft);
  if (!before || !after) return std::nullopt;
  return SimulatedCase{application.reference.text, (*kept)["type"].text_or_empty(),
                       (*kept)["municipality"].text_or_empty(), *std::move(before), *std::move(after)};
}

void GrantSums::add(const Value& judgement) {
  if (!softbot::grants(judgement)) return;
  ++grants;
  minutes_per_week += judgement["grant"]["minutesPerWeek"].as_integer().value_or(0);
  cents_per_year += judgement["grant"]["amountCentsPerYear"].as_integer().value_or(0);
}

void GrantSums::add(const GrantSums& other) {
  grants += other.grants;
  minutes_per_week += other.minutes_per_week;
  cents_per_year += other.cents_per_year;
}

void Simulation::add(const Application& application, const PolicySet& active, const PolicySet& draft) {
  ++applications;
  auto simulated = simulate(application, active, draft);
  if (!simulated) return;
  ++judged;
  before.add(simulated->before);
  after.add(simulated->after);
  const auto change = simulated->change();
  ++changes[change];
  if (change != "same" && changed.size() < most_changed) changed.push_back(*std::move(simulated));
}

void Simulation::add(Simulation other) {
  applications += other.applications;
  judged += other.judged;
  for (const auto& [change, count] : other.changes) changes[change] += count;
  before.add(other.before);
  after.add(other.after);
  std::ranges::move(other.changed, std::back_inserter(changed));
}

void Simulation::sort() {
  std::ranges::sort(changed, {}, &SimulatedCase::reference);
  if (changed.size() > most_changed) changed.resize(most_changed);
}

Value to_value(const Simulation& simulation) {
  auto changes = Value::object();
  for (const auto& [change, count] : simulation.changes) changes.set(change, count);
  auto changed = Value::list();
  for (const auto& one : simulation.changed)
    changed.push(Value::object({{"reference", one.reference},
                                {"type", one.type},
                                {"municipality", one.municipality},
                                {"change", one.change()},
                                {"before", one.before},
                                {"after", one.after}}));
  return Value::object({{"applications", simulation.applications},
                        {"judged", simulation.judged},
                        {"changes", std::move(changes)},
                        {"before", to_value(simulation.before)},
                        {"after", to_value(simulation.after)},
                        {"changed", std::move(changed)}});
}

}  // namespace softbot
