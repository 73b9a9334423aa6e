#define USE_OS_TZDB 1  // as Debian's libdate-tz was built
#include "domain/zone.h"

#include <date/tz.h>

#include <array>
#include <chrono>
#include <cstdio>

namespace softbot {
namespace {

using LocalMilliseconds = date::local_time<std::chrono::milliseconds>;

const date::time_zone& amsterdam() {
  static const date::time_zone* const zone = date::locate_zone("Europe/Amsterdam");
  return *zone;
}

/// The local clock's reading, as if it were UTC.
Instant local_reading(Instant instant) {
  return Instant(amsterdam().to_local(instant).time_since_epoch());
}

}  // namespace

Date local_date(Instant instant) {
  return Date(std::chrono::floor<std::chrono::days>(local_reading(instant)));
}

Instant start_of_day(Date date) {
  const auto midnight = std::chrono::sys_days(date).time_since_epoch();
  return amsterdam().to_sys(LocalMilliseconds(midnight), date::choose::earliest);
}

std::string format_dutch_local(Instant instant) {
  const Instant local = local_reading(instant);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(local - day).count();
  std::array<char, 24> time{};
  std::snprintf(time.data(), time.size(), " %02d:%02d", static_cast<int>(minutes / 60),
                static_cast<int>(minutes % 60));
  return format_dutch(Date(day)) + time.data();
}

}  // namespace softbot
