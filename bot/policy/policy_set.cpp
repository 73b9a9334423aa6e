#include "policy/policy_set.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dmn/dmn.h"
#include "policy/dmn_values.h"
#include "policy/facts.h"
#include "policy/judgement.h"
#include "policy/safeguards.h"

namespace softbot {
namespace {

constexpr std::string_view parameters_file = "parameters.json";
constexpr std::string_view model_extension = ".dmn";
constexpr std::string_view grant_decision = "grant";
constexpr std::string_view advice_decision = "advice";

tl::unexpected<Error> wrong(const std::string& file, const std::string& what) {
  return fail(ErrorCode::configuration, "policy/" + file + ": " + what);
}

const dmn::Variable* decision_with_id(const dmn::Model& model, std::string_view id) {
  const auto found = std::ranges::find(model.decisions(), id, &dmn::Variable::id);
  return found == model.decisions().end() ? nullptr : &*found;
}

/// The facts as the model sees them: the pipeline's, with the day and the parameters of this policy.
Value complete_facts(const Value& facts, Date today, const Value& parameters) {
  auto complete = facts.is_object() ? facts : Value::object();
  complete.set(fact::today, format_iso(today));
  complete.set(fact::parameters, parameters);
  return complete;
}

bool is_structured(std::string_view input) {
  return input == fact::of_register || input == fact::provisions || input == fact::history ||
         input == fact::application || input == fact::today || input == fact::parameters;
}

/// The first answer that a decision rests on and that is not known.
std::string unknown_answer(const dmn::Model& model, const dmn::Variable& decision,
                           const dmn::Context& inputs) {
  for (const auto& name : model.inputs_of(decision.name)) {
    const auto* value = inputs.find(name);
    if (!is_structured(name) && (value == nullptr || value->is_null())) return name;
  }
  return "";
}

/// A mistake such as "not wlz" with wlz unknown shows when nothing but day and parameters is known: then no
/// condition may be met.
Result<void> check_unknown_is_not_met(const std::string& file, const dmn::Model& model,
                                      const Value& parameters) {
  const auto inputs = inputs_for(
      model, complete_facts({}, Date{std::chrono::year{2026}, std::chrono::month{1}, std::chrono::day{1}},
                            parameters));
  for (const auto& decision : model.decisions()) {
    if (!is_condition(decision)) continue;
    const auto judgement = judge(decision, model.evaluate(decision.id, inputs), "");
    if (judgement.condition.state != ConditionState::unknown) {
      return wrong(file, "decision \"" + decision.name +
                             "\" answers although nothing is known. Let it give null then.");
    }
  }
  return {};
}

Result<void> check_model(const std::string& file, const dmn::Model& model) {
  if (decision_with_id(model, grant_decision) == nullptr) {
    return wrong(file, "has no decision with id \"grant\", which says what is granted.");
  }
  std::set<std::string> names;
  for (const auto& decision : model.decisions()) {
    if (!is_condition(decision)) continue;
    if (!names.insert(decision.id).second)
      return wrong(file, "has the decision \"" + decision.id + "\" twice.");
    if (decision.description.empty()) {
      return wrong(file, "decision \"" + decision.name +
                             "\" needs a description: a Dutch sentence that says when it is met.");
    }
  }
  if (names.empty()) return wrong(file, "has no decision whose id begins with \"condition-\".");
  return {};
}

/// A value for every parameter, whatever the day: the last that is set.
Value latest_values(const std::vector<PolicyParameter>& parameters) {
  auto values = Value::object();
  for (const auto& parameter : parameters) values.set(parameter.name, parameter.values.back().value);
  return values;
}

Result<dmn::Model> model_from(const std::string& file, const std::string& xml) {
  auto model = dmn::Model::load(xml);
  if (!model) return wrong(file, model.error().text());
  if (auto fits = check_model(file, *model); !fits) return fail(fits.error());
  return *std::move(model);
}

PolicyResult refer(PolicyResult result, Reason reason) {
  result.grants = false;
  result.grant = {};
  result.reasons.push_back(std::move(reason));
  return result;
}

/// Collects what was evaluated; a decision that several conditions share is written once.
class TraceWriter {
 public:
  void add(const dmn::Trace& trace) {
    for (const auto& decision : trace.decisions) {
      if (written_.insert(decision.id.empty() ? decision.name : decision.id).second)
        decisions_.push(to_value(decision));
    }
  }
  [[nodiscard]] Value take() { return std::move(decisions_); }

 private:
  std::set<std::string> written_;
  Value decisions_ = Value::list();
};

void judge_conditions(const dmn::Model& model, const dmn::Context& inputs, PolicyResult& result,
                      TraceWriter& trace) {
  for (const auto& decision : model.decisions()) {
    if (!is_condition(decision)) continue;
    const auto evaluation = model.evaluate(decision.id, inputs);
    trace.add(evaluation.trace);
    auto judgement = judge(decision, evaluation, unknown_answer(model, decision, inputs));
    if (judgement.condition.state != ConditionState::met)
      result.reasons.push_back(std::move(judgement.reason));
    result.conditions.push_back(std::move(judgement.condition));
  }
}

}  // namespace

struct PolicySet::Compiled {
  std::string version;
  std::vector<PolicyParameter> parameters;
  std::map<std::string, dmn::Model, std::less<>> models;
  std::vector<PolicyExample> examples;
};

Result<PolicySet> PolicySet::load(const ConfigurationFiles& files) {
  auto compiled = std::make_shared<Compiled>();
  compiled->version = version_of(files);
  const auto parameters = files.find(std::string(parameters_file));
  if (parameters == files.end()) return wrong(std::string(parameters_file), "is missing.");
  auto read = parameters_from(parameters->second);
  if (!read) return fail(read.error());
  compiled->parameters = *std::move(read);

  for (const auto& [file, text] : files) {
    if (file == parameters_file) continue;
    if (file.ends_with(examples_extension)) {
      auto examples = examples_from(file, text);
      if (!examples) return fail(examples.error());
      std::ranges::move(*examples, std::back_inserter(compiled->examples));
      continue;
    }
    if (!file.ends_with(model_extension))
      return wrong(file, "is neither a .dmn file, nor parameters.json, nor <type>.examples.json.");
    const auto type = file.substr(0, file.size() - model_extension.size());
    if (is_always_a_person(type))
      return wrong(file, "this type is always decided by a person. Take the file out.");
    auto model = model_from(file, text);
    if (!model) return fail(model.error());
    auto safe = check_unknown_is_not_met(file, *model, latest_values(compiled->parameters));
    if (!safe) return fail(safe.error());
    compiled->models.emplace(type, *std::move(model));
  }
  return PolicySet(std::move(compiled));
}

const std::string& PolicySet::version() const {
  return compiled_->version;
}

std::vector<std::string> PolicySet::types() const {
  std::vector<std::string> types;
  for (const auto& [type, model] : compiled_->models) types.push_back(type);
  return types;
}

const std::vector<PolicyParameter>& PolicySet::parameters() const {
  return compiled_->parameters;
}

const std::vector<PolicyExample>& PolicySet::examples() const {
  return compiled_->examples;
}

std::vector<std::string> PolicySet::answers_read(std::string_view type) const {
  std::vector<std::string> names;
  const auto model = compiled_->models.find(type);
  if (model == compiled_->models.end()) return names;
  for (const auto& input : model->second.inputs()) {
    if (!is_structured(input.name)) names.push_back(input.name);
  }
  return names;
}

PolicyResult PolicySet::evaluate(std::string_view type, std::string_view municipality, Date today,
                                 const Value& facts) const {
  PolicyResult result;
  result.version = compiled_->version;
  if (is_always_a_person(type)) {
    return refer(std::move(result),
                 {"always-a-person", "Deze aanvraag wordt altijd door een consulent behandeld.", ""});
  }
  const auto found = compiled_->models.find(type);
  if (found == compiled_->models.end()) {
    return refer(std::move(result),
                 {"no-policy", "Voor dit soort aanvraag zijn er geen regels voor de bot.", ""});
  }
  const auto& model = found->second;
  const auto parameters = parameter_values(compiled_->parameters, municipality, today);
  const auto inputs = inputs_for(model, complete_facts(facts, today, parameters));
  TraceWriter trace;
  judge_conditions(model, inputs, result, trace);
  const auto grant = model.evaluate(grant_decision, inputs);
  trace.add(grant.trace);
  if (decision_with_id(model, advice_decision) != nullptr) {
    const auto advice = model.evaluate(advice_decision, inputs);
    trace.add(advice.trace);
    result.advice = advice_from(advice.result);
  }
  result.trace = Value::object({{"version", result.version},
                                {"type", type},
                                {"municipality", municipality},
                                {"today", format_iso(today)},
                                {"parameters", parameters},
                                {"decisions", trace.take()}});
  if (!result.reasons.empty()) return result;
  if (!is_certain(grant.trace)) {
    return refer(std::move(result), {"grant-uncertain", "Wat er toegekend zou worden is niet zeker.", ""});
  }
  result.grant = from_dmn(grant.result);
  if (const auto flaw = flaw_of_grant(result.grant, today); !flaw.empty()) {
    return refer(std::move(result),
                 {"policy-output-invalid", "De regels geven geen bruikbare toekenning (" + flaw + ").", ""});
  }
  result.grants = true;
  return result;
}

}  // namespace softbot
