#include "policy/outcomes.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "policy/dmn_values.h"
#include "policy/judgement.h"
#include "policy/safeguards.h"

namespace softbot {
namespace {

constexpr std::string_view model_extension = ".dmn";
constexpr std::string_view grant_decision = "grant";

PolicyOutcome referred(std::string code) {
  return {false, {}, {std::move(code)}};
}

/// Every day on which a value of a parameter begins to count.
std::vector<Date> steps_of(const std::vector<PolicyParameter>& parameters) {
  std::set<Date> days;
  const auto add = [&](const std::vector<DatedValue>& values) {
    for (const auto& dated : values) days.insert(dated.from);
  };
  for (const auto& parameter : parameters) {
    add(parameter.values);
    for (const auto& [municipality, values] : parameter.municipalities) add(values);
  }
  return {days.begin(), days.end()};
}

/// The entry of a name, made where there is none.
template <class Entry>
Entry& entry(std::map<std::string, Entry, std::less<>>& entries, std::string_view name) {
  const auto found = entries.find(name);
  return found != entries.end() ? found->second : entries[std::string(name)];
}

}  // namespace

Result<PolicyOutcomes> PolicyOutcomes::load(const ConfigurationFiles& files) {
  const auto policy = PolicySet::load(files);
  if (!policy) return fail(policy.error());
  PolicyOutcomes outcomes(policy->version());
  outcomes.parameters_ = policy->parameters();
  outcomes.steps_ = steps_of(outcomes.parameters_);
  for (const auto& type : policy->types()) {
    auto model = dmn::Model::load(files.at(type + std::string(model_extension)));
    if (!model) return fail(ErrorCode::internal, type + ": " + model.error().text());
    outcomes.add_rules(type, *std::move(model));
  }
  return outcomes;
}

void PolicyOutcomes::add_rules(const std::string& type, dmn::Model model) {
  Rules rules{std::move(model)};
  for (std::size_t place = 0; place < rules.model.decisions().size(); ++place) {
    const auto& decision = rules.model.decisions()[place];
    if (is_condition(decision)) rules.conditions.push_back(place);
    if (decision.id == grant_decision) rules.grant = place;
  }
  rules_.emplace(type, std::move(rules));
}

PolicyOutcome PolicyOutcomes::of(std::string_view type, std::string_view municipality,
                                 const OutcomeDays& days, const Value& facts) {
  if (is_always_a_person(type)) return referred("always-a-person");
  const auto found = rules_.find(type);
  if (found == rules_.end()) return referred("no-policy");
  auto& rules = found->second;
  const auto inputs = inputs_for(rules.model, facts, format_iso(days.today),
                                 parameters_from(rules, municipality, step_of(days.values)));
  dmn::Conclusions run(rules.model, inputs);
  PolicyOutcome outcome;
  for (const auto place : rules.conditions) {
    const auto said = run.of(place);
    const auto state = state_of_condition(said.result, said.certain);
    if (state != ConditionState::met)
      outcome.reasons.push_back(reason_code(rules.model.decisions()[place], said.result, state));
  }
  if (!outcome.reasons.empty()) return outcome;
  const auto granted = run.of(rules.grant);
  if (!granted.certain) return referred("grant-uncertain");
  outcome.grant = from_dmn(granted.result);
  if (!flaw_of_grant(outcome.grant, days.today).empty()) return referred("policy-output-invalid");
  outcome.grants = true;
  return outcome;
}

bool PolicyOutcomes::has_same_values(std::string_view type, std::string_view municipality,
                                     const OutcomeDays& days) {
  const auto found = rules_.find(type);
  const auto steps = std::pair(step_of(days.today), step_of(days.values));
  if (found == rules_.end() || steps.first == steps.second) return true;
  auto& rules = found->second;
  auto& same = entry(rules.same, municipality);
  const auto known = same.find(steps);
  if (known != same.end()) return known->second;
  const bool equal =
      parameters_from(rules, municipality, steps.first) == parameters_from(rules, municipality, steps.second);
  same.emplace(steps, equal);
  return equal;
}

Date PolicyOutcomes::last_value_day() const {
  return steps_.empty() ? Date{} : steps_.back();
}

Date PolicyOutcomes::step_of(Date day) const {
  const auto next = std::ranges::upper_bound(steps_, day);
  return next == steps_.begin() ? Date{} : *std::prev(next);
}

const dmn::Value& PolicyOutcomes::parameters_from(Rules& rules, std::string_view municipality, Date step) {
  auto& by_step = entry(rules.parameters, municipality);
  const auto known = by_step.find(step);
  if (known != by_step.end()) return known->second;
  const auto values = parameter_values(parameters_, municipality, step);
  return by_step.emplace(step, parameters_for(rules.model, values)).first->second;
}

}  // namespace softbot
