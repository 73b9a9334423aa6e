#pragma once

#include <string>

#include "domain/result.h"
#include "options.h"

namespace softbot::eval {

struct FormsMeasured {
  std::string told;  ///< as --help says
  bool has_wrong_grant = false;
};

/// Reads the folder of fill-forms through the whole path: two daemons with the same register for every part
/// of it, one is told the truth, one gets the scans. Error: what is wrong with the folder, or with the
/// daemon.
[[nodiscard]] Result<FormsMeasured> measure_forms(const Options& options);

}  // namespace softbot::eval
