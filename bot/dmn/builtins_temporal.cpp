#include <array>

#include "dmn/builtin_groups.h"

// Functions of dates (DMN 1.5, 10.3.4.9).
namespace softbot::dmn {

namespace {

std::optional<Date> date_in(const Value& value) {
  if (const Date* date = value.as_date()) return *date;
  if (const DateTime* moment = value.as_date_time()) return moment->date;
  return std::nullopt;
}

template <std::int32_t (*function)(const Date&)>
Outcome number_of_date(const List& arguments, Caller&) {
  const auto date = date_in(arguments[0]);
  return date ? Outcome(Value(function(*date)))
              : wrong_argument(0, "a date or a date and time", arguments[0]);
}

Outcome day_of_week(const List& arguments, Caller&) {
  static constexpr std::array<const char*, 7> names = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                       "Friday", "Saturday", "Sunday"};
  const auto date = date_in(arguments[0]);
  if (!date) return wrong_argument(0, "a date or a date and time", arguments[0]);
  return Value(names.at(static_cast<std::size_t>(weekday(*date) - 1)));
}

Outcome month_of_year(const List& arguments, Caller&) {
  static constexpr std::array<const char*, 12> names = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};
  const auto date = date_in(arguments[0]);
  if (!date) return wrong_argument(0, "a date or a date and time", arguments[0]);
  return Value(names.at(static_cast<std::size_t>(date->month - 1)));
}

constexpr const char* no_clock = "no moment was given with this evaluation";

Outcome now_of(const List&, Caller& caller) {
  return value_or(caller.conditions().now, no_clock);
}

Outcome today_of(const List&, Caller& caller) {
  const auto& now = caller.conditions().now;
  return now ? Outcome(Value(now->date)) : no_value(no_clock);
}

}  // namespace

std::vector<Builtin> temporal_builtins() {
  return {
      {"day of year", {"date"}, number_of_date<day_of_year>, every_argument},
      {"week of year", {"date"}, number_of_date<iso_week>, every_argument},
      {"day of week", {"date"}, day_of_week, every_argument},
      {"month of year", {"date"}, month_of_year, every_argument},
      {"now", {""}, now_of, every_argument},
      {"today", {""}, today_of, every_argument},
  };
}

}  // namespace softbot::dmn
