#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// A calendar day without a time or a zone. A Date that a function of ours returns is a day that exists.
using Date = std::chrono::year_month_day;

/// Reads "2026-03-01", "1-3-2026", "01/03/2026", "1.3.2026", "1 maart 2026" or "1 mrt. 2026". Years 1900 to
/// 2199 only, always with four digits. Error codes: date-empty, date-shape, date-not-in-calendar,
/// date-too-early, date-too-late.
[[nodiscard]] Result<Date> parse_date(std::string_view text);

/// Reads "2026-03-01" and nothing else: for machines. Same years and error codes as parse_date().
[[nodiscard]] Result<Date> parse_iso_date(std::string_view text);

/// Reads a date of birth: parse_date(), not after `today` and at most 120 years before it. Further error
/// codes: birth-date-in-future, birth-date-too-old.
[[nodiscard]] Result<Date> parse_birth_date(std::string_view text, Date today);

[[nodiscard]] std::string format_iso(Date date);            ///< 2026-03-01
[[nodiscard]] std::string format_dutch(Date date);          ///< 1 maart 2026
[[nodiscard]] std::string format_dutch_numbers(Date date);  ///< 01-03-2026
[[nodiscard]] std::string format_dutch_weekday(Date date);  ///< zondag 1 maart 2026

/// Full years of age; 0 for days before birth. Who was born on 29 February is a year older on 1 March in
/// years without that day.
[[nodiscard]] int age_on(Date birth, Date day);

[[nodiscard]] Date add_days(Date date, int days);
[[nodiscard]] Date add_weeks(Date date, int weeks);

/// The same day so many months later, or the last day of that month when it is shorter.
[[nodiscard]] Date add_months(Date date, int months);

/// Days from `from` to `to`; negative when `to` is earlier.
[[nodiscard]] int days_between(Date from, Date to);

[[nodiscard]] std::chrono::weekday weekday_of(Date date);
[[nodiscard]] bool is_weekend(Date date);

}  // namespace softbot
