#pragma once

#include <string>

#include "domain/result.h"
#include "options.h"

namespace softbot::eval {

/// Reads the files that are named and tells the figures, as --help says. Error: what is wrong with a file.
[[nodiscard]] Result<std::string> measure_characters(const Options& options);

}  // namespace softbot::eval
