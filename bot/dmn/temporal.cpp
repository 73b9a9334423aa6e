#include "dmn/temporal.h"

#include <date/tz.h>
#include <algorithm>
#include <array>
#include <stdexcept>

// Calendar arithmetic of our own, because years run to 999,999,999; zones from the machine's tz database.
namespace softbot::dmn {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t second_nanoseconds = 1'000'000'000;
constexpr std::int32_t last_year = 999'999'999;

bool is_leap(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/// Days since 1970-01-01 of a proleptic Gregorian date (Hinnant's algorithm).
std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_era_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_era_year;
  return era * 146'097 + day_of_era - 719'468;
}

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  const std::int64_t quotient = value / divisor;
  return value % divisor < 0 ? quotient - 1 : quotient;
}

std::int64_t second_of_day(const Time& time) {
  return time.hour * 3600LL + time.minute * 60LL + time.second;
}

Time time_of_second(std::int64_t second, std::int32_t nanosecond, const Zone& zone) {
  return Time{static_cast<std::int32_t>(second / 3600), static_cast<std::int32_t>(second / 60 % 60),
              static_cast<std::int32_t>(second % 60), nanosecond, zone};
}

std::optional<DaysDuration> duration_of(Wide nanoseconds) {
  Wide seconds = nanoseconds / second_nanoseconds;
  Wide rest = nanoseconds % second_nanoseconds;
  if (rest < 0) {
    rest += second_nanoseconds;
    --seconds;
  }
  if (seconds > INT64_MAX / 2 || seconds < INT64_MIN / 2) return std::nullopt;
  return DaysDuration{static_cast<std::int64_t>(seconds), static_cast<std::int32_t>(rest)};
}

/// Beyond the years of the tz library its last rule holds.
std::chrono::seconds within_tz_years(std::int64_t seconds) {
  constexpr std::int64_t furthest = 900'000'000'000;
  return std::chrono::seconds(std::clamp(seconds, -furthest, furthest));
}

Wide nanoseconds_of(const DaysDuration& duration) {
  return static_cast<Wide>(duration.seconds) * second_nanoseconds + duration.nanoseconds;
}

}  // namespace

bool is_valid(const Date& date) {
  return date.year >= -last_year && date.year <= last_year && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

std::int32_t days_in_month(std::int64_t year, std::int32_t month) {
  constexpr std::array<std::int32_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap(year)) return 29;
  return days.at(static_cast<std::size_t>(month - 1));
}

std::int64_t day_number(const Date& date) {
  return days_from_civil(date.year, date.month, date.day);
}

std::optional<Date> date_of_day_number(std::int64_t days) {
  constexpr std::int64_t furthest = 366'000'000'000;
  if (days > furthest || days < -furthest) return std::nullopt;
  days += 719'468;
  const std::int64_t era = floor_divide(days, 146'097);
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  if (year < -last_year || year > last_year) return std::nullopt;
  return Date{static_cast<std::int32_t>(year), static_cast<std::int32_t>(month),
              static_cast<std::int32_t>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

std::optional<Date> add_months(const Date& date, std::int64_t months) {
  constexpr std::int64_t furthest = 30'000'000'000;
  if (months > furthest || months < -furthest) return std::nullopt;
  const std::int64_t total = date.year * 12LL + date.month - 1 + months;
  const std::int64_t year = floor_divide(total, 12);
  const auto month = static_cast<std::int32_t>(total - year * 12 + 1);
  if (year < -last_year || year > last_year) return std::nullopt;
  return Date{static_cast<std::int32_t>(year), month, std::min(date.day, days_in_month(year, month))};
}

std::int32_t weekday(const Date& date) {
  const std::int64_t since_thursday = day_number(date) + 3;
  return static_cast<std::int32_t>(since_thursday - floor_divide(since_thursday, 7) * 7 + 1);
}

std::int32_t day_of_year(const Date& date) {
  return static_cast<std::int32_t>(day_number(date) - days_from_civil(date.year, 1, 1) + 1);
}

std::int32_t iso_week(const Date& date) {
  const std::int64_t thursday = day_number(date) + 4 - weekday(date);
  const auto its_date = date_of_day_number(thursday).value_or(date);
  return static_cast<std::int32_t>((thursday - days_from_civil(its_date.year, 1, 1)) / 7 + 1);
}

std::optional<Zone> find_zone(std::string_view name) {
  if (name.empty() || name.size() > 64) return std::nullopt;
  try {
    const date::time_zone* zone = date::locate_zone(std::string(name));
    return Zone{Zone::Kind::named, 0, &zone->name()};
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

std::optional<std::int32_t> utc_offset(const DateTime& moment) {
  const Zone& zone = moment.time.zone;
  if (zone.kind == Zone::Kind::none) return std::nullopt;
  if (zone.kind == Zone::Kind::offset) return zone.offset_seconds;
  const std::int64_t seconds = day_number(moment.date) * day_seconds + second_of_day(moment.time);
  const auto info = date::locate_zone(*zone.name)->get_info(date::local_seconds(within_tz_years(seconds)));
  const bool second = zone.is_repeated_hour && info.result == date::local_info::ambiguous;
  return static_cast<std::int32_t>((second ? info.second : info.first).offset.count());
}

std::optional<std::int32_t> utc_offset(const Time& time) {
  return utc_offset(DateTime{Date{}, time});
}

Instant instant(const DateTime& moment) {
  const std::int64_t local = day_number(moment.date) * day_seconds + second_of_day(moment.time);
  return Instant{local - utc_offset(moment).value_or(0), moment.time.nanosecond};
}

Instant instant(const Time& time) {
  return Instant{second_of_day(time) - utc_offset(time).value_or(0), time.nanosecond};
}

namespace {

/// What the clocks show at a moment that is counted in seconds on the line of UTC, or of local time without
/// zone.
std::optional<DateTime> shown_at(const Instant& moment, Zone zone) {
  std::int64_t offset = zone.kind == Zone::Kind::offset ? zone.offset_seconds : 0;
  if (zone.kind == Zone::Kind::named) {
    const date::time_zone* place = date::locate_zone(*zone.name);
    const auto utc = date::sys_seconds(within_tz_years(moment.seconds));
    offset = place->get_info(utc).offset.count();
    const auto local =
        place->get_info(date::local_seconds(utc.time_since_epoch() + std::chrono::seconds(offset)));
    zone.is_repeated_hour =
        local.result == date::local_info::ambiguous && local.second.offset.count() == offset;
  }
  const std::int64_t local = moment.seconds + offset;
  const std::int64_t days = floor_divide(local, day_seconds);
  const auto date = date_of_day_number(days);
  if (!date) return std::nullopt;
  return DateTime{*date, time_of_second(local - days * day_seconds, moment.nanoseconds, zone)};
}

}  // namespace

std::optional<DateTime> add(const DateTime& moment, const DaysDuration& duration) {
  const Instant from = instant(moment);
  const auto total = add(DaysDuration{from.seconds, from.nanoseconds}, duration);
  if (!total) return std::nullopt;
  return shown_at(Instant{total->seconds, total->nanoseconds}, moment.time.zone);
}

std::optional<DateTime> add(const DateTime& moment, const MonthsDuration& duration) {
  const auto date = add_months(moment.date, duration.months);
  if (!date) return std::nullopt;
  const DateTime sought{*date, moment.time};
  if (moment.time.zone.kind != Zone::Kind::named) return sought;
  return shown_at(instant(sought), moment.time.zone);
}

Time add(const Time& time, const DaysDuration& duration) {
  constexpr Wide day = static_cast<Wide>(day_seconds) * second_nanoseconds;
  Wide total = (static_cast<Wide>(second_of_day(time)) * second_nanoseconds + time.nanosecond +
                nanoseconds_of(duration)) %
               day;
  if (total < 0) total += day;
  return time_of_second(static_cast<std::int64_t>(total / second_nanoseconds),
                        static_cast<std::int32_t>(total % second_nanoseconds), time.zone);
}

std::optional<DaysDuration> add(const DaysDuration& left, const DaysDuration& right) {
  return duration_of(nanoseconds_of(left) + nanoseconds_of(right));
}

std::optional<DaysDuration> negate(const DaysDuration& duration) {
  return duration_of(-nanoseconds_of(duration));
}

DaysDuration between(const Instant& from, const Instant& to) {
  const Wide span =
      (static_cast<Wide>(to.seconds) - from.seconds) * second_nanoseconds + to.nanoseconds - from.nanoseconds;
  return duration_of(span).value_or(DaysDuration{});
}

MonthsDuration months_between(const Date& from, const Date& to) {
  std::int64_t months = (static_cast<std::int64_t>(to.year) - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) --months;
  if (months < 0 && to.day > from.day) ++months;
  return MonthsDuration{months};
}

}  // namespace softbot::dmn
