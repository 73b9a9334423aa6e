#pragma once

#include <string_view>

#include "pipeline/services.h"

namespace softbot::daemon {

/// Whether the bot grants, for GET /health/ready: "works"; "stopped" when a kill switch stands on anything;
/// "unknown" when the store cannot be read.
[[nodiscard]] std::string_view granting_health(const Services& services);

/// Sets what /metrics tells of kill switches and of the alarm on the sample, from the store: the same on
/// every node.
void refresh_safeguard_gauges(const Services& services);

}  // namespace softbot::daemon
