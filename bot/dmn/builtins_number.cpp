#include "dmn/builtin_groups.h"

// Functions of numbers (DMN 1.5, 10.3.4.5).
namespace softbot::dmn {

namespace {

using Rounding = Number::Rounding;
constexpr std::int64_t widest_scale = 6176;

template <Rounding rounding>
Outcome rounded(const List& arguments, Caller&) {
  const Number* number = arguments[0].as_number();
  if (!number) return wrong_argument(0, "a number", arguments[0]);
  std::int64_t scale = 0;
  if (arguments.size() > 1) {
    const Number* given = arguments[1].as_number();
    if (!given) return wrong_argument(1, "a number", arguments[1]);
    const auto cut = round_to(*given, 0, Rounding::down);
    const auto whole = cut ? cut->whole() : std::nullopt;
    if (!whole || *whole > widest_scale || *whole < -6111) return no_value("the scale is out of range");
    scale = *whole;
  }
  return value_or(round_to(*number, scale, rounding), "the number does not fit in 34 digits");
}

template <std::optional<Number> (*function)(const Number&)>
Outcome mapped(const List& arguments, Caller&) {
  const Number* number = arguments[0].as_number();
  if (!number) return wrong_argument(0, "a number", arguments[0]);
  return value_or(function(*number), "the function has no value there");
}

Outcome abs_of(const List& arguments, Caller&) {
  const Value& given = arguments[0];
  if (const Number* number = given.as_number()) return Value(absolute(*number));
  if (const DaysDuration* days = given.as_days_duration())
    return days->seconds < 0 ? value_or(negate(*days), "the duration is too long") : Outcome(given);
  if (const MonthsDuration* duration = given.as_months_duration())
    return Value(MonthsDuration{duration->months < 0 ? -duration->months : duration->months});
  return wrong_argument(0, "a number or a duration", given);
}

Outcome modulo_of(const List& arguments, Caller&) {
  const Number* dividend = arguments[0].as_number();
  const Number* divisor = arguments[1].as_number();
  if (!dividend) return wrong_argument(0, "a number", arguments[0]);
  if (!divisor) return wrong_argument(1, "a number", arguments[1]);
  return value_or(modulo(*dividend, *divisor), "division by zero");
}

std::optional<bool> is_even(const Value& value) {
  const Number* number = value.as_number();
  if (!number) return std::nullopt;
  const auto rest = modulo(*number, Number(2));
  return rest ? std::optional(rest->is_zero()) : std::nullopt;
}

Outcome even_of(const List& arguments, Caller&) {
  const auto even = is_even(arguments[0]);
  return even ? Outcome(Value(*even)) : wrong_argument(0, "a number", arguments[0]);
}

Outcome odd_of(const List& arguments, Caller&) {
  const Number* number = arguments[0].as_number();
  if (!number) return wrong_argument(0, "a number", arguments[0]);
  const auto rest = modulo(*number, Number(2));
  return Value(rest && *rest == Number(1));
}

}  // namespace

std::vector<Builtin> number_builtins() {
  return {
      {"decimal", {"n,scale"}, rounded<Rounding::half_even>, every_argument},
      {"floor", {"n,?scale"}, rounded<Rounding::floor>, every_argument},
      {"ceiling", {"n,?scale"}, rounded<Rounding::ceiling>, every_argument},
      {"round up", {"n,?scale"}, rounded<Rounding::up>, every_argument},
      {"round down", {"n,?scale"}, rounded<Rounding::down>, every_argument},
      {"round half up", {"n,?scale"}, rounded<Rounding::half_up>, every_argument},
      {"round half down", {"n,?scale"}, rounded<Rounding::half_down>, every_argument},
      {"abs", {"n"}, abs_of, every_argument},
      {"modulo", {"dividend,divisor"}, modulo_of, every_argument},
      {"sqrt", {"number"}, mapped<square_root>, every_argument},
      {"log", {"number"}, mapped<natural_logarithm>, every_argument},
      {"exp", {"number"}, mapped<exponential>, every_argument},
      {"odd", {"number"}, odd_of, every_argument},
      {"even", {"number"}, even_of, every_argument},
  };
}

}  // namespace softbot::dmn
