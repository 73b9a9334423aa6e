#include "forms/definition_parts.h"

#include <array>
#include <charconv>

#include "domain/date.h"
#include "forms/number_text.h"

namespace softbot {
namespace {

constexpr int most_nesting = 8;

using Kind = AnswerCondition::Kind;

struct Operator {
  std::string_view name;
  Kind kind;
};
constexpr std::array operators{Operator{"equals", Kind::equals},
                               Operator{"in", Kind::in},
                               Operator{"includes", Kind::includes},
                               Operator{"present", Kind::present},
                               Operator{"greaterThan", Kind::greater_than},
                               Operator{"lessThan", Kind::less_than}};

/// What a comparison is made with: scalars, or {"field": "other"}.
void read_comparison(ConfigReader& reader, const Value& operand, const std::string& path,
                     AnswerCondition& condition) {
  if (condition.kind == Kind::in) {
    if (!operand.is_list() || operand.items().empty()) {
      reader.report(path, "\"in\" is not a list of values.", R"(Write "in": ["a", "b"].)");
    }
    condition.values = operand.items();
    return;
  }
  if (condition.kind == Kind::present) {
    if (operand == Value(true)) return;
    reader.report(path, "\"present\" is not true.", R"(Write "present": true, inside "not" for absent.)");
    return;
  }
  if (operand.is_object()) {
    reader.check_object(operand, path, {"field"});
    condition.other_field = reader.text(operand, path, "field", Need::required);
    return;
  }
  if (operand.is_null() || operand.is_list()) {
    reader.report(path, "There is nothing to compare with.", "Write one text, number, true or false.");
    return;
  }
  condition.values = {operand};
}

AnswerCondition read_condition(ConfigReader& reader, const Value& value, const std::string& path, int depth);

AnswerCondition read_parts(ConfigReader& reader, const Value& value, const std::string& path, Kind kind,
                           std::string_view name, int depth) {
  AnswerCondition condition;
  condition.kind = kind;
  reader.check_object(value, path, {name});
  const Value& inside = value[name];
  const std::string inner = pointer(path, name);
  if (kind == Kind::negation) {
    condition.parts.push_back(read_condition(reader, inside, inner, depth + 1));
    return condition;
  }
  const Value::List& parts = reader.list(value, path, name, Need::required);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    condition.parts.push_back(read_condition(reader, parts[i], pointer(inner, i), depth + 1));
  }
  return condition;
}

AnswerCondition read_condition(ConfigReader& reader, const Value& value, const std::string& path, int depth) {
  if (depth > most_nesting) {
    reader.report(path, "Conditions are nested too deep.", "Write it with fewer levels.");
    return {};
  }
  if (!value.is_object()) {
    reader.report(path, "A condition is an object.", R"(Write {"field": "...", "equals": ...}.)");
    return {};
  }
  if (value.contains("all")) return read_parts(reader, value, path, Kind::all, "all", depth);
  if (value.contains("any")) return read_parts(reader, value, path, Kind::any, "any", depth);
  if (value.contains("not")) return read_parts(reader, value, path, Kind::negation, "not", depth);

  AnswerCondition condition;
  reader.check_object(value, path,
                      {"field", "equals", "in", "includes", "present", "greaterThan", "lessThan"});
  condition.field = reader.text(value, path, "field", Need::required);
  int found = 0;
  for (const Operator& candidate : operators) {
    const Value* operand = value.find(candidate.name);
    if (operand == nullptr) continue;
    ++found;
    condition.kind = candidate.kind;
    read_comparison(reader, *operand, pointer(path, candidate.name), condition);
  }
  if (found != 1) {
    reader.report(path, "A condition compares in exactly one way.",
                  "Use one of: equals, in, includes, present, greaterThan, lessThan.");
  }
  return condition;
}

std::optional<DateBound> date_bound_from(std::string_view text) {
  if (const auto fixed = parse_iso_date(text)) return DateBound{*fixed, 0, 'd'};
  if (!text.starts_with("today")) return std::nullopt;
  text.remove_prefix(5);
  if (text.empty()) return DateBound{};
  DateBound bound;
  bound.unit = text.back();
  const bool sign = text.front() == '+' || text.front() == '-';
  if (!sign || text.size() < 3 || std::string_view("dwmy").find(bound.unit) == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view digits = text.substr(1, text.size() - 2);
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bound.amount);
  if (error != std::errc() || stop != digits.data() + digits.size() || bound.amount < 0 ||
      bound.amount > 40000 || (bound.unit == 'y' && bound.amount > 200)) {
    return std::nullopt;
  }
  if (text.front() == '-') bound.amount = -bound.amount;
  return bound;
}

std::optional<DateBound> read_date_bound(ConfigReader& reader, const Value& bounds, const std::string& path,
                                         std::string_view name) {
  if (!bounds.contains(name)) return std::nullopt;
  const std::string text = reader.text(bounds, path, name, Need::optional);
  auto bound = date_bound_from(text);
  if (!bound && !text.empty()) {
    reader.report(pointer(path, name), "This is no day that can bound a date.",
                  R"(Write "2026-01-31", "today", "today-120y" or "today+3m" (d, w, m, y).)");
  }
  return bound;
}

std::optional<Number> read_number(ConfigReader& reader, const Value& bounds, const std::string& path,
                                  std::string_view name) {
  const Value* value = bounds.find(name);
  if (value == nullptr) return std::nullopt;
  const Number* number = value->as_number();
  const auto canonical = number == nullptr ? std::nullopt : canonical_decimal(*number);
  if (!canonical) {
    reader.report(pointer(path, name), "This is no number.",
                  "Write a number such as 20 or 0.5, without quotes.");
    return std::nullopt;
  }
  return Number{*canonical};
}

void check_bounds_fit(ConfigReader& reader, const Value& bounds, const std::string& path, FieldKind kind) {
  const auto only_for = [&](std::initializer_list<std::string_view> names, bool fits, const char* kinds) {
    for (const std::string_view name : names) {
      if (!bounds.contains(name) || fits) continue;
      reader.report(pointer(path, name), "This bound does not fit the kind of the field.",
                    std::string("Remove it, or use it on ") + kinds + " only.");
    }
  };
  const bool number = kind == FieldKind::integer || kind == FieldKind::decimal || kind == FieldKind::money;
  only_for({"minimum", "maximum"}, number, "integer, decimal and money");
  only_for({"earliest", "latest"}, kind == FieldKind::date, "date");
  only_for({"minLength", "maxLength"}, kind == FieldKind::text || kind == FieldKind::long_text,
           "text and long-text");
  only_for({"minItems", "maxItems"}, kind == FieldKind::list || kind == FieldKind::choices,
           "list and choices");
}

}  // namespace

std::optional<AnswerCondition> optional_condition(ConfigReader& reader, const Value& object,
                                                  const std::string& path, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) return std::nullopt;
  return read_condition(reader, *value, pointer(path, name), 0);
}

Bounds read_bounds(ConfigReader& reader, const Value& field, const std::string& field_path, FieldKind kind) {
  Bounds bounds;
  const Value* value = field.find("bounds");
  if (value == nullptr) return bounds;
  const std::string path = pointer(field_path, "bounds");
  if (!reader.check_object(
          *value, path,
          {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "earliest", "latest"})) {
    return bounds;
  }
  check_bounds_fit(reader, *value, path, kind);
  bounds.minimum = read_number(reader, *value, path, "minimum");
  bounds.maximum = read_number(reader, *value, path, "maximum");
  bounds.min_length = reader.integer(*value, path, "minLength", 0, 20000);
  bounds.max_length = reader.integer(*value, path, "maxLength", 1, 20000);
  bounds.min_items = reader.integer(*value, path, "minItems", 0, 200);
  bounds.max_items = reader.integer(*value, path, "maxItems", 1, 200);
  bounds.earliest = read_date_bound(reader, *value, path, "earliest");
  bounds.latest = read_date_bound(reader, *value, path, "latest");
  const bool numbers_cross = bounds.minimum && bounds.maximum &&
                             ten_thousandths(bounds.minimum->text) > ten_thousandths(bounds.maximum->text);
  const bool crossed = numbers_cross ||
                       (bounds.min_length && bounds.max_length && *bounds.min_length > *bounds.max_length) ||
                       (bounds.min_items && bounds.max_items && *bounds.min_items > *bounds.max_items);
  if (crossed) {
    reader.report(path, "The lower bound is above the upper one.", "Exchange the two, or correct one.");
  }
  return bounds;
}

}  // namespace softbot
