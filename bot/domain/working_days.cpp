#include "domain/working_days.h"

#include <algorithm>
#include <array>

namespace softbot {
namespace {

struct EquatedDay {
  int year;
  unsigned month;
  unsigned day;
};

/// Days made equal to a public holiday by royal decree (Atw 3 lid 3), from the decrees for 2023-2025 and
/// 2026-2028. A decree covers three years: the next one is due in 2028.
constexpr std::array kEquatedDays = {
    EquatedDay{2023, 4, 28}, EquatedDay{2023, 5, 19}, EquatedDay{2024, 5, 10}, EquatedDay{2024, 12, 27},
    EquatedDay{2025, 5, 30}, EquatedDay{2026, 1, 2},  EquatedDay{2026, 5, 15}, EquatedDay{2027, 5, 7},
    EquatedDay{2028, 4, 28}, EquatedDay{2028, 5, 26},
};

Date day_in(std::chrono::year year, unsigned month, unsigned day) {
  return year / std::chrono::month(month) / std::chrono::day(day);
}

}  // namespace

Date easter_sunday(std::chrono::year year) {
  // The anonymous Gregorian computus (Meeus, Jones, Butcher).
  const int y = static_cast<int>(year);
  const int a = y % 19;
  const int b = y / 100;
  const int c = y % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31;
  const int day = (h + l - 7 * m + 114) % 31 + 1;
  return day_in(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Date kings_day(std::chrono::year year) {
  const Date birthday = day_in(year, 4, 27);
  return weekday_of(birthday) == std::chrono::Sunday ? add_days(birthday, -1) : birthday;
}

std::vector<Holiday> public_holidays(std::chrono::year year) {
  const Date easter = easter_sunday(year);
  constexpr std::string_view kFirst = "Atw 3 lid 1";
  std::vector<Holiday> days = {
      {day_in(year, 1, 1), "Nieuwjaarsdag", kFirst},
      {add_days(easter, -2), "Goede Vrijdag", "Atw 3 lid 2"},
      {add_days(easter, 1), "Tweede paasdag", kFirst},
      {day_in(year, 5, 5), "5 mei", kFirst},
      {add_days(easter, 39), "Hemelvaartsdag", kFirst},
      {add_days(easter, 50), "Tweede pinksterdag", kFirst},
      {day_in(year, 12, 25), "Eerste kerstdag", kFirst},
      {day_in(year, 12, 26), "Tweede kerstdag", kFirst},
  };
  if (year >= std::chrono::year(2014)) days.push_back({kings_day(year), "Koningsdag", kFirst});
  for (const EquatedDay& equated : kEquatedDays) {
    if (std::chrono::year(equated.year) != year) continue;
    days.push_back({day_in(year, equated.month, equated.day), "Gelijkgestelde dag", "Atw 3 lid 3"});
  }
  std::stable_sort(days.begin(), days.end(),
                   [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return days;
}

std::optional<Holiday> holiday_on(Date date) {
  for (const Holiday& holiday : public_holidays(date.year())) {
    if (holiday.date == date) return holiday;
  }
  return std::nullopt;
}

bool is_working_day(Date date) {
  return !is_weekend(date) && !holiday_on(date);
}

Date end_of_term(Date nominal_end) {
  while (!is_working_day(nominal_end)) nominal_end = add_days(nominal_end, 1);
  return nominal_end;
}

Date add_working_days(Date date, int working_days) {
  for (; working_days > 0; --working_days) date = end_of_term(add_days(date, 1));
  return date;
}

}  // namespace softbot
