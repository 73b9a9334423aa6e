#include "domain/date.h"

#include <array>
#include <cstdio>
#include <optional>
#include <vector>

#include "domain/text.h"

namespace softbot {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"januari",   "februari", "maart",    "april",
                                                      "mei",       "juni",     "juli",     "augustus",
                                                      "september", "oktober",  "november", "december"};
constexpr std::array<std::string_view, 12> kShortMonths = {"jan", "feb", "mrt", "apr", "mei", "jun",
                                                           "jul", "aug", "sep", "okt", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"zondag",    "maandag", "dinsdag", "woensdag",
                                                       "donderdag", "vrijdag", "zaterdag"};
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

std::optional<unsigned> number_of(std::string_view digits, std::size_t most) {
  if (digits.empty() || digits.size() > most) return std::nullopt;
  unsigned value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

std::optional<unsigned> month_of(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  for (unsigned i = 0; i < 12; ++i) {
    if (word == kMonths[i] || word == kShortMonths[i]) return i + 1;
  }
  if (word == "mar" || word == "mrt") return 3;
  if (word == "sept") return 9;
  return std::nullopt;
}

tl::unexpected<Error> bad_shape() {
  return fail_value("date-shape", "Vul de datum in als dag-maand-jaar, bijvoorbeeld 31-12-2026.");
}

Result<Date> checked(std::optional<unsigned> year, std::optional<unsigned> month,
                     std::optional<unsigned> day) {
  if (!year || !month || !day) return bad_shape();
  const Date date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                  std::chrono::day(*day)};
  if (!date.ok())
    return fail_value("date-not-in-calendar", "Deze dag bestaat niet. Controleer dag en maand.");
  if (*year < kFirstYear) {
    return fail_value("date-too-early", "Het jaar ligt vóór 1900. Controleer het jaartal.");
  }
  if (*year > kLastYear) {
    return fail_value("date-too-late", "Het jaar ligt te ver in de toekomst. Controleer het jaartal.");
  }
  return date;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string printed(const char* format, unsigned first, unsigned second, int year) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), format, first, second, year);
  return text.data();
}

std::chrono::sys_days day_count(Date date) {
  return std::chrono::sys_days(date);
}

}  // namespace

Result<Date> parse_iso_date(std::string_view text) {
  if (text.empty()) return fail_value("date-empty", "Vul een datum in.");
  const bool shape = text.size() == 10 && text[4] == '-' && text[7] == '-';
  if (!shape) return bad_shape();
  return checked(number_of(text.substr(0, 4), 4), number_of(text.substr(5, 2), 2),
                 number_of(text.substr(8, 2), 2));
}

Result<Date> parse_date(std::string_view text) {
  if (text.size() > 60) return bad_shape();
  const std::string typed = ascii_lower(collapse_spaces(text));
  if (typed.empty()) return fail_value("date-empty", "Vul een datum in.");
  if (typed.size() == 10 && typed[4] == '-') return parse_iso_date(typed);

  for (const char separator : {'-', '/', '.'}) {
    const auto parts = split(typed, separator);
    if (parts.size() != 3) continue;
    const std::string_view year = trim(parts[2]);
    if (year.size() != 4) return bad_shape();
    return checked(number_of(year, 4), number_of(trim(parts[1]), 2), number_of(trim(parts[0]), 2));
  }
  const auto words = split(typed, ' ');
  if (words.size() != 3 || words[2].size() != 4) return bad_shape();
  return checked(number_of(words[2], 4), month_of(words[1]), number_of(words[0], 2));
}

Result<Date> parse_birth_date(std::string_view text, Date today) {
  Result<Date> date = parse_date(text);
  if (!date) return date;
  if (*date > today) {
    return fail_value("birth-date-in-future", "Een geboortedatum kan niet in de toekomst liggen.");
  }
  if (age_on(*date, today) > 120) {
    return fail_value("birth-date-too-old",
                      "De geboortedatum is meer dan 120 jaar geleden. Controleer het jaartal.");
  }
  return date;
}

std::string format_iso(Date date) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string format_dutch(Date date) {
  return std::to_string(static_cast<unsigned>(date.day())) + ' ' +
         std::string(kMonths.at(static_cast<unsigned>(date.month()) - 1)) + ' ' +
         std::to_string(static_cast<int>(date.year()));
}

std::string format_dutch_numbers(Date date) {
  return printed("%02u-%02u-%04d", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                 static_cast<int>(date.year()));
}

std::string format_dutch_weekday(Date date) {
  return std::string(kWeekdays.at(weekday_of(date).c_encoding())) + ' ' + format_dutch(date);
}

int age_on(Date birth, Date day) {
  if (day <= birth) return 0;
  const int years = static_cast<int>(day.year()) - static_cast<int>(birth.year());
  const bool had_birthday =
      day.month() > birth.month() || (day.month() == birth.month() && day.day() >= birth.day());
  return had_birthday ? years : years - 1;
}

Date add_days(Date date, int days) {
  return Date(day_count(date) + std::chrono::days(days));
}

Date add_weeks(Date date, int weeks) {
  return add_days(date, 7 * weeks);
}

Date add_months(Date date, int months) {
  const Date moved = date + std::chrono::months(months);
  if (moved.ok()) return moved;
  return Date(moved.year() / moved.month() / std::chrono::last);
}

int days_between(Date from, Date to) {
  return static_cast<int>((day_count(to) - day_count(from)).count());
}

std::chrono::weekday weekday_of(Date date) {
  return std::chrono::weekday(day_count(date));
}

bool is_weekend(Date date) {
  const std::chrono::weekday day = weekday_of(date);
  return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

}  // namespace softbot
