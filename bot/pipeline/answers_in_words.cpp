#include <algorithm>

#include "domain/date.h"
#include "domain/money.h"
#include "domain/paper.h"
#include "forms/answer_condition.h"
#include "forms/definition.h"
#include "pipeline/letters.h"

namespace softbot::pipeline {
namespace {

std::string in_words(const Field& field, const Value& answer, const std::string& language);

std::string option_in_words(const Field& field, const std::string& value, const std::string& language) {
  const Option* option = field.option(value);
  return option != nullptr ? option->label.in(language) : value;
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator) {
  std::string all;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!all.empty()) all += separator;
    all += part;
  }
  return all;
}

std::string row_in_words(const Field& field, const Value& row, const std::string& language) {
  std::vector<std::string> parts;
  for (const Field& column : field.fields) {
    const Value& answer = row[column.name];
    if (is_answered(answer))
      parts.push_back(column.label.in(language) + ": " + in_words(column, answer, language));
  }
  return joined(parts, "; ");
}

std::string list_in_words(const Field& field, const Value& answer, const std::string& language) {
  std::vector<std::string> parts;
  for (const Value& item : answer.items()) {
    parts.push_back(field.kind == FieldKind::list ? row_in_words(field, item, language)
                                                  : option_in_words(field, item.text_or_empty(), language));
  }
  return joined(parts, field.kind == FieldKind::list ? "\n" : ", ");
}

std::string money_in_words(const Value& answer) {
  const Number* number = answer.as_number();
  const auto cents = number != nullptr ? parse_money(number->text) : parse_money(answer.text_or_empty());
  return cents ? format_euro(*cents) : answer.text_or_empty();
}

std::string in_words(const Field& field, const Value& answer, const std::string& language) {
  if (const auto flag = answer.as_bool()) {
    if (language == "en") return *flag ? "yes" : "no";
    return *flag ? "ja" : "nee";
  }
  if (answer.is_list()) return list_in_words(field, answer, language);
  if (field.kind == FieldKind::money) return money_in_words(answer);
  if (field.kind == FieldKind::choice) return option_in_words(field, answer.text_or_empty(), language);
  if (field.kind == FieldKind::date) {
    const auto date = parse_iso_date(answer.text_or_empty());
    return date && language != "en" ? format_dutch(*date) : answer.text_or_empty();
  }
  if (const Number* number = answer.as_number()) return number->text;
  return answer.text_or_empty();
}

/// What was read, and that it may say something else where the bot's decision rests on every reading.
std::string with_doubt(std::string words, const Application& application, const Field& field) {
  const std::vector<std::string> resting = paper::resting_on_every_reading(application);
  if (std::find(resting.begin(), resting.end(), field.name) == resting.end()) return words;
  const bool english = application.language == "en";
  if (application.decided_by != DecidedBy::bot) {
    words += english ? " (hard to read)" : " (moeilijk te lezen)";
  } else {
    words += english ? " (hard to read; the decision is the same whatever it says)"
                     : " (moeilijk te lezen; het besluit is hetzelfde, wat er ook staat)";
  }
  return words;
}

void add_section(const Section& section, const Value& answers, const Application& application, Which which,
                 Value& list) {
  const std::string& language = application.language;
  for (const Field& field : section.fields) {
    const bool decisive = field.field_class == FieldClass::decisive;
    if ((which == Which::decisive && !decisive) || (which == Which::others && decisive)) continue;
    const Value& answer = answers[field.name];
    if (!is_answered(answer)) continue;
    list.push(Value::object({{"question", field.label.in(language)},
                             {"answer", with_doubt(in_words(field, answer, language), application, field)}}));
  }
}

struct Part {
  const FormDefinition* definition;
  const Value* answers;
};

std::vector<Part> parts_of(const Configuration& configuration, const Application& application) {
  std::vector<Part> parts{{&configuration.forms->common(), &application.common}};
  if (const auto* own = configuration.forms->find(application.type, application.municipality)) {
    parts.push_back({own, &application.fields});
  }
  return parts;
}

}  // namespace

Value answers_in_words(const Configuration& configuration, const Application& application, Which which) {
  Value list = Value::list();
  for (const Part& part : parts_of(configuration, application)) {
    for (const Section& section : part.definition->sections) {
      add_section(section, *part.answers, application, which, list);
    }
  }
  return list;
}

Value sections_in_words(const Configuration& configuration, const Application& application) {
  Value sections = Value::list();
  for (const Part& part : parts_of(configuration, application)) {
    for (const Section& section : part.definition->sections) {
      Value answers = Value::list();
      add_section(section, *part.answers, application, Which::all, answers);
      if (answers.items().empty()) continue;
      sections.push(Value::object({{"title", section.title.in(application.language)}, {"answers", answers}}));
    }
  }
  return sections;
}

}  // namespace softbot::pipeline
