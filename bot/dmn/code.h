#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/dmn.h"
#include "dmn/table_index.h"
#include "dmn/value.h"

/// The flat form into which expressions are compiled: nodes in one array, children by index, variables by
/// slot.
namespace softbot::dmn {

struct Builtin;

using NodeId = std::uint32_t;
constexpr NodeId no_node = UINT32_MAX;

enum class Op : std::uint8_t {
  constant,      ///< a: constant
  local,         ///< a: slot
  member_or,     ///< inside a filter: member a (name) of the item in slot b, else child 0
  unknown_name,  ///< a: name; null with a reason
  broken,        ///< a: name that holds the reason; null with that reason
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  conjunction,
  disjunction,
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  between,      ///< children: value, low, high
  in,           ///< children: value, tests...
  unary_tests,  ///< a: slot of the input, b: 1 when negated; children: tests
  predicate,    ///< a unary test that speaks of `?`: its own truth counts; child
  comparison,   ///< a: Range::Comparison; child: operand
  range,        ///< a: bit 0 low included, bit 1 high included; children: low, high
  iteration,    ///< low..high of a for; children: low, high
  conditional,  ///< b: 1 when the condition must be a boolean; children: condition, then, else
  for_each,     ///< a: 1 when the body uses `partial`; children: domains..., body; slots: partial, domains...
  some,         ///< children: domains..., condition; one slot for each domain
  every,
  filter,  ///< b: as conditional; children: list, condition; one slot for the item
  path,    ///< a: name; child: subject
  list,
  context,      ///< a: first key name, b: 1 when the last child is the result; each entry takes a slot
  call,         ///< children: function, arguments...
  call_named,   ///< a: first parameter name; children: function, arguments...
  builtin,      ///< a: builtin; children: arguments
  absent,       ///< an optional argument of a builtin that is not given
  instance_of,  ///< a: type; child
  coerce,       ///< a: type, b: name of what is typed; child
  function,     ///< a: function code
  table,        ///< a: table
  service       ///< a: decision service; its arguments are the frame
};

struct Node {
  Op op = Op::constant;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t first = 0;  ///< of its children in Code::children
  std::uint32_t count = 0;
  std::uint32_t source = 0;  ///< in Code::sources
};

/// Where an expression stands in the file.
struct Source {
  std::size_t line = 0;
  std::string text;
};

struct Parameter {
  std::string name;
  Type type;
};

struct FunctionCode {
  std::string name;
  std::vector<Parameter> parameters;
  Type result;
  NodeId body = no_node;
  std::uint32_t captured = 0;  ///< slots taken over from the place of definition
  bool knows_itself = false;   ///< the slot behind those holds the function itself, by its name
};

enum class HitPolicy : std::uint8_t { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation : std::uint8_t { none, sum, count, minimum, maximum };

struct TableInput {
  NodeId expression = no_node;
  NodeId allowed = no_node;  ///< unary tests of the input values, if any
  std::string text;
  std::string allowed_text;
  Type type;
};

struct TableOutput {
  std::string name;
  Type type;
  NodeId default_value = no_node;
  std::vector<NodeId> values;  ///< the output values in order of priority
  std::string values_text;
  bool watched = false;  ///< a rule may give what is none of the output values
};

struct TableCell {
  NodeId test = no_node;  ///< none: always met
  std::string text;
};

struct TableRule {
  std::string id;
  std::vector<TableCell> cells;
  std::vector<NodeId> outputs;
  std::vector<std::string> annotations;
};

struct Table {
  std::string name;
  std::string id;
  HitPolicy policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<TableInput> inputs;
  std::vector<TableOutput> outputs;
  std::vector<TableRule> rules;
  std::uint32_t source = 0;
  std::uint32_t input_slot = 0;             ///< where `?` stands while cells are tested
  std::shared_ptr<const TableIndex> index;  ///< nothing for a table that cannot be looked up
  bool is_decision = false;                 ///< the whole logic of a decision: its trace is that decision's
};

struct Code {
  std::vector<Node> nodes;
  std::vector<NodeId> children;
  std::vector<Value> constants;
  std::vector<std::string> names;
  std::vector<Source> sources;
  std::vector<Type> types;
  std::vector<FunctionCode> functions;
  std::vector<Table> tables;
  std::vector<const Builtin*> builtins;
  std::map<std::string, NodeId, std::less<>> allowed;  ///< unary tests of allowed values by their text
  std::vector<std::uint32_t> key_names;                ///< runs of names, of contexts and named arguments

  NodeId add(Op op, std::uint32_t a, std::uint32_t b, const std::vector<NodeId>& kids);
  NodeId constant(Value value);
  std::uint32_t name(std::string_view text);
  std::uint32_t keys(const std::vector<std::string>& texts);
  std::uint32_t type(Type type);

  [[nodiscard]] NodeId child(const Node& node, std::uint32_t index) const {
    return children[node.first + index];
  }
  [[nodiscard]] const std::string& key(std::uint32_t first, std::uint32_t index) const {
    return names[key_names[first + index]];
  }

  std::uint32_t current_source = 0;  ///< given to nodes as they are added
  std::map<std::string, std::uint32_t, std::less<>> name_index;
};

}  // namespace softbot::dmn
