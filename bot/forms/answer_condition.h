#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/value.h"

namespace softbot {

/// Unknown is not the same as no: a condition on a question that nobody answered is unknown.
enum class Truth { no, unknown, yes };

/// A condition on answers, as definitions write it: {"field":"common.housing","equals":"tenant"}, with
/// equals, in, includes, present, greaterThan, lessThan, and {"all":[...]}, {"any":[...]}, {"not":{...}}.
struct AnswerCondition {
  enum class Kind { always, equals, in, includes, present, greater_than, less_than, all, any, negation };

  Kind kind = Kind::always;
  /// "common.x" is of the common part, "x" of the type's own part, "row.x" of the same row of a list, "types"
  /// the list of types that are asked for.
  std::string field;
  std::vector<Value> values;  ///< what to compare with
  std::string other_field;    ///< another field to compare with, instead of `values`
  std::vector<AnswerCondition> parts;
  bool operator==(const AnswerCondition&) const = default;
};

struct Field;
struct FormDefinition;
struct Section;

/// The answers that a condition is held against. Holds pointers: keep what they point at alive.
struct AnswerContext {
  const Value* common = nullptr;
  const Value* fields = nullptr;
  std::vector<std::string> types;  ///< asked for; one in a case, perhaps several while filling in
  const Value* row = nullptr;
  /// With the definitions, an answer to a question that does not apply itself does not count: conditions on
  /// it are no. Without them, answers are taken as they are (for finding contradictions).
  const FormDefinition* common_definition = nullptr;
  const FormDefinition* definition = nullptr;
};

/// False for null, blank text, and empty lists and objects.
[[nodiscard]] bool is_answered(const Value& answer);

/// The answer that a condition's field name means; null when there is none.
[[nodiscard]] const Value& answer_of(std::string_view field, const AnswerContext& context);

/// Three-valued. `in` on a list of answers holds when one of them is in; numbers and ISO dates compare by
/// value; `present` is never unknown.
[[nodiscard]] Truth evaluate(const AnswerCondition& condition, const AnswerContext& context);

/// Every field name that a condition looks at, each once.
[[nodiscard]] std::vector<std::string> fields_of(const AnswerCondition& condition);

/// Whether a question is to be asked: section and question both shown. Unknown while an answer that it
/// depends on is missing.
[[nodiscard]] Truth applies(const Section& section, const Field& field, const AnswerContext& context);

/// Whether an answer is needed, given that the question applies.
[[nodiscard]] Truth needs_answer(const Field& field, const AnswerContext& context);

}  // namespace softbot
