#include "policy/parameters.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "dmn/number.h"
#include "domain/json.h"

namespace softbot {
namespace {

tl::unexpected<Error> wrong(const std::string& place, const std::string& what) {
  return fail(ErrorCode::configuration, "parameters.json: " + place + ": " + what);
}

std::optional<dmn::Number> number_of(const Value& value) {
  const auto* number = value.as_number();
  return number ? dmn::Number::parse(number->text) : std::nullopt;
}

Result<void> check_members(const Value& object, const std::string& place,
                           const std::vector<std::string_view>& known) {
  if (!object.is_object()) return wrong(place, "must be an object.");
  for (const auto& member : object.members()) {
    if (std::ranges::find(known, member.name) == known.end()) {
      return wrong(place, "does not know \"" + member.name + "\".");
    }
  }
  return {};
}

bool is_list_of_texts(const Value& value) {
  return value.is_list() && std::ranges::all_of(value.items(), &Value::is_text);
}

Result<void> check_value(const Value& value, const PolicyParameter& parameter, const std::string& place) {
  if (parameter.accepts(value)) return {};
  if (parameter.minimum.is_null())
    return wrong(place, "must be a list of texts, or give minimum and maximum.");
  return wrong(place, number_of(value) ? "lies outside minimum and maximum." : "must be a number.");
}

Result<std::vector<DatedValue>> dated_values(const Value& source, const PolicyParameter& parameter,
                                             const std::string& place) {
  if (!source.is_list() || source.items().empty()) return wrong(place, "needs a list of {from, value}.");
  std::vector<DatedValue> values;
  for (const auto& item : source.items()) {
    const auto here = place + "[" + std::to_string(values.size()) + "]";
    if (auto known = check_members(item, here, {"from", "value"}); !known) return fail(known.error());
    const auto from = parse_iso_date(item["from"].text_or_empty());
    if (!from) return wrong(here, "needs \"from\" as a date such as 2026-01-01.");
    if (!values.empty() && *from <= values.back().from)
      return wrong(here, "must begin later than the one before it.");
    if (auto fits = check_value(item["value"], parameter, here); !fits) return fail(fits.error());
    values.push_back({*from, item["value"]});
  }
  return values;
}

Result<PolicyParameter> parameter_from(const Value& source, const std::string& place) {
  auto known = check_members(
      source, place,
      {"name", "label", "unit", "explanation", "minimum", "maximum", "values", "municipalities"});
  if (!known) return fail(known.error());
  PolicyParameter result{source["name"].text_or_empty(),
                         source["label"].text_or_empty(),
                         source["unit"].text_or_empty(),
                         source["explanation"].text_or_empty(),
                         source["minimum"],
                         source["maximum"],
                         {},
                         {}};
  if (result.name.empty() || result.label.empty() || result.explanation.empty()) {
    return wrong(place, "needs name, label and explanation.");
  }
  const auto low = number_of(result.minimum);
  const auto high = number_of(result.maximum);
  const bool both_absent = result.minimum.is_null() && result.maximum.is_null();
  if (!both_absent && (!low || !high || *low > *high)) {
    return wrong(place, "needs minimum and maximum as numbers, minimum not above maximum.");
  }
  auto values = dated_values(source["values"], result, place + ".values");
  if (!values) return fail(values.error());
  result.values = *std::move(values);
  for (const auto& [municipality, list] : source["municipalities"].members()) {
    auto here = place;
    here.append(".municipalities.").append(municipality);
    auto own = dated_values(list, result, here);
    if (!own) return fail(own.error());
    result.municipalities.emplace(municipality, *std::move(own));
  }
  return result;
}

std::optional<FieldError> flaw_of_taking_away(const PolicyParameter& parameter, const ParameterEdit& edit) {
  const auto own = parameter.municipalities.find(edit.municipality);
  const auto& dated = own == parameter.municipalities.end() ? parameter.values : own->second;
  if (dated.size() > 1 && std::ranges::find(dated, edit.from, &DatedValue::from) != dated.end())
    return std::nullopt;
  return FieldError{edit.name, "nothing-to-take-away",
                    "No value begins on this day, or it is the only one. Name the day of one that does."};
}

std::optional<FieldError> flaw_of(const std::vector<PolicyParameter>& parameters, const ParameterEdit& edit) {
  const auto parameter = std::ranges::find(parameters, edit.name, &PolicyParameter::name);
  if (parameter == parameters.end())
    return FieldError{edit.name, "unknown-parameter",
                      "There is no parameter of this name in parameters.json."};
  if (edit.value.is_null()) return flaw_of_taking_away(*parameter, edit);
  if (parameter->accepts(edit.value)) return std::nullopt;
  if (parameter->minimum.is_null()) return FieldError{edit.name, "not-a-list", "Give a list of texts."};
  return FieldError{edit.name, "out-of-bounds",
                    "Give a number from " + parameter->minimum.as_number()->text + " to " +
                        parameter->maximum.as_number()->text + "."};
}

/// The list {from, value} with one more value in its place, or one less.
Value with_value(const Value& dated, const ParameterEdit& edit) {
  const auto from = format_iso(edit.from);
  const auto added = Value::object({{"from", from}, {"value", edit.value}});
  auto list = Value::list();
  bool placed = false;
  for (const auto& item : dated.items()) {
    const auto& day = item["from"].text_or_empty();
    if (!placed && day >= from && !edit.value.is_null()) list.push(added);
    placed = placed || day >= from;
    if (day != from) list.push(item);
  }
  if (!placed && !edit.value.is_null()) list.push(added);
  return list;
}

Value with_edit(Value parameter, const ParameterEdit& edit) {
  if (edit.municipality.empty()) {
    parameter.set("values", with_value(parameter["values"], edit));
    return parameter;
  }
  auto municipalities = parameter["municipalities"];
  const auto* own = municipalities.find(edit.municipality);
  municipalities.set(edit.municipality, with_value(own ? *own : parameter["values"], edit));
  parameter.set("municipalities", std::move(municipalities));
  return parameter;
}

}  // namespace

bool PolicyParameter::accepts(const Value& value) const {
  if (minimum.is_null()) return is_list_of_texts(value);
  const auto number = number_of(value);
  return number && *number >= *number_of(minimum) && *number <= *number_of(maximum);
}

Value PolicyParameter::value_on(std::string_view municipality, Date day) const {
  const auto own = municipalities.find(municipality);
  const auto& dated = own == municipalities.end() ? values : own->second;
  Value result;
  for (const auto& value : dated) {
    if (value.from <= day) result = value.value;
  }
  return result;
}

Result<std::vector<PolicyParameter>> parameters_from(std::string_view json) {
  const auto source = parse_json(json);
  if (!source) return wrong("the file", source.error().message);
  if (auto known = check_members(*source, "the file", {"parameters"}); !known) return fail(known.error());
  std::vector<PolicyParameter> result;
  std::set<std::string> names;
  for (const auto& item : (*source)["parameters"].items()) {
    const auto& name = item["name"].text_or_empty();
    auto parameter =
        parameter_from(item, name.empty() ? "parameter " + std::to_string(result.size() + 1) : name);
    if (!parameter) return fail(parameter.error());
    if (!names.insert(name).second) return wrong(name, "is there twice.");
    result.push_back(*std::move(parameter));
  }
  if (result.empty()) return wrong("the file", "needs a list \"parameters\".");
  return result;
}

Result<std::string> with_parameter_values(std::string_view json, const std::vector<ParameterEdit>& edits) {
  const auto parameters = parameters_from(json);
  if (!parameters) return fail(parameters.error());
  std::vector<FieldError> flaws;
  for (const auto& edit : edits) {
    if (auto flaw = flaw_of(*parameters, edit)) flaws.push_back(*std::move(flaw));
  }
  if (!flaws.empty())
    return fail(Error{ErrorCode::invalid_input, "A value of a parameter is not allowed.", false, flaws});
  auto list = Value::list();
  const auto source = parse_json(json);
  for (auto parameter : (*source)["parameters"].items()) {
    for (const auto& edit : edits) {
      if (parameter["name"].text_or_empty() == edit.name) parameter = with_edit(std::move(parameter), edit);
    }
    list.push(std::move(parameter));
  }
  return to_pretty_json(Value::object({{"parameters", std::move(list)}}));
}

Value parameter_values(const std::vector<PolicyParameter>& parameters, std::string_view municipality,
                       Date day) {
  auto object = Value::object();
  for (const auto& parameter : parameters) object.set(parameter.name, parameter.value_on(municipality, day));
  return object;
}

}  // namespace softbot
