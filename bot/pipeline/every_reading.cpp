#include "pipeline/every_reading.h"

#include <algorithm>
#include <optional>

#include "domain/measure.h"
#include "domain/paper.h"
#include "domain/reading.h"
#include "forms/normalise.h"
#include "forms/structure.h"
#include "pipeline/asking.h"
#include "policy/safeguards.h"

namespace softbot::pipeline {
namespace {

bool is_number(FieldKind kind) {
  return kind == FieldKind::integer || kind == FieldKind::decimal || kind == FieldKind::money;
}

/// What the field may hold, likeliest first; the reading lists them so.
std::vector<ReadingAlternative> listed_numbers(const Field& field, const Value& reading) {
  std::vector<Value> candidates = reading["alternatives"].items();
  candidates.insert(candidates.begin(),
                    Value::object({{"value", reading["raw"]}, {"probability", reading["probability"]}}));
  std::vector<ReadingAlternative> listed;
  for (const Value& candidate : candidates) {
    if (candidate["value"].is_null() || !check_field_structure(field, candidate["value"], "").empty())
      continue;
    listed.push_back({normalise_answer(field, candidate["value"]),
                      measure_within(candidate["probability"], 0, 1).value_or(0)});
  }
  return listed;
}

/// The number and what else it may be. Nothing when that leaves too much open.
std::optional<Value::List> numbers_that_may_stand(const Field& field, const Value& reading) {
  if (reading["value"].is_null()) return std::nullopt;
  std::vector<ReadingAlternative> listed = listed_numbers(field, reading);
  double together = 0;
  for (const ReadingAlternative& one : listed) together += one.probability;
  if (together < least_listed) return std::nullopt;
  double left_out = 0;
  while (listed.size() > 1 && left_out + listed.back().probability <= most_left_out) {
    left_out += listed.back().probability;
    listed.pop_back();
  }
  Value::List values;
  for (ReadingAlternative& one : listed) values.push_back(std::move(one.value));
  return values;
}

Value answer_of(FieldKind kind, const std::string& option) {
  return kind == FieldKind::yes_no ? Value(option == "true") : Value(option);
}

/// Each set of options that the boxes in doubt leave open.
std::optional<Value::List> sets_that_may_be_ticked(const Value& ticks) {
  std::vector<std::string> open;
  for (const Value::Member& tick : ticks.members()) {
    if (tick.value.is_null()) open.push_back(tick.name);
  }
  constexpr std::size_t most_open = 6;
  if (open.size() > most_open) return std::nullopt;
  Value::List sets;
  for (std::size_t chosen = 0; chosen < std::size_t{1} << open.size(); ++chosen) {
    Value::List set;
    for (const Value::Member& tick : ticks.members()) {
      const auto place = std::find(open.begin(), open.end(), tick.name) - open.begin();
      const bool is_open = tick.value.is_null();
      if (is_open ? (chosen >> place & 1U) != 0 : tick.value.as_bool().value_or(false))
        set.emplace_back(tick.name);
    }
    sets.push_back(set.empty() ? Value() : Value(std::move(set)));
  }
  return sets;
}

/// Each single answer that is ticked or may be; none at all where no box is surely the only one.
std::optional<Value::List> answers_that_may_be_ticked(FieldKind kind, const Value& ticks) {
  Value::List answers;
  for (const Value::Member& tick : ticks.members()) {
    if (tick.value.as_bool().value_or(true)) answers.push_back(answer_of(kind, tick.name));
  }
  answers.emplace_back();
  return answers;
}

/// A question without a box in doubt is in doubt as a whole: its frames were not seen where they should be,
/// so that what is ticked may be another answer.
bool has_open_box(const Value& ticks) {
  const auto& all = ticks.members();
  return std::any_of(all.begin(), all.end(), [](const Value::Member& tick) { return tick.value.is_null(); });
}

std::optional<Value::List> what_may_stand(const Field& field, const Value& reading) {
  if (is_number(field.kind)) return numbers_that_may_stand(field, reading);
  const Value& ticks = reading["ticks"];
  if (!has_open_box(ticks)) return std::nullopt;
  if (field.kind == FieldKind::choices) return sets_that_may_be_ticked(ticks);
  if (field.kind == FieldKind::choice || field.kind == FieldKind::yes_no)
    return answers_that_may_be_ticked(field.kind, ticks);
  return std::nullopt;
}

const FormDefinition* definition_of(const Configuration& configuration, const Application& application,
                                    const Value& reading) {
  if (reading["part"].text_or_empty() == "common") return &configuration.forms->common();
  return configuration.forms->find(application.type, application.municipality);
}

void answer(Application& application, const std::string& field, const Value& value) {
  const bool common = paper::reading_of(application, field)["part"].text_or_empty() == "common";
  Value& answers = common ? application.common : application.fields;
  if (value.is_null()) {
    answers.erase(field);
  } else {
    answers.set(field, value);
  }
}

std::size_t readings_of(const std::vector<OpenField>& open) {
  std::size_t readings = 1;
  for (const OpenField& field : open) readings *= field.values.size();
  return readings;
}

/// The application as it would be with one of the readings of its open fields, by number.
Application with_reading(Application application, const std::vector<OpenField>& open, std::size_t number) {
  rest_on_every_reading(application, open);
  for (const OpenField& field : open) {
    answer(application, field.name, field.values[number % field.values.size()]);
    number /= field.values.size();
  }
  return application;
}

bool grants_all_alike(const Services& services, const Application& application,
                      const std::vector<OpenField>& open, const Grounds& grounds) {
  const auto configuration = services.configuration();
  std::optional<PolicyResult> first;
  for (std::size_t number = 0; number < readings_of(open); ++number) {
    const Application one = with_reading(application, open, number);
    if (!what_to_ask(*configuration, one).empty() || is_left_to_a_person(one)) return false;
    PolicyResult result = judged_by(grounds, one, facts_of(services, one, grounds));
    if (!result.grants) return false;
    if (first && (result.grant != first->grant || result.advice != first->advice)) return false;
    first = std::move(result);
  }
  return first.has_value();
}

/// The fields that rest on every reading, with what was tried and what the answer is by now.
std::vector<OpenField> resting(const Application& application) {
  std::vector<OpenField> fields;
  for (const std::string& name : paper::resting_on_every_reading(application)) {
    const Value& reading = paper::reading_of(application, name);
    OpenField field{name, reading["tried"].items()};
    const bool common = reading["part"].text_or_empty() == "common";
    const Value& now = (common ? application.common : application.fields)[name];
    if (std::find(field.values.begin(), field.values.end(), now) == field.values.end())
      field.values.push_back(now);
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace

std::vector<OpenField> open_fields(const Configuration& configuration, const Application& application) {
  std::vector<OpenField> open;
  for (const std::string& name : paper::unsettled(application, "decisive")) {
    const Value& reading = paper::reading_of(application, name);
    const FormDefinition* definition = definition_of(configuration, application, reading);
    const Field* field = definition == nullptr ? nullptr : definition->find(name);
    if (field == nullptr) return {};
    auto values = what_may_stand(*field, reading);
    if (!values) return {};
    open.push_back({name, *std::move(values)});
    if (readings_of(open) > most_readings) return {};
  }
  return open;
}

std::vector<OpenField> open_without_difference(const Services& services, const Application& application,
                                               const Grounds& grounds) {
  std::vector<OpenField> open = open_fields(*services.configuration(), application);
  if (open.empty() || !grants_all_alike(services, application, open, grounds)) return {};
  return open;
}

void rest_on_every_reading(Application& application, const std::vector<OpenField>& open) {
  for (const OpenField& field : open) paper::mark_tried(application, field.name, Value(field.values));
}

bool still_without_difference(const Services& services, const Application& application,
                              const Grounds& grounds) {
  const std::vector<OpenField> open = resting(application);
  return open.empty() || grants_all_alike(services, application, open, grounds);
}

std::vector<Condition> every_reading_conditions(const Application& application) {
  std::vector<Condition> conditions;
  for (const OpenField& field : resting(application)) {
    conditions.push_back({"safeguard-every-reading-" + field.name, ConditionState::met,
                          "Dit was niet met zekerheid te lezen. De uitkomst is bij elke lezing dezelfde."});
  }
  return conditions;
}

}  // namespace softbot::pipeline
