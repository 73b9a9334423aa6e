#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/date.h"

namespace softbot {

/// A day that the Algemene termijnenwet (Atw) treats as a public holiday.
struct Holiday {
  Date date;
  std::string_view name;  ///< Dutch: "Tweede paasdag"
  std::string_view
      article;  ///< "Atw 3 lid 1", "Atw 3 lid 2", or "Atw 3 lid 3" for a day equated by royal decree
  bool operator==(const Holiday&) const = default;
};

/// Easter Sunday of the Gregorian calendar.
[[nodiscard]] Date easter_sunday(std::chrono::year year);

/// The day on which the King's birthday is celebrated: 27 April, or 26 April when that is a Sunday (from
/// 2014).
[[nodiscard]] Date kings_day(std::chrono::year year);

/// The holidays of a year in order, by the law as it stands (King's Day from 2014 on, no Queen's Day before),
/// with the days equated by royal decree as far as decrees are known. Two holidays can fall on one day.
[[nodiscard]] std::vector<Holiday> public_holidays(std::chrono::year year);

/// The holiday that a day is, if any.
[[nodiscard]] std::optional<Holiday> holiday_on(Date date);

/// False on Saturday, Sunday and public holidays (Atw 1 lid 1, 3).
[[nodiscard]] bool is_working_day(Date date);

/// The day itself when it is a working day, else the next one that is: the end of a term set by law (Atw 1
/// lid 1). Not for terms that count back from an event (Atw 1 lid 2), nor for terms in hours, in more than 90
/// days, in more than twelve weeks, in more than three months, or in years (Atw 4).
[[nodiscard]] Date end_of_term(Date nominal_end);

/// The n-th working day after a day; n >= 1.
[[nodiscard]] Date add_working_days(Date date, int working_days);

}  // namespace softbot
