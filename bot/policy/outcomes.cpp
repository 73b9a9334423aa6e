#include "policy/outcomes.h"

#include <algorithm>

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

}  // namespace

Result<PolicyOutcomes> PolicyOutcomes::load(const ConfigurationFiles& files) {
  const auto policy = PolicySet::load(files);
  if (!policy) return fail(policy.error());
  PolicyOutcomes outcomes(policy->version());
  outcomes.parameters_ = policy->parameters();
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
  const auto inputs =
      inputs_for(rules.model, facts, format_iso(days.today), parameters_on(rules, municipality, days.values));
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
  if (days.today == days.values || found == rules_.end()) return true;
  return parameters_on(found->second, municipality, days.today) ==
         parameters_on(found->second, municipality, days.values);
}

Date PolicyOutcomes::last_value_day() const {
  Date last{};
  const auto look = [&](const std::vector<DatedValue>& values) {
    for (const auto& dated : values) last = std::max(last, dated.from);
  };
  for (const auto& parameter : parameters_) {
    look(parameter.values);
    for (const auto& [municipality, values] : parameter.municipalities) look(values);
  }
  return last;
}

const dmn::Value& PolicyOutcomes::parameters_on(Rules& rules, std::string_view municipality, Date day) {
  auto key = std::pair(std::string(municipality), day);
  const auto known = rules.parameters.find(key);
  if (known != rules.parameters.end()) return known->second;
  const auto values = parameter_values(parameters_, municipality, day);
  return rules.parameters.emplace(std::move(key), parameters_for(rules.model, values)).first->second;
}

}  // namespace softbot
