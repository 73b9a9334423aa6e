#pragma once

#include "dmn/builtins.h"
#include "dmn/code.h"

namespace softbot::dmn {

/// FEEL's + - * / ** on two values (DMN 1.5, table 55 and further); null with a reason when the kinds do not
/// fit.
[[nodiscard]] Outcome calculate(Op op, const Value& left, const Value& right);
[[nodiscard]] Outcome negated(const Value& value);

/// A duration in seconds as a number, and back (to the nanosecond).
[[nodiscard]] Number seconds_of(const DaysDuration& duration);
[[nodiscard]] std::optional<DaysDuration> duration_of_seconds(const Number& seconds);

/// Property such as `year` of a date or `start included` of a range; nothing when that kind has no such
/// property.
[[nodiscard]] std::optional<Value> property(const Value& value, std::string_view name);

}  // namespace softbot::dmn
