#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/value.h"
#include "ports/reader.h"

namespace softbot::daemon {

/// One file of `softbot read` and what came of it.
struct FileReport {
  std::string file;  ///< as it was named
  ReadFile read;     ///< `refused` also for what never got to the reader (absent, too-large)
  /// A template was named: each page then says what kept it from being read, also one that is no form.
  bool by_template = false;
};

/// As `softbot read --json` prints it. `find_geometry`: as the reader was given. Pure but for that.
[[nodiscard]] Value to_value(const FileReport& report, const FindGeometry& find_geometry);

/// The same for people: a line for the file, each form with its fields, and each other page.
[[nodiscard]] std::string to_table(const FileReport& report, const FindGeometry& find_geometry);

}  // namespace softbot::daemon
