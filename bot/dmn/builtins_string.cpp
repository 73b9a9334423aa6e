#include <utility>

#include "dmn/builtin_groups.h"
#include "dmn/regex.h"
#include "dmn/text.h"

// Functions of strings, by code point (DMN 1.5, 10.3.4.3). Positions count from 1, negative ones from the
// end.
namespace softbot::dmn {

namespace {

/// The strings of all arguments up to `count`; nothing when one is no string.
std::optional<std::vector<std::string>> texts(const List& arguments, std::size_t count) {
  std::vector<std::string> found;
  for (std::size_t index = 0; index < count; ++index) {
    const std::string* text = argument(arguments, index).as_string();
    if (!text) return std::nullopt;
    found.push_back(*text);
  }
  return found;
}

constexpr const char* only_strings = "the arguments must be strings";

/// The whole part of a number; positions may be written 1.2.
std::optional<std::int64_t> position_of(const Value& value) {
  const Number* number = value.as_number();
  const auto cut = number ? round_to(*number, 0, Number::Rounding::down) : std::nullopt;
  return cut ? cut->whole() : std::nullopt;
}

Outcome substring_of(const List& arguments, Caller&) {
  const auto given = texts(arguments, 1);
  if (!given) return no_value(only_strings);
  const std::u32string text = to_code_points(given->front());
  const auto size = static_cast<std::int64_t>(text.size());
  const auto start = position_of(arguments[1]);
  if (!start || *start == 0) return no_value("the start position must be a number other than 0");
  if (*start > size || *start < -size) return no_value("the start position is outside the string");
  const std::int64_t begin = *start > 0 ? *start - 1 : size + *start;
  std::int64_t length = size - begin;
  if (const Value& wanted = argument(arguments, 2); !wanted.is_null()) {
    const auto whole = position_of(wanted);
    if (!whole || *whole < 1) return no_value("the length must be a number of 1 or more");
    length = std::min(length, *whole);
  }
  return Value(to_utf8(
      std::u32string_view(text).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(length))));
}

Outcome length_of(const List& arguments, Caller&) {
  const auto given = texts(arguments, 1);
  if (!given) return no_value(only_strings);
  return Value(static_cast<std::int64_t>(count_code_points(given->front())));
}

template <std::string (*function)(std::string_view)>
Outcome mapped_text(const List& arguments, Caller&) {
  const auto given = texts(arguments, 1);
  return given ? Outcome(Value(function(given->front()))) : no_value(only_strings);
}

Outcome before_match(const List& arguments, Caller&) {
  const auto given = texts(arguments, 2);
  if (!given) return no_value(only_strings);
  const std::size_t at = find_text(given->front(), given->back());
  return Value(at == std::string::npos ? std::string() : given->front().substr(0, at));
}

Outcome after_match(const List& arguments, Caller&) {
  const auto given = texts(arguments, 2);
  if (!given) return no_value(only_strings);
  const std::size_t at = find_text(given->front(), given->back());
  return Value(at == std::string::npos ? std::string() : given->front().substr(at + given->back().size()));
}

Outcome contains_text(const List& arguments, Caller&) {
  const auto given = texts(arguments, 2);
  if (!given) return no_value(only_strings);
  return Value(find_text(given->front(), given->back()) != std::string::npos);
}

Outcome starts_with(const List& arguments, Caller&) {
  const auto given = texts(arguments, 2);
  if (!given) return no_value(only_strings);
  return Value(given->front().compare(0, given->back().size(), given->back()) == 0);
}

Outcome ends_with(const List& arguments, Caller&) {
  const auto given = texts(arguments, 2);
  if (!given) return no_value(only_strings);
  const std::string& text = given->front();
  const std::string& end = given->back();
  return Value(text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0);
}

/// The optional flags at `index`: "" when absent, nothing when they are no string.
std::optional<std::string> flags_at(const List& arguments, std::size_t index) {
  const Value& given = argument(arguments, index);
  if (given.is_null()) return std::string();
  const std::string* text = given.as_string();
  return text ? std::optional(*text) : std::nullopt;
}

Outcome matches_of(const List& arguments, Caller& caller) {
  const auto given = texts(arguments, 2);
  const auto flags = flags_at(arguments, 2);
  if (!given || !flags) return no_value(only_strings);
  const Regex::Charge charge = [&caller](std::size_t work) { return caller.charge(work); };
  if (!charge(100 + given->front().size() / 16)) return Value();
  const auto regex = Regex::compile(given->back(), *flags);
  if (!regex) return no_value(regex.error());
  const auto matched = regex->matches(given->front(), charge);
  return matched ? Outcome(Value(*matched)) : no_value(matched.error());
}

Outcome replace_of(const List& arguments, Caller& caller) {
  const auto given = texts(arguments, 3);
  const auto flags = flags_at(arguments, 3);
  if (!given || !flags) return no_value(only_strings);
  const Regex::Charge charge = [&caller](std::size_t work) { return caller.charge(work); };
  if (!charge(100 + given->front().size() / 16)) return Value();
  const auto regex = Regex::compile((*given)[1], *flags);
  if (!regex) return no_value(regex.error());
  if (regex->matches("", charge) == true) return no_value("the pattern matches a text without letters");
  auto replaced = regex->replace((*given)[0], (*given)[2], caller.conditions().limits.text_size, charge);
  return replaced ? Outcome(Value(std::move(*replaced))) : no_value(replaced.error());
}

Outcome split_of(const List& arguments, Caller& caller) {
  const auto given = texts(arguments, 2);
  if (!given) return no_value(only_strings);
  const Regex::Charge charge = [&caller](std::size_t work) { return caller.charge(work); };
  if (!charge(100 + given->front().size() / 16)) return Value();
  const auto regex = Regex::compile(given->back(), "");
  if (!regex) return no_value(regex.error());
  const auto parts = regex->split(given->front(), charge);
  if (!parts) return no_value(parts.error());
  return Value(List(parts->begin(), parts->end()));
}

Outcome join_of(const List& arguments, Caller& caller) {
  const auto items = as_items(arguments[0]);
  if (!items) return wrong_argument(0, "a list of strings", arguments[0]);
  const auto delimiter = flags_at(arguments, 1);
  if (!delimiter) return wrong_argument(1, "a string", arguments[1]);
  std::string result;
  bool first = true;
  for (const Value& item : **items) {
    if (item.is_null()) continue;
    const std::string* text = item.as_string();
    if (!text) return no_value("not all elements are strings");
    if (!first) result += *delimiter;
    first = false;
    result += *text;
    if (result.size() > caller.conditions().limits.text_size) return no_value("the result is too long");
  }
  return Value(std::move(result));
}

}  // namespace

std::vector<Builtin> string_builtins() {
  return {
      {"substring", {"string,start position,?length"}, substring_of, every_argument},
      {"string length", {"string"}, length_of, every_argument},
      {"upper case", {"string"}, mapped_text<to_upper>, every_argument},
      {"lower case", {"string"}, mapped_text<to_lower>, every_argument},
      {"substring before", {"string,match"}, before_match, every_argument},
      {"substring after", {"string,match"}, after_match, every_argument},
      {"replace", {"input,pattern,replacement,?flags"}, replace_of, every_argument},
      {"contains", {"string,match"}, contains_text, every_argument},
      {"starts with", {"string,match"}, starts_with, every_argument},
      {"ends with", {"string,match"}, ends_with, every_argument},
      {"matches", {"input,pattern,?flags"}, matches_of, every_argument},
      {"split", {"string,delimiter"}, split_of, every_argument},
      {"string join", {"list,?delimiter"}, join_of, 0b10},
  };
}

}  // namespace softbot::dmn
