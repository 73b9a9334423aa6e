#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forms/definition.h"

namespace softbot {

/// Conditions of a printed form: what the types that are asked for decide, and words for the rest. Borrows
/// the definitions.
class PaperConditions {
 public:
  PaperConditions(const FormDefinition& common, const std::vector<const FormDefinition*>& definitions,
                  std::string_view language);

  /// Whether a question of this definition can ever apply on this form.
  [[nodiscard]] bool is_asked(const FormDefinition& part, const Section& section, const Field& field) const;

  /// Unknown where it hangs on an answer that the form asks for.
  [[nodiscard]] Truth settled(const FormDefinition& part, const AnswerCondition& condition) const;

  /// Numbers of questions, by definition and name, for words that point at them.
  void number(const FormDefinition& part, const Field& field, int number);

  /// "u bij vraag 8 ‘Ja’ hebt aangekruist": what is left of the condition, in words. "" when it is settled.
  [[nodiscard]] std::string words(const FormDefinition& part, const AnswerCondition& condition,
                                  const Field* list) const;

 private:
  struct Question {
    const FormDefinition* part = nullptr;
    const Section* section = nullptr;
    const Field* field = nullptr;
  };
  [[nodiscard]] Question find(const FormDefinition& part, std::string_view name) const;
  [[nodiscard]] Truth settled(const FormDefinition& part, const AnswerCondition& condition, int depth) const;
  [[nodiscard]] Truth settled_parts(const FormDefinition& part, const AnswerCondition& condition,
                                    int depth) const;
  [[nodiscard]] bool is_asked(const Question& question, int depth) const;

  struct Scope {
    const FormDefinition& part;
    const Field* list;
  };
  [[nodiscard]] const char* say(const char* nl, const char* en) const { return english_ ? en : nl; }
  [[nodiscard]] std::string place(const Scope& scope, std::string_view name) const;
  [[nodiscard]] const Field* field_of(const Scope& scope, std::string_view name) const;
  [[nodiscard]] std::string answer(const Scope& scope, const AnswerCondition& condition,
                                   const Value& value) const;
  [[nodiscard]] std::string answers(const Scope& scope, const AnswerCondition& condition) const;
  [[nodiscard]] std::string phrase(const Scope& scope, const AnswerCondition& condition) const;
  [[nodiscard]] std::string answered(const Scope& scope, const AnswerCondition& condition,
                                     const std::string& places, bool negated) const;
  [[nodiscard]] std::string comparison(const Scope& scope, const AnswerCondition& condition) const;
  [[nodiscard]] std::string negated(const Scope& scope, const AnswerCondition& condition) const;
  [[nodiscard]] std::string joined(const Scope& scope, const AnswerCondition& condition) const;

  const FormDefinition& common_;
  std::vector<std::string> types_;
  bool english_;
  std::map<std::pair<std::string, std::string>, int> numbers_;  ///< by part's type and field's name
};

/// "a", "a of b", "a, b of c".
[[nodiscard]] std::string enumeration(const std::vector<std::string>& parts, std::string_view last);

}  // namespace softbot
