#include "policy/weeks.h"

namespace softbot {

Date week_of(Date day) {
  return add_days(day, 1 - static_cast<int>(weekday_of(day).iso_encoding()));
}

int week_number(Date day) {
  const Date thursday = add_days(week_of(day), 3);
  const Date first{thursday.year(), std::chrono::January, std::chrono::day{1}};
  return days_between(first, thursday) / 7 + 1;
}

std::vector<Date> weeks_between(Date first, Date last) {
  std::vector<Date> weeks;
  for (Date week = week_of(first); week <= week_of(last); week = add_weeks(week, 1)) weeks.push_back(week);
  return weeks;
}

}  // namespace softbot
