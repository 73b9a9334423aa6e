#include "dmn/check_types.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dmn/arithmetic.h"
#include "dmn/builtins.h"
#include "dmn/function.h"
#include "dmn/types.h"

namespace softbot::dmn {

namespace {

using Kind = Type::Kind;

constexpr int deepest = 200;
constexpr std::size_t longest_excerpt = 80;

bool known(const Type& type) {
  return type.kind != Kind::any && type.kind != Kind::null;
}

Type list_of(Type element) {
  Type list(Kind::list);
  if (element.kind != Kind::any) list.element = std::make_shared<const Type>(std::move(element));
  return list;
}

Type element_of(const Type& type) {
  if (type.kind == Kind::list || type.kind == Kind::range) return type.element ? *type.element : Type{};
  return type.kind == Kind::null ? Type{} : type;
}

Type kind_of_value(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return Type(Kind::null);
    case Value::Kind::boolean:
      return Type(Kind::boolean);
    case Value::Kind::number:
      return Type(Kind::number);
    case Value::Kind::string:
      return Type(Kind::string);
    case Value::Kind::date:
      return Type(Kind::date);
    case Value::Kind::time:
      return Type(Kind::time);
    case Value::Kind::date_time:
      return Type(Kind::date_time);
    case Value::Kind::days_duration:
      return Type(Kind::days_duration);
    case Value::Kind::months_duration:
      return Type(Kind::months_duration);
    case Value::Kind::list:
      return Type(Kind::list);
    case Value::Kind::function:
      return Type(Kind::function);
    default:
      return {};
  }
}

/// A value of a kind, to ask what an operation on it gives.
std::optional<Value> sample(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return Value(true);
    case Kind::number:
      return Value(1);
    case Kind::string:
      return Value("1");
    case Kind::date:
      return Value(Date{});
    case Kind::time:
      return Value(Time{});
    case Kind::date_time:
      return Value(DateTime{});
    case Kind::days_duration:
      return Value(DaysDuration{1, 0});
    case Kind::months_duration:
      return Value(MonthsDuration{1});
    case Kind::context:
      return Value(Context{});
    default:
      return std::nullopt;
  }
}

/// The same with a zone, which decides whether moments go together.
std::vector<Value> samples(Kind kind) {
  const Zone utc{Zone::Kind::offset, 0, nullptr};
  const auto plain = sample(kind);
  if (!plain) return {};
  if (kind == Kind::time) return {*plain, Value(Time{0, 0, 0, 0, utc})};
  if (kind == Kind::date_time) return {*plain, Value(DateTime{Date{}, Time{0, 0, 0, 0, utc}})};
  return {*plain};
}

struct Signature {
  std::string_view name;
  Kind argument;  ///< of the first argument
  Kind result;
};

constexpr std::array signatures = std::to_array<Signature>({
    {"abs", Kind::any, Kind::any},
    {"all", Kind::any, Kind::boolean},
    {"any", Kind::any, Kind::boolean},
    {"ceiling", Kind::number, Kind::number},
    {"contains", Kind::string, Kind::boolean},
    {"count", Kind::any, Kind::number},
    {"date", Kind::any, Kind::date},
    {"date and time", Kind::any, Kind::date_time},
    {"day of week", Kind::any, Kind::string},
    {"day of year", Kind::any, Kind::number},
    {"decimal", Kind::number, Kind::number},
    {"ends with", Kind::string, Kind::boolean},
    {"even", Kind::number, Kind::boolean},
    {"exp", Kind::number, Kind::number},
    {"floor", Kind::number, Kind::number},
    {"is", Kind::any, Kind::boolean},
    {"list contains", Kind::any, Kind::boolean},
    {"log", Kind::number, Kind::number},
    {"lower case", Kind::string, Kind::string},
    {"matches", Kind::string, Kind::boolean},
    {"mean", Kind::any, Kind::number},
    {"median", Kind::any, Kind::number},
    {"modulo", Kind::number, Kind::number},
    {"month of year", Kind::any, Kind::string},
    {"not", Kind::boolean, Kind::boolean},
    {"number", Kind::string, Kind::number},
    {"odd", Kind::number, Kind::boolean},
    {"product", Kind::any, Kind::number},
    {"replace", Kind::string, Kind::string},
    {"round down", Kind::number, Kind::number},
    {"round half down", Kind::number, Kind::number},
    {"round half up", Kind::number, Kind::number},
    {"round up", Kind::number, Kind::number},
    {"split", Kind::string, Kind::list},
    {"sqrt", Kind::number, Kind::number},
    {"starts with", Kind::string, Kind::boolean},
    {"stddev", Kind::any, Kind::number},
    {"string", Kind::any, Kind::string},
    {"string join", Kind::any, Kind::string},
    {"string length", Kind::string, Kind::number},
    {"substring", Kind::string, Kind::string},
    {"substring after", Kind::string, Kind::string},
    {"substring before", Kind::string, Kind::string},
    {"time", Kind::any, Kind::time},
    {"today", Kind::any, Kind::date},
    {"now", Kind::any, Kind::date_time},
    {"upper case", Kind::string, Kind::string},
    {"week of year", Kind::any, Kind::number},
    {"years and months duration", Kind::any, Kind::months_duration},
});

bool ordered_kind(Kind kind) {
  return kind != Kind::boolean && kind != Kind::context && kind != Kind::function;
}

bool comparable(const Type& left, const Type& right) {
  if (!known(left) || !known(right) || left.kind == right.kind) return true;
  const auto list_or_range = [](Kind kind) { return kind == Kind::list || kind == Kind::range; };
  if (list_or_range(left.kind) || list_or_range(right.kind)) return true;  // a list of one counts as its item
  const auto day = [](Kind kind) { return kind == Kind::date || kind == Kind::date_time; };
  return day(left.kind) && day(right.kind);
}

}  // namespace

bool may_fit(const Type& given, const Type& wanted) {
  if (!known(given) || wanted.kind == Kind::any) return true;
  if (wanted.kind == Kind::list) {
    if (!wanted.element) return true;
    return may_fit(element_of(given), *wanted.element);
  }
  if (given.kind == Kind::list) return !given.element || may_fit(*given.element, wanted);
  if (wanted.kind == Kind::date_time && given.kind == Kind::date) return true;
  if (given.kind != wanted.kind) return false;
  if (given.kind != Kind::context || given.members.empty()) return true;
  return std::all_of(wanted.members.begin(), wanted.members.end(), [&](const Type::Member& member) {
    const Type* found = given.member(member.name);
    return found && may_fit(*found, member.type);
  });
}

TypeInference::TypeInference(const Model::Compiled& model, Tell tell)
    : model_(model), code_(model.code), tell_(std::move(tell)), inputs_(model.code.tables.size()) {
}

void TypeInference::decision(const DecisionCode& decision) {
  frame(decision.frame);
  const Type given = infer(decision.body);
  if (!may_fit(given, decision.variable.type))
    tell(code_.nodes[decision.body],
         "it gives a " + describe(given) + ", but its type is " + describe(decision.variable.type));
}

void TypeInference::knowledge(const KnowledgeCode& knowledge) {
  frame(knowledge.frame);
  function(code_.functions[knowledge.function]);
}

Type TypeInference::input_type(std::uint32_t table, std::size_t input) const {
  return input < inputs_[table].size() ? inputs_[table][input] : Type{};
}

Type TypeInference::reference_type(const Reference& element) {
  switch (element.kind) {
    case Reference::Kind::input:
      return model_.inputs[element.index].variable.type;
    case Reference::Kind::decision:
      return model_.decisions[element.index].variable.type;
    case Reference::Kind::knowledge: {
      Type type(Kind::function);
      const FunctionCode& code = code_.functions[model_.knowledge[element.index].function];
      for (const Parameter& parameter : code.parameters)
        type.members.push_back({parameter.name, parameter.type});
      type.element = std::make_shared<const Type>(code.result);
      return type;
    }
    case Reference::Kind::service:
      break;
  }
  return Type(Kind::function);
}

void TypeInference::frame(const std::vector<FrameEntry>& entries) {
  stack_.clear();
  for (const FrameEntry& entry : entries) {
    if (!entry.is_import) {
      stack_.push_back(reference_type(entry.members.front().element));
      continue;
    }
    Type import(Kind::context);
    for (const FrameEntry::Member& member : entry.members)
      import.members.push_back({member.name, reference_type(member.element)});
    stack_.push_back(std::move(import));
  }
}

void TypeInference::tell(const Node& node, const std::string& message) {
  const Source& source = code_.sources[node.source];
  std::string text = source.text.substr(0, longest_excerpt);
  if (text.size() < source.text.size()) text += "...";
  tell_(text.empty() ? message : "in `" + text + "`: " + message, source.line);
}

Type TypeInference::infer(NodeId id) {
  if (id == no_node) return {};
  const Node& node = code_.nodes[id];
  if (node.op == Op::constant) return kind_of_value(code_.constants[node.a]);
  if (node.op == Op::local) return node.a < stack_.size() ? stack_[node.a] : Type{};
  if (depth_ > deepest) return {};
  ++depth_;
  Type type = infer_deep(node);
  --depth_;
  return type;
}

Type TypeInference::infer_deep(const Node& node) {
  switch (node.op) {
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::power:
      return arithmetic(node);
    case Op::conjunction:
    case Op::disjunction:
      return connective(node);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_or_equal:
    case Op::greater:
    case Op::greater_or_equal:
      return compared(node);
    case Op::range:
    case Op::iteration: {
      const Type low = infer(code_.child(node, 0));
      const Type high = infer(code_.child(node, 1));
      if (!comparable(low, high))
        tell(node, "the ends of a range are a " + describe(low) + " and a " + describe(high));
      Type made(node.op == Op::range ? Kind::range : Kind::list);
      if (known(low)) made.element = std::make_shared<const Type>(low);
      return made;
    }
    case Op::between:
    case Op::in:
    case Op::some:
    case Op::every:
      if (node.op == Op::some || node.op == Op::every) {
        loop(node);
      } else {
        children(node);
      }
      return Type(Kind::boolean);
    case Op::unary_tests:
      unary_tests(node);
      return Type(Kind::boolean);
    case Op::predicate:
      return infer(code_.child(node, 0));
    case Op::conditional:
      return conditional(node);
    case Op::for_each:
      return loop(node);
    case Op::filter:
      return filter(node);
    case Op::path:
      return path(node);
    case Op::member_or: {
      const Type* found = node.b < stack_.size() ? stack_[node.b].member(code_.names[node.a]) : nullptr;
      return found ? *found : infer(code_.child(node, 0));
    }
    case Op::list:
      return list(node);
    case Op::context:
      return context(node);
    case Op::call:
    case Op::call_named:
      return call(node);
    case Op::builtin:
      return builtin(node);
    case Op::instance_of:
      children(node);
      return Type(Kind::boolean);
    case Op::coerce:
      return coerced(node);
    case Op::function:
      return function(code_.functions[node.a]);
    case Op::table:
      return table(node);
    default:
      children(node);
      return {};
  }
}

void TypeInference::children(const Node& node) {
  for (std::uint32_t index = 0; index < node.count; ++index) infer(code_.child(node, index));
}

Type TypeInference::arithmetic(const Node& node) {
  const Type left = infer(code_.child(node, 0));
  const auto first = sample(left.kind);
  if (node.op == Op::negate) {
    if (!first) return {};
    const Outcome outcome = negated(*first);
    if (!outcome) tell(node, "a " + describe(left) + " cannot be negated");
    return outcome ? left : Type{};
  }
  const Type right = infer(code_.child(node, 1));
  std::string reason;
  for (const Value& one : samples(left.kind)) {
    for (const Value& other : samples(right.kind)) {
      const Outcome outcome = calculate(node.op, one, other);
      if (outcome) return kind_of_value(*outcome);
      reason = outcome.error();
    }
  }
  if (!reason.empty()) tell(node, reason + ": a " + describe(left) + " and a " + describe(right));
  return {};
}

Type TypeInference::connective(const Node& node) {
  for (std::uint32_t index = 0; index < node.count; ++index) {
    const Type side = infer(code_.child(node, index));
    if (known(side) && side.kind != Kind::boolean && side.kind != Kind::list)
      tell(node, std::string(node.op == Op::conjunction ? "`and`" : "`or`") + " takes a " + describe(side));
  }
  return Type(Kind::boolean);
}

Type TypeInference::compared(const Node& node) {
  const Type left = infer(code_.child(node, 0));
  const Type right = infer(code_.child(node, 1));
  const bool equality = node.op == Op::equal || node.op == Op::not_equal;
  const bool orders = equality || (ordered_kind(left.kind) && ordered_kind(right.kind));
  if (!comparable(left, right) || !orders)
    tell(node, "a " + describe(left) + " cannot be compared with a " + describe(right));
  return Type(Kind::boolean);
}

Type TypeInference::conditional(const Node& node) {
  const Type condition = infer(code_.child(node, 0));
  if (known(condition) && condition.kind != Kind::boolean && condition.kind != Kind::list)
    tell(node, "the condition is a " + describe(condition));
  Type yes = infer(code_.child(node, 1));
  Type no = infer(code_.child(node, 2));
  if (yes.kind == Kind::null) return no;
  if (no.kind == Kind::null || (yes.kind == no.kind && yes.kind != Kind::context && yes.kind != Kind::list))
    return yes;
  return {};
}

Type TypeInference::loop(const Node& node) {
  const std::size_t begin = stack_.size();
  if (node.op == Op::for_each) stack_.emplace_back(Kind::list);
  for (std::uint32_t index = 0; index + 1 < node.count; ++index)
    stack_.push_back(element_of(infer(code_.child(node, index))));
  Type body = infer(code_.child(node, node.count - 1));
  stack_.resize(begin);
  if (node.op == Op::for_each) return list_of(std::move(body));
  if (known(body) && body.kind != Kind::boolean) tell(node, "the condition is a " + describe(body));
  return Type(Kind::boolean);
}

Type TypeInference::filter(const Node& node) {
  Type subject = infer(code_.child(node, 0));
  stack_.push_back(element_of(subject));
  const Type condition = infer(code_.child(node, 1));
  stack_.pop_back();
  if (known(condition) && condition.kind != Kind::boolean && condition.kind != Kind::number)
    tell(node, "the condition of the filter is a " + describe(condition));
  if (condition.kind == Kind::number) return element_of(subject);
  if (condition.kind == Kind::boolean) return list_of(element_of(subject));
  return {};
}

Type TypeInference::member(const Node& node, const Type& subject, const std::string& name) {
  if (subject.kind == Kind::list) return list_of(member(node, element_of(subject), name));
  if (subject.kind == Kind::context) {
    if (const Type* found = subject.member(name)) return *found;
    if (!subject.members.empty()) tell(node, "a " + describe(subject) + " has no \"" + name + "\"");
    return {};
  }
  const auto value = sample(subject.kind);
  if (!value) return {};
  if (const auto found = property(*value, name)) return found->is_null() ? Type{} : kind_of_value(*found);
  tell(node, "a " + describe(subject) + " has no \"" + name + "\"");
  return {};
}

Type TypeInference::path(const Node& node) {
  return member(node, infer(code_.child(node, 0)), code_.names[node.a]);
}

Type TypeInference::list(const Node& node) {
  std::optional<Type> element;
  for (std::uint32_t index = 0; index < node.count; ++index) {
    Type item = infer(code_.child(node, index));
    if (element && element->kind == item.kind && item.kind != Kind::context && item.kind != Kind::list)
      continue;
    element = element ? Type{} : std::move(item);
  }
  return list_of(element && element->kind != Kind::null ? std::move(*element) : Type{});
}

Type TypeInference::context(const Node& node) {
  const std::uint32_t entries = node.b != 0 ? node.count - 1 : node.count;
  const std::size_t begin = stack_.size();
  Type made(Kind::context);
  for (std::uint32_t index = 0; index < entries; ++index) {
    stack_.push_back(infer(code_.child(node, index)));
    made.members.push_back({code_.key(node.a, index), stack_.back()});
  }
  if (node.b != 0) made = infer(code_.child(node, entries));
  stack_.resize(begin);
  return made;
}

Type TypeInference::call(const Node& node) {
  const Type callee = infer(code_.child(node, 0));
  std::vector<Type> arguments;
  for (std::uint32_t index = 1; index < node.count; ++index)
    arguments.push_back(infer(code_.child(node, index)));
  if (known(callee) && callee.kind != Kind::function) tell(node, "a " + describe(callee) + " is called");
  if (callee.kind != Kind::function || !callee.element) return {};
  if (arguments.size() > callee.members.size() ||
      (node.op == Op::call && arguments.size() != callee.members.size()))
    tell(node, "the function takes " + std::to_string(callee.members.size()) + " arguments, not " +
                   std::to_string(arguments.size()));
  for (std::uint32_t index = 0; index < arguments.size(); ++index) {
    const Type* wanted = nullptr;
    if (node.op == Op::call_named) {
      wanted = callee.member(code_.key(node.a, index));
      if (!wanted) tell(node, "the function has no parameter \"" + code_.key(node.a, index) + "\"");
    } else if (index < callee.members.size()) {
      wanted = &callee.members[index].type;
    }
    if (wanted && !may_fit(arguments[index], *wanted))
      tell(node, "an argument is a " + describe(arguments[index]) + ", but must be a " + describe(*wanted));
  }
  return *callee.element;
}

Type TypeInference::builtin(const Node& node) {
  const std::string_view name = code_.builtins[node.a]->name;
  std::vector<Type> arguments;
  for (std::uint32_t index = 0; index < node.count; ++index)
    arguments.push_back(infer(code_.child(node, index)));
  const auto found = std::find_if(signatures.begin(), signatures.end(),
                                  [&](const Signature& signature) { return signature.name == name; });
  if (found == signatures.end()) return {};
  if (!arguments.empty() && !may_fit(arguments.front(), Type(found->argument)))
    tell(node, std::string(name) + " takes a " + describe(Type(found->argument)) + ", not a " +
                   describe(arguments.front()));
  return Type(found->result);
}

Type TypeInference::coerced(const Node& node) {
  const Type given = infer(code_.child(node, 0));
  const Type& wanted = code_.types[node.a];
  if (!may_fit(given, wanted)) {
    const NodeId child = code_.child(node, 0);
    tell(code_.nodes[child], "it gives a " + describe(given) + ", but must be a " + describe(wanted));
  }
  return wanted.kind == Kind::any ? given : wanted;
}

Type TypeInference::function(const FunctionCode& code) {
  std::vector<Type> outer = stack_;
  stack_.resize(std::min<std::size_t>(code.captured, stack_.size()));
  Type made(Kind::function);
  for (const Parameter& parameter : code.parameters) {
    stack_.push_back(parameter.type);
    made.members.push_back({parameter.name, parameter.type});
  }
  Type result = infer(code.body);
  if (!may_fit(result, code.result))
    tell(code_.nodes[code.body],
         "it gives a " + describe(result) + ", but must be a " + describe(code.result));
  stack_ = std::move(outer);
  made.element = std::make_shared<const Type>(known(code.result) ? code.result : std::move(result));
  return made;
}

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
    return Type(Kind::number);
  Type one;
  if (outputs.size() == 1) {
    one = outputs.front();
  } else {
    one.kind = Kind::context;
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
  if (tested.kind == Kind::boolean && node.op != Op::constant) return;  // it speaks for itself
  const Type item = tested.kind == Kind::range ? element_of(tested) : tested;
  if (!comparable(item, input)) tell(node, "a " + describe(input) + " can never equal a " + describe(item));
}

}  // namespace softbot::dmn
