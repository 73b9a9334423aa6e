#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "support/daemon.h"

namespace softbot::bench {

/// The value of one of the daemon's metrics; 0 when it is not there.
[[nodiscard]] double metric(tests::Daemon& daemon, const std::string& name);

/// Waits until no job is due; false when that takes longer than `seconds`.
[[nodiscard]] bool drained(tests::Daemon& daemon, int seconds);

/// Peak memory of the daemon in MB (VmHWM).
[[nodiscard]] double peak_megabytes(tests::Daemon& daemon);

/// Milliseconds since 1970 out of "2026-12-01T10:00:00.000Z"; 0 for anything else.
[[nodiscard]] std::int64_t milliseconds_of(const std::string& instant);

/// What the API tells about applications that were granted: milliseconds from their receipt.
struct Times {
  std::vector<double> to_decision;
  std::vector<double> to_letter;
  std::size_t others = 0;  ///< that the bot did not decide on, such as a held sample
};
[[nodiscard]] Times times_of(tests::Daemon& daemon, const std::vector<std::string>& references);

/// The value below which this part (0.5, 0.99) lies; 0 for none.
[[nodiscard]] double percentile(std::vector<double> values, double part);

}  // namespace softbot::bench
