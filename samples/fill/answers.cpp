#include "answers.h"

#include <algorithm>
#include <utility>

#include "domain/json.h"

namespace softbot::fill {
namespace {

double weight_of(const Value& entry) {
  const auto weight = entry["weight"].as_integer();
  return weight ? static_cast<double>(*weight) : 1;
}

Value weighted(const Value& entries, Random& random) {
  double all = 0;
  for (const Value& entry : entries.items()) all += weight_of(entry);
  double place = random.between(0, all);
  for (const Value& entry : entries.items()) {
    place -= weight_of(entry);
    if (place < 0) return entry["answer"];
  }
  return {};
}

double number_of(const Value& value) {
  return value.as_number() != nullptr ? std::stod(value.as_number()->text) : 0;
}

/// Of a mobile telephone, as the Dutch plan gives them out.
std::string phone_number(Random& random) {
  static constexpr std::string_view given_out = "123458";
  std::string number = "06";
  number += given_out[random.below(given_out.size())];
  for (int i = 0; i < 7; ++i) number += static_cast<char>('0' + random.below(10));
  return number;
}

Value several(const Value& each, Random& random) {
  Value chosen = Value::list();
  for (const auto& [option, probability] : each.members()) {
    if (random.chance(number_of(probability))) chosen.push(option);
  }
  if (chosen.items().empty() && !each.members().empty()) chosen.push(each.members().front().name);
  return chosen;
}

/// One answer as the mix describes it; null: left empty.
Value drawn(const Value& how, const MeaningOptions& options, Random& random) {
  if (how.is_list()) return drawn(weighted(how, random), options, random);
  if (!how.is_object()) return how;
  if (how.contains("each")) return several(how["each"], random);
  if (how.contains("words")) {
    const auto& words = how["words"].items();
    return words[random.below(words.size())];
  }
  if (how.contains("days")) {
    const auto& days = how["days"].items();
    const auto from = static_cast<int>(days[0].as_integer().value_or(0));
    const auto to = static_cast<int>(days[1].as_integer().value_or(0));
    return format_iso(add_days(options.today, random.whole(from, to)));
  }
  if (how.contains("phone")) return phone_number(random);
  if (how.contains("rows")) {
    Value rows = Value::list();
    for (const Value& row : how["rows"].items()) {
      Value answers = Value::object();
      for (const auto& [name, inner] : row.members()) {
        Value answer = drawn(inner, options, random);
        if (!answer.is_null()) answers.set(name, std::move(answer));
      }
      rows.push(std::move(answers));
    }
    return rows;
  }
  return {};
}

/// Removes answers to questions that do not apply, until nothing changes any more.
void keep_what_applies(const Catalogue& catalogue, MeantForm& form, std::size_t request,
                       std::string_view municipality) {
  const FormDefinition& own = *catalogue.find(form.types[request], municipality);
  for (bool changed = true; changed;) {
    changed = false;
    const AnswerContext context{&form.common, &form.fields[request], form.types,
                                nullptr,      &catalogue.common(),   &own};
    std::vector<std::pair<bool, std::string>> idle;
    const auto look = [&](const FormDefinition& definition, const Value& answers, bool common) {
      for (const Section& section : definition.sections) {
        for (const Field& field : section.fields) {
          const bool asked = field.on_channel("paper") && applies(section, field, context) != Truth::no;
          if (!asked && answers.contains(field.name)) idle.emplace_back(common, field.name);
        }
      }
    };
    // With several types a common question applies when any of them asks it; `types` holds them all.
    look(catalogue.common(), form.common, true);
    look(own, form.fields[request], false);
    for (const auto& [common, name] : idle) {
      (common ? form.common : form.fields[request]).erase(name);
      changed = true;
    }
  }
}

Value answers_of(const FormDefinition& definition, const Mix& mix, const MeaningOptions& options,
                 bool with_words, Random& random) {
  Value answers = Value::object();
  for (const Section& section : definition.sections) {
    for (const Field& field : section.fields) {
      Random own(random.next());
      const std::string path = definition.type + "." + field.name;
      Value answer = options.fixed.contains(path)
                         ? options.fixed[path]
                         : drawn(mix.parts[definition.type][field.name], options, own);
      const bool may_be_empty = !field.required || field.optional_on_channel("paper");
      const bool silent = field.field_class == FieldClass::own_words && may_be_empty && !with_words &&
                          !options.fixed.contains(path);
      if (!answer.is_null() && !silent) answers.set(field.name, std::move(answer));
    }
  }
  return answers;
}

/// Help that was granted before and is to be extended.
Value earlier_provision(MeantForm& form, Value& fields, const MeaningOptions& options, Random& random) {
  const Date until = add_days(options.today, random.whole(57, 83));
  std::string number =
      "WMO-" + std::to_string(random.whole(2021, 2024)) + "-" + std::to_string(random.whole(100000, 999999));
  if (const Value& told = options.fixed["extension.decisionNumber"]; told.is_text())
    number = told.text_or_empty();
  const int minutes = 5 * random.whole(21, 36);
  const std::string provider = "Thuishulp Voorbeeld";
  if (fields.contains("decisionNumber")) fields.set("decisionNumber", number);
  if (fields.contains("endDate")) fields.set("endDate", format_iso(until));
  if (fields.contains("presentMinutes")) fields.set("presentMinutes", minutes);
  return Value(Value::List{Value::object({{"bsn", form.person.bsn},
                                          {"type", "household-help"},
                                          {"municipality", options.municipality},
                                          {"decisionNumber", number},
                                          {"from", format_iso(add_months(until, -48))},
                                          {"until", format_iso(until)},
                                          {"provider", provider},
                                          {"minutesPerWeek", minutes}})});
}

}  // namespace

Result<Mix> Mix::from(std::string_view json, const Catalogue& catalogue) {
  auto parts = parse_json(json);
  if (!parts)
    return fail(ErrorCode::configuration, "The mix of answers is no JSON: " + parts.error().message);
  for (const auto& [part, fields] : parts->members()) {
    if (part == "explanation") continue;
    const FormDefinition* definition = part == "common" ? &catalogue.common() : catalogue.find(part);
    if (definition == nullptr)
      return fail(ErrorCode::configuration, "The mix of answers has \"" + part + "\", which is no form.");
    for (const auto& [name, how] : fields.members()) {
      if (definition->find(name) == nullptr) {
        return fail(ErrorCode::configuration,
                    "The mix of answers has \"" + part + "." + name + "\", which is no question.");
      }
    }
  }
  return Mix{std::move(*parts)};
}

MeantForm mean_something(const Catalogue& catalogue, const Mix& mix, const std::vector<std::string>& types,
                         const Person& person, const MeaningOptions& options, Random& random) {
  MeantForm form;
  form.types = types;
  form.person = person;
  const bool with_words = random.chance(options.free_text);
  // One free field is written in, seldom several.
  form.common = answers_of(catalogue.common(), mix, options, with_words && random.chance(0.4), random);
  const Value identity = identity_answers(person);
  for (const auto& [name, answer] : identity.members()) {
    if (!options.fixed.contains("common." + name)) form.common.set(name, answer);
  }
  const bool words_in_common = form.common.contains("remarks");
  for (const std::string& type : types) {
    const FormDefinition& definition = *catalogue.find(type, options.municipality);
    form.fields.push_back(
        answers_of(definition, mix, options, with_words && (!words_in_common || random.chance(0.3)), random));
  }
  for (std::size_t i = 0; i < types.size(); ++i) keep_what_applies(catalogue, form, i, options.municipality);
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] == "extension") form.provisions = earlier_provision(form, form.fields[i], options, random);
  }
  return form;
}

Value submission_of(const MeantForm& form, std::string_view municipality) {
  Value requests = Value::list();
  for (std::size_t i = 0; i < form.types.size(); ++i) {
    requests.push(Value::object({{"type", form.types[i]}, {"fields", form.fields[i]}}));
  }
  Value common = form.common;
  const bool is_signed = common["signature"].as_bool().value_or(false);
  return Value::object({{"municipality", municipality},
                        {"channel", "paper"},
                        {"identityAssurance", is_signed ? "paper-signed" : "none"},
                        {"common", std::move(common)},
                        {"requests", std::move(requests)}});
}

}  // namespace softbot::fill
