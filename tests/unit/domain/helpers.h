#pragma once

#include <rapidcheck.h>

#include <string>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/text.h"

namespace softbot::testing {

/// "2026-03-01" as a Date.
inline Date day(const std::string& iso) {
  return parse_iso_date(iso).value();
}

/// The code of a failure, or "" for a success: for short expectations.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : std::string(value_code(result.error()));
}

/// Any day of the years that forms take.
inline rc::Gen<Date> any_day() {
  const int days = days_between(day("1900-01-01"), day("2199-12-31"));
  return rc::gen::map(rc::gen::inRange(0, days + 1),
                      [](int offset) { return add_days(day("1900-01-01"), offset); });
}

/// Any day on which today's terms law applies.
inline rc::Gen<Date> recent_day() {
  return rc::gen::map(rc::gen::inRange(0, 366 * 20),
                      [](int offset) { return add_days(day("2020-01-01"), offset); });
}

}  // namespace softbot::testing
