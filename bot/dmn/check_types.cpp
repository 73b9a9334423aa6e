#include "dmn/check_types.h"

#include <algorithm>
#include <utility>

#include "dmn/arithmetic.h"
#include "dmn/builtins.h"
#include "dmn/check_kinds.h"
#include "dmn/function.h"
#include "dmn/types.h"

namespace softbot::dmn {

namespace {

using Kind = Type::Kind;

constexpr int deepest = 200;
constexpr std::size_t longest_excerpt = 80;

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
  const Signature* found = signature_of(name);
  if (found == nullptr) return {};
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
  if (code.knows_itself) stack_.push_back(made);
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

}  // namespace softbot::dmn
