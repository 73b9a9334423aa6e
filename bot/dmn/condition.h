#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dmn/model.h"

// What a cell of a table asks of its input, as a set of values: for the checks, not for evaluation.
namespace softbot::dmn {

/// An end of a range: a constant, or something that only the data know, such as `parameters.maximum`.
struct Endpoint {
  std::string key;  ///< equal for equal endpoints
  std::string text;
  std::optional<Value> constant;
};

struct Condition {
  enum class Kind : std::uint8_t {
    always,
    null,      ///< the input is null
    point,     ///< it equals `low`
    range,     ///< it lies between `low` and `high`; an absent end is open without bound
    all,       ///< all of `parts`
    any,       ///< one of `parts`
    negation,  ///< not `parts[0]`
    opaque     ///< it cannot be said here
  };
  Kind kind = Kind::always;
  std::optional<Endpoint> low = {};
  std::optional<Endpoint> high = {};
  bool low_included = false;
  bool high_included = false;
  std::vector<Condition> parts = {};
};

/// How many ends stand in conditions.
[[nodiscard]] std::size_t count_ends(const std::vector<Condition>& conditions);

/// Reads conditions out of the nodes of a model. `names` are those of the slots, for texts.
class ConditionReader {
 public:
  ConditionReader(std::shared_ptr<const Code> code, std::vector<std::string> names)
      : code_(std::move(code)), names_(std::move(names)) {}

  /// A unary-tests node about the value in `slot`; no_node is met by everything.
  [[nodiscard]] Condition read(NodeId tests, std::uint32_t slot) const;
  /// The value of an expression that needs no data, or nothing.
  [[nodiscard]] std::optional<Value> constant(NodeId id) const;
  /// Equal for expressions that are written alike, whatever the spaces.
  [[nodiscard]] std::string key(NodeId id) const;
  /// A path such as `parameters.maximum`, or "" for anything else.
  [[nodiscard]] std::string path_text(NodeId id) const;

 private:
  [[nodiscard]] Condition test(NodeId id, std::uint32_t slot) const;
  [[nodiscard]] Condition predicate(NodeId id, std::uint32_t slot, int depth) const;
  [[nodiscard]] Condition compared(Op op, NodeId operand) const;
  [[nodiscard]] Condition between(NodeId low, NodeId high, bool low_included, bool high_included) const;
  [[nodiscard]] Condition of_value(const Value& value) const;
  [[nodiscard]] std::optional<Endpoint> endpoint(NodeId id) const;
  [[nodiscard]] bool needs_no_data(NodeId id, int depth) const;
  [[nodiscard]] std::string key(NodeId id, int depth) const;
  [[nodiscard]] bool is_input(NodeId id, std::uint32_t slot) const;

  std::shared_ptr<const Code> code_;
  std::vector<std::string> names_;
};

}  // namespace softbot::dmn
