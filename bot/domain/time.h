#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot {

/// A moment in UTC, milliseconds since 1970. Law counts in days of Europe/Amsterdam: see zone.h.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// "2026-11-21T20:59:52.123Z" (RFC 3339, UTC).
[[nodiscard]] std::string format_instant(Instant instant);

/// Reads what format_instant writes; seconds' fractions may be absent.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);

}  // namespace softbot
