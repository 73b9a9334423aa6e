#include <utility>

#include "dmn/machine.h"

// Ranges, `in` and unary tests: three-valued, so that "not" and "cannot say" stay apart.
namespace softbot::dmn {

namespace {

/// Whether an operation gives its own truth as a unary test, such as `x > 3` in a cell.
bool speaks_for_itself(Op op) {
  switch (op) {
    case Op::conjunction:
    case Op::disjunction:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_or_equal:
    case Op::greater:
    case Op::greater_or_equal:
    case Op::between:
    case Op::in:
    case Op::some:
    case Op::every:
    case Op::instance_of:
      return true;
    default:
      return false;
  }
}

/// Whether an operation may give a truth of its own, as a call of a function or a variable does. What is
/// written down is what the input is compared with.
bool may_speak_for_itself(Op op) {
  return op != Op::constant && op != Op::list && op != Op::range && op != Op::comparison;
}

std::optional<bool> inside(const Range& range, const Value& value) {
  using Comparison = Range::Comparison;
  if (range.comparison == Comparison::equal) return feel_equal(value, range.low);
  if (range.comparison == Comparison::not_equal) {
    const auto same = feel_equal(value, range.low);
    return same ? std::optional(!*same) : std::nullopt;
  }
  const bool needs_low = range.comparison == Comparison::none || range.comparison == Comparison::greater ||
                         range.comparison == Comparison::greater_or_equal;
  const bool needs_high = range.comparison == Comparison::none || !needs_low;
  if (needs_low) {
    const auto order = feel_compare(value, range.low);
    if (!order) return std::nullopt;
    if (*order < 0 || (*order == 0 && !range.low_included)) return false;
  }
  if (needs_high) {
    const auto order = feel_compare(value, range.high);
    if (!order) return std::nullopt;
    if (*order > 0 || (*order == 0 && !range.high_included)) return false;
  }
  return true;
}

}  // namespace

/// Whether a value meets what a test evaluated to: a range holds it, a list has it, or it is equal.
std::optional<bool> Machine::meets(const Value& input, const Value& tested) {
  if (!charge(1)) return std::nullopt;
  if (const Range* range = tested.as_range()) {
    if (input.as_range()) return equal(input, tested);
    return inside(*range, input);
  }
  const List* list = tested.as_list();
  if (!list) return equal(input, tested);
  if (input.as_list() && equal(input, tested) == true) return true;
  bool doubtful = false;
  for (const Value& item : *list) {
    const auto met = item.as_list() ? equal(input, item) : meets(input, item);
    if (met == true) return true;
    doubtful = doubtful || (!met && item.as_range());
  }
  return doubtful ? std::nullopt : std::optional(false);
}

Value Machine::in(const Node& node) {
  const Value value = evaluate(code_->child(node, 0));
  bool doubtful = false;
  for (std::uint32_t index = 1; index < node.count; ++index) {
    const auto met = meets(value, evaluate(code_->child(node, index)));
    if (met == true) return Value(true);
    doubtful = doubtful || !met;
  }
  if (doubtful) return fail(node, "`in` cannot say whether " + value.excerpt() + " is there");
  return Value(false);
}

std::optional<bool> Machine::test(NodeId id, const Value& input) {
  const Node& node = code_->nodes[id];
  const Value tested = evaluate(id);
  if (node.op == Op::predicate) return tested.as_bool();
  if (tested.as_bool() && !input.as_bool() &&
      (speaks_for_itself(node.op) || (!input.is_null() && may_speak_for_itself(node.op))))
    return tested.as_bool();
  return meets(input, tested);
}

Value Machine::unary_tests(const Node& node) {
  const Value input = stack_[base_ + node.a];
  const bool negated = node.b != 0;
  bool doubtful = false;
  for (std::uint32_t index = 0; index < node.count; ++index) {
    const auto met = test(code_->child(node, index), input);
    if (met == true) return Value(!negated);
    doubtful = doubtful || !met;
  }
  return doubtful ? Value() : Value(negated);
}

}  // namespace softbot::dmn
