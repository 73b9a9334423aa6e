#pragma once

#include <optional>
#include <string>

#include "forms/config_reader.h"

namespace softbot {

/// A municipality lets corrections be kept, so that a reader can learn from them: the member "learning" of
/// config/municipalities/<id>.json, {"keepCorrections": true, "retentionDays": 90, "ground": "..."}.
struct Learning {
  int retention_days = 0;  ///< 1 to 365, counted from the day on which a correction was made
  std::string ground;      ///< Dutch: on what ground, and which assessment says so
  bool operator==(const Learning&) const = default;
};

/// Reads the member; nothing when the file has none, or when it does not say that corrections are kept.
[[nodiscard]] std::optional<Learning> read_learning(ConfigReader& reader, const Value& file);

}  // namespace softbot
