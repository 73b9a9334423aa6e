#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Runs the public compatibility kit of DMN (github.com/dmn-tck/tck), or any folder of its form, against this
/// engine.
namespace softbot::dmn {

struct KitCount {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

struct KitReport {
  std::map<std::string, KitCount> levels;  ///< "level-2", "level-3": from the name of a folder above the case
  std::vector<std::string> failures;       ///< file, case, and what was expected and given
};

/// Runs every `testCase` below `folder`. A case passes when all its result nodes match; one whose model does
/// not load fails.
[[nodiscard]] KitReport run_kit(const std::filesystem::path& folder);

/// "total level-2 116 passed, 0 failed".
[[nodiscard]] std::string total_line(const std::string& level, const KitCount& count);

/// The text of an imported model: the file in or below this folder that has this name space, first the one
/// that the location names. Nothing when there is none.
[[nodiscard]] std::optional<std::string> model_below(const std::filesystem::path& folder,
                                                     std::string_view name_space, std::string_view location);

}  // namespace softbot::dmn
