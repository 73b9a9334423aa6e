#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dmn/machine.h"
#include "dmn/model.h"

namespace softbot::dmn {

/// One evaluation of a model: inputs, decisions that are already known, and the trace.
class Run {
 public:
  Run(std::shared_ptr<const Model::Compiled> model, const Context& inputs, const Conditions& conditions);

  Evaluation decision(std::uint32_t index);
  Conclusion outcome(std::uint32_t index);  ///< of a run whose machine counts doubts
  Evaluation all_decisions();               ///< of the model itself, not of those that it imports
  Evaluation invoke(const Reference& callable, const Context& arguments);

 private:
  /// What is known: changed for as long as a decision service runs.
  struct Known {
    std::vector<std::optional<Value>> inputs;
    std::vector<std::optional<Value>> decisions;
    std::vector<bool> doubtful_inputs;
    std::vector<bool> doubtful_decisions;
  };

  Value decide(std::uint32_t index);
  Value input(std::uint32_t index);
  Value value_of(const Reference& element);
  [[nodiscard]] const Value* given(std::uint32_t index, const std::string& name) const;
  Value entry_value(const FrameEntry& entry);
  List frame(const std::vector<FrameEntry>& entries);
  Value function(std::uint32_t index, const std::vector<FrameEntry>& entries);
  Value serve(std::uint32_t index, const List& arguments);
  void keep(DecisionTrace trace);
  static Known nothing_known(const Model::Compiled& model);

  std::shared_ptr<const Model::Compiled> model_;
  const Context& given_;
  Machine machine_;
  Known known_;
  Trace trace_;
  int depth_ = 0;
};

}  // namespace softbot::dmn
