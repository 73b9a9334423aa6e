#include "forms/structure.h"

#include <algorithm>
#include <functional>
#include <string_view>

#include "domain/json.h"
#include "domain/text.h"

namespace softbot {
namespace {

FieldError wrong(const std::string& path, const char* code, std::string message) {
  return {path, code, std::move(message)};
}

std::vector<FieldError> check_text(const Field& field, const Value& answer, const std::string& path) {
  const std::string* text = answer.as_text();
  if (text == nullptr) return {wrong(path, "wrong-kind", "Expected text (a JSON string).")};
  if (!is_utf8(*text)) return {wrong(path, "characters", "The text is not valid UTF-8.")};
  const int most = max_length_of(field);
  if (count_code_points(*text) > static_cast<std::size_t>(most)) {
    return {wrong(path, "too-long", "The text has more than " + std::to_string(most) + " characters.")};
  }
  const bool break_in_line =
      field.kind != FieldKind::long_text && text->find_first_of("\r\n") != std::string::npos;
  if (has_control_characters(*text) || break_in_line) {
    return {wrong(path, "characters", "The text holds control characters or line breaks that it may not.")};
  }
  return {};
}

std::vector<FieldError> check_option(const Field& field, const Value& answer, const std::string& path) {
  const std::string* text = answer.as_text();
  if (text == nullptr) return {wrong(path, "wrong-kind", "Expected one option (a JSON string).")};
  const bool unanswered = field.kind == FieldKind::choice && text->empty();
  if (unanswered || field.option(*text) != nullptr) return {};
  std::string known;
  for (const Option& option : field.options) known += (known.empty() ? "" : ", ") + option.value;
  return {wrong(path, "unknown-option", "Unknown option; use one of: " + known + ".")};
}

std::vector<FieldError> check_options(const Field& field, const Value& answer, const std::string& path) {
  if (!answer.is_list()) return {wrong(path, "wrong-kind", "Expected a list of options (a JSON array).")};
  const Value::List& items = answer.items();
  if (items.size() > field.options.size()) {
    return {wrong(path, "too-many", "There are more answers than options.")};
  }
  std::vector<FieldError> errors;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string at = path + "[" + std::to_string(i) + "]";
    if (std::find(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(i), items[i]) !=
        items.begin() + static_cast<std::ptrdiff_t>(i)) {
      errors.push_back(wrong(at, "duplicate", "This option is given twice."));
      continue;
    }
    std::vector<FieldError> found = check_option(field, items[i], at);
    errors.insert(errors.end(), found.begin(), found.end());
  }
  return errors;
}

using FindField = std::function<const Field*(std::string_view)>;

std::vector<FieldError> check_members(const FindField& find, const Value& answers, const std::string& prefix);

std::vector<FieldError> check_rows(const Field& field, const Value& answer, const std::string& path) {
  if (!answer.is_list()) return {wrong(path, "wrong-kind", "Expected a list of rows (a JSON array).")};
  const int most = max_items_of(field);
  if (answer.items().size() > static_cast<std::size_t>(most)) {
    return {wrong(path, "too-many", "There are more than " + std::to_string(most) + " rows.")};
  }
  std::vector<FieldError> errors;
  for (std::size_t i = 0; i < answer.items().size(); ++i) {
    const std::string at = path + "[" + std::to_string(i) + "]";
    if (!answer.items()[i].is_object()) {
      errors.push_back(wrong(at, "wrong-kind", "Expected a row (a JSON object)."));
      continue;
    }
    const auto find = [&](std::string_view name) -> const Field* {
      const auto sub_field = std::ranges::find(field.fields, name, &Field::name);
      return sub_field == field.fields.end() ? nullptr : &*sub_field;
    };
    std::vector<FieldError> found = check_members(find, answer.items()[i], at);
    errors.insert(errors.end(), found.begin(), found.end());
  }
  return errors;
}

std::vector<FieldError> check_members(const FindField& find, const Value& answers,
                                      const std::string& prefix) {
  std::vector<FieldError> errors;
  for (const Value::Member& member : answers.members()) {
    const std::string path = prefix + "." + first_code_points(member.name, 60);
    const Field* field = find(member.name);
    if (field == nullptr) {
      errors.push_back(wrong(path, "unknown-field", "There is no such field."));
      continue;
    }
    std::vector<FieldError> found = check_field_structure(*field, member.value, path);
    errors.insert(errors.end(), found.begin(), found.end());
  }
  return errors;
}

}  // namespace

std::vector<FieldError> check_field_structure(const Field& field, const Value& answer,
                                              const std::string& path) {
  if (answer.is_null()) return {};
  switch (field.kind) {
    case FieldKind::yes_no:
    case FieldKind::signature:
      if (answer.is_bool()) return {};
      return {wrong(path, "wrong-kind", "Expected true or false (a JSON boolean).")};
    case FieldKind::choice:
      return check_option(field, answer, path);
    case FieldKind::choices:
      return check_options(field, answer, path);
    case FieldKind::list:
      return check_rows(field, answer, path);
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::house_number:
      if (const Number* number = answer.as_number()) {
        if (number->text.size() <= 40) return {};
        return {wrong(path, "too-long", "The number has more than 40 characters.")};
      }
      return check_text(field, answer, path);
    default:
      return check_text(field, answer, path);
  }
}

std::vector<FieldError> check_part_structure(const FormDefinition& definition, const Value& answers,
                                             const std::string& prefix) {
  if (answers.is_null()) return {};
  if (!answers.is_object()) return {wrong(prefix, "wrong-kind", "Expected a JSON object.")};
  return check_members([&](std::string_view name) { return definition.find(name); }, answers, prefix);
}

std::vector<FieldError> check_structure(const FormDefinition& common_definition,
                                        const FormDefinition& definition, const Value& common,
                                        const Value& fields, std::size_t index) {
  std::vector<FieldError> errors = check_part_structure(common_definition, common, "common");
  const std::vector<FieldError> own =
      check_part_structure(definition, fields, "requests[" + std::to_string(index) + "].fields");
  errors.insert(errors.end(), own.begin(), own.end());
  return errors;
}

}  // namespace softbot
