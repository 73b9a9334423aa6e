#include <utility>

#include "dmn/check_kinds.h"
#include "dmn/check_types.h"
#include "dmn/types.h"

namespace softbot::dmn {

Type TypeInference::table(const Node& node) {
  const Table& table = code_.tables[node.a];
  std::vector<Type> inputs;
  for (const TableInput& input : table.inputs) {
    const Type given = infer(input.expression);
    if (!may_fit(given, input.type))
      tell(code_.nodes[input.expression],
           "the input gives a " + describe(given) + ", but its type is " + describe(input.type));
    inputs.push_back(known(input.type) && !known(given) ? input.type : given);
  }
  inputs_[node.a] = inputs;
  std::vector<Type> outputs(table.outputs.size());
  for (const TableRule& rule : table.rules) {
    for (std::size_t column = 0; column < rule.cells.size(); ++column) {
      if (rule.cells[column].test == no_node) continue;
      stack_.push_back(inputs[column]);
      infer(rule.cells[column].test);
      stack_.pop_back();
    }
    for (std::size_t column = 0; column < rule.outputs.size(); ++column) {
      const Type given = infer(rule.outputs[column]);
      const Type& wanted = table.outputs[column].type;
      if (!may_fit(given, wanted))
        tell(code_.nodes[rule.outputs[column]],
             "the output is a " + describe(given) + ", but its type is " + describe(wanted));
      outputs[column] = wanted;
    }
  }
  return result_of(table, std::move(outputs));
}

Type TypeInference::result_of(const Table& table, std::vector<Type> outputs) {
  if (table.aggregation == Aggregation::count || table.aggregation == Aggregation::sum)
    return Type(Type::Kind::number);
  Type one;
  if (outputs.size() == 1) {
    one = outputs.front();
  } else {
    one.kind = Type::Kind::context;
    for (std::size_t index = 0; index < outputs.size(); ++index)
      one.members.push_back({table.outputs[index].name, outputs[index]});
  }
  const bool several = table.policy == HitPolicy::rule_order || table.policy == HitPolicy::output_order ||
                       (table.policy == HitPolicy::collect && table.aggregation == Aggregation::none);
  return several ? list_of(std::move(one)) : one;
}

void TypeInference::unary_tests(const Node& node) {
  const Type input = node.a < stack_.size() ? stack_[node.a] : Type{};
  for (std::uint32_t index = 0; index < node.count; ++index) cell_test(code_.child(node, index), input);
}

void TypeInference::cell_test(NodeId id, const Type& input) {
  const Node& node = code_.nodes[id];
  if (node.op == Op::list) {
    for (std::uint32_t index = 0; index < node.count; ++index) cell_test(code_.child(node, index), input);
    return;
  }
  if (node.op == Op::comparison) {
    const Type operand = infer(code_.child(node, 0));
    if (!comparable(operand, input))
      tell(node, "a " + describe(input) + " cannot be compared with a " + describe(operand));
    return;
  }
  const Type tested = infer(id);
  if (tested.kind == Type::Kind::boolean && node.op != Op::constant) return;  // it speaks for itself
  const Type item = tested.kind == Type::Kind::range ? element_of(tested) : tested;
  if (!comparable(item, input)) tell(node, "a " + describe(input) + " can never equal a " + describe(item));
}

}  // namespace softbot::dmn
