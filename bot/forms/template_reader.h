#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "forms/config_problem.h"
#include "forms/geometry/reading_template.h"

namespace softbot {

/// Reads what an administrator wrote (config/schemas/reading-template.json) about a form that softbot did not
/// print. Error: every mistake with its place in `file` and what to do. Pure.
[[nodiscard]] tl::expected<ReadingTemplate, std::vector<ConfigProblem>> read_template(std::string file,
                                                                                      std::string_view json);

}  // namespace softbot
