#include "pipeline/field_changes.h"

#include <string_view>

#include "forms/normalise.h"
#include "forms/structure.h"

namespace softbot::pipeline {

Result<std::vector<FieldChange>> field_changes(const Configuration& configuration,
                                               const Application& application, const Value& fields) {
  static constexpr std::string_view prefix = "common.";
  const FormDefinition* own = configuration.forms->find(application.type, application.municipality);
  std::vector<FieldChange> changes;
  std::vector<FieldError> errors;
  if (!fields.is_object() || fields.members().empty()) {
    errors.push_back({"fields", "empty", "fields must be an object with at least one field."});
  }
  for (const Value::Member& member : fields.members()) {
    FieldChange change;
    change.common = member.name.starts_with(prefix);
    change.name = change.common ? member.name.substr(prefix.size()) : member.name;
    const FormDefinition* definition = change.common ? &configuration.forms->common() : own;
    const Field* field = definition == nullptr ? nullptr : definition->find(change.name);
    if (field == nullptr) {
      errors.push_back({"fields." + member.name, "unknown-field",
                        "This form has no such field. Fields of the common part begin with \"common.\"."});
      continue;
    }
    if (!member.value.is_null()) {
      const auto wrong = check_field_structure(*field, member.value, "fields." + member.name);
      errors.insert(errors.end(), wrong.begin(), wrong.end());
      change.value = normalise_answer(*field, member.value);
    }
    change.decisive = field->field_class == FieldClass::decisive;
    change.changes = (change.common ? application.common : application.fields)[change.name] != change.value;
    changes.push_back(std::move(change));
  }
  if (!errors.empty()) {
    return fail(
        Error{ErrorCode::invalid_input, "Not every field can be taken; `errors` names them.", false, errors});
  }
  return changes;
}

void apply_changes(Application& application, const std::vector<FieldChange>& changes) {
  for (const FieldChange& change : changes) {
    Value& part = change.common ? application.common : application.fields;
    if (change.value.is_null()) {
      part.erase(change.name);
    } else {
      part.set(change.name, change.value);
    }
  }
}

}  // namespace softbot::pipeline
