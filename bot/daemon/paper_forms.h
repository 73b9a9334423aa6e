#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "forms/geometry/paper_form.h"
#include "pipeline/services.h"

namespace softbot::daemon {

/// Forms and municipalities as they lie in a configuration folder, for commands without a store.
[[nodiscard]] Result<Configuration> configuration_on_disk(const std::filesystem::path& folder);

/// The printed form of these types as this municipality hands it out; the types in the catalogue's order, so
/// that one set of types is one form. Errors: `not_found` for an unknown municipality or type, naming what
/// there is; `configuration` when it cannot be laid out.
[[nodiscard]] Result<PaperForm> paper_form(const Configuration& configuration, std::string_view municipality,
                                           const std::vector<std::string>& types, std::string_view language);

/// Where everything stands on every form that this configuration prints: each municipality, each set of its
/// types (beyond six types: each alone, each pair, and all together), Dutch and English. A form that cannot
/// be laid out is left out: printing it says why.
[[nodiscard]] std::vector<FormGeometry> geometries_of(const Configuration& configuration);

}  // namespace softbot::daemon
