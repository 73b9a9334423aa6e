#pragma once

#include "domain/date.h"
#include "domain/time.h"

namespace softbot {

/// The day in the European part of the Netherlands (Europe/Amsterdam, from the system's tz database) on which
/// an instant falls: legal terms count in local days. Thread-safe. Throws std::runtime_error when the machine
/// has no tz database.
[[nodiscard]] Date local_date(Instant instant);

/// The instant at which a local day begins: 00:00 in Amsterdam.
[[nodiscard]] Instant start_of_day(Date date);

/// "1 maart 2026 14:05", local time.
[[nodiscard]] std::string format_dutch_local(Instant instant);

}  // namespace softbot
