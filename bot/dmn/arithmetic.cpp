#include "dmn/arithmetic.h"

#include <cstdlib>
#include <string>

namespace softbot::dmn {

namespace {

std::string kinds(const Value& left, const Value& right) {
  return std::string(name_of(left.kind())) + " and " + std::string(name_of(right.kind()));
}

template <class T>
Outcome or_reason(const std::optional<T>& value, const char* reason) {
  if (!value) return no_value(reason);
  return Value(*value);
}

DateTime midnight(const Date& date) {
  return DateTime{date, Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, nullptr}}};
}

Outcome plus(const Value& moment, const DaysDuration& duration) {
  constexpr const char* reason = "the result is out of the range of dates";
  if (const Time* time = moment.as_time()) return Value(add(*time, duration));
  if (const DateTime* date_time = moment.as_date_time()) return or_reason(add(*date_time, duration), reason);
  const auto result = add(midnight(*moment.as_date()), duration);
  if (!result) return no_value(reason);
  return Value(result->date);
}

Outcome plus(const Value& moment, const MonthsDuration& duration) {
  constexpr const char* reason = "the result is out of the range of dates";
  if (const DateTime* date_time = moment.as_date_time()) return or_reason(add(*date_time, duration), reason);
  return or_reason(add_months(*moment.as_date(), duration.months), reason);
}

bool is_moment(const Value& value) {
  return value.as_date() || value.as_time() || value.as_date_time();
}

bool takes(const Value& moment, const Value& duration) {
  if (!is_moment(moment)) return false;
  return duration.as_days_duration() || (duration.as_months_duration() && !moment.as_time());
}

Outcome plus(const Value& moment, const Value& duration) {
  if (const DaysDuration* days = duration.as_days_duration()) return plus(moment, *days);
  return plus(moment, *duration.as_months_duration());
}

constexpr std::int64_t most_months = 100'000'000'000'000;

Outcome months(std::int64_t count) {
  if (std::abs(count) > most_months) return no_value("the duration is too long");
  return Value(MonthsDuration{count});
}

Outcome sum(const Value& left, const Value& right) {
  if (left.as_number() && right.as_number())
    return or_reason(add(*left.as_number(), *right.as_number()), "the sum is out of range");
  if (left.as_string() && right.as_string()) return Value(*left.as_string() + *right.as_string());
  if (left.as_days_duration() && right.as_days_duration())
    return or_reason(add(*left.as_days_duration(), *right.as_days_duration()), "the duration is too long");
  if (left.as_months_duration() && right.as_months_duration())
    return months(left.as_months_duration()->months + right.as_months_duration()->months);
  if (takes(left, right)) return plus(left, right);
  if (takes(right, left)) return plus(right, left);
  return no_value("cannot add " + kinds(left, right));
}

Outcome time_between(const Value& left, const Value& right) {
  const auto moment = [](const Value& value) {
    return value.as_date() ? midnight(*value.as_date()) : *value.as_date_time();
  };
  const DateTime from = moment(right);
  const DateTime to = moment(left);
  if (utc_offset(from).has_value() != utc_offset(to).has_value())
    return no_value("cannot subtract a moment with a time zone and one without");
  return Value(between(instant(from), instant(to)));
}

Outcome difference(const Value& left, const Value& right) {
  if (left.as_number() && right.as_number())
    return or_reason(subtract(*left.as_number(), *right.as_number()), "the difference is out of range");
  if (left.as_time() && right.as_time()) {
    if (utc_offset(*left.as_time()).has_value() != utc_offset(*right.as_time()).has_value())
      return no_value("cannot subtract a time with a time zone and one without");
    return Value(between(instant(*right.as_time()), instant(*left.as_time())));
  }
  if ((left.as_date() || left.as_date_time()) && (right.as_date() || right.as_date_time()))
    return time_between(left, right);
  if (right.as_days_duration()) {
    const auto back = negate(*right.as_days_duration());
    if (back && (takes(left, right) || left.as_days_duration())) return sum(left, Value(*back));
  }
  if (right.as_months_duration()) {
    const MonthsDuration back{-right.as_months_duration()->months};
    if (takes(left, right) || left.as_months_duration()) return sum(left, Value(back));
  }
  return no_value("cannot subtract " + kinds(left, right));
}

Outcome scaled(const Value& duration, const std::optional<Number>& scaled_by) {
  constexpr const char* reason = "the duration is too long";
  if (!scaled_by) return no_value(reason);
  if (duration.as_days_duration()) return or_reason(duration_of_seconds(*scaled_by), reason);
  const auto cut = round_to(*scaled_by, 0, Number::Rounding::down);
  const auto count = cut ? cut->whole() : std::nullopt;
  return count ? months(*count) : no_value(reason);
}

/// A duration as a number: seconds or months.
std::optional<Number> size_of(const Value& value) {
  if (const DaysDuration* days = value.as_days_duration()) return seconds_of(*days);
  if (const MonthsDuration* duration = value.as_months_duration()) return Number(duration->months);
  return std::nullopt;
}

Outcome product(const Value& left, const Value& right) {
  if (left.as_number() && right.as_number())
    return or_reason(multiply(*left.as_number(), *right.as_number()), "the product is out of range");
  if (const auto size = size_of(left); size && right.as_number())
    return scaled(left, multiply(*size, *right.as_number()));
  if (const auto size = size_of(right); size && left.as_number())
    return scaled(right, multiply(*size, *left.as_number()));
  return no_value("cannot multiply " + kinds(left, right));
}

Outcome quotient(const Value& left, const Value& right) {
  const auto divisor = right.as_number() ? std::optional(*right.as_number()) : size_of(right);
  const auto dividend = left.as_number() ? std::optional(*left.as_number()) : size_of(left);
  const bool fits = right.as_number() || (left.kind() == right.kind());
  if (!divisor || !dividend || !fits) return no_value("cannot divide " + kinds(left, right));
  if (divisor->is_zero()) return no_value("division by zero");
  const auto result = divide(*dividend, *divisor);
  if (left.as_number() || left.kind() == right.kind())
    return or_reason(result, "the quotient is out of range");
  return scaled(left, result);
}

std::optional<Value> zone_property(const std::optional<std::int32_t>& offset, const Zone& zone,
                                   bool as_offset) {
  if (!as_offset) return zone.kind == Zone::Kind::named ? Value(*zone.name) : Value();
  return offset ? Value(DaysDuration{*offset, 0}) : Value();
}

std::optional<Value> date_property(const Date& date, std::string_view name) {
  if (name == "year") return Value(date.year);
  if (name == "month") return Value(date.month);
  if (name == "day") return Value(date.day);
  if (name == "weekday") return Value(weekday(date));
  return std::nullopt;
}

std::optional<Value> time_property(const Time& time, std::optional<std::int32_t> offset,
                                   std::string_view name) {
  if (name == "hour") return Value(time.hour);
  if (name == "minute") return Value(time.minute);
  if (name == "second") return Value(seconds_of(DaysDuration{time.second, time.nanosecond}));
  if (name == "time offset") return zone_property(offset, time.zone, true);
  if (name == "timezone") return zone_property(offset, time.zone, false);
  return std::nullopt;
}

std::optional<Value> duration_property(const DaysDuration& duration, std::string_view name) {
  const bool back = duration.seconds < 0;
  const DaysDuration size = back ? negate(duration).value_or(duration) : duration;
  const auto signed_value = [back](std::int64_t count) { return Value(back ? -count : count); };
  if (name == "days") return signed_value(size.seconds / 86'400);
  if (name == "hours") return signed_value(size.seconds / 3600 % 24);
  if (name == "minutes") return signed_value(size.seconds / 60 % 60);
  if (name != "seconds") return std::nullopt;
  const Number seconds = seconds_of(DaysDuration{size.seconds % 60, size.nanoseconds});
  return Value(back ? negate(seconds) : seconds);
}

std::optional<Value> range_property(const Range& range, std::string_view name) {
  if (name == "start") return range.low;
  if (name == "end") return range.high;
  if (name == "start included") return Value(range.low_included);
  if (name == "end included") return Value(range.high_included);
  return std::nullopt;
}

}  // namespace

Number seconds_of(const DaysDuration& duration) {
  const Number whole(duration.seconds);
  if (duration.nanoseconds == 0) return whole;
  const auto fraction = divide(Number(duration.nanoseconds), Number(1'000'000'000));
  return add(whole, fraction.value_or(Number(0))).value_or(whole);
}

std::optional<DaysDuration> duration_of_seconds(const Number& seconds) {
  const auto floor = round_to(seconds, 0, Number::Rounding::floor);
  const auto whole = floor ? floor->whole() : std::nullopt;
  if (!whole || std::abs(*whole) > INT64_MAX / 4) return std::nullopt;
  const auto rest = subtract(seconds, *floor);
  const auto scaled_rest = rest ? multiply(*rest, Number(1'000'000'000)) : std::nullopt;
  const auto rounded = scaled_rest ? round_to(*scaled_rest, 0, Number::Rounding::half_even) : std::nullopt;
  const auto nanoseconds = rounded ? rounded->whole() : std::nullopt;
  if (!nanoseconds) return std::nullopt;
  return add(DaysDuration{*whole, 0}, DaysDuration{*nanoseconds / 1'000'000'000,
                                                   static_cast<std::int32_t>(*nanoseconds % 1'000'000'000)});
}

Outcome calculate(Op op, const Value& left, const Value& right) {
  switch (op) {
    case Op::add:
      return sum(left, right);
    case Op::subtract:
      return difference(left, right);
    case Op::multiply:
      return product(left, right);
    case Op::divide:
      return quotient(left, right);
    default:
      break;
  }
  if (!left.as_number() || !right.as_number()) return no_value("cannot raise " + kinds(left, right));
  return or_reason(power(*left.as_number(), *right.as_number()), "the power is out of range");
}

Outcome negated(const Value& value) {
  if (const Number* number = value.as_number()) return Value(negate(*number));
  if (const DaysDuration* days = value.as_days_duration())
    return or_reason(negate(*days), "the duration is too long");
  if (const MonthsDuration* duration = value.as_months_duration())
    return Value(MonthsDuration{-duration->months});
  return no_value("cannot negate " + std::string(name_of(value.kind())));
}

std::optional<Value> property(const Value& value, std::string_view name) {
  if (const Date* date = value.as_date()) return date_property(*date, name);
  if (const Time* time = value.as_time()) return time_property(*time, utc_offset(*time), name);
  if (const DaysDuration* days = value.as_days_duration()) return duration_property(*days, name);
  if (const Range* range = value.as_range()) return range_property(*range, name);
  if (const MonthsDuration* duration = value.as_months_duration()) {
    if (name == "years") return Value(duration->months / 12);
    if (name == "months") return Value(duration->months % 12);
  }
  if (const DateTime* moment = value.as_date_time()) {
    const auto of_date = date_property(moment->date, name);
    return of_date ? of_date : time_property(moment->time, utc_offset(*moment), name);
  }
  return std::nullopt;
}

}  // namespace softbot::dmn
