#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "dmn/value.h"

/// The border of the DMN engine: load a model once, evaluate it as often as you like. See README.md.
namespace softbot::dmn {

/// Why a model was refused, and where in the file.
struct Problem {
  std::string message;   ///< what is wrong
  std::string element;   ///< path of names and ids, such as `decision "Norm" / rule 3 / input 2`
  std::size_t line = 0;  ///< line in the XML, from 1; 0 when the problem has no place

  /// "line 12, decision "Norm": ..." for a log or a screen.
  [[nodiscard]] std::string text() const;
  bool operator==(const Problem&) const = default;
};

/// The type of an input or a decision, resolved through the item definitions.
struct Type {
  enum class Kind : std::uint8_t {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    list,
    context,
    range,
    function
  };
  struct Member;

  // Defined where Member is complete.
  Type();
  explicit Type(Kind of_kind, std::string type_name = {});
  ~Type();
  Type(const Type&);
  Type(Type&&) noexcept;
  Type& operator=(const Type&);
  Type& operator=(Type&&) noexcept;

  /// The type of a member, or nullptr.
  [[nodiscard]] const Type* member(std::string_view member_name) const;

  Kind kind = Kind::any;
  std::string name;                     ///< as the model writes it: "number", "tApplicant"
  std::shared_ptr<const Type> element;  ///< of a list or range; the result of a function
  std::vector<Member> members;          ///< of a context; parameters of a function
  std::string allowed;                  ///< the allowed values as FEEL text; "" when all are
};
struct Type::Member {
  std::string name;
  Type type;
};

/// Something with a name and a type in a model: an input, a decision.
struct Variable {
  std::string name;
  std::string id;
  Type type;
  std::string description = {};
};

/// Three-valued: `unknown` when the input is null or the test itself gives null.
enum class Verdict : std::uint8_t { met, unmet, unknown };
[[nodiscard]] std::string_view name_of(Verdict verdict);  ///< "met", "unmet", "unknown"

/// One cell of a rule: what was compared with what.
struct CellTrace {
  std::string input;  ///< the input expression, as the model writes it
  Value value;        ///< what that expression gave
  std::string test;   ///< the cell, as the model writes it ("-" is always met)
  Verdict verdict = Verdict::unknown;
};

struct RuleTrace {
  std::size_t number = 0;              ///< row in the table, from 1
  std::string id;                      ///< id in the file, "" when it has none
  Verdict verdict = Verdict::unknown;  ///< met: all cells met; unmet: one is unmet; else unknown
  bool applied = false;                ///< the hit policy took this rule's outputs (or a part of the result)
  std::vector<CellTrace> cells;
  std::vector<std::string>
      annotations;  ///< in the order of the annotation columns; the rule's description if none
};

/// One decision, or one table that it called through a knowledge model.
struct DecisionTrace {
  std::string name;
  std::string id;
  Value result;
  std::string hit_policy;            ///< "UNIQUE", "COLLECT SUM", ...; "" when it is no table
  std::vector<std::string> outputs;  ///< names of the output columns of a table
  std::vector<RuleTrace> rules;      ///< of a table; empty otherwise
  bool used_default = false;         ///< no rule was met and the outputs' defaults were given
  std::vector<std::string> errors;   ///< why something became null, in words, with the place
};

/// Everything that was evaluated, required decisions before those that require them.
struct Trace {
  std::vector<DecisionTrace> decisions;

  [[nodiscard]] const DecisionTrace* find(
      std::string_view decision) const;                   ///< the first of that name, or nullptr
  [[nodiscard]] std::vector<std::string> errors() const;  ///< of all decisions
};

struct Evaluation {
  Value result;  ///< null when it could not be decided; the trace says why
  Trace trace;
};

/// Bounds of one evaluation. Beyond them the result is null, with the reason in the trace.
struct Limits {
  std::uint64_t steps = 2'000'000;    ///< nodes evaluated
  std::size_t list_size = 100'000;    ///< elements of one list
  std::size_t text_size = 1'000'000;  ///< bytes of one string
  int depth = 800;                    ///< nesting of expressions and calls
};

/// Whether an evaluation keeps its trace of rules and cells. Without one it is faster; reasons of errors
/// stay.
enum class Tracing : std::uint8_t { full, errors_only };

/// Under what an evaluation runs.
struct Conditions {
  Limits limits = {};
  Tracing tracing = Tracing::full;
  /// What FEEL's now() and today() give. They are null without it: evaluation never looks at a clock.
  std::optional<DateTime> now = {};
};

/// What load does with an expression that is not valid FEEL, a type that is not defined, a requirement or an
/// import that is not there.
enum class BrokenExpression : std::uint8_t {
  refuse,       ///< the whole model is refused, with the place
  becomes_null  ///< whoever needs it gets null, with the reason in the trace, and Model::problems tells (the
                ///< compatibility kit counts on it); a type that is not defined lets everything through
};

struct LoadOptions {
  BrokenExpression broken = BrokenExpression::refuse;
  /// Gives the XML of an imported model by its namespace and location; nothing when there is none.
  std::function<std::optional<std::string>(std::string_view name_space, std::string_view location)> import =
      {};
};

class Conclusions;

/// A model of DMN 1.2 to 1.5, compiled. Immutable: any number of threads may evaluate one at the same time.
class Model {
 public:
  /// Reads and compiles. What the engine does not support is refused with its place, never ignored.
  [[nodiscard]] static tl::expected<Model, Problem> load(std::string_view xml);
  [[nodiscard]] static tl::expected<Model, Problem> load(std::string_view xml, const LoadOptions& options);

  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] const std::string& name_space() const;
  [[nodiscard]] const std::vector<Variable>& inputs() const;
  [[nodiscard]] const std::vector<Variable>& decisions() const;
  /// Names of the inputs on which a decision rests, directly or through others.
  [[nodiscard]] std::vector<std::string> inputs_of(std::string_view decision) const;
  /// What is broken, when loaded with BrokenExpression::becomes_null.
  [[nodiscard]] const std::vector<Problem>& problems() const;

  /// Evaluates one decision and what it requires: by name or id, or as namespace#name where models that are
  /// imported have one of that name too. `inputs` are named after the model's inputs; a missing one is null:
  /// unknown. Inputs of an imported model stand in a member with the import's name, or are called
  /// namespace#name. An input of the wrong type becomes null, with the reason in the trace.
  [[nodiscard]] Evaluation evaluate(std::string_view decision, const Context& inputs) const;
  [[nodiscard]] Evaluation evaluate(std::string_view decision, const Context& inputs,
                                    const Conditions& conditions) const;

  /// Evaluates every decision of the model in one run, which takes what they share only once: a context of
  /// results by name.
  [[nodiscard]] Evaluation evaluate_all(const Context& inputs, const Conditions& conditions) const;

  /// Calls a decision service or a business knowledge model by name with named arguments.
  [[nodiscard]] Evaluation invoke(std::string_view name, const Context& arguments) const;
  [[nodiscard]] Evaluation invoke(std::string_view name, const Context& arguments,
                                  const Conditions& conditions) const;

  [[nodiscard]] bool has_decision(std::string_view name_or_id) const;
  /// The inputs as one context type; those of an imported model stand in a member with the import's name.
  [[nodiscard]] Type input_type() const;
  /// The parameters of a decision service or a knowledge model as a context type; nothing when there is none
  /// of that name.
  [[nodiscard]] std::optional<Type> parameters_of(std::string_view callable) const;

  struct Compiled;
  explicit Model(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

 private:
  friend class Conclusions;
  std::shared_ptr<const Compiled> compiled_;
};

/// What a decision gave.
struct Conclusion {
  Value result;
  /// False when something unknown might have changed it: in this decision, or in one that it requires, a rule
  /// was unknown, a rule applied by a test on something unknown, or something became null by an error. In a
  /// FIRST table what stands behind the rule that applied does not count.
  bool certain = true;
};

/// Decisions of a model on the same inputs, in one run that takes what they share only once and keeps no
/// trace: for who asks about many cases. Not thread-safe.
class Conclusions {
 public:
  /// `model` and `inputs` must outlive it.
  Conclusions(const Model& model, const Context& inputs);
  ~Conclusions();
  Conclusions(const Conclusions&) = delete;
  Conclusions& operator=(const Conclusions&) = delete;

  /// `decision`: its place in Model::decisions().
  [[nodiscard]] Conclusion of(std::size_t decision);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads text as a value of this type: numbers, strings, true/false, ISO dates, times and durations. Nothing
/// when the text does not fit the type; allowed values are not looked at. Lists and contexts cannot be read
/// so.
[[nodiscard]] std::optional<Value> value_from_text(const Type& type, std::string_view text);

/// A moment as FEEL's now() gives it, in UTC.
[[nodiscard]] DateTime utc_moment(std::chrono::system_clock::time_point moment);

/// Evaluates one FEEL expression over named values, for tests and tools.
[[nodiscard]] Evaluation evaluate_feel(std::string_view expression, const Context& variables);
[[nodiscard]] Evaluation evaluate_feel(std::string_view expression, const Context& variables,
                                       const Conditions& conditions);

}  // namespace softbot::dmn
