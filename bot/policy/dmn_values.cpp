#include "policy/dmn_values.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/date.h"
#include "policy/facts.h"

namespace softbot {
namespace {

constexpr std::array structured_facts{fact::of_register, fact::provisions, fact::history,
                                      fact::application, fact::today,      fact::parameters};

const dmn::Type any_type{};

const dmn::Type& element_type(const dmn::Type& type) {
  return type.element ? *type.element : any_type;
}

const dmn::Type& member_type(const dmn::Type& type, std::string_view name) {
  for (const auto& member : type.members) {
    if (member.name == name) return member.type;
  }
  return any_type;
}

dmn::Value text_to_dmn(const std::string& text, const dmn::Type& type) {
  if (type.kind == dmn::Type::Kind::any || type.kind == dmn::Type::Kind::string) return {text};
  auto value = dmn::value_from_text(type, text);
  return value ? *std::move(value) : dmn::Value();
}

dmn::Value list_to_dmn(const Value& value, const dmn::Type& type) {
  dmn::List list;
  for (const auto& item : value.items()) list.push_back(to_dmn(item, element_type(type)));
  return {std::move(list)};
}

dmn::Value object_to_dmn(const Value& value, const dmn::Type& type) {
  dmn::Context context;
  context.reserve(std::max(value.members().size(), type.members.size()));
  for (const auto& [name, member] : value.members())
    context.append(name, to_dmn(member, member_type(type, name)));
  // A member that the model knows and the data lack is null, so that a path to it is no error.
  for (const auto& member : type.members) {
    if (context.find(member.name) == nullptr) context.append(member.name, dmn::Value());
  }
  return {std::move(context)};
}

const Value& fact_of(const Value& facts, std::string_view name) {
  for (const auto structured : structured_facts) {
    if (name == structured) return facts[name];
  }
  if (const auto* answers = facts.find(fact::answers)) return (*answers)[name];
  const auto& own = facts[fact::fields][name];
  return own.is_null() ? facts[fact::common][name] : own;
}

Value rule_value(const dmn::RuleTrace& rule) {
  auto cells = Value::list();
  for (const auto& cell : rule.cells) {
    cells.push(Value::object({{"input", cell.input},
                              {"value", from_dmn(cell.value)},
                              {"test", cell.test},
                              {"verdict", dmn::name_of(cell.verdict)}}));
  }
  auto annotations = Value::list();
  for (const auto& annotation : rule.annotations) annotations.push(annotation);
  return Value::object({{"number", static_cast<std::int64_t>(rule.number)},
                        {"id", rule.id},
                        {"verdict", dmn::name_of(rule.verdict)},
                        {"applied", rule.applied},
                        {"annotations", std::move(annotations)},
                        {"cells", std::move(cells)}});
}

}  // namespace

dmn::Value to_dmn(const Value& value, const dmn::Type& type) {
  if (const auto flag = value.as_bool()) return {*flag};
  if (const auto* number = value.as_number()) return {dmn::Number::parse(number->text)};
  if (const auto* text = value.as_text()) return text_to_dmn(*text, type);
  if (value.is_list()) return list_to_dmn(value, type);
  if (value.is_object()) return object_to_dmn(value, type);
  return {};
}

Value from_dmn(const dmn::Value& value) {
  using Kind = dmn::Value::Kind;
  switch (value.kind()) {
    case Kind::null:
      return {};
    case Kind::boolean:
      return *value.as_bool();
    case Kind::number:
      return Number{value.as_number()->shortest_text()};
    case Kind::string:
      return *value.as_string();
    case Kind::date:
      return dmn::to_text(*value.as_date());
    case Kind::time:
      return dmn::to_text(*value.as_time());
    case Kind::date_time:
      return dmn::to_text(*value.as_date_time());
    case Kind::days_duration:
      return dmn::to_text(*value.as_days_duration());
    case Kind::months_duration:
      return dmn::to_text(*value.as_months_duration());
    case Kind::list: {
      auto list = Value::list();
      for (const auto& item : *value.as_list()) list.push(from_dmn(item));
      return list;
    }
    case Kind::context: {
      auto object = Value::object();
      for (const auto& entry : value.as_context()->entries()) object.set(entry.name, from_dmn(entry.value));
      return object;
    }
    case Kind::range:
    case Kind::function:
      return value.text();
  }
  return {};
}

dmn::Context inputs_for(const dmn::Model& model, const Value& facts) {
  dmn::Context inputs;
  for (const auto& input : model.inputs())
    inputs.set(input.name, to_dmn(fact_of(facts, input.name), input.type));
  return inputs;
}

dmn::Context inputs_for(const dmn::Model& model, const Value& facts, const Value& today,
                        const dmn::Value& parameters) {
  dmn::Context inputs;
  for (const auto& input : model.inputs()) {
    if (input.name == fact::parameters) {
      inputs.set(input.name, parameters);
    } else {
      inputs.set(input.name,
                 to_dmn(input.name == fact::today ? today : fact_of(facts, input.name), input.type));
    }
  }
  return inputs;
}

dmn::Value parameters_for(const dmn::Model& model, const Value& parameters) {
  const auto input = std::ranges::find(model.inputs(), fact::parameters, &dmn::Variable::name);
  return input == model.inputs().end() ? dmn::Value() : to_dmn(parameters, input->type);
}

Value to_value(const dmn::DecisionTrace& trace) {
  auto rules = Value::list();
  for (const auto& rule : trace.rules) rules.push(rule_value(rule));
  auto errors = Value::list();
  for (const auto& error : trace.errors) errors.push(error);
  return Value::object({{"name", trace.name},
                        {"id", trace.id},
                        {"result", from_dmn(trace.result)},
                        {"hitPolicy", trace.hit_policy},
                        {"usedDefault", trace.used_default},
                        {"rules", std::move(rules)},
                        {"errors", std::move(errors)}});
}

}  // namespace softbot
