#pragma once

#include <filesystem>
#include <vector>

#include "domain/result.h"
#include "forms/geometry/geometry.h"
#include "pipeline/services.h"

namespace softbot::daemon {

/// Forms and municipalities as they lie in a configuration folder, for commands without a store.
[[nodiscard]] Result<Configuration> configuration_on_disk(const std::filesystem::path& folder);

/// Where everything stands on every form that this configuration prints: see pipeline::geometries_of().
[[nodiscard]] std::vector<FormGeometry> geometries_of(const Configuration& configuration);

}  // namespace softbot::daemon
