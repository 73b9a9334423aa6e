#include "policy/policy_words.h"

#include <algorithm>
#include <utility>

#include "domain/money.h"
#include "policy/judgement.h"

namespace softbot {
namespace {

constexpr std::string_view model_extension = ".dmn";
constexpr std::string_view parameters_file = "parameters.json";
constexpr std::string_view parameter_mark = "parameters.";

bool is_condition(const dmn::WrittenDecision& decision) {
  return decision.id.starts_with(condition_prefix);
}

std::string unquoted(const std::string& text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : std::string();
}

std::string sentence_of(const dmn::WrittenDecision& decision, const dmn::WrittenRule& rule) {
  const bool says = !rule.annotations.empty() && !rule.annotations.front().empty();
  return says ? rule.annotations.front() : decision.description;
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

/// The names behind "parameters." in an expression.
void add_parameters_in(const std::string& expression, std::vector<std::string>& names) {
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (auto at = expression.find(parameter_mark); at != std::string::npos;
       at = expression.find(parameter_mark, at + 1)) {
    const auto begin = at + parameter_mark.size();
    auto end = begin;
    while (end < expression.size() && is_name(expression[end])) ++end;
    add_once(names, expression.substr(begin, end - begin));
  }
}

/// All parameters that a decision's own logic names, in its order.
std::vector<std::string> parameters_of(const dmn::WrittenDecision& decision) {
  std::vector<std::string> names;
  add_parameters_in(decision.expression, names);
  for (const auto& input : decision.inputs) add_parameters_in(input, names);
  for (const auto& rule : decision.rules) {
    for (const auto& cell : rule.cells) add_parameters_in(cell, names);
    for (const auto& output : rule.outputs) add_parameters_in(output, names);
  }
  return names;
}

std::string value_words(const PolicyParameter& parameter, const Value& value, std::string_view type,
                        const OptionWords& options) {
  if (value.is_null()) return "niet ingesteld";
  if (value.is_list()) {
    std::string words;
    for (const Value& item : value.items())
      words += (words.empty() ? "" : ", ") + options(type, item.text_or_empty());
    return words;
  }
  const auto whole = value.as_integer();
  if (whole && parameter.unit.starts_with("eurocent"))
    return format_euro(Cents{*whole}) + parameter.unit.substr(std::string_view("eurocent").size());
  const Number* number = value.as_number();
  return (number ? number->text : value.text_or_empty()) + " " + parameter.unit;
}

class Explainer {
 public:
  Explainer(const std::vector<PolicyParameter>& parameters, std::string_view municipality, Date day,
            const OptionWords& options)
      : parameters_(parameters), municipality_(municipality), day_(day), options_(options) {}

  [[nodiscard]] TypeWords type(const std::string& name, const dmn::WrittenModel& model) const {
    TypeWords words{name, model.name, model.description, model.inputs, {}, {}};
    for (const auto& decision : model.decisions) {
      if (is_condition(decision)) {
        words.conditions.push_back(condition(name, decision));
      } else if (StepWords one = step(name, decision); !one.uses.empty()) {
        words.steps.push_back(std::move(one));
      }
    }
    return words;
  }

 private:
  [[nodiscard]] std::vector<ParameterWords> uses(const std::string& type,
                                                 const dmn::WrittenDecision& decision) const {
    std::vector<ParameterWords> words;
    for (const auto& name : parameters_of(decision)) {
      const auto parameter = std::ranges::find(parameters_, name, &PolicyParameter::name);
      if (parameter == parameters_.end()) continue;
      words.push_back({name, parameter->label,
                       value_words(*parameter, parameter->value_on(municipality_, day_), type, options_),
                       parameter->explanation});
    }
    return words;
  }

  [[nodiscard]] ConditionWords condition(const std::string& type,
                                         const dmn::WrittenDecision& decision) const {
    ConditionWords words{decision.name, decision.description, {}, {}, uses(type, decision)};
    for (const auto& rule : decision.rules) {
      const bool met = !rule.outputs.empty() && rule.outputs.front() == "true";
      const std::string sentence = sentence_of(decision, rule);
      if (met) {
        add_once(words.met, sentence);
      } else if (std::ranges::find(words.refers, sentence, &ReasonWords::sentence) == words.refers.end()) {
        words.refers.push_back(
            {rule.outputs.size() > 1 ? unquoted(rule.outputs[1]) : std::string(), sentence});
      }
    }
    if (words.met.size() == 1) words.met.clear();
    return words;
  }

  [[nodiscard]] StepWords step(const std::string& type, const dmn::WrittenDecision& decision) const {
    StepWords words{decision.description, {}, uses(type, decision)};
    for (const auto& rule : decision.rules) {
      if (!rule.annotations.empty()) add_once(words.lines, rule.annotations.front());
    }
    return words;
  }

  const std::vector<PolicyParameter>& parameters_;
  std::string_view municipality_;
  Date day_;
  const OptionWords& options_;
};

void write_values(std::string& text, const std::vector<ParameterWords>& uses) {
  for (const auto& use : uses) text += "    " + use.label + ": " + use.value + "\n";
}

}  // namespace

Result<PolicyWords> PolicyWords::from(const ConfigurationFiles& files) {
  PolicyWords words;
  for (const auto& [file, text] : files) {
    if (file == parameters_file) {
      auto parameters = parameters_from(text);
      if (!parameters) return fail(parameters.error());
      words.parameters_ = *std::move(parameters);
    } else if (file.ends_with(model_extension)) {
      auto model = dmn::written_model(text);
      if (!model) return fail(ErrorCode::configuration, "policy/" + file + ": " + model.error().text());
      words.models_.push_back({file.substr(0, file.size() - model_extension.size()), *std::move(model)});
    }
  }
  return words;
}

std::vector<TypeWords> PolicyWords::explain(std::string_view municipality, Date day,
                                            const OptionWords& options) const {
  const Explainer explainer(parameters_, municipality, day, options);
  std::vector<TypeWords> types;
  for (const auto& [type, model] : models_) types.push_back(explainer.type(type, model));
  return types;
}

std::string PolicyWords::reason(std::string_view type, std::string_view code) const {
  const auto written = std::ranges::find(models_, type, &Written::type);
  if (written == models_.end()) return {};
  std::vector<std::string> sentences;
  for (const auto& decision : written->model.decisions) {
    if (!is_condition(decision)) continue;
    const std::string name = decision.id.substr(condition_prefix.size());
    if (code == name + "-unknown") return "Niet bekend: " + decision.description;
    if (code == name + "-unmet") return "Niet voldaan: " + decision.description;
    for (const auto& rule : decision.rules) {
      if (rule.outputs.size() > 1 && unquoted(rule.outputs[1]) == code)
        add_once(sentences, sentence_of(decision, rule));
    }
  }
  std::string words;
  for (const auto& sentence : sentences) words += (words.empty() ? "" : " / ") + sentence;
  return words;
}

std::string policy_text(const std::vector<TypeWords>& types) {
  std::string text;
  for (const auto& type : types) {
    text += (text.empty() ? "" : "\n") + type.title + "\n\n" + type.description + "\n\n";
    text += "De bot kent toe als dit allemaal klopt:\n";
    for (const auto& condition : type.conditions) {
      text += "- " + condition.sentence + "\n";
      for (const auto& way : condition.met) text += "    of: " + way + "\n";
      write_values(text, condition.uses);
    }
    text += "\nEen consulent kijkt mee als:\n";
    for (const auto& condition : type.conditions) {
      for (const auto& reason : condition.refers) text += "- " + reason.sentence + "\n";
    }
    text += "- We iets hiervan niet weten.\n";
    if (!type.steps.empty()) text += "\nZo rekenen wij:\n";
    for (const auto& step : type.steps) {
      text += "- " + step.sentence + "\n";
      write_values(text, step.uses);
    }
  }
  return text;
}

}  // namespace softbot
