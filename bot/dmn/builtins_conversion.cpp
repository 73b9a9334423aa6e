#include <algorithm>
#include <cstdlib>

#include "dmn/arithmetic.h"
#include "dmn/builtin_groups.h"
#include "dmn/text.h"

// Conversions between kinds, and what works on any kind (DMN 1.5, 10.3.4.1, 10.3.4.2).
namespace softbot::dmn {

namespace {

constexpr const char* no_date = "the text is no date";

Outcome date_of(const List& arguments, Caller&) {
  const Value& from = argument(arguments, 0);
  if (arguments.size() == 3) {
    const auto year = as_whole(arguments[0]);
    const auto month = as_whole(arguments[1]);
    const auto day = as_whole(arguments[2]);
    if (!year || !month || !day) return no_value("year, month and day must be whole numbers");
    if (std::abs(*year) > 999'999'999 || *month < 1 || *month > 12 || *day < 1 || *day > 31)
      return no_value("there is no such date");
    const Date date{static_cast<std::int32_t>(*year), static_cast<std::int32_t>(*month),
                    static_cast<std::int32_t>(*day)};
    return is_valid(date) ? Outcome(Value(date)) : no_value("there is no such date");
  }
  if (arguments.size() != 1) return no_value("it takes one argument or three");
  if (const std::string* text = from.as_string()) return value_or(parse_date(*text), no_date);
  if (from.as_date()) return from;
  if (const DateTime* moment = from.as_date_time()) return Value(moment->date);
  return wrong_argument(0, "a string, a date, or a date and time", from);
}

Outcome time_from_parts(const List& arguments) {
  const auto hour = as_whole(arguments[0]);
  const auto minute = as_whole(arguments[1]);
  const Number* second = arguments[2].as_number();
  if (!hour || !minute || !second) return no_value("hour and minute must be whole numbers, second a number");
  const auto duration = duration_of_seconds(*second);
  if (*hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 || !duration || duration->seconds < 0 ||
      duration->seconds > 59)
    return no_value("there is no such time");
  Time time{static_cast<std::int32_t>(*hour),
            static_cast<std::int32_t>(*minute),
            static_cast<std::int32_t>(duration->seconds),
            duration->nanoseconds,
            {}};
  const Value& offset = argument(arguments, 3);
  if (const DaysDuration* days = offset.as_days_duration()) {
    if (std::abs(days->seconds) > 18 * 3600LL) return no_value("the offset is too large");
    time.zone = Zone{Zone::Kind::offset, static_cast<std::int32_t>(days->seconds), nullptr};
  } else if (!offset.is_null()) {
    return wrong_argument(3, "a days and time duration", offset);
  }
  return Value(time);
}

Outcome time_of(const List& arguments, Caller&) {
  const Value& from = argument(arguments, 0);
  if (arguments.size() >= 3) return time_from_parts(arguments);
  if (arguments.size() != 1) return no_value("it takes one argument, three or four");
  if (const std::string* text = from.as_string()) return value_or(parse_time(*text), "the text is no time");
  if (from.as_time()) return from;
  if (const DateTime* moment = from.as_date_time()) return Value(moment->time);
  if (from.as_date()) return Value(Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, nullptr}});
  return wrong_argument(0, "a string, a time, or a date and time", from);
}

Outcome date_time_of(const List& arguments, Caller&) {
  const Value& from = argument(arguments, 0);
  if (arguments.size() == 2) {
    const Time* time = arguments[1].as_time();
    if (!time) return wrong_argument(1, "a time", arguments[1]);
    if (const Date* date = from.as_date()) return Value(DateTime{*date, *time});
    if (const DateTime* moment = from.as_date_time()) return Value(DateTime{moment->date, *time});
    return wrong_argument(0, "a date or a date and time", from);
  }
  if (const std::string* text = from.as_string()) {
    if (const auto moment = parse_date_time(*text)) return Value(*moment);
    if (const auto date = parse_date(*text)) return Value(DateTime{*date, Time{}});
    return no_value("the text is no date and time");
  }
  if (from.as_date_time()) return from;
  if (const Date* date = from.as_date())
    return Value(DateTime{*date, Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, nullptr}}});
  return wrong_argument(0, "a string", from);
}

Outcome duration_of(const List& arguments, Caller&) {
  const Value& from = arguments[0];
  if (from.as_days_duration() || from.as_months_duration()) return from;
  const std::string* text = from.as_string();
  if (!text) return wrong_argument(0, "a string", from);
  if (const auto months = parse_months_duration(*text)) return Value(*months);
  return value_or(parse_days_duration(*text), "the text is no duration");
}

Outcome months_between_values(const List& arguments, Caller&) {
  const auto date = [](const Value& value) -> std::optional<Date> {
    if (const Date* plain = value.as_date()) return *plain;
    if (const DateTime* moment = value.as_date_time()) return moment->date;
    return std::nullopt;
  };
  const auto from = date(arguments[0]);
  const auto to = date(arguments[1]);
  if (!from) return wrong_argument(0, "a date or a date and time", arguments[0]);
  if (!to) return wrong_argument(1, "a date or a date and time", arguments[1]);
  return Value(months_between(*from, *to));
}

Outcome string_of(const List& arguments, Caller&) {
  if (arguments[0].is_null()) return Value();
  return Value(arguments[0].display());
}

Outcome number_of(const List& arguments, Caller&) {
  const Value& from = arguments[0];
  const std::string* text = from.as_string();
  if (!text)
    return from.as_number() && arguments.size() == 1 ? Outcome(from) : wrong_argument(0, "a string", from);
  const auto separator = [&](std::size_t index, std::string_view allowed) -> std::optional<std::string> {
    const Value& given = argument(arguments, index);
    if (given.is_null()) return std::string();
    const std::string* one = given.as_string();
    if (!one || one->size() != 1 || allowed.find(*one) == std::string_view::npos) return std::nullopt;
    return *one;
  };
  const auto grouping = separator(1, " ,.");
  const auto point = separator(2, ",.");
  if (!grouping || !point || (!grouping->empty() && *grouping == *point))
    return no_value("the separators must be a space, a comma or a point, and differ");
  std::string plain = *text;
  if (!grouping->empty())
    plain.erase(std::remove(plain.begin(), plain.end(), grouping->front()), plain.end());
  if (!point->empty() && *point != ".") {
    if (plain.find('.') != std::string::npos) return no_value("the text is no number");
    std::replace(plain.begin(), plain.end(), point->front(), '.');
  }
  if (const std::size_t digit = plain.find_first_not_of('-');
      digit != std::string::npos && plain[digit] == '.')
    plain.insert(digit, "0");
  return value_or(Number::parse(plain), "the text is no number");
}

Outcome not_of(const List& arguments, Caller&) {
  const auto flag = arguments[0].as_bool();
  if (flag) return Value(!*flag);
  return arguments[0].is_null() ? Outcome(Value()) : wrong_argument(0, "a boolean", arguments[0]);
}

/// Same kind and same content, component by component: other than `=`, a time in Z is not the same as in
/// +00:00@zone.
Outcome is_of(const List& arguments, Caller&) {
  if (arguments.empty()) return no_value("it takes two arguments");
  const Value& left = arguments[0];
  const Value& right = argument(arguments, 1);
  if (left.kind() != right.kind()) return Value(false);
  return Value(left == right);
}

}  // namespace

Outcome wrong_argument(std::size_t index, const char* wanted, const Value& given) {
  static constexpr const char* ordinals[] = {"first", "second", "third", "fourth", "fifth"};
  return no_value("the " + std::string(index < 5 ? ordinals[index] : "next") + " argument must be " + wanted +
                  ", not " + std::string(name_of(given.kind())));
}

std::optional<Items> as_items(const Value& value) {
  if (value.is_null()) return std::nullopt;
  return Items(value.as_list() ? value : Value(List{value}));
}

std::optional<Items> list_or_rest(const List& arguments) {
  if (arguments.size() == 1) return as_items(arguments.front());
  return Items(arguments);
}

bool is_same(const Value& left, const Value& right, Caller& caller) {
  const CountedEquality counted = count_equal(left, right);
  return caller.charge(counted.steps) && counted.equal == true;
}

std::optional<int> ordered(const Value& left, const Value& right, Caller& caller) {
  const std::string* text = left.as_string();
  if (!caller.charge(text ? 1 + text->size() / 64 : 1)) return std::nullopt;
  return feel_compare(left, right);
}

std::optional<std::int64_t> as_whole(const Value& value) {
  const Number* number = value.as_number();
  return number ? number->whole() : std::nullopt;
}

std::vector<Builtin> conversion_builtins() {
  return {
      {"date", {"from", "year,month,day"}, date_of, every_argument},
      {"time", {"from", "hour,minute,second,?offset"}, time_of, every_argument},
      {"date and time", {"from", "date,time"}, date_time_of, every_argument},
      {"duration", {"from"}, duration_of, every_argument},
      {"years and months duration", {"from,to"}, months_between_values, every_argument},
      {"string", {"from"}, string_of},
      {"number", {"from,?grouping separator,?decimal separator"}, number_of, every_argument},
      {"not", {"negand"}, not_of, every_argument},
      {"is", {"?value1,?value2"}, is_of},
  };
}

}  // namespace softbot::dmn
