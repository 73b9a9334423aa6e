#pragma once

#include <string>
#include <vector>

#include "domain/result.h"

namespace softbot {

/// One mistake in a configuration file, for the one who edits it.
struct ConfigProblem {
  std::string file;     ///< below the configuration folder: "forms/small-aids.json"
  std::string path;     ///< JSON pointer: "/sections/0/fields/2/kind"; "" for the whole file
  std::string problem;  ///< what is wrong
  std::string remedy;   ///< what to do
  bool operator==(const ConfigProblem&) const = default;
};

/// The problems as one `configuration` error: `fields` holds each as file#path, problem and remedy.
[[nodiscard]] Error to_error(const std::vector<ConfigProblem>& problems);

/// "forms/small-aids.json /sections/0: ... -> ..." on one line.
[[nodiscard]] std::string to_line(const ConfigProblem& problem);

}  // namespace softbot
