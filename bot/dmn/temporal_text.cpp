#include <charconv>
#include <cstdlib>

#include "dmn/temporal.h"

// Reading and writing of dates, times and durations in the forms of ISO 8601 that XML Schema and FEEL allow.
namespace softbot::dmn {

namespace {

constexpr std::int64_t most_units = 100'000'000'000'000;  // of any unit in a duration; far beyond all use

/// Walks over text; every method moves on only when it found what it looks for.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] char next() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool take(char wanted) {
    if (next() != wanted || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view digits() {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
    const std::string_view found = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return found;
  }

  /// Exactly two digits.
  std::optional<std::int32_t> two() {
    const Reader before = *this;
    const std::string_view found = digits();
    if (found.size() != 2) {
      *this = before;
      return std::nullopt;
    }
    return (found[0] - '0') * 10 + (found[1] - '0');
  }

 private:
  std::string_view rest_;
};

std::optional<std::int64_t> number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// The digits behind a point as nanoseconds; further digits are cut.
std::int32_t nanoseconds(std::string_view digits) {
  std::string padded(digits.substr(0, 9));
  padded.resize(9, '0');
  return static_cast<std::int32_t>(number(padded).value_or(0));
}

std::optional<Date> read_date(Reader& reader) {
  const bool negative = reader.take('-');
  const std::string_view year_digits = reader.digits();
  if (year_digits.size() < 4 || year_digits.size() > 9 || (year_digits.size() > 4 && year_digits[0] == '0'))
    return std::nullopt;
  if (!reader.take('-')) return std::nullopt;
  const auto month = reader.two();
  if (!month || !reader.take('-')) return std::nullopt;
  const auto day = reader.two();
  if (!day) return std::nullopt;
  const auto year = static_cast<std::int32_t>(number(year_digits).value_or(0));
  const Date date{negative ? -year : year, *month, *day};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

std::optional<Zone> read_zone(Reader& reader) {
  if (reader.done()) return Zone{};
  if (reader.take('Z')) return Zone{Zone::Kind::offset, 0, nullptr};
  if (reader.take('@')) {
    const std::string_view name = reader.rest();
    reader = Reader({});
    return find_zone(name);
  }
  const bool west = reader.next() == '-';
  if (!reader.take('+') && !reader.take('-')) return std::nullopt;
  const auto hours = reader.two();
  if (!hours || !reader.take(':')) return std::nullopt;
  const auto minutes = reader.two();
  if (!minutes) return std::nullopt;
  std::int32_t seconds = 0;
  if (reader.take(':')) {
    const auto read = reader.two();
    if (!read) return std::nullopt;
    seconds = *read;
  }
  const std::int32_t total = *hours * 3600 + *minutes * 60 + seconds;
  if (*minutes > 59 || seconds > 59 || total > 18 * 3600) return std::nullopt;
  return Zone{Zone::Kind::offset, west ? -total : total, nullptr};
}

std::optional<Time> read_time(Reader& reader) {
  const auto hour = reader.two();
  if (!hour || !reader.take(':')) return std::nullopt;
  const auto minute = reader.two();
  if (!minute || !reader.take(':')) return std::nullopt;
  const auto second = reader.two();
  if (!second || *hour > 24 || *minute > 59 || *second > 59) return std::nullopt;
  std::int32_t fraction = 0;
  if (reader.take('.')) {
    const std::string_view digits = reader.digits();
    if (digits.empty()) return std::nullopt;
    fraction = nanoseconds(digits);
  }
  const bool end_of_day = *hour == 24;  // XML Schema writes midnight so too
  if (end_of_day && (*minute != 0 || *second != 0 || fraction != 0)) return std::nullopt;
  const auto zone = read_zone(reader);
  if (!zone) return std::nullopt;
  return Time{end_of_day ? 0 : *hour, *minute, *second, fraction, *zone};
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

std::string fraction_text(std::int32_t nanosecond) {
  if (nanosecond == 0) return "";
  std::string digits = padded(nanosecond, 9);
  digits.erase(digits.find_last_not_of('0') + 1);
  return "." + digits;
}

std::string zone_text(const Zone& zone) {
  if (zone.kind == Zone::Kind::none) return "";
  if (zone.kind == Zone::Kind::named) return "@" + *zone.name;
  if (zone.offset_seconds == 0) return "Z";
  const std::int32_t total = std::abs(zone.offset_seconds);
  std::string text = zone.offset_seconds < 0 ? "-" : "+";
  text += padded(total / 3600, 2) + ":" + padded(total / 60 % 60, 2);
  if (total % 60 != 0) text += ":" + padded(total % 60, 2);
  return text;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  return reader.done() ? date : std::nullopt;
}

std::optional<Time> parse_time(std::string_view text) {
  Reader reader(text);
  const auto time = read_time(reader);
  return reader.done() ? time : std::nullopt;
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date || !reader.take('T')) return std::nullopt;
  constexpr std::string_view end_of_day = "24:00:00";
  if (reader.rest().substr(0, end_of_day.size()) == end_of_day) {  // the first moment of the next day
    const std::string rest = "00:00:00" + std::string(reader.rest().substr(end_of_day.size()));
    const auto time = parse_time(rest);
    const auto next = date_of_day_number(day_number(*date) + 1);
    if (!time || !next || time->nanosecond != 0) return std::nullopt;
    return DateTime{*next, *time};
  }
  const auto time = read_time(reader);
  if (!time || !reader.done()) return std::nullopt;
  return DateTime{*date, *time};
}

std::optional<MonthsDuration> parse_months_duration(std::string_view text) {
  Reader reader(text);
  const bool negative = reader.take('-');
  if (!reader.take('P') || reader.done()) return std::nullopt;
  std::int64_t months = 0;
  std::size_t last_unit = 0;
  constexpr std::string_view units = "YM";
  while (!reader.done()) {
    const auto count = number(reader.digits());
    const std::size_t unit = units.find(reader.next(), last_unit);
    if (!count || *count > most_units || unit == std::string_view::npos) return std::nullopt;
    reader.take(reader.next());
    months += unit == 0 ? *count * 12 : *count;
    last_unit = unit + 1;
  }
  return MonthsDuration{negative ? -months : months};
}

std::optional<DaysDuration> parse_days_duration(std::string_view text) {
  constexpr std::string_view units = "DHMS";
  constexpr std::int64_t seconds_of[] = {86'400, 3600, 60, 1};
  Reader reader(text);
  const bool negative = reader.take('-');
  if (!reader.take('P') || reader.done()) return std::nullopt;
  DaysDuration duration;
  std::size_t first_unit = 0;
  bool in_time = false;
  while (!reader.done()) {
    if (!in_time && reader.take('T')) {
      in_time = true;
      first_unit = 1;
      if (reader.done()) return std::nullopt;
      continue;
    }
    const auto count = number(reader.digits());
    std::string_view fraction;
    const bool has_fraction = reader.take('.');
    if (has_fraction) fraction = reader.digits();
    const std::size_t unit = units.find(reader.next(), first_unit);
    if (!count || *count > most_units || reader.done() || unit == std::string_view::npos ||
        (unit > 0) != in_time || (has_fraction && unit != 3))
      return std::nullopt;
    reader.take(reader.next());
    if (*count > most_units / seconds_of[unit]) return std::nullopt;
    duration.seconds += *count * seconds_of[unit];
    if (has_fraction) duration.nanoseconds = nanoseconds(fraction);
    first_unit = unit + 1;
  }
  return negative ? negate(duration) : duration;
}

std::string to_text(const Date& date) {
  return (date.year < 0 ? "-" : "") + padded(std::abs(date.year), 4) + "-" + padded(date.month, 2) + "-" +
         padded(date.day, 2);
}

std::string to_text(const Time& time) {
  return padded(time.hour, 2) + ":" + padded(time.minute, 2) + ":" + padded(time.second, 2) +
         fraction_text(time.nanosecond) + zone_text(time.zone);
}

std::string to_text(const DateTime& moment) {
  return to_text(moment.date) + "T" + to_text(moment.time);
}

std::string to_text(const DaysDuration& duration) {
  const bool negative = duration.seconds < 0;
  const DaysDuration size = negative ? negate(duration).value_or(duration) : duration;
  std::string text = negative ? "-P" : "P";
  if (size.seconds >= 86'400) text += std::to_string(size.seconds / 86'400) + "D";
  std::string clock;
  if (const auto hours = size.seconds / 3600 % 24; hours != 0) clock += std::to_string(hours) + "H";
  if (const auto minutes = size.seconds / 60 % 60; minutes != 0) clock += std::to_string(minutes) + "M";
  if (size.seconds % 60 != 0 || size.nanoseconds != 0)
    clock += std::to_string(size.seconds % 60) + fraction_text(size.nanoseconds) + "S";
  if (!clock.empty()) text += "T" + clock;
  return size == DaysDuration{} ? "PT0S" : text;
}

std::string to_text(const MonthsDuration& duration) {
  const std::int64_t size = std::abs(duration.months);
  std::string text = duration.months < 0 ? "-P" : "P";
  if (size >= 12) text += std::to_string(size / 12) + "Y";
  if (size % 12 != 0) text += std::to_string(size % 12) + "M";
  return size == 0 ? "P0M" : text;
}

}  // namespace softbot::dmn
