#include "forms/definition_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "domain/date.h"
#include "forms/number_text.h"

namespace softbot {
namespace {

const std::vector<std::string> kind_names{
    "bsn",     "date", "postcode",  "house-number", "phone",  "email",   "iban", "money",    "integer",
    "decimal", "text", "long-text", "yes-no",       "choice", "choices", "list", "signature"};
const std::vector<std::string> channel_names{"web", "api", "counter", "paper"};
const std::vector<std::string> media_types{"application/pdf", "image/jpeg", "image/png", "image/tiff"};
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

std::optional<AnswerCondition> optional_condition(ConfigReader& reader, const Value& object,
                                                  const std::string& path, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) return std::nullopt;
  return read_condition(reader, *value, pointer(path, name), 0);
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

std::vector<Option> read_options(ConfigReader& reader, const Value& field, const std::string& field_path,
                                 FieldKind kind) {
  std::vector<Option> options;
  const bool wanted = kind == FieldKind::choice || kind == FieldKind::choices;
  if (!wanted && !field.contains("options")) return options;
  const std::string path = pointer(field_path, "options");
  if (!wanted) {
    reader.report(path, "This kind of field has no options.",
                  "Remove them, or make the kind \"choice\" or \"choices\".");
    return options;
  }
  const Value::List& items = reader.list(field, field_path, "options", Need::required);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string at = pointer(path, i);
    if (!reader.check_object(items[i], at, {"value", "label", "help"})) continue;
    Option option{reader.text(items[i], at, "value", Need::required),
                  reader.local_text(items[i], at, "label", Need::required),
                  reader.local_text(items[i], at, "help", Need::optional)};
    if (!option.value.empty() && !is_kebab_case(option.value)) {
      reader.report(pointer(at, "value"), "An option's value is not in kebab-case.",
                    "Write lower case letters and digits joined by hyphens, as \"light-cleaning\".");
    }
    if (std::ranges::find(options, option.value, &Option::value) != options.end()) {
      reader.report(pointer(at, "value"), "This option stands twice.", "Remove one, or rename its value.");
    }
    options.push_back(std::move(option));
  }
  return options;
}

bool is_fact_by_itself(FieldKind kind) {
  switch (kind) {
    case FieldKind::yes_no:
    case FieldKind::choice:
    case FieldKind::choices:
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::date:
    case FieldKind::list:
      return true;
    default:
      return false;
  }
}

void check_field(ConfigReader& reader, const Field& field, const Value& value, const std::string& path) {
  if (!field.name.empty() && !is_camel_case(field.name)) {
    reader.report(pointer(path, "name"), "A field's name is not in camelCase.",
                  "Write letters and digits, beginning with a lower case letter, as \"birthDate\".");
  }
  const bool text_kind = field.kind == FieldKind::text || field.kind == FieldKind::long_text;
  if (field.field_class == FieldClass::own_words && !text_kind) {
    reader.report(pointer(path, "class"), "Only text can be somebody's own words.",
                  "Use class \"supporting\" or \"decisive\", or kind \"long-text\".");
  }
  if (field.field_class == FieldClass::decisive && !field.required && !field.required_if) {
    reader.report(path, "A decisive field is neither required nor required under a condition.",
                  "Add \"required\": true or \"requiredIf\", or use class \"supporting\".");
  }
  if (field.voluntary && (field.required || field.required_if)) {
    reader.report(pointer(path, "voluntary"), "A field cannot be both voluntary and required.",
                  "Remove one of the two (Awb 4:4).");
  }
  if (field.kind == FieldKind::signature && field.channels != std::vector<std::string>{"paper"}) {
    reader.report(path, "A signature belongs on paper only.", "Add \"channels\": [\"paper\"].");
  }
  const bool never_fact = field.field_class == FieldClass::own_words || field.kind == FieldKind::bsn ||
                          field.kind == FieldKind::phone || field.kind == FieldKind::email ||
                          field.kind == FieldKind::iban || field.kind == FieldKind::signature ||
                          field.is_name;
  if (never_fact && value["fact"] == Value(true)) {
    reader.report(pointer(path, "fact"), "Own words and what identifies a person are never facts.",
                  "Remove \"fact\".");
  }
}

std::vector<Field> read_fields(ConfigReader& reader, const Value& owner, const std::string& owner_path,
                               bool rows);

Field read_field(ConfigReader& reader, const Value& value, const std::string& path, bool in_row) {
  Field field;
  if (!reader.check_object(value, path,
                           {"name", "kind", "class", "label", "help", "purpose", "required", "requiredIf",
                            "voluntary", "format", "fact", "showIf", "channels", "options", "bounds",
                            "autocomplete", "rowLabel", "fields"})) {
    return field;
  }
  field.name = reader.text(value, path, "name", Need::required);
  field.kind = field_kind_from(reader.one_of(value, path, "kind", kind_names)).value_or(FieldKind::text);
  field.field_class =
      field_class_from(reader.one_of(value, path, "class", {"decisive", "supporting", "free"}))
          .value_or(FieldClass::supporting);
  field.label = reader.local_text(value, path, "label", Need::required);
  field.help = reader.local_text(value, path, "help", Need::optional);
  field.purpose = reader.local_text(value, path, "purpose", Need::required);
  field.required = reader.flag(value, path, "required", false);
  field.required_if = optional_condition(reader, value, path, "requiredIf");
  field.voluntary = reader.flag(value, path, "voluntary", false);
  field.show_if = optional_condition(reader, value, path, "showIf").value_or(AnswerCondition{});
  if (value.contains("format")) field.is_name = reader.one_of(value, path, "format", {"name"}) == "name";
  field.channels = reader.texts(value, path, "channels", Need::optional);
  for (const std::string& channel : field.channels) {
    if (std::ranges::find(channel_names, channel) == channel_names.end()) {
      reader.report(pointer(path, "channels"), "\"" + channel + "\" is no channel.",
                    suggestion(channel, channel_names));
    }
  }
  field.options = read_options(reader, value, path, field.kind);
  field.bounds = read_bounds(reader, value, path, field.kind);
  field.autocomplete = reader.text(value, path, "autocomplete", Need::optional);
  const bool by_itself = field.field_class != FieldClass::own_words && is_fact_by_itself(field.kind);
  field.fact = reader.flag(value, path, "fact", by_itself);
  if (field.kind == FieldKind::list) {
    if (in_row) {
      reader.report(pointer(path, "kind"), "A list cannot stand inside a list.", "Use another kind.");
    } else {
      field.row_label = reader.local_text(value, path, "rowLabel", Need::required);
      field.fields = read_fields(reader, value, path, true);
    }
  } else if (value.contains("fields") || value.contains("rowLabel")) {
    reader.report(path, "Only a list has rows.", "Remove \"fields\" and \"rowLabel\", or use kind \"list\".");
  }
  check_field(reader, field, value, path);
  return field;
}

std::vector<Field> read_fields(ConfigReader& reader, const Value& owner, const std::string& owner_path,
                               bool rows) {
  std::vector<Field> fields;
  const Value::List& items = reader.list(owner, owner_path, "fields", Need::required);
  for (std::size_t i = 0; i < items.size(); ++i) {
    fields.push_back(read_field(reader, items[i], pointer(pointer(owner_path, "fields"), i), rows));
  }
  return fields;
}

Section read_section(ConfigReader& reader, const Value& value, const std::string& path) {
  Section section;
  if (!reader.check_object(value, path, {"name", "title", "intro", "showIf", "fields"})) return section;
  section.name = reader.text(value, path, "name", Need::required);
  if (!section.name.empty() && !is_kebab_case(section.name)) {
    reader.report(pointer(path, "name"), "A section's name is not in kebab-case.",
                  "Write lower case letters and digits joined by hyphens.");
  }
  section.title = reader.local_text(value, path, "title", Need::required);
  section.intro = reader.local_text(value, path, "intro", Need::optional);
  section.show_if = optional_condition(reader, value, path, "showIf").value_or(AnswerCondition{});
  section.fields = read_fields(reader, value, path, false);
  return section;
}

void read_coverage(ConfigReader& reader, const Value& value, const std::string& path,
                   Attachment& attachment) {
  if (const Value* per_row = value.find("perRow")) {
    const std::string inside = pointer(path, "perRow");
    if (reader.check_object(*per_row, inside, {"list", "field"})) {
      attachment.per_list = reader.text(*per_row, inside, "list", Need::required);
      attachment.per_field = reader.text(*per_row, inside, "field", Need::required);
    }
  }
  attachment.cover_months = reader.integer(value, path, "coverMonths", 1, 60).value_or(0);
  attachment.cover_slack_days = reader.integer(value, path, "coverSlackDays", 0, 60).value_or(0);
}

Attachment read_attachment(ConfigReader& reader, const Value& value, const std::string& path) {
  Attachment attachment;
  if (!reader.check_object(value, path,
                           {"kind", "label", "help", "purpose", "required", "requiredIf", "minimum",
                            "accepts", "perRow", "coverMonths", "coverSlackDays"})) {
    return attachment;
  }
  attachment.kind = reader.text(value, path, "kind", Need::required);
  if (!attachment.kind.empty() && !is_kebab_case(attachment.kind)) {
    reader.report(pointer(path, "kind"), "An attachment's kind is not in kebab-case.",
                  "Write lower case letters and digits joined by hyphens.");
  }
  attachment.label = reader.local_text(value, path, "label", Need::required);
  attachment.help = reader.local_text(value, path, "help", Need::optional);
  attachment.purpose = reader.local_text(value, path, "purpose", Need::required);
  attachment.required = reader.flag(value, path, "required", false);
  attachment.required_if = optional_condition(reader, value, path, "requiredIf");
  attachment.minimum = reader.integer(value, path, "minimum", 1, 20).value_or(1);
  attachment.accepts = reader.texts(value, path, "accepts", Need::required);
  for (const std::string& media_type : attachment.accepts) {
    if (std::ranges::find(media_types, media_type) == media_types.end()) {
      reader.report(pointer(path, "accepts"), "\"" + media_type + "\" is not taken.",
                    suggestion(media_type, media_types));
    }
  }
  read_coverage(reader, value, path, attachment);
  return attachment;
}

Contradiction read_contradiction(ConfigReader& reader, const Value& value, const std::string& path) {
  Contradiction contradiction;
  if (!reader.check_object(value, path, {"if", "fields", "message"})) return contradiction;
  if (auto condition = optional_condition(reader, value, path, "if")) {
    contradiction.condition = std::move(*condition);
  } else {
    reader.report(path, "\"if\" is missing.", "Add the condition that cannot be.");
  }
  contradiction.fields = reader.texts(value, path, "fields", Need::required);
  contradiction.message = reader.local_text(value, path, "message", Need::required);
  return contradiction;
}

}  // namespace

FormDefinition read_definition(ConfigReader& reader, const Value& file) {
  FormDefinition definition;
  if (!reader.check_object(
          file, "",
          {"type", "version", "law", "title", "intro", "sections", "attachments", "contradictions"})) {
    return definition;
  }
  definition.type = reader.text(file, "", "type", Need::required);
  if (!definition.type.empty() && !is_kebab_case(definition.type)) {
    reader.report("/type", "A type is not in kebab-case.",
                  "Write lower case letters and digits joined by hyphens.");
  }
  if (!file.contains("version")) reader.report("", "\"version\" is missing.", "Add \"version\": 1.");
  definition.version = reader.integer(file, "", "version", 1, 1'000'000).value_or(1);
  if (definition.type != "common")
    definition.law = reader.one_of(file, "", "law", {"wmo2015", "participatiewet"});
  definition.title = reader.local_text(file, "", "title", Need::required);
  definition.intro = reader.local_text(file, "", "intro", Need::optional);
  const Value::List& sections = reader.list(file, "", "sections", Need::required);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    definition.sections.push_back(read_section(reader, sections[i], pointer("/sections", i)));
  }
  const Value::List& attachments = reader.list(file, "", "attachments", Need::optional);
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    definition.attachments.push_back(read_attachment(reader, attachments[i], pointer("/attachments", i)));
  }
  const Value::List& contradictions = reader.list(file, "", "contradictions", Need::optional);
  for (std::size_t i = 0; i < contradictions.size(); ++i) {
    definition.contradictions.push_back(
        read_contradiction(reader, contradictions[i], pointer("/contradictions", i)));
  }
  return definition;
}

}  // namespace softbot
