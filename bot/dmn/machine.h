#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "dmn/builtins.h"
#include "dmn/code.h"

namespace softbot::dmn {

/// Evaluates compiled expressions. One machine serves one evaluation on one thread; the code is shared and
/// constant.
class Machine final : public Caller {
 public:
  using Service = std::function<Value(std::uint32_t service, const List& arguments)>;

  Machine(std::shared_ptr<const Code> code, const Conditions& conditions);

  /// Runs a node in a frame of its own that starts with these variables.
  Value run(NodeId node, const List& frame);
  /// The same in steps: push the variables behind `mark()`, which may run other nodes in between.
  [[nodiscard]] std::size_t mark() const { return stack_.size(); }
  void push(Value variable) { stack_.push_back(std::move(variable)); }
  Value run_from(NodeId node, std::size_t mark);
  /// Checks and converts: a single value to a list and back, a date to a date and time. Null with a reason
  /// when the value does not fit the type or its allowed values. `what` names the thing for the reason.
  Value coerce(const Value& value, const Type& type, const std::string& what);

  Value call(const Value& function, const List& arguments) override;
  bool charge(std::size_t work) override;
  [[nodiscard]] const Conditions& conditions() const override { return conditions_; }
  [[nodiscard]] bool traces_rules() const { return tracing_ == Tracing::full; }

  /// Without a trace too, rules are judged one by one from now on, so that what is uncertain is counted as a
  /// doubt: see Conclusion::certain.
  void count_doubts() { counts_doubts_ = true; }
  void doubt() { ++doubts_; }
  [[nodiscard]] std::uint64_t doubts() const { return doubts_; }

  void on_service(Service service) { service_ = std::move(service); }
  /// Where reasons and tables are noted from now on; gives back where they were noted before.
  DecisionTrace* trace_into(DecisionTrace* trace);
  /// Notes a reason for something that became null.
  void note(std::string reason);
  /// Traces of tables that were called inside functions, in order; emptied by the call.
  std::vector<DecisionTrace> take_called_tables();

 private:
  class DepthGuard;

  Value evaluate(NodeId node);
  Value evaluate_deep(const Node& node);
  Value fail(const Node& node, std::string reason);
  Value made_list(const Node& node, List list);
  Value made_text(const Node& node, std::string text);

  // Where the nodes of each kind are evaluated: machine.cpp, machine_loops.cpp, machine_tests.cpp,
  // machine_table.cpp.
  Value arithmetic(const Node& node);
  Value connective(const Node& node);
  Value conditional(const Node& node);
  std::optional<bool> equal(const Value& left, const Value& right);
  std::optional<int> ordered(const Value& left, const Value& right);
  bool instance(const Value& value, const Type& type);
  bool charge_arguments(const List& arguments);
  Value compare(const Node& node);
  Value between(const Node& node);
  Value range(const Node& node);
  Value comparison(const Node& node);
  Value path(const Node& node);
  Value member_or(const Node& node);
  Value list(const Node& node);
  Value context(const Node& node);
  Value call_node(const Node& node);
  Value call_named(const Node& node);
  Value call_builtin(const Node& node);
  bool allowed(const Value& value, const Type& type, const std::string& what);
  Value call_closure(const Node* node, const Value& function, List arguments);
  Value make_function(const Node& node);

  Value iteration(const Node& node);
  Value for_each(const Node& node);
  void for_each_level(const Node& node, std::uint32_t level, List& results);
  Value quantified(const Node& node);
  std::optional<bool> quantified_level(const Node& node, std::uint32_t level, bool stop_at);
  Value filter(const Node& node);
  Value items_of(const Node& node, const Value& domain);

  Value in(const Node& node);
  Value unary_tests(const Node& node);
  std::optional<bool> test(NodeId test, const Value& input);
  std::optional<bool> meets(const Value& input, const Value& tested);

  Value table(const Node& node);
  struct TableRun;
  CellTrace cell(const Table& table, const TableRule& rule, std::size_t column, const List& inputs);
  void match_rules(TableRun& run);
  void look_up_rules(TableRun& run);
  void judge_rules(TableRun& run);
  void count_doubts_of(const TableRun& run);
  bool is_met(const TableRule& rule, std::size_t column, const List& inputs);
  Value outputs_of(const Table& table, const TableRule& rule);
  Value within_values(const TableOutput& output, const Value& given);
  Value decide(TableRun& run);
  Value default_outputs(TableRun& run);
  Value aggregate(const Table& table, const List& results);
  std::vector<std::size_t> by_priority(const TableRun& run);

  std::shared_ptr<const Code> code_;
  Conditions conditions_;
  const Limits& limits_;
  Tracing tracing_;
  Service service_;
  List stack_;
  std::size_t base_ = 0;
  std::uint64_t steps_ = 0;
  bool exhausted_ = false;
  bool counts_doubts_ = false;
  std::uint64_t doubts_ = 0;
  bool loop_failed_ = false;  ///< the loop that is running cannot give a list
  int depth_ = 0;
  DecisionTrace* trace_ = nullptr;
  std::vector<DecisionTrace> called_tables_;
};

}  // namespace softbot::dmn
