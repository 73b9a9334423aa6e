#include "web/condition_view.h"

#include <algorithm>
#include <vector>

#include "web/words.h"

namespace softbot::web {
namespace {

std::string_view operator_of(AnswerCondition::Kind kind) {
  switch (kind) {
    case AnswerCondition::Kind::always:
      return "always";
    case AnswerCondition::Kind::equals:
      return "equals";
    case AnswerCondition::Kind::in:
      return "in";
    case AnswerCondition::Kind::includes:
      return "includes";
    case AnswerCondition::Kind::present:
      return "present";
    case AnswerCondition::Kind::greater_than:
      return "greaterThan";
    case AnswerCondition::Kind::less_than:
      return "lessThan";
    case AnswerCondition::Kind::all:
      return "all";
    case AnswerCondition::Kind::any:
      return "any";
    case AnswerCondition::Kind::negation:
      return "not";
  }
  return "always";
}

/// The input that a condition's field name means, on this page.
std::string input_name(std::string_view field, const std::string& prefix, const std::string& row) {
  if (field.empty() || field == "types" || field.starts_with("common.")) {
    return std::string(field);
  }
  if (field.starts_with("row.")) {
    return row + "." + std::string(field.substr(4));
  }
  return prefix + "." + std::string(field);
}

const Field* field_of_condition(const std::string& name, const FormDefinition& common,
                                const FormDefinition& definition) {
  if (name.starts_with("common.")) {
    return common.find(std::string_view(name).substr(7));
  }
  return definition.find(name);
}

std::string value_words(const Field* field, const Value& value, std::string_view language) {
  if (field != nullptr) {
    if (const Option* option = field->option(value.text_or_empty())) {
      return option->label.in(language);
    }
    return answer_words(*field, value, language);
  }
  return value.text_or_empty();
}

std::string clause(const AnswerCondition& condition, const FormDefinition& common,
                   const FormDefinition& definition, std::string_view language) {
  const bool english = language == "en";
  const Field* field = field_of_condition(condition.field, common, definition);
  const std::string label = field == nullptr ? condition.field : field->label.in(language);
  const auto quoted = [&](const Value& value) { return "‘" + value_words(field, value, language) + "’"; };
  const auto joined = [&](const std::vector<std::string>& parts, const char* word) {
    std::string text;
    for (const std::string& part : parts) {
      text += (text.empty() ? "" : std::string(" ") + word + " ") + part;
    }
    return text;
  };
  switch (condition.kind) {
    case AnswerCondition::Kind::equals:
    case AnswerCondition::Kind::in:
    case AnswerCondition::Kind::includes: {
      std::vector<std::string> values;
      for (const Value& value : condition.values) {
        values.push_back(quoted(value));
      }
      return (english ? "you answered " : "u ") + joined(values, english ? "or" : "of") +
             (english ? " to ‘" : " hebt geantwoord bij ‘") + label + "’";
    }
    case AnswerCondition::Kind::present:
      return (english ? "you filled in ‘" : "u iets hebt ingevuld bij ‘") + label + "’";
    case AnswerCondition::Kind::greater_than:
    case AnswerCondition::Kind::less_than: {
      const bool more = condition.kind == AnswerCondition::Kind::greater_than;
      const std::string bound =
          condition.values.empty() ? "" : value_words(field, condition.values.front(), language);
      return "‘" + label +
             (english ? (more ? "’ is more than " : "’ is less than ")
                      : (more ? "’ meer is dan " : "’ minder is dan ")) +
             bound;
    }
    case AnswerCondition::Kind::all:
    case AnswerCondition::Kind::any: {
      std::vector<std::string> parts;
      for (const AnswerCondition& part : condition.parts) {
        if (depends_on_answers(part)) {
          parts.push_back(clause(part, common, definition, language));
        }
      }
      const bool all = condition.kind == AnswerCondition::Kind::all;
      return joined(parts, english ? (all ? "and" : "or") : (all ? "en" : "of"));
    }
    case AnswerCondition::Kind::negation:
      return (english ? "it is not so that " : "het niet zo is dat ") +
             (condition.parts.empty() ? "" : clause(condition.parts.front(), common, definition, language));
    case AnswerCondition::Kind::always:
      break;
  }
  return {};
}

}  // namespace

Value condition_for_script(const AnswerCondition& condition, const std::string& prefix,
                           const std::string& row) {
  Value out = Value::object({{"is", operator_of(condition.kind)}});
  if (!condition.field.empty()) {
    out.set("name", input_name(condition.field, prefix, row));
  }
  if (!condition.other_field.empty()) {
    out.set("other", input_name(condition.other_field, prefix, row));
  }
  if (!condition.values.empty()) {
    Value values = Value::list();
    for (const Value& value : condition.values) {
      values.push(value);
    }
    out.set("values", std::move(values));
  }
  if (!condition.parts.empty()) {
    Value parts = Value::list();
    for (const AnswerCondition& part : condition.parts) {
      parts.push(condition_for_script(part, prefix, row));
    }
    out.set("parts", std::move(parts));
  }
  return out;
}

bool depends_on_answers(const AnswerCondition& condition) {
  const auto fields = fields_of(condition);
  return std::any_of(fields.begin(), fields.end(), [](const std::string& field) { return field != "types"; });
}

std::string condition_words(const AnswerCondition& condition, const FormDefinition& common,
                            const FormDefinition& definition, std::string_view language) {
  if (!depends_on_answers(condition)) {
    return {};
  }
  const std::string words = clause(condition, common, definition, language);
  return words.empty()
             ? words
             : (language == "en" ? "Only fill this in if " : "Vul dit alleen in als ") + words + ".";
}

}  // namespace softbot::web
