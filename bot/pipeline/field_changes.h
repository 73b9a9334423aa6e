#pragma once

#include <string>
#include <vector>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// One answer that changes: where it stands, its canonical new value (null: taken out), and what the
/// definition says of it.
struct FieldChange {
  bool common = false;
  std::string name;
  Value value;
  bool decisive = false;
  bool changes = false;  ///< differs from what the application holds

  [[nodiscard]] std::string path() const { return common ? "common." + name : name; }
};

/// Reads {"common.postcode": ..., "tasks": ...} against the definitions of this application. `invalid_input`
/// names every field that does not exist or has the wrong kind.
[[nodiscard]] Result<std::vector<FieldChange>> field_changes(const Configuration& configuration,
                                                             const Application& application,
                                                             const Value& fields);

/// Carries the changes out.
void apply_changes(Application& application, const std::vector<FieldChange>& changes);

}  // namespace softbot::pipeline
