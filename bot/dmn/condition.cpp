#include "dmn/condition.h"

#include <algorithm>
#include <utility>

#include "dmn/builtins.h"
#include "dmn/machine.h"

namespace softbot::dmn {

namespace {

using Kind = Condition::Kind;

constexpr int deepest = 200;
constexpr std::size_t longest_key = 4000;

Condition opaque() {
  return Condition{Kind::opaque};
}

Condition together(Kind kind, std::vector<Condition> parts) {
  if (parts.size() == 1 && kind != Kind::negation) return std::move(parts.front());
  Condition made{kind};
  made.parts = std::move(parts);
  return made;
}

Endpoint end_of(const Value& value) {
  const Number* number = value.as_number();
  const std::string text = number ? number->shortest_text() : value.text();
  return Endpoint{text, text, value};
}

/// `5 < ?` says the same as `? > 5`.
Op mirrored(Op op) {
  switch (op) {
    case Op::less:
      return Op::greater;
    case Op::less_or_equal:
      return Op::greater_or_equal;
    case Op::greater:
      return Op::less;
    case Op::greater_or_equal:
      return Op::less_or_equal;
    default:
      return op;
  }
}

Op op_of(Range::Comparison comparison) {
  switch (comparison) {
    case Range::Comparison::less:
      return Op::less;
    case Range::Comparison::less_or_equal:
      return Op::less_or_equal;
    case Range::Comparison::greater:
      return Op::greater;
    case Range::Comparison::greater_or_equal:
      return Op::greater_or_equal;
    case Range::Comparison::not_equal:
      return Op::not_equal;
    default:
      return Op::equal;
  }
}

}  // namespace

std::size_t count_ends(const std::vector<Condition>& conditions) {
  std::size_t count = 0;
  for (const Condition& condition : conditions)
    count += (condition.low ? 1 : 0) + (condition.high ? 1 : 0) + count_ends(condition.parts);
  return count;
}

Condition ConditionReader::read(NodeId tests, std::uint32_t slot) const {
  if (tests == no_node) return Condition{};
  const Node& node = code_->nodes[tests];
  if (node.op == Op::conjunction)  // allowed values that rest on others
    return together(Kind::all, {read(code_->child(node, 0), slot), read(code_->child(node, 1), slot)});
  if (node.op != Op::unary_tests) return opaque();
  std::vector<Condition> parts;
  for (std::uint32_t index = 0; index < node.count; ++index)
    parts.push_back(test(code_->child(node, index), slot));
  Condition any = together(Kind::any, std::move(parts));
  return node.b == 0 ? any : together(Kind::negation, {std::move(any)});
}

Condition ConditionReader::test(NodeId id, std::uint32_t slot) const {
  const Node& node = code_->nodes[id];
  if (node.op == Op::comparison)
    return compared(op_of(static_cast<Range::Comparison>(node.a)), code_->child(node, 0));
  if (node.op == Op::range)
    return between(code_->child(node, 0), code_->child(node, 1), (node.a & 1U) != 0, (node.a & 2U) != 0);
  if (node.op == Op::predicate) return predicate(code_->child(node, 0), slot, 0);
  if (const auto value = constant(id)) return of_value(*value);
  if (node.op != Op::list) return opaque();
  std::vector<Condition> parts;
  for (std::uint32_t index = 0; index < node.count; ++index)
    parts.push_back(test(code_->child(node, index), slot));
  return together(Kind::any, std::move(parts));
}

/// A test that speaks of `?`, such as `? > 5 and ? < 10`.
Condition ConditionReader::predicate(NodeId id, std::uint32_t slot, int depth) const {
  if (depth > deepest) return opaque();
  const Node& node = code_->nodes[id];
  const auto child = [&](std::uint32_t index) { return code_->child(node, index); };
  switch (node.op) {
    case Op::conjunction:
      return together(Kind::all,
                      {predicate(child(0), slot, depth + 1), predicate(child(1), slot, depth + 1)});
    case Op::disjunction:
      return together(Kind::any,
                      {predicate(child(0), slot, depth + 1), predicate(child(1), slot, depth + 1)});
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_or_equal:
    case Op::greater:
    case Op::greater_or_equal:
      if (is_input(child(0), slot)) return compared(node.op, child(1));
      if (is_input(child(1), slot)) return compared(mirrored(node.op), child(0));
      return opaque();
    case Op::between:
      return is_input(child(0), slot) ? between(child(1), child(2), true, true) : opaque();
    case Op::in: {
      if (!is_input(child(0), slot)) return opaque();
      std::vector<Condition> parts;
      for (std::uint32_t index = 1; index < node.count; ++index) parts.push_back(test(child(index), slot));
      return together(Kind::any, std::move(parts));
    }
    case Op::builtin:
      if (code_->builtins[node.a]->name == "not" && node.count == 1)
        return together(Kind::negation, {predicate(child(0), slot, depth + 1)});
      return opaque();
    default:
      return opaque();
  }
}

Condition ConditionReader::compared(Op op, NodeId operand) const {
  if (op == Op::equal || op == Op::not_equal) {
    const auto value = constant(operand);
    if (!value) return opaque();
    Condition same = of_value(*value);
    return op == Op::equal ? same : together(Kind::negation, {std::move(same)});
  }
  const auto bound = endpoint(operand);
  if (!bound) return opaque();
  Condition made{Kind::range};
  const bool upper = op == Op::less || op == Op::less_or_equal;
  (upper ? made.high : made.low) = bound;
  made.low_included = op == Op::greater_or_equal;
  made.high_included = op == Op::less_or_equal;
  return made;
}

Condition ConditionReader::between(NodeId low, NodeId high, bool low_included, bool high_included) const {
  const auto from = endpoint(low);
  const auto to = endpoint(high);
  if (!from || !to) return opaque();
  return Condition{Kind::range, from, to, low_included, high_included, {}};
}

Condition ConditionReader::of_value(const Value& value) const {
  if (value.is_null()) return Condition{Kind::null};
  const auto end = [](const Value& one) { return one.is_null() ? std::nullopt : std::optional(end_of(one)); };
  if (const List* list = value.as_list()) {
    std::vector<Condition> parts;
    for (const Value& item : *list) parts.push_back(of_value(item));
    return together(Kind::any, std::move(parts));
  }
  if (const Range* range = value.as_range()) {
    if (range->comparison == Range::Comparison::equal) return of_value(range->low);
    if (range->comparison == Range::Comparison::not_equal)
      return together(Kind::negation, {of_value(range->low)});
    return Condition{Kind::range,         end(range->low),      end(range->high),
                     range->low_included, range->high_included, {}};
  }
  if (value.as_context() || value.as_function()) return opaque();
  return Condition{Kind::point, end(value)};
}

std::optional<Endpoint> ConditionReader::endpoint(NodeId id) const {
  if (const auto value = constant(id)) {
    return value->is_null() ? std::nullopt : std::optional(end_of(*value));
  }
  const std::string& text = code_->sources[code_->nodes[id].source].text;
  std::string path = path_text(id);
  return Endpoint{key(id), path.empty() ? "the bound in `" + text + "`" : std::move(path), std::nullopt};
}

bool ConditionReader::needs_no_data(NodeId id, int depth) const {
  if (depth > deepest) return false;
  const Node& node = code_->nodes[id];
  switch (node.op) {
    case Op::constant:
      return !code_->constants[node.a].as_function();
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::power:
    case Op::list:
    case Op::range:
    case Op::comparison:
    case Op::absent:
      break;
    case Op::builtin:
      if (code_->builtins[node.a]->name == "now" || code_->builtins[node.a]->name == "today") return false;
      break;
    default:
      return false;
  }
  for (std::uint32_t index = 0; index < node.count; ++index)
    if (!needs_no_data(code_->child(node, index), depth + 1)) return false;
  return true;
}

std::optional<Value> ConditionReader::constant(NodeId id) const {
  if (id == no_node || !needs_no_data(id, 0)) return std::nullopt;
  const Node& node = code_->nodes[id];
  if (node.op == Op::constant) return code_->constants[node.a];
  Conditions conditions;
  conditions.limits.steps = 10'000;
  DecisionTrace trace;
  Machine machine(code_, conditions);
  machine.trace_into(&trace);
  Value value = machine.run(id, {});
  return trace.errors.empty() ? std::optional(std::move(value)) : std::nullopt;
}

bool ConditionReader::is_input(NodeId id, std::uint32_t slot) const {
  const Node& node = code_->nodes[id];
  return node.op == Op::local && node.a == slot;
}

std::string ConditionReader::key(NodeId id) const {
  return id == no_node ? "-" : key(id, 0);
}

std::string ConditionReader::key(NodeId id, int depth) const {
  if (depth > deepest) return "#" + std::to_string(id);  // equal to nothing else
  const Node& node = code_->nodes[id];
  if (node.op == Op::constant) return code_->constants[node.a].text();
  std::string text = std::to_string(static_cast<int>(node.op)) + "." + std::to_string(node.a) + "(";
  if (node.op == Op::builtin) text = std::string(code_->builtins[node.a]->name) + "(";
  for (std::uint32_t index = 0; index < node.count; ++index) {
    text += key(code_->child(node, index), depth + 1) + ",";
    if (text.size() > longest_key) return "#" + std::to_string(id);
  }
  return text + ")";
}

std::string ConditionReader::path_text(NodeId id) const {
  const Node& node = code_->nodes[id];
  if (node.op == Op::local) return node.a < names_.size() ? names_[node.a] : "";
  if (node.op != Op::path) return {};
  const Node* subject = &code_->nodes[code_->child(node, 0)];
  std::string text = code_->names[node.a];
  for (int depth = 0; subject->op == Op::path && depth < deepest; ++depth) {
    text = code_->names[subject->a] + "." + text;
    subject = &code_->nodes[code_->child(*subject, 0)];
  }
  if (subject->op != Op::local || subject->a >= names_.size()) return {};
  return names_[subject->a] + "." + text;
}

}  // namespace softbot::dmn
