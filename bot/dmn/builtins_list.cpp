#include <algorithm>
#include <utility>

#include "dmn/builtin_groups.h"

// Functions of lists (DMN 1.5, 10.3.4.4, 10.3.4.8). Positions count from 1, negative ones from the end.
namespace softbot::dmn {

namespace {

Outcome no_list(const Value& given) {
  return wrong_argument(0, "a list", given);
}

/// The index, from 0, that a FEEL position means in a list of this size.
std::optional<std::size_t> index_of_position(const Value& position, std::size_t size) {
  const auto whole = as_whole(position);
  const auto length = static_cast<std::int64_t>(size);
  if (!whole || *whole == 0 || *whole > length || *whole < -length) return std::nullopt;
  return static_cast<std::size_t>(*whole > 0 ? *whole - 1 : length + *whole);
}

bool has(const List& items, const Value& wanted, Caller& caller) {
  return std::any_of(items.begin(), items.end(),
                     [&](const Value& item) { return is_same(item, wanted, caller); });
}

Outcome list_contains(const List& arguments, Caller& caller) {
  const auto items = as_items(arguments[0]);
  return items ? Outcome(Value(has(**items, arguments[1], caller))) : no_list(arguments[0]);
}

Outcome count_of(const List& arguments, Caller&) {
  const auto items = as_items(arguments[0]);
  return items ? Outcome(Value(static_cast<std::int64_t>((*items)->size()))) : no_list(arguments[0]);
}

template <int wanted_order>
Outcome extreme(const List& arguments, Caller& caller) {
  const auto items = list_or_rest(arguments);
  if (!items) return no_list(argument(arguments, 0));
  if ((*items)->empty()) return Value();
  Value best = (*items)->front();
  if (!ordered(best, best, caller)) return no_value("the values cannot be ordered");
  for (const Value& item : **items) {
    const auto order = ordered(item, best, caller);
    if (!order) return no_value("the values cannot be ordered");
    if (*order == wanted_order) best = item;
  }
  return best;
}

/// The elements as numbers; nothing when one is no number.
std::optional<std::vector<Number>> numbers_of(const List& arguments) {
  const auto items = list_or_rest(arguments);
  if (!items) return std::nullopt;
  std::vector<Number> numbers;
  for (const Value& item : **items) {
    const Number* number = item.as_number();
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

constexpr const char* only_numbers = "all values must be numbers";
constexpr const char* out_of_range = "the result is out of range";

std::optional<Number> total(const std::vector<Number>& numbers) {
  std::optional<Number> result = Number(0);
  for (const Number& number : numbers) result = result ? add(*result, number) : result;
  return result;
}

Outcome sum_of(const List& arguments, Caller&) {
  const auto numbers = numbers_of(arguments);
  if (!numbers) return no_value(only_numbers);
  return numbers->empty() ? Outcome(Value()) : value_or(total(*numbers), out_of_range);
}

Outcome product_of(const List& arguments, Caller&) {
  const auto numbers = numbers_of(arguments);
  if (!numbers) return no_value(only_numbers);
  if (numbers->empty()) return Value();
  std::optional<Number> result = Number(1);
  for (const Number& number : *numbers) result = result ? multiply(*result, number) : result;
  return value_or(result, out_of_range);
}

std::optional<Number> mean_of_numbers(const std::vector<Number>& numbers) {
  const auto sum = total(numbers);
  return sum ? divide(*sum, Number(static_cast<std::int64_t>(numbers.size()))) : std::nullopt;
}

Outcome mean_of(const List& arguments, Caller&) {
  const auto numbers = numbers_of(arguments);
  if (!numbers) return no_value(only_numbers);
  return numbers->empty() ? Outcome(Value()) : value_or(mean_of_numbers(*numbers), out_of_range);
}

Outcome median_of(const List& arguments, Caller&) {
  auto numbers = numbers_of(arguments);
  if (!numbers) return no_value(only_numbers);
  if (numbers->empty()) return Value();
  std::sort(numbers->begin(), numbers->end());
  const std::size_t middle = numbers->size() / 2;
  if (numbers->size() % 2 == 1) return Value((*numbers)[middle]);
  return value_or(mean_of_numbers({(*numbers)[middle - 1], (*numbers)[middle]}), out_of_range);
}

Outcome stddev_of(const List& arguments, Caller&) {
  const auto numbers = numbers_of(arguments);
  if (!numbers) return no_value(only_numbers);
  if (numbers->size() < 2) return no_value("it needs at least two numbers");
  const auto mean = mean_of_numbers(*numbers);
  if (!mean) return no_value(out_of_range);
  std::optional<Number> squares = Number(0);
  for (const Number& number : *numbers) {
    const auto distance = subtract(number, *mean);
    const auto square = distance ? multiply(*distance, *distance) : std::nullopt;
    squares = squares && square ? add(*squares, *square) : std::nullopt;
  }
  const auto variance =
      squares ? divide(*squares, Number(static_cast<std::int64_t>(numbers->size()) - 1)) : std::nullopt;
  return value_or(variance ? square_root(*variance) : std::nullopt, out_of_range);
}

Outcome mode_of(const List& arguments, Caller&) {
  auto numbers = numbers_of(arguments);
  if (!numbers) return no_value(only_numbers);
  std::sort(numbers->begin(), numbers->end());
  std::size_t most = 0;
  List modes;
  for (std::size_t begin = 0; begin < numbers->size();) {
    std::size_t end = begin;
    while (end < numbers->size() && (*numbers)[end] == (*numbers)[begin]) ++end;
    if (end - begin > most) modes.clear();
    if (end - begin >= most) modes.emplace_back((*numbers)[begin]);
    most = std::max(most, end - begin);
    begin = end;
  }
  return Value(std::move(modes));
}

/// all() and any(): one element with the decisive value decides; else null if any is null.
template <bool decisive>
Outcome combined(const List& arguments, Caller&) {
  const auto items = list_or_rest(arguments);
  if (!items) return no_list(argument(arguments, 0));
  bool doubtful = false;
  for (const Value& item : **items) {
    if (item.as_bool() == decisive) return Value(decisive);
    doubtful = doubtful || !item.as_bool();
  }
  return doubtful ? no_value("not all values are booleans") : Outcome(Value(!decisive));
}

Outcome sublist_of(const List& arguments, Caller&) {
  const auto items = as_items(arguments[0]);
  if (!items) return no_list(arguments[0]);
  const auto begin = index_of_position(arguments[1], (*items)->size());
  if (!begin) return no_value("the start position is not in the list");
  std::size_t length = (*items)->size() - *begin;
  if (arguments.size() > 2) {
    const auto wanted = as_whole(arguments[2]);
    if (!wanted || *wanted < 0 || static_cast<std::size_t>(*wanted) > length)
      return no_value("the length does not fit");
    length = static_cast<std::size_t>(*wanted);
  }
  const auto first = (*items)->begin() + static_cast<std::ptrdiff_t>(*begin);
  return Value(List(first, first + static_cast<std::ptrdiff_t>(length)));
}

Outcome append_to(const List& arguments, Caller&) {
  const auto given = as_items(arguments[0]);
  if (!given) return no_list(arguments[0]);
  List items = **given;
  items.insert(items.end(), arguments.begin() + 1, arguments.end());
  return Value(std::move(items));
}

Outcome concatenate(const List& arguments, Caller& caller) {
  List result;
  for (const Value& one : arguments) {
    const auto items = as_items(one);
    if (!items) return no_value("all arguments must be lists");
    if (!caller.charge((*items)->size())) return Value();
    result.insert(result.end(), (*items)->begin(), (*items)->end());
  }
  return Value(std::move(result));
}

Outcome insert_before(const List& arguments, Caller&) {
  const auto given = as_items(arguments[0]);
  if (!given) return no_list(arguments[0]);
  List items = **given;
  const auto index = index_of_position(arguments[1], items.size());
  if (!index) return no_value("the position is not in the list");
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(*index), arguments[2]);
  return Value(std::move(items));
}

Outcome remove_at(const List& arguments, Caller&) {
  const auto given = as_items(arguments[0]);
  if (!given) return no_list(arguments[0]);
  List items = **given;
  const auto index = index_of_position(arguments[1], items.size());
  if (!index) return no_value("the position is not in the list");
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(*index));
  return Value(std::move(items));
}

Outcome list_replace(const List& arguments, Caller& caller) {
  const auto given = as_items(arguments[0]);
  if (!given) return no_list(arguments[0]);
  List items = **given;
  if (arguments[1].as_function()) {
    for (Value& item : items) {
      const Value matched = caller.call(arguments[1], {item, arguments[2]});
      if (!matched.as_bool()) return no_value("the match function gives no boolean");
      if (matched.is_true()) item = arguments[2];
    }
    return Value(std::move(items));
  }
  const Number* position = arguments[1].as_number();
  const auto cut = position ? round_to(*position, 0, Number::Rounding::down) : std::nullopt;
  const auto index = index_of_position(Value(cut), items.size());
  if (!index) return no_value("the position is not in the list");
  items[*index] = arguments[2];
  return Value(std::move(items));
}

Outcome reverse_of(const List& arguments, Caller&) {
  const auto given = as_items(arguments[0]);
  if (!given) return no_list(arguments[0]);
  List items = **given;
  std::reverse(items.begin(), items.end());
  return Value(std::move(items));
}

Outcome index_of(const List& arguments, Caller& caller) {
  const auto items = as_items(arguments[0]);
  if (!items) return no_list(arguments[0]);
  List found;
  for (std::size_t index = 0; index < (*items)->size(); ++index)
    if (is_same((**items)[index], arguments[1], caller))
      found.emplace_back(static_cast<std::int64_t>(index) + 1);
  return Value(std::move(found));
}

Outcome distinct(const List& items, Caller& caller) {
  List result;
  for (const Value& item : items) {
    if (!caller.charge(1)) return Value();
    if (!has(result, item, caller)) result.push_back(item);
  }
  return Value(std::move(result));
}

Outcome distinct_values(const List& arguments, Caller& caller) {
  const auto items = as_items(arguments[0]);
  return items ? distinct(**items, caller) : no_list(arguments[0]);
}

Outcome union_of(const List& arguments, Caller& caller) {
  Outcome all = concatenate(arguments, caller);
  if (!all || !all->as_list()) return all;
  return distinct(*all->as_list(), caller);
}

void flatten_into(const List& items, List& result, Caller& caller) {
  for (const Value& item : items) {
    if (!caller.charge(1) || result.size() > caller.conditions().limits.list_size) return;
    if (const List* inner = item.as_list()) {
      flatten_into(*inner, result, caller);
    } else {
      result.push_back(item);
    }
  }
}

Outcome flatten_of(const List& arguments, Caller& caller) {
  const auto items = as_items(arguments[0]);
  if (!items) return no_list(arguments[0]);
  List result;
  flatten_into(**items, result, caller);
  return Value(std::move(result));
}

/// Merge sort: however strange the function that compares, it ends, and never reads outside the list. Nothing
/// when two elements cannot be ordered.
std::optional<List> sorted(List items, const Value& precedes, Caller& caller) {
  if (items.size() < 2) return items;
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  const auto left = sorted(List(items.begin(), middle), precedes, caller);
  const auto right = left ? sorted(List(middle, items.end()), precedes, caller) : std::nullopt;
  if (!right) return std::nullopt;
  List merged;
  auto from_left = left->begin();
  auto from_right = right->begin();
  while (from_left != left->end() && from_right != right->end()) {
    std::optional<bool> right_first;
    if (precedes.is_null()) {
      const auto order = ordered(*from_right, *from_left, caller);
      right_first = order ? std::optional(*order < 0) : std::nullopt;
    } else {
      right_first = caller.call(precedes, {*from_right, *from_left}).as_bool();
    }
    if (!right_first || !caller.charge(1)) return std::nullopt;
    merged.push_back(*right_first ? *from_right++ : *from_left++);
  }
  merged.insert(merged.end(), from_left, left->end());
  merged.insert(merged.end(), from_right, right->end());
  return merged;
}

Outcome sort_of(const List& arguments, Caller& caller) {
  const auto items = as_items(arguments[0]);
  if (!items) return no_list(arguments[0]);
  const Value& precedes = argument(arguments, 1);
  if (!precedes.is_null() && !precedes.as_function()) return wrong_argument(1, "a function", precedes);
  auto result = sorted(**items, precedes, caller);
  return result ? Outcome(Value(std::move(*result))) : no_value("the elements cannot be ordered");
}

}  // namespace

std::vector<Builtin> list_builtins() {
  return {
      {"list contains", {"list,element"}, list_contains},
      {"count", {"list"}, count_of},
      {"min", {"list", "c1,*cs"}, extreme<-1>},
      {"max", {"list", "c1,*cs"}, extreme<1>},
      {"sum", {"list", "n1,*ns"}, sum_of},
      {"mean", {"list", "n1,*ns"}, mean_of},
      {"product", {"list", "n1,*ns"}, product_of},
      {"median", {"list", "n1,*ns"}, median_of},
      {"stddev", {"list", "n1,*ns"}, stddev_of},
      {"mode", {"list", "n1,*ns"}, mode_of},
      {"all", {"list", "b1,*bs"}, combined<false>},
      {"any", {"list", "b1,*bs"}, combined<true>},
      {"sublist", {"list,start position,?length"}, sublist_of, 0b110},
      {"append", {"list,*items"}, append_to},
      {"concatenate", {"*list"}, concatenate},
      {"insert before", {"list,position,newItem"}, insert_before, 0b010},
      {"remove", {"list,position"}, remove_at, 0b10},
      {"list replace", {"list,position,newItem", "list,match,newItem"}, list_replace, 0b010},
      {"reverse", {"list"}, reverse_of},
      {"index of", {"list,match"}, index_of},
      {"union", {"*list"}, union_of},
      {"distinct values", {"list"}, distinct_values},
      {"flatten", {"list"}, flatten_of},
      {"sort", {"list,?precedes"}, sort_of, 0b10},
  };
}

}  // namespace softbot::dmn
