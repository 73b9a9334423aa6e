#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "dmn/model.h"

namespace softbot::dmn {

/// Works out which type every expression of a model gives, and tells where that cannot be right. What it does
/// not know is of any type: it never tells of a mistake that may be none.
class TypeInference {
 public:
  /// Called with what is wrong, and the line.
  using Tell = std::function<void(const std::string& message, std::size_t line)>;

  TypeInference(const Model::Compiled& model, Tell tell);

  void decision(const DecisionCode& decision);
  void knowledge(const KnowledgeCode& knowledge);
  /// The type of an input expression of the table of this number, when it was met on the way.
  [[nodiscard]] Type input_type(std::uint32_t table, std::size_t input) const;

 private:
  Type infer(NodeId id);
  Type infer_deep(const Node& node);
  Type arithmetic(const Node& node);
  Type connective(const Node& node);
  Type compared(const Node& node);
  Type conditional(const Node& node);
  Type loop(const Node& node);
  Type filter(const Node& node);
  Type path(const Node& node);
  Type member(const Node& node, const Type& subject, const std::string& name);
  Type list(const Node& node);
  Type context(const Node& node);
  Type call(const Node& node);
  Type builtin(const Node& node);
  Type coerced(const Node& node);
  Type function(const FunctionCode& code);
  Type table(const Node& node);
  void unary_tests(const Node& node);
  void cell_test(NodeId id, const Type& input);
  Type result_of(const Table& table, std::vector<Type> outputs);
  void children(const Node& node);
  void tell(const Node& node, const std::string& message);
  void frame(const std::vector<FrameEntry>& entries);
  Type reference_type(const Reference& element);

  const Model::Compiled& model_;
  const Code& code_;
  Tell tell_;
  std::vector<Type> stack_;
  std::vector<std::vector<Type>> inputs_;  ///< by table
  int depth_ = 0;
};

/// Whether a value of type `given` can be one of type `wanted`, by FEEL's conversions too.
[[nodiscard]] bool may_fit(const Type& given, const Type& wanted);

}  // namespace softbot::dmn
