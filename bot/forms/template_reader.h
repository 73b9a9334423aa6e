#pragma once

#include <cstddef>
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

/// Length of what a page (from 0) can be found by without anchors: frames of fields, and its lines. Below
/// `least_layout_mm` they do not say how a page lies.
[[nodiscard]] double layout_mm(const ReadingTemplate& reading_template, std::size_t page);
inline constexpr double least_layout_mm = 120;

}  // namespace softbot
