#include "daemon/dmn_commands.h"

#include <chrono>
#include <iostream>
#include <optional>

#include "daemon/settings.h"
#include "daemon/tool_store.h"
#include "dmn/check.h"
#include "dmn/dmn.h"
#include "dmn/kit.h"
#include "domain/json.h"
#include "policy/dmn_values.h"

namespace softbot::daemon {
namespace {

namespace fs = std::filesystem;

const dmn::Type any_type{};

/// A file named on the command line: absent or unreadable is bad input, not a configuration mistake.
Result<std::string> input_file(const fs::path& file) {
  auto text = read_text_file(file);
  if (!text) return fail(ErrorCode::invalid_input, text.error().message);
  return text;
}

/// The other models in the folder of a model, by their name space.
dmn::LoadOptions load_options(const fs::path& model, dmn::BrokenExpression broken) {
  return {broken, [folder = model.parent_path()](std::string_view name_space, std::string_view location) {
            return dmn::model_below(folder.empty() ? fs::path(".") : folder, name_space, location);
          }};
}

Result<dmn::Model> load_model(const fs::path& file, dmn::BrokenExpression broken) {
  const auto xml = input_file(file);
  if (!xml) return fail(xml.error());
  auto model = dmn::Model::load(*xml, load_options(file, broken));
  if (!model) return fail(ErrorCode::invalid_input, file.string() + ": " + model.error().text());
  return *std::move(model);
}

/// JSON as the model's type says: ISO text becomes a date, time or duration; a member that the type names
/// and the data lack is null. What does not fit stays as it is: the engine then tells that it does not.
dmn::Value typed(const Value& value, const dmn::Type& type) {
  const auto element = [&type]() -> const dmn::Type& { return type.element ? *type.element : any_type; };
  if (const auto* text = value.as_text()) {
    if (type.kind == dmn::Type::Kind::list) return typed(value, element());
    return dmn::value_from_text(type, *text).value_or(dmn::Value(*text));
  }
  if (value.is_list()) {
    dmn::List list;
    for (const auto& item : value.items())
      list.push_back(typed(item, type.kind == dmn::Type::Kind::list ? element() : type));
    return {std::move(list)};
  }
  if (!value.is_object()) return to_dmn(value, type);
  dmn::Context context;
  for (const auto& [name, member] : value.members()) {
    const auto* known = type.member(name);
    context.set(name, typed(member, known ? *known : any_type));
  }
  for (const auto& member : type.members)
    if (context.find(member.name) == nullptr) context.set(member.name, dmn::Value());
  return {std::move(context)};
}

dmn::Context typed_inputs(const dmn::Model& model, const Value& json, const std::string& callable) {
  const auto parameters = model.parameters_of(callable);
  const dmn::Value inputs = typed(json, parameters ? *parameters : model.input_type());
  return inputs.as_context() ? *inputs.as_context() : dmn::Context();
}

dmn::Conditions conditions_for(const EvaluateModelOptions& options) {
  dmn::Conditions conditions;
  conditions.tracing = options.trace ? dmn::Tracing::full : dmn::Tracing::errors_only;
  conditions.now = dmn::utc_moment(std::chrono::system_clock::now());
  return conditions;
}

void print_evaluation(const dmn::Evaluation& evaluation, const EvaluateModelOptions& options) {
  const Value result = from_dmn(evaluation.result);
  if (!options.trace) {
    std::cout << to_pretty_json(result);
    for (const auto& error : evaluation.trace.errors()) std::cerr << "softbot: " << error << '\n';
    return;
  }
  auto trace = Value::list();
  for (const auto& decision : evaluation.trace.decisions) trace.push(to_value(decision));
  std::cout << to_pretty_json(Value::object({{"result", result}, {"trace", std::move(trace)}}));
}

std::string place_of(const dmn::Finding& finding) {
  std::string place = finding.line > 0 ? "line " + std::to_string(finding.line) + ", " : "";
  return place + finding.element;
}

std::string count_of(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

}  // namespace

ExitCode evaluate_model(const EvaluateModelOptions& options) {
  const auto model = load_model(options.model, dmn::BrokenExpression::refuse);
  if (!model) return report(model.error());
  const auto text = input_file(options.input);
  if (!text) return report(text.error());
  const auto json = parse_json(*text);
  if (!json)
    return report(
        Error{ErrorCode::invalid_input, options.input.string() + ": " + json.error().message, false, {}});
  if (!json->is_object())
    return report(Error{ErrorCode::invalid_input,
                        options.input.string() + ": give an object with a member for each input of the model",
                        false,
                        {}});
  const dmn::Context inputs = typed_inputs(*model, *json, options.decision);
  const dmn::Conditions conditions = conditions_for(options);
  if (options.decision.empty()) {
    print_evaluation(model->evaluate_all(inputs, conditions), options);
    return ExitCode::done;
  }
  const bool is_decision = model->has_decision(options.decision);
  if (!is_decision && !model->parameters_of(options.decision)) {
    std::cerr << "softbot: the model has no decision \"" << options.decision << "\"; it has:\n";
    for (const auto& decision : model->decisions()) std::cerr << "  " << decision.name << '\n';
    return ExitCode::wrong_options;
  }
  print_evaluation(is_decision ? model->evaluate(options.decision, inputs, conditions)
                               : model->invoke(options.decision, inputs, conditions),
                   options);
  return ExitCode::done;
}

ExitCode check_model(const fs::path& file) {
  const auto xml = input_file(file);
  if (!xml) return report(xml.error());
  const auto findings = dmn::check(*xml, load_options(file, dmn::BrokenExpression::becomes_null));
  std::size_t errors = 0;
  for (const auto& finding : findings) {
    if (finding.severity == dmn::Severity::error) ++errors;
    std::cout << dmn::name_of(finding.severity) << ": " << place_of(finding) << ": " << finding.message
              << '\n';
    if (!finding.example.empty()) std::cout << "  for example " << dmn::text_of(finding.example) << '\n';
  }
  std::cout << file.string() << ": " << count_of(errors, "error") << ", "
            << count_of(findings.size() - errors, "warning") << '\n';
  return errors == 0 ? ExitCode::done : ExitCode::failed;
}

ExitCode run_model_kit(const fs::path& folder, KitFailures failures) {
  if (!fs::is_directory(folder))
    return report(Error{ErrorCode::invalid_input, folder.string() + " is no folder", false, {}});
  const auto kit = dmn::run_kit(folder);
  if (failures == KitFailures::named)
    for (const auto& failure : kit.failures) std::cout << failure << '\n';
  for (const auto& [level, count] : kit.levels)
    if (level != "level-2" && level != "level-3") std::cout << dmn::total_line(level, count) << '\n';
  for (const char* level : {"level-2", "level-3"}) {
    const auto counted = kit.levels.find(level);
    std::cout << dmn::total_line(level, counted == kit.levels.end() ? dmn::KitCount{} : counted->second)
              << '\n';
  }
  return ExitCode::done;
}

}  // namespace softbot::daemon
