#include "forms/answer_condition.h"

#include <algorithm>
#include <compare>
#include <optional>

#include "domain/text.h"
#include "forms/definition.h"
#include "forms/number_text.h"

namespace softbot {
namespace {

using Kind = AnswerCondition::Kind;

Truth truth_of(bool flag) {
  return flag ? Truth::yes : Truth::no;
}

Truth opposite(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

bool same(const Value& left, const Value& right) {
  if (left == right) return true;
  if (left.is_text() && right.is_text()) return trim(*left.as_text()) == trim(*right.as_text());
  const auto left_number = number_value(left);
  return left_number && left_number == number_value(right);
}

std::optional<Date> date_of(const Value& value) {
  if (!value.is_text()) return std::nullopt;
  const auto date = parse_date(*value.as_text());
  if (!date) return std::nullopt;
  return *date;
}

/// Numbers by value, then dates; nothing when the two cannot be compared.
std::optional<std::strong_ordering> order_of(const Value& left, const Value& right) {
  const auto left_number = number_value(left);
  const auto right_number = number_value(right);
  if (left_number && right_number) return *left_number <=> *right_number;
  const auto left_date = date_of(left);
  const auto right_date = date_of(right);
  if (left_date && right_date)
    return std::chrono::sys_days(*left_date) <=> std::chrono::sys_days(*right_date);
  return std::nullopt;
}

bool is_one_of(const Value& answer, const std::vector<Value>& values) {
  return std::ranges::any_of(values, [&](const Value& value) { return same(answer, value); });
}

Truth compare(const AnswerCondition& condition, const Value& answer, const std::vector<Value>& values) {
  switch (condition.kind) {
    case Kind::equals:
      return truth_of(!values.empty() && same(answer, values.front()));
    case Kind::in:
      if (!answer.is_list()) return truth_of(is_one_of(answer, values));
      return truth_of(
          std::ranges::any_of(answer.items(), [&](const Value& item) { return is_one_of(item, values); }));
    case Kind::includes:
      return truth_of(!values.empty() && is_one_of(values.front(), answer.items()));
    case Kind::greater_than:
    case Kind::less_than: {
      const auto order = values.empty() ? std::nullopt : order_of(answer, values.front());
      if (!order) return Truth::unknown;
      return truth_of(condition.kind == Kind::greater_than ? std::is_gt(*order) : std::is_lt(*order));
    }
    default:
      return Truth::unknown;
  }
}

/// True when the definitions say that the question behind a name is not to be asked.
bool does_not_apply(std::string_view name, const AnswerContext& context) {
  const bool of_common = name.starts_with("common.");
  const FormDefinition* definition = of_common ? context.common_definition : context.definition;
  if (definition == nullptr) return false;
  const std::string_view bare = of_common ? name.substr(7) : name;
  const Field* field = definition->find(bare);
  if (field == nullptr) return false;
  return applies(*definition->section_of(bare), *field, context) == Truth::no;
}

Truth evaluate_field(const AnswerCondition& condition, const AnswerContext& context) {
  if (condition.field == "types") {
    const Value types(Value::List(context.types.begin(), context.types.end()));
    return compare(condition, types, condition.values);
  }
  if (does_not_apply(condition.field, context)) return Truth::no;
  const Value& answer = answer_of(condition.field, context);
  if (condition.kind == Kind::present) return truth_of(is_answered(answer));
  if (!is_answered(answer)) return Truth::unknown;
  if (condition.other_field.empty()) return compare(condition, answer, condition.values);
  const Value& other = answer_of(condition.other_field, context);
  return is_answered(other) ? compare(condition, answer, {other}) : Truth::unknown;
}

/// All parts: one no decides; any part: one yes decides; else unknown as soon as one is unknown.
Truth evaluate_parts(const AnswerCondition& condition, const AnswerContext& context, Truth deciding) {
  Truth result = opposite(deciding);
  for (const AnswerCondition& part : condition.parts) {
    const Truth truth = evaluate(part, context);
    if (truth == deciding) return deciding;
    if (truth == Truth::unknown) result = Truth::unknown;
  }
  return result;
}

void collect_fields(const AnswerCondition& condition, std::vector<std::string>& names) {
  for (const std::string& name : {condition.field, condition.other_field}) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  for (const AnswerCondition& part : condition.parts) collect_fields(part, names);
}

}  // namespace

bool is_answered(const Value& answer) {
  if (answer.is_null()) return false;
  if (const std::string* text = answer.as_text()) return !trim(*text).empty();
  if (answer.is_list()) return !answer.items().empty();
  if (answer.is_object()) return !answer.members().empty();
  return true;
}

const Value& answer_of(std::string_view field, const AnswerContext& context) {
  static const Value none;
  const auto member = [&](const Value* answers, std::string_view name) -> const Value& {
    return answers == nullptr ? none : (*answers)[name];
  };
  if (field.starts_with("common.")) return member(context.common, field.substr(7));
  if (field.starts_with("row.")) return member(context.row, field.substr(4));
  return member(context.fields, field);
}

Truth evaluate(const AnswerCondition& condition, const AnswerContext& context) {
  switch (condition.kind) {
    case Kind::always:
      return Truth::yes;
    case Kind::all:
      return evaluate_parts(condition, context, Truth::no);
    case Kind::any:
      return evaluate_parts(condition, context, Truth::yes);
    case Kind::negation:
      return condition.parts.empty() ? Truth::unknown : opposite(evaluate(condition.parts.front(), context));
    default:
      return evaluate_field(condition, context);
  }
}

std::vector<std::string> fields_of(const AnswerCondition& condition) {
  std::vector<std::string> names;
  collect_fields(condition, names);
  return names;
}

Truth applies(const Section& section, const Field& field, const AnswerContext& context) {
  const Truth of_section = evaluate(section.show_if, context);
  const Truth of_field = evaluate(field.show_if, context);
  return std::min(of_section, of_field);
}

Truth needs_answer(const Field& field, const AnswerContext& context) {
  if (field.required) return Truth::yes;
  return field.required_if ? evaluate(*field.required_if, context) : Truth::no;
}

}  // namespace softbot
