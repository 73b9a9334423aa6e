#pragma once

#include <optional>
#include <string>
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
/// A single value counts as a list of it; null is no list.
[[nodiscard]] std::optional<List> as_items(const Value& value);
/// The arguments of f(list) or f(a, b, c).
[[nodiscard]] std::optional<List> list_or_rest(const List& arguments);
/// A whole number within 64 bits; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> as_whole(const Value& value);
template <class T>
[[nodiscard]] Outcome value_or(const std::optional<T>& value, const char* reason) {
  if (!value) return no_value(reason);
  return Value(*value);
}

}  // namespace softbot::dmn
