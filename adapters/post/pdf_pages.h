#pragma once

// Plain C++17: see CMakeLists.txt.

#include <optional>
#include <string>

namespace softbot::post {

/// Number of pages; nothing when it is no readable PDF.
[[nodiscard]] std::optional<int> count_pages(const std::string& pdf);

}  // namespace softbot::post
