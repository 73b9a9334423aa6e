#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dmn/builtins.h"

/// The groups of FEEL's functions, one file each, and what they share.
namespace softbot::dmn {

std::vector<Builtin> conversion_builtins();
std::vector<Builtin> number_builtins();
std::vector<Builtin> string_builtins();
std::vector<Builtin> list_builtins();
std::vector<Builtin> temporal_builtins();
std::vector<Builtin> context_builtins();
std::vector<Builtin> range_builtins();

/// The argument at `index`, or null when it is not given.
[[nodiscard]] inline const Value& argument(const List& arguments, std::size_t index) {
  static const Value null;
  return index < arguments.size() ? arguments[index] : null;
}

/// "the first argument must be a number, not a string".
[[nodiscard]] Outcome wrong_argument(std::size_t index, const char* wanted, const Value& given);
/// A list that is looked at in place, or a single value that counts as a list of itself.
class Items {
 public:
  explicit Items(Value list) : held_(std::move(list)), list_(held_.as_list()) {}
  explicit Items(const List& list) : list_(&list) {}

  [[nodiscard]] const List& operator*() const { return *list_; }
  [[nodiscard]] const List* operator->() const { return list_; }

 private:
  Value held_;
  const List* list_;
};

/// The items of an argument; null is no list.
[[nodiscard]] std::optional<Items> as_items(const Value& value);
/// The arguments of f(list) or f(a, b, c). What it gives looks into `arguments`.
[[nodiscard]] std::optional<Items> list_or_rest(const List& arguments);
/// FEEL's `=` and order with the work counted; nothing when the values cannot be compared or the limits are
/// reached.
[[nodiscard]] bool is_same(const Value& left, const Value& right, Caller& caller);
[[nodiscard]] std::optional<int> ordered(const Value& left, const Value& right, Caller& caller);
/// A whole number within 64 bits; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> as_whole(const Value& value);
template <class T>
[[nodiscard]] Outcome value_or(const std::optional<T>& value, const char* reason) {
  if (!value) return no_value(reason);
  return Value(*value);
}

}  // namespace softbot::dmn
