#include "forms/schema.h"

#include <algorithm>

namespace softbot {
namespace {

constexpr std::string_view draft = "https://json-schema.org/draft/2020-12/schema";

Value text_schema(const Field& field) {
  Value schema = Value::object({{"type", "string"}});
  schema.set("maxLength", max_length_of(field));
  if (field.kind == FieldKind::date) schema.set("examples", Value(Value::List{Value("2026-03-01")}));
  return schema;
}

Value option_schema(const Field& field) {
  Value known = Value::list();
  for (const Option& option : field.options) known.push(option.value);
  return Value::object({{"type", "string"}, {"enum", std::move(known)}});
}

Value field_schema(const Field& field);

Value rows_schema(const Field& field) {
  Value properties = Value::object();
  for (const Field& sub_field : field.fields) properties.set(sub_field.name, field_schema(sub_field));
  return Value::object({{"type", "array"},
                        {"maxItems", max_items_of(field)},
                        {"items", Value::object({{"type", "object"},
                                                 {"properties", std::move(properties)},
                                                 {"additionalProperties", false}})}});
}

Value answer_schema(const Field& field) {
  switch (field.kind) {
    case FieldKind::yes_no:
    case FieldKind::signature:
      return Value::object({{"type", "boolean"}});
    case FieldKind::choice:
      return option_schema(field);
    case FieldKind::choices:
      return Value::object({{"type", "array"}, {"items", option_schema(field)}, {"uniqueItems", true}});
    case FieldKind::list:
      return rows_schema(field);
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::house_number:
      return Value::object({{"type", Value(Value::List{Value("number"), Value("string")})},
                            {"maxLength", max_length_of(field)}});
    default:
      return text_schema(field);
  }
}

/// The schema of an answer with what a person wants to know of the question. A null is an unanswered
/// question.
Value field_schema(const Field& field) {
  Value schema = answer_schema(field);
  const Value type = schema["type"];
  Value types = type.is_list() ? type : Value(Value::List{type});
  types.push("null");
  schema.set("type", std::move(types));
  if (schema.contains("enum")) {
    Value known = schema["enum"];
    known.push("");
    known.push(Value());
    schema.set("enum", std::move(known));
  }
  schema.set("title", field.label.nl);
  schema.set("description", field.label.en);
  Value notes = Value::object({{"kind", std::string(name_of(field.kind))},
                               {"class", std::string(name_of(field.field_class))},
                               {"purpose", field.purpose.nl},
                               {"required", field.required},
                               {"voluntary", field.voluntary}});
  if (!field.channels.empty()) {
    notes.set("channels", Value(Value::List(field.channels.begin(), field.channels.end())));
  }
  schema.set("x-softbot", std::move(notes));
  return schema;
}

Value request_schema(const FormDefinition& definition) {
  Value schema = Value::object();
  schema.set("type", "object");
  schema.set("properties", Value::object({{"type", Value::object({{"const", definition.type}})},
                                          {"fields", fields_schema(definition)}}));
  schema.set("required", Value(Value::List{Value("type")}));
  schema.set("additionalProperties", false);
  return schema;
}

Value body_schema(const FormDefinition& common_definition, const Value& request, std::string title) {
  const Value text = Value::object({{"type", "string"}, {"maxLength", 60}});
  Value assurance = Value::list();
  for (const char* name : {"none", "paper-signed", "counter", "digid"}) assurance.push(name);
  Value channels = Value::list();
  for (const char* name : {"web", "api", "counter", "phone", "paper"}) channels.push(name);
  Value languages = Value::list();
  for (const char* name : {"nl", "en"}) languages.push(name);

  Value properties = Value::object();
  properties.set("municipality", text);
  properties.set("channel", Value::object({{"enum", std::move(channels)}}));
  properties.set("language", Value::object({{"enum", std::move(languages)}}));
  properties.set("identityAssurance", Value::object({{"enum", std::move(assurance)}}));
  properties.set("common", fields_schema(common_definition));
  properties.set("requests",
                 Value::object({{"type", "array"}, {"minItems", 1}, {"maxItems", 20}, {"items", request}}));
  Value schema = Value::object();
  schema.set("$schema", draft);
  schema.set("title", std::move(title));
  schema.set("type", "object");
  schema.set("properties", std::move(properties));
  schema.set("required", Value(Value::List{Value("municipality"), Value("common"), Value("requests")}));
  return schema;
}

}  // namespace

Value fields_schema(const FormDefinition& definition) {
  Value properties = Value::object();
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) properties.set(field.name, field_schema(field));
  }
  Value schema = Value::object();
  schema.set("title", definition.title.nl);
  schema.set("type", "object");
  schema.set("properties", std::move(properties));
  schema.set("additionalProperties", false);
  return schema;
}

Value submission_schema(const FormDefinition& common_definition, const FormDefinition& definition) {
  return body_schema(common_definition, request_schema(definition), definition.title.nl);
}

Value submission_schema(const Catalogue& catalogue, std::string_view municipality) {
  Value any = Value::list();
  for (const std::string& type : catalogue.types(municipality)) {
    any.push(request_schema(*catalogue.find(type, municipality)));
  }
  return body_schema(catalogue.common(), Value::object({{"oneOf", std::move(any)}}), "Aanvraag");
}

}  // namespace softbot
