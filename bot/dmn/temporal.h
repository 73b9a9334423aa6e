#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace softbot::dmn {

/// A calendar date of the proleptic Gregorian calendar, years -999,999,999 to 999,999,999.
struct Date {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
  auto operator<=>(const Date&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// Where a time is meant: nowhere said, at a fixed offset from UTC, or in a zone of the IANA database.
struct Zone {
  enum class Kind : std::uint8_t { none, offset, named } kind = Kind::none;
  std::int32_t offset_seconds = 0;    ///< of Kind::offset
  const std::string* name = nullptr;  ///< of Kind::named; lives as long as the program
  bool is_repeated_hour = false;  ///< of Kind::named: the second time round, on the night that clocks go back
  bool operator==(const Zone&) const = default;
};

/// A time of day to the nanosecond.
struct Time {
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  std::int32_t nanosecond = 0;
  Zone zone;
};

struct DateTime {
  Date date;
  Time time;
};

/// A duration in days, hours, minutes and seconds. `nanoseconds` is 0 to 999,999,999 and always counts
/// forward.
struct DaysDuration {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
  auto operator<=>(const DaysDuration&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// A duration in years and months.
struct MonthsDuration {
  std::int64_t months = 0;
  auto operator<=>(const MonthsDuration&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// Readers of ISO 8601 text as XML Schema and FEEL restrict it; nothing when the text is not such a value.
/// Times take `Z`, an offset, or `@Area/City`.
std::optional<Date> parse_date(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
std::optional<DateTime> parse_date_time(std::string_view text);
std::optional<DaysDuration> parse_days_duration(std::string_view text);
std::optional<MonthsDuration> parse_months_duration(std::string_view text);

std::string to_text(const Date& date);
std::string to_text(const Time& time);
std::string to_text(const DateTime& moment);
std::string to_text(const DaysDuration& duration);
std::string to_text(const MonthsDuration& duration);

/// Calendar arithmetic. Nothing when the result leaves the range of dates.
bool is_valid(const Date& date);
std::int32_t days_in_month(std::int64_t year, std::int32_t month);
std::int64_t day_number(const Date& date);  ///< days since 1970-01-01
std::optional<Date> date_of_day_number(std::int64_t days);
std::optional<Date> add_months(const Date& date,
                               std::int64_t months);  ///< the day is cut to the length of the month
std::int32_t weekday(const Date& date);               ///< 1 Monday to 7 Sunday
std::int32_t day_of_year(const Date& date);
std::int32_t iso_week(const Date& date);

/// A zone by its IANA name; nothing when the machine does not know it.
std::optional<Zone> find_zone(std::string_view name);
/// Seconds east of UTC at this moment; nothing when no zone is said.
std::optional<std::int32_t> utc_offset(const DateTime& moment);
std::optional<std::int32_t> utc_offset(const Time& time);

/// Instant on one line, in seconds; a moment without zone counts as UTC.
struct Instant {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
  auto operator<=>(const Instant&) const = default;  // NOLINT(modernize-use-nullptr)
};
Instant instant(const DateTime& moment);
Instant instant(const Time& time);

/// In a named zone the time that passes counts: a day over the change to summer time ends at another hour. A
/// day some months on has the same hour, or in the hour that clocks skip the one after it.
std::optional<DateTime> add(const DateTime& moment, const DaysDuration& duration);
std::optional<DateTime> add(const DateTime& moment, const MonthsDuration& duration);
Time add(const Time& time, const DaysDuration& duration);  ///< goes round the clock
std::optional<DaysDuration> add(const DaysDuration& left, const DaysDuration& right);
std::optional<DaysDuration> negate(const DaysDuration& duration);
DaysDuration between(const Instant& from, const Instant& to);
MonthsDuration months_between(const Date& from, const Date& to);

}  // namespace softbot::dmn
