#include "dmn/machine.h"

#include <utility>

#include "dmn/arithmetic.h"
#include "dmn/function.h"
#include "dmn/types.h"

namespace softbot::dmn {

namespace {

constexpr std::size_t most_reasons = 50;
constexpr std::size_t longest_excerpt = 80;

std::optional<bool> truth(const Value& value) {
  return value.as_bool();
}

std::string excerpt(const std::string& text) {
  if (text.size() <= longest_excerpt) return text;
  std::size_t end = longest_excerpt;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

/// Counts how deep expressions and calls nest.
class Machine::DepthGuard {
 public:
  explicit DepthGuard(Machine& machine) : machine_(machine) { ++machine_.depth_; }
  ~DepthGuard() { --machine_.depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  Machine& machine_;
};

Machine::Machine(std::shared_ptr<const Code> code, const Conditions& conditions)
    : code_(std::move(code)),
      conditions_(conditions),
      limits_(conditions_.limits),
      tracing_(conditions_.tracing) {
  stack_.reserve(64);
}

Value Machine::run(NodeId node, const List& frame) {
  const std::size_t begin = mark();
  stack_.insert(stack_.end(), frame.begin(), frame.end());
  return run_from(node, begin);
}

Value Machine::run_from(NodeId node, std::size_t mark) {
  const std::size_t outer_base = std::exchange(base_, mark);
  Value result = evaluate(node);
  stack_.resize(base_);
  base_ = outer_base;
  return result;
}

DecisionTrace* Machine::trace_into(DecisionTrace* trace) {
  return std::exchange(trace_, trace);
}

void Machine::note(std::string reason) {
  doubt();
  if (trace_ && trace_->errors.size() < most_reasons) trace_->errors.push_back(std::move(reason));
}

std::vector<DecisionTrace> Machine::take_called_tables() {
  return std::exchange(called_tables_, {});
}

bool Machine::charge(std::size_t work) {
  steps_ += work;
  if (steps_ <= limits_.steps) return true;
  if (!exhausted_) note("the evaluation takes more than " + std::to_string(limits_.steps) + " steps");
  exhausted_ = true;
  return false;
}

Value Machine::fail(const Node& node, std::string reason) {
  if (!trace_ || trace_->errors.size() >= most_reasons) return {};
  const Source& source = code_->sources[node.source];
  if (!source.text.empty()) reason += ", in `" + excerpt(source.text) + "`";
  if (source.line > 0) reason += " (line " + std::to_string(source.line) + ")";
  note(std::move(reason));
  return {};
}

Value Machine::evaluate(NodeId id) {
  const Node& node = code_->nodes[id];
  switch (node.op) {
    case Op::constant:
      return code_->constants[node.a];
    case Op::local:
      return stack_[base_ + node.a];
    default:
      break;
  }
  if (!charge(1)) return {};
  const DepthGuard guard(*this);
  if (depth_ > limits_.depth)
    return fail(node, "the evaluation nests deeper than " + std::to_string(limits_.depth));
  return evaluate_deep(node);
}

Value Machine::evaluate_deep(const Node& node) {
  switch (node.op) {
    case Op::constant:
    case Op::local:
    case Op::absent:
      break;
    case Op::member_or:
      return member_or(node);
    case Op::unknown_name:
      return fail(node, "nothing is called \"" + code_->names[node.a] + "\"");
    case Op::broken:
      return fail(node, code_->names[node.a]);
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
      return compare(node);
    case Op::between:
      return between(node);
    case Op::in:
      return in(node);
    case Op::unary_tests:
      return unary_tests(node);
    case Op::predicate:
      return evaluate(code_->child(node, 0));
    case Op::comparison:
      return comparison(node);
    case Op::range:
      return range(node);
    case Op::iteration:
      return iteration(node);
    case Op::conditional:
      return conditional(node);
    case Op::for_each:
      return for_each(node);
    case Op::some:
    case Op::every:
      return quantified(node);
    case Op::filter:
      return filter(node);
    case Op::path:
      return path(node);
    case Op::list:
      return list(node);
    case Op::context:
      return context(node);
    case Op::call:
      return call_node(node);
    case Op::call_named:
      return call_named(node);
    case Op::builtin:
      return call_builtin(node);
    case Op::instance_of:
      return Value(instance(evaluate(code_->child(node, 0)), code_->types[node.a]));
    case Op::coerce:
      return coerce(evaluate(code_->child(node, 0)), code_->types[node.a], code_->names[node.b]);
    case Op::function:
      return make_function(node);
    case Op::table:
      return table(node);
    case Op::service:
      return service_(node.a, List(stack_.begin() + static_cast<std::ptrdiff_t>(base_), stack_.end()));
  }
  return {};
}

Value Machine::made_list(const Node& node, List list) {
  if (list.size() > limits_.list_size)
    return fail(node, "a list has more than " + std::to_string(limits_.list_size) + " elements");
  if (!charge(list.size())) return {};
  Value made(std::move(list));
  return made.is_null() ? fail(node, "lists nest too deep") : made;
}

Value Machine::made_text(const Node& node, std::string text) {
  if (text.size() > limits_.text_size)
    return fail(node, "a text has more than " + std::to_string(limits_.text_size) + " bytes");
  return charge(text.size() / 16) ? Value(std::move(text)) : Value();
}

Value Machine::arithmetic(const Node& node) {
  const Value left = evaluate(code_->child(node, 0));
  Outcome outcome =
      node.op == Op::negate ? negated(left) : calculate(node.op, left, evaluate(code_->child(node, 1)));
  if (!outcome) return fail(node, outcome.error());
  if (const std::string* text = outcome->as_string()) return made_text(node, *text);
  return std::move(*outcome);
}

Value Machine::connective(const Node& node) {
  const bool decisive = node.op == Op::disjunction;  // one such side decides, whatever the other is
  const auto left = truth(evaluate(code_->child(node, 0)));
  if (left == decisive) return Value(decisive);
  const auto right = truth(evaluate(code_->child(node, 1)));
  if (right == decisive) return Value(decisive);
  return left && right ? Value(!decisive) : Value();
}

std::optional<bool> Machine::equal(const Value& left, const Value& right) {
  const CountedEquality counted = count_equal(left, right);
  return charge(counted.steps) ? counted.equal : std::nullopt;
}

std::optional<int> Machine::ordered(const Value& left, const Value& right) {
  if (const std::string* text = left.as_string())
    if (!charge(text->size() / 64)) return std::nullopt;
  return feel_compare(left, right);
}

Value Machine::conditional(const Node& node) {
  const Value condition = evaluate(code_->child(node, 0));
  if (node.b != 0 && !condition.is_null() && !condition.as_bool())
    return fail(node, "the condition is no boolean");
  return evaluate(code_->child(node, condition.is_true() ? 1 : 2));
}

Value Machine::compare(const Node& node) {
  const Value left = evaluate(code_->child(node, 0));
  const Value right = evaluate(code_->child(node, 1));
  if (node.op == Op::equal || node.op == Op::not_equal) {
    const auto same = equal(left, right);
    if (!same)
      return fail(node, "cannot compare " + std::string(name_of(left.kind())) + " with " +
                            std::string(name_of(right.kind())));
    return Value(*same == (node.op == Op::equal));
  }
  const auto order = ordered(left, right);
  if (!order)
    return fail(node, "cannot order " + std::string(name_of(left.kind())) + " and " +
                          std::string(name_of(right.kind())));
  switch (node.op) {
    case Op::less:
      return Value(*order < 0);
    case Op::less_or_equal:
      return Value(*order <= 0);
    case Op::greater:
      return Value(*order > 0);
    default:
      return Value(*order >= 0);
  }
}

Value Machine::between(const Node& node) {
  const Value value = evaluate(code_->child(node, 0));
  const auto low = ordered(value, evaluate(code_->child(node, 1)));
  const auto high = ordered(value, evaluate(code_->child(node, 2)));
  if ((low && *low < 0) || (high && *high > 0)) return Value(false);
  if (!low || !high) return fail(node, "cannot order the value and its bounds");
  return Value(true);
}

Value Machine::range(const Node& node) {
  Range made{evaluate(code_->child(node, 0)), evaluate(code_->child(node, 1)), (node.a & 1U) != 0,
             (node.a & 2U) != 0, Range::Comparison::none};
  if (!made.low.is_null() && !made.high.is_null()) {
    const auto order = feel_compare(made.low, made.high);
    if (!order) return fail(node, "the ends of a range cannot be compared");
    if (*order > 0) return fail(node, "the start of a range lies behind its end");
  }
  return Value(std::move(made));
}

Value Machine::comparison(const Node& node) {
  using Comparison = Range::Comparison;
  const auto kind = static_cast<Comparison>(node.a);
  const Value operand = evaluate(code_->child(node, 0));
  Range made;
  made.comparison = kind;
  const bool equality = kind == Comparison::equal || kind == Comparison::not_equal;
  if (equality || kind == Comparison::greater || kind == Comparison::greater_or_equal) made.low = operand;
  if (equality || kind == Comparison::less || kind == Comparison::less_or_equal) made.high = operand;
  made.low_included = equality || kind == Comparison::greater_or_equal;
  made.high_included = equality || kind == Comparison::less_or_equal;
  return Value(std::move(made));
}

Value Machine::path(const Node& node) {
  const Value subject = evaluate(code_->child(node, 0));
  const std::string& name = code_->names[node.a];
  const auto member = [&](const Value& value) -> std::optional<Value> {
    if (const Context* context = value.as_context()) {
      const Value* found = context->find(name);
      return found ? std::optional(*found) : std::nullopt;
    }
    return property(value, name);
  };
  if (const List* list = subject.as_list()) {
    List results;
    for (const Value& item : *list) results.push_back(member(item).value_or(Value()));
    return made_list(node, std::move(results));
  }
  const auto found = member(subject);
  if (found) return *found;
  if (subject.is_null()) return fail(node, "there is no \"" + name + "\" of null");
  return fail(node, "a " + std::string(name_of(subject.kind())) + " has no \"" + name + "\"");
}

Value Machine::member_or(const Node& node) {
  const Value& item = stack_[base_ + node.b];
  if (const Context* context = item.as_context())
    if (const Value* found = context->find(code_->names[node.a])) return *found;
  const Node& fallback = code_->nodes[code_->child(node, 0)];
  if (fallback.op == Op::unknown_name) return {};  // an item may lack a member; that is no mistake
  return evaluate(code_->child(node, 0));
}

Value Machine::list(const Node& node) {
  List items;
  items.reserve(node.count);
  for (std::uint32_t index = 0; index < node.count; ++index)
    items.push_back(evaluate(code_->child(node, index)));
  return made_list(node, std::move(items));
}

Value Machine::context(const Node& node) {
  const bool has_result = node.b != 0;
  const std::uint32_t entries = has_result ? node.count - 1 : node.count;
  const std::size_t begin = stack_.size();
  for (std::uint32_t index = 0; index < entries; ++index)
    stack_.push_back(evaluate(code_->child(node, index)));
  Value result;
  if (has_result) {
    result = evaluate(code_->child(node, entries));
  } else if (charge(entries)) {
    Context made;
    for (std::uint32_t index = 0; index < entries; ++index)
      made.set(code_->key(node.a, index), stack_[begin + index]);
    result = Value(std::move(made));
    if (result.is_null()) fail(node, "contexts nest too deep");
  }
  stack_.resize(begin);
  return result;
}

Value Machine::call_node(const Node& node) {
  const Value function = evaluate(code_->child(node, 0));
  if (!function.as_function()) return fail(node, "what is called is no function");
  List arguments;
  for (std::uint32_t index = 1; index < node.count; ++index)
    arguments.push_back(evaluate(code_->child(node, index)));
  return call_closure(&node, function, std::move(arguments));
}

Value Machine::call_named(const Node& node) {
  const Value value = evaluate(code_->child(node, 0));
  const Function* function = value.as_function();
  if (!function) return fail(node, "what is called is no function");
  List given;
  std::vector<std::string> names;
  for (std::uint32_t index = 1; index < node.count; ++index) {
    given.push_back(evaluate(code_->child(node, index)));
    names.push_back(code_->key(node.a, index - 1));
  }
  List arguments;
  if (function->builtin()) {
    const auto order = arrange(*function->builtin(), names);
    if (!order) return fail(node, "the function has no such parameters");
    for (const int index : order->order)
      arguments.push_back(index < 0 ? Value() : given[static_cast<std::size_t>(index)]);
    return call_closure(&node, value, std::move(arguments));
  }
  const auto& parameters = function->code().parameters;
  arguments.resize(parameters.size());
  for (std::size_t index = 0; index < names.size(); ++index) {
    std::size_t at = 0;
    while (at < parameters.size() && parameters[at].name != names[index]) ++at;
    if (at == parameters.size()) return fail(node, "the function has no parameter \"" + names[index] + "\"");
    arguments[at] = given[index];
  }
  return call_closure(&node, value, std::move(arguments));
}

Value Machine::call_builtin(const Node& node) {
  const Builtin& builtin = *code_->builtins[node.a];
  List arguments;
  arguments.reserve(node.count);
  for (std::uint32_t index = 0; index < node.count; ++index)
    arguments.push_back(evaluate(code_->child(node, index)));
  while (!arguments.empty() &&
         code_->nodes[code_->child(node, static_cast<std::uint32_t>(arguments.size()) - 1)].op == Op::absent)
    arguments.pop_back();
  if (exhausted_) return {};
  if (!charge_arguments(arguments)) return {};
  Outcome outcome = builtin.run(as_taken(builtin, std::move(arguments)), *this);
  if (!outcome) return fail(node, std::string(builtin.name) + ": " + outcome.error());
  if (const std::string* text = outcome->as_string()) return made_text(node, *text);
  if (const List* made = outcome->as_list(); made && made->size() > limits_.list_size)
    return fail(node, "a list has more than " + std::to_string(limits_.list_size) + " elements");
  return std::move(*outcome);
}

/// What a built-in function costs at least: it may look at all that it is given.
bool Machine::charge_arguments(const List& arguments) {
  std::size_t work = 1;
  for (const Value& argument : arguments) {
    if (const std::string* text = argument.as_string()) work += text->size() / 64;
    if (const List* list = argument.as_list()) work += list->size() / 4;
    if (const Context* context = argument.as_context()) work += context->size() / 4;
  }
  return charge(work);
}

bool Machine::instance(const Value& value, const Type& type) {
  const TypeCheck check = check_type(value, type);
  return charge(check.steps) && check.fits;
}

Value Machine::call(const Value& function, const List& arguments) {
  if (!function.as_function()) return {};
  return call_closure(nullptr, function, arguments);
}

Value Machine::call_closure(const Node* node, const Value& value, List arguments) {
  const Function& function = *value.as_function();
  const auto failed = [&](std::string reason) {
    if (node) return fail(*node, std::move(reason));
    note(std::move(reason));
    return Value();
  };
  const DepthGuard guard(*this);
  if (depth_ > limits_.depth) return failed("calls nest deeper than " + std::to_string(limits_.depth));
  if (!charge(1 + arguments.size())) return {};
  if (function.builtin()) {
    if (!accepts(*function.builtin(), arguments.size())) return failed("the number of arguments is wrong");
    if (!charge_arguments(arguments)) return {};
    const Outcome outcome =
        function.builtin()->run(as_taken(*function.builtin(), std::move(arguments)), *this);
    return outcome ? *outcome : failed(std::string(function.builtin()->name) + ": " + outcome.error());
  }
  const FunctionCode& code = function.code();
  if (arguments.size() != code.parameters.size())
    return failed("the function takes " + std::to_string(code.parameters.size()) + " arguments, not " +
                  std::to_string(arguments.size()));
  List frame = function.captured();
  if (!charge(frame.size())) return {};
  if (code.knows_itself) frame.push_back(value);
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    const Parameter& parameter = code.parameters[index];
    Value argument = coerce(arguments[index], parameter.type, parameter.name);
    if (argument.is_null() && !arguments[index].is_null()) return {};
    frame.push_back(std::move(argument));
  }
  const std::shared_ptr<const Code> outer = std::exchange(code_, function.owner());
  Value result = run(code.body, frame);
  result = coerce(result, code.result, code.name.empty() ? "the result" : code.name);
  code_ = outer;
  return result;
}

Value Machine::make_function(const Node& node) {
  const FunctionCode& code = code_->functions[node.a];
  if (!charge(code.captured)) return {};
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(base_);
  return Value(std::make_shared<const Function>(code_, node.a, List(begin, begin + code.captured)));
}

Value Machine::coerce(const Value& value, const Type& type, const std::string& what) {
  if (type.kind == Type::Kind::any && type.allowed.empty()) return value;
  if (value.is_null()) return value;
  Value result = value;
  const List* list = value.as_list();
  const auto fits = [this](const Value& one, const Type& wanted) {
    return one.is_null() || instance(one, wanted);
  };
  if (!fits(value, type)) {
    if (type.kind == Type::Kind::list && (type.element ? fits(value, *type.element) : !list)) {
      result = Value(List{value});
    } else if (list && list->size() == 1 && fits(list->front(), type)) {
      result = list->front();
    } else if (type.kind == Type::Kind::date_time && value.as_date()) {
      result = Value(DateTime{*value.as_date(), Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, nullptr}}});
    } else {
      note(what + ": " + value.excerpt() + " is no " + describe(type));
      return {};
    }
  }
  return allowed(result, type, what) ? result : Value();
}

bool Machine::allowed(const Value& value, const Type& type, const std::string& what) {
  if (value.is_null() || !charge(1)) return true;
  if (!type.allowed.empty()) {
    const auto tests = code_->allowed.find(type.allowed);
    if (tests != code_->allowed.end() && tests->second != no_node && !run(tests->second, {value}).is_true()) {
      note(what + ": " + value.excerpt() + " is none of the allowed values " + type.allowed);
      return false;
    }
  }
  if (const List* list = value.as_list(); list && type.element) {
    for (const Value& item : *list)
      if (!allowed(item, *type.element, what)) return false;
  }
  if (const Context* context = value.as_context()) {
    for (const Type::Member& member : type.members)
      if (const Value* found = context->find(member.name);
          found && !allowed(*found, member.type, what + "." + member.name))
        return false;
  }
  return true;
}

}  // namespace softbot::dmn
