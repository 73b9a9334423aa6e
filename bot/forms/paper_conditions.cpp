#include "forms/paper_conditions.h"

#include <algorithm>

namespace softbot {
namespace {

using Kind = AnswerCondition::Kind;

constexpr int deepest = 30;
constexpr std::string_view of_common = "common.";
constexpr std::string_view of_row = "row.";

Truth opposite(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

bool is_answer(Kind kind) {
  return kind == Kind::equals || kind == Kind::in || kind == Kind::includes;
}

bool is_ticked(const Field* field) {
  return field != nullptr && (field->kind == FieldKind::yes_no || field->kind == FieldKind::choice ||
                              field->kind == FieldKind::choices);
}

}  // namespace

std::string enumeration(const std::vector<std::string>& parts, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " " + std::string(last) + " " : ", ";
    text += parts[i];
  }
  return text;
}

PaperConditions::PaperConditions(const FormDefinition& common,
                                 const std::vector<const FormDefinition*>& definitions,
                                 std::string_view language)
    : common_(common), english_(language == "en") {
  for (const FormDefinition* definition : definitions) types_.push_back(definition->type);
}

void PaperConditions::number(const FormDefinition& part, const Field& field, int number) {
  numbers_[{part.type, field.name}] = number;
}

PaperConditions::Question PaperConditions::find(const FormDefinition& part, std::string_view name) const {
  const bool common = name.starts_with(of_common);
  const FormDefinition& owner = common ? common_ : part;
  const std::string_view bare = common ? name.substr(of_common.size()) : name;
  return {&owner, owner.section_of(bare), owner.find(bare)};
}

bool PaperConditions::is_asked(const FormDefinition& part, const Section& section, const Field& field) const {
  return is_asked(Question{&part, &section, &field}, 0);
}

bool PaperConditions::is_asked(const Question& question, int depth) const {
  if (question.field == nullptr || question.section == nullptr) return false;
  return question.field->on_channel("paper") &&
         settled(*question.part, question.section->show_if, depth) != Truth::no &&
         settled(*question.part, question.field->show_if, depth) != Truth::no;
}

Truth PaperConditions::settled(const FormDefinition& part, const AnswerCondition& condition) const {
  return settled(part, condition, 0);
}

Truth PaperConditions::settled_parts(const FormDefinition& part, const AnswerCondition& condition,
                                     int depth) const {
  const Truth deciding = condition.kind == Kind::all ? Truth::no : Truth::yes;
  Truth result = opposite(deciding);
  for (const AnswerCondition& inner : condition.parts) {
    const Truth truth = settled(part, inner, depth + 1);
    if (truth == deciding) return deciding;
    if (truth == Truth::unknown) result = Truth::unknown;
  }
  return result;
}

Truth PaperConditions::settled(const FormDefinition& part, const AnswerCondition& condition,
                               int depth) const {
  if (depth > deepest) return Truth::unknown;
  switch (condition.kind) {
    case Kind::always:
      return Truth::yes;
    case Kind::all:
    case Kind::any:
      return settled_parts(part, condition, depth);
    case Kind::negation:
      return condition.parts.empty() ? Truth::unknown
                                     : opposite(settled(part, condition.parts.front(), depth + 1));
    default:
      break;
  }
  if (condition.field == "types") {
    AnswerContext context;
    context.types = types_;
    return evaluate(condition, context);
  }
  if (condition.field.starts_with(of_row)) return Truth::unknown;
  return is_asked(find(part, condition.field), depth + 1) ? Truth::unknown : Truth::no;
}

const Field* PaperConditions::field_of(const Scope& scope, std::string_view name) const {
  if (!name.starts_with(of_row)) return find(scope.part, name).field;
  if (scope.list == nullptr) return nullptr;
  const std::string_view bare = name.substr(of_row.size());
  const auto found = std::ranges::find(scope.list->fields, bare, &Field::name);
  return found == scope.list->fields.end() ? nullptr : &*found;
}

/// "vraag 8", or the label where a question has no number.
std::string PaperConditions::place(const Scope& scope, std::string_view name) const {
  const Field* field = field_of(scope, name);
  if (field == nullptr) return std::string(name);
  if (!name.starts_with(of_row)) {
    const auto known = numbers_.find({find(scope.part, name).part->type, field->name});
    if (known != numbers_.end()) return std::to_string(known->second);
  }
  return "‘" + field->label.in(english_ ? "en" : "nl") + "’";
}

/// An answer as it stands on the form.
std::string PaperConditions::answer(const Scope& scope, const AnswerCondition& condition,
                                    const Value& value) const {
  const Field* field = field_of(scope, condition.field);
  if (const auto flag = value.as_bool()) return *flag ? say("Ja", "Yes") : say("Nee", "No");
  if (const Number* number = value.as_number()) return number->text;
  const Option* option = field == nullptr ? nullptr : field->option(value.text_or_empty());
  return option != nullptr ? option->label.in(english_ ? "en" : "nl") : value.text_or_empty();
}

std::string PaperConditions::answers(const Scope& scope, const AnswerCondition& condition) const {
  std::vector<std::string> words;
  for (const Value& value : condition.values) words.push_back("‘" + answer(scope, condition, value) + "’");
  return enumeration(words, say("of", "or"));
}

std::string PaperConditions::answered(const Scope& scope, const AnswerCondition& condition,
                                      const std::string& places, bool is_negated) const {
  const bool ticked = is_ticked(field_of(scope, condition.field));
  const std::string answer = answers(scope, condition);
  if (english_) {
    const std::string verb =
        is_negated ? (ticked ? "did not tick " : "did not fill in ") : (ticked ? "ticked " : "filled in ");
    return "you " + verb + answer + " at question " + places;
  }
  return "u bij vraag " + places + (is_negated ? " niet " : " ") + answer +
         (ticked ? " hebt aangekruist" : " hebt ingevuld");
}

std::string PaperConditions::comparison(const Scope& scope, const AnswerCondition& condition) const {
  const bool more = condition.kind == Kind::greater_than;
  const char* const whose = say("uw antwoord bij vraag ", "your answer to question ");
  std::string bound;
  if (!condition.other_field.empty()) {
    bound = whose + place(scope, condition.other_field);
  } else if (!condition.values.empty()) {
    bound = answer(scope, condition, condition.values.front());
  }
  const char* relation =
      more ? say(" meer is dan ", " is more than ") : say(" minder is dan ", " is less than ");
  if (is_answer(condition.kind)) relation = say(" hetzelfde is als ", " is the same as ");
  return whose + place(scope, condition.field) + relation + bound;
}

std::string PaperConditions::negated(const Scope& scope, const AnswerCondition& condition) const {
  if (condition.kind == Kind::present) {
    return english_ ? "you did not fill in question " + place(scope, condition.field)
                    : "u vraag " + place(scope, condition.field) + " niet hebt ingevuld";
  }
  if (is_answer(condition.kind) && condition.other_field.empty()) {
    return answered(scope, condition, place(scope, condition.field), true);
  }
  return say("het niet zo is dat ", "it is not so that ") + phrase(scope, condition);
}

/// The unsettled parts, those with the same answer together: "bij vraag 3, 4 of 5 ‘Ja’".
std::string PaperConditions::joined(const Scope& scope, const AnswerCondition& condition) const {
  const bool all = condition.kind == Kind::all;
  const char* const word = all ? say("en", "and") : say("of", "or");
  std::vector<const AnswerCondition*> open;
  for (const AnswerCondition& part : condition.parts) {
    if (settled(scope.part, part) == Truth::unknown) open.push_back(&part);
  }
  const auto mergeable = [&](const AnswerCondition& part) {
    return is_answer(part.kind) && part.other_field.empty() && !part.field.starts_with(of_row);
  };
  std::vector<std::string> phrases;
  for (std::size_t i = 0; i < open.size();) {
    std::vector<std::string> places{place(scope, open[i]->field)};
    std::size_t next = i + 1;
    while (mergeable(*open[i]) && next < open.size() && mergeable(*open[next]) &&
           answers(scope, *open[next]) == answers(scope, *open[i])) {
      places.push_back(place(scope, open[next++]->field));
    }
    phrases.push_back(places.size() == 1 ? phrase(scope, *open[i])
                                         : answered(scope, *open[i], enumeration(places, word), false));
    i = next;
  }
  return enumeration(phrases, word);
}

std::string PaperConditions::phrase(const Scope& scope, const AnswerCondition& condition) const {
  if (settled(scope.part, condition) != Truth::unknown) return {};
  switch (condition.kind) {
    case Kind::always:
      return {};
    case Kind::all:
    case Kind::any:
      return joined(scope, condition);
    case Kind::negation:
      return condition.parts.empty() ? std::string() : negated(scope, condition.parts.front());
    case Kind::present:
      return english_ ? "you filled in question " + place(scope, condition.field)
                      : "u vraag " + place(scope, condition.field) + " hebt ingevuld";
    case Kind::greater_than:
    case Kind::less_than:
      return comparison(scope, condition);
    default:
      return condition.other_field.empty() ? answered(scope, condition, place(scope, condition.field), false)
                                           : comparison(scope, condition);
  }
}

std::string PaperConditions::words(const FormDefinition& part, const AnswerCondition& condition,
                                   const Field* list) const {
  return phrase(Scope{part, list}, condition);
}

}  // namespace softbot
