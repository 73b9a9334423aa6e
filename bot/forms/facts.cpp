#include "forms/facts.h"

#include "domain/date.h"
#include "forms/answer_condition.h"
#include "forms/normalise.h"

namespace softbot {
namespace {

std::string type_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::yes_no:
      return "boolean";
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
      return "number";
    case FieldKind::date:
      return "date";
    case FieldKind::choices:
    case FieldKind::list:
      return "list";
    default:
      return "string";
  }
}

void add_names(const FormDefinition& definition, std::vector<FactName>& names) {
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      if (!field.fact) continue;
      names.push_back({field.name, type_of(field.kind)});
      if (field.kind == FieldKind::list) names.push_back({field.name + "Count", "number"});
    }
  }
}

/// The answer when it is of the kind that its field promises, else null.
Value typed(const Field& field, const Value& answer) {
  switch (field.kind) {
    case FieldKind::yes_no:
      return answer.is_bool() ? answer : Value();
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
      return answer.is_number() ? answer : Value();
    case FieldKind::date:
      return parse_iso_date(answer.text_or_empty()) ? answer : Value();
    case FieldKind::choice:
      return field.option(answer.text_or_empty()) != nullptr ? answer : Value();
    case FieldKind::choices:
      return is_answered(answer) && answer.is_list() ? answer : Value();
    case FieldKind::list: {
      if (!is_answered(answer) || !answer.is_list()) return {};
      Value rows = Value::list();
      for (const Value& row : answer.items()) {
        Value facts = Value::object();
        for (const Field& sub_field : field.fields) {
          if (sub_field.fact) facts.set(sub_field.name, typed(sub_field, row[sub_field.name]));
        }
        rows.push(std::move(facts));
      }
      return rows;
    }
    default:
      return is_answered(answer) && answer.is_text() ? answer : Value();
  }
}

void add_facts(const FormDefinition& definition, const Value& answers, const AnswerContext& context,
               Value& facts) {
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      if (!field.fact) continue;
      const bool counts = applies(section, field, context) == Truth::yes;
      Value fact = counts ? typed(field, answers[field.name]) : Value();
      if (field.kind == FieldKind::list) {
        facts.set(field.name + "Count",
                  fact.is_list() ? Value(static_cast<std::uint64_t>(fact.items().size())) : Value());
      }
      facts.set(field.name, std::move(fact));
    }
  }
}

}  // namespace

std::vector<FactName> fact_names(const FormDefinition& common_definition, const FormDefinition& definition) {
  std::vector<FactName> names;
  add_names(common_definition, names);
  add_names(definition, names);
  return names;
}

Value facts_from(const FormDefinition& common_definition, const FormDefinition& definition,
                 const Value& common, const Value& fields) {
  const Value tidy_common = normalise(common_definition, common);
  const Value tidy_fields = normalise(definition, fields);
  const AnswerContext context{&tidy_common, &tidy_fields,       {definition.type},
                              nullptr,      &common_definition, &definition};
  Value facts = Value::object();
  add_facts(common_definition, tidy_common, context, facts);
  add_facts(definition, tidy_fields, context, facts);
  return facts;
}

}  // namespace softbot
