#pragma once

#include <string>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"
#include "policy/content_address.h"

namespace softbot {

/// A parameter that is not the same in two versions of a policy.
struct ParameterDifference {
  std::string name;
  std::string label;         ///< of the later version; of the earlier one for what was taken out
  std::string what;          ///< value, label, unit, explanation, minimum, maximum, added, removed
  std::string municipality;  ///< of a value: "" where no municipality has its own
  Date from{};               ///< of a value: the first day on which it differs
  Value before;
  Value after;
  bool operator==(const ParameterDifference&) const = default;
};

enum class LineChange { added, removed };

/// Something that one version of a model says and the other does not (dmn/outline.h).
struct ModelLine {
  LineChange change = LineChange::added;
  std::string element;  ///< `decision "Norm"`
  std::string text;
  bool operator==(const ModelLine&) const = default;
};

struct FileDifference {
  std::string file;
  std::string change;            ///< added, removed, changed
  std::vector<ModelLine> lines;  ///< of a model that is in both; none when only its layout differs
  bool operator==(const FileDifference&) const = default;
};

struct PolicyDifferences {
  std::vector<ParameterDifference> parameters;
  std::vector<FileDifference> files;
  bool operator==(const PolicyDifferences&) const = default;
};

/// What changes when `after` takes the place of `before`, in the order of the files. Parameters are compared
/// when both versions have ones that can be read.
[[nodiscard]] PolicyDifferences differences_of(const ConfigurationFiles& before,
                                               const ConfigurationFiles& after);

/// As JSON, for the API.
[[nodiscard]] Value to_value(const PolicyDifferences& differences);

}  // namespace softbot
