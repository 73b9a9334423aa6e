#include <utility>

#include "dmn/machine.h"

// for, some, every and filters. All that they build is counted against the limits.
namespace softbot::dmn {

Value Machine::iteration(const Node& node) {
  const Value low = evaluate(code_->child(node, 0));
  const Value high = evaluate(code_->child(node, 1));
  List items;
  if (low.as_number() && high.as_number()) {
    const auto from = low.as_number()->whole();
    const auto to = high.as_number()->whole();
    if (!from || !to) return fail(node, "an iteration runs over whole numbers only");
    const std::int64_t step = *from <= *to ? 1 : -1;
    for (std::int64_t value = *from;; value += step) {
      if (items.size() >= limits_.list_size || !charge(1)) return fail(node, "an iteration is too long");
      items.emplace_back(value);
      if (value == *to) break;
    }
  } else if (low.as_date() && high.as_date()) {
    const std::int64_t to = day_number(*high.as_date());
    const std::int64_t step = *low.as_date() <= *high.as_date() ? 1 : -1;
    for (std::int64_t day = day_number(*low.as_date());; day += step) {
      if (items.size() >= limits_.list_size || !charge(1)) return fail(node, "an iteration is too long");
      items.emplace_back(date_of_day_number(day));
      if (day == to) break;
    }
  } else {
    return fail(node, "an iteration runs over whole numbers or dates");
  }
  return made_list(node, std::move(items));
}

/// What a loop runs over: a list, a range of whole numbers or dates, or a single value.
Value Machine::items_of(const Node& node, const Value& domain) {
  if (domain.as_list()) return domain;
  const Range* range = domain.as_range();
  if (!range) return domain.is_null() ? Value() : Value(List{domain});
  if (!(range->low.as_number() || range->low.as_date()) || range->high.kind() != range->low.kind())
    return fail(node, "a loop cannot run over this range");
  List items;
  const auto bound = [](const Value& value) {
    return value.as_date() ? std::optional(day_number(*value.as_date())) : value.as_number()->whole();
  };
  const auto low = bound(range->low);
  const auto high = bound(range->high);
  if (!low || !high) return fail(node, "a loop runs over whole numbers only");
  for (std::int64_t value = *low + (range->low_included ? 0 : 1);
       value < *high + (range->high_included ? 1 : 0); ++value) {
    if (items.size() >= limits_.list_size || !charge(1)) return fail(node, "an iteration is too long");
    items.push_back(range->low.as_date() ? Value(date_of_day_number(value)) : Value(value));
  }
  return made_list(node, std::move(items));
}

Value Machine::for_each(const Node& node) {
  const std::size_t begin = stack_.size();
  stack_.emplace_back(List{});
  List results;
  loop_failed_ = false;
  for_each_level(node, 0, results);
  const bool failed = std::exchange(loop_failed_, false);
  stack_.resize(begin);
  if (failed || exhausted_) return {};
  return made_list(node, std::move(results));
}

void Machine::for_each_level(const Node& node, std::uint32_t level, List& results) {
  const std::uint32_t domains = node.count - 1;
  if (level == domains) {
    if (results.size() >= limits_.list_size) {
      fail(node, "a list has more than " + std::to_string(limits_.list_size) + " elements");
      loop_failed_ = true;
      return;
    }
    if (node.a != 0) {
      if (!charge(results.size() / 8)) return;
      stack_[stack_.size() - 1 - domains] = Value(results);
    }
    Value result = evaluate(code_->child(node, domains));
    loop_failed_ = false;  // a loop inside that failed gave null; this one goes on
    results.push_back(std::move(result));
    return;
  }
  const Value domain = items_of(node, evaluate(code_->child(node, level)));
  const List* items = domain.as_list();
  if (!items) {
    fail(node, "there is nothing to run over");
    loop_failed_ = true;
    return;
  }
  for (const Value& item : *items) {
    if (!charge(1)) return;
    stack_.push_back(item);
    for_each_level(node, level + 1, results);
    stack_.pop_back();
    if (loop_failed_ || exhausted_) return;
  }
}

Value Machine::quantified(const Node& node) {
  const bool stop_at = node.op == Op::some;
  const auto result = quantified_level(node, 0, stop_at);
  return result ? Value(*result) : Value();
}

/// Three-valued: `some` is true at the first true, `every` false at the first false; else null if any was
/// null.
std::optional<bool> Machine::quantified_level(const Node& node, std::uint32_t level, bool stop_at) {
  if (level == node.count - 1) return evaluate(code_->child(node, level)).as_bool();
  const Value domain = items_of(node, evaluate(code_->child(node, level)));
  const List* items = domain.as_list();
  if (!items) {
    fail(node, "there is nothing to run over");
    return std::nullopt;
  }
  bool doubtful = false;
  for (const Value& item : *items) {
    if (!charge(1)) return std::nullopt;
    stack_.push_back(item);
    const auto result = quantified_level(node, level + 1, stop_at);
    stack_.pop_back();
    if (exhausted_) return std::nullopt;
    if (result == stop_at) return stop_at;
    doubtful = doubtful || !result;
  }
  return doubtful ? std::nullopt : std::optional(!stop_at);
}

Value Machine::filter(const Node& node) {
  const Value subject = evaluate(code_->child(node, 0));
  if (subject.is_null()) return {};
  const Value as_list = subject.as_list() ? subject : Value(List{subject});
  const List& items = *as_list.as_list();
  const NodeId condition = code_->child(node, 1);
  const auto at_index = [&](const Number& number) -> Value {
    const auto index = number.whole();
    const auto size = static_cast<std::int64_t>(items.size());
    if (!index || *index == 0 || *index > size || *index < -size)
      return fail(node, "the list has no element " + number.shortest_text());
    return items[static_cast<std::size_t>(*index > 0 ? *index - 1 : size + *index)];
  };
  List results;
  if (items.empty()) {
    DecisionTrace unread;  // of conditions about an item that is not there
    DecisionTrace* const outer = trace_into(&unread);
    const std::uint64_t doubts = doubts_;
    stack_.emplace_back();
    const Value index = evaluate(condition);
    stack_.pop_back();
    trace_into(outer);
    doubts_ = doubts;
    if (exhausted_ && !unread.errors.empty()) note(unread.errors.back());
    return index.as_number() ? at_index(*index.as_number()) : Value(List{});
  }
  for (const Value& item : items) {
    if (!charge(1)) return {};
    stack_.push_back(item);
    const Value verdict = evaluate(condition);
    stack_.pop_back();
    if (exhausted_) return {};
    if (verdict.as_number()) return at_index(*verdict.as_number());
    if (verdict.is_true()) results.push_back(item);
    if (node.b != 0 && !verdict.is_null() && !verdict.as_bool())
      return fail(node, "the condition of the filter is no boolean");
  }
  return made_list(node, std::move(results));
}

}  // namespace softbot::dmn
