#pragma once

#include <string>
#include <vector>

#include "domain/date.h"

namespace softbot {

/// Figures are kept by week, from Monday to Sunday; a week is named by its Monday.

/// The Monday of the week of this day.
[[nodiscard]] Date week_of(Date day);
/// 48 for 23 November 2026 (ISO 8601: week 1 has the year's first Thursday).
[[nodiscard]] int week_number(Date day);
/// The Mondays of the weeks from the one of `first` to the one of `last`; none when that one is earlier.
[[nodiscard]] std::vector<Date> weeks_between(Date first, Date last);

}  // namespace softbot
