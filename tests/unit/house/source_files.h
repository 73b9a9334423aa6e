#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace softbot::house {

/// A C++ file of the project. `path` is relative to the project, with slashes.
struct SourceFile {
  std::string path;
  std::vector<std::string> included;         ///< #include "..."
  std::vector<std::string> included_system;  ///< #include <...>
  bool has_pragma_once = false;
};

/// Every .h and .cpp below `root`/`folder`, by path; what is installed or generated (node_modules, build) is
/// left out.
[[nodiscard]] std::vector<SourceFile> source_files(const std::filesystem::path& root,
                                                   const std::string& folder);

/// The part of the house that a file lives in: "domain" for bot/domain/..., "http/api", "adapters/sqlite",
/// "main", "samples", "tests".
[[nodiscard]] std::string part_of(const std::string& path);

/// The project file that an #include "..." in `file` means: beside it, below the project or below bot/; ""
/// when there is none.
[[nodiscard]] std::string target_of(const std::filesystem::path& root, const SourceFile& file,
                                    const std::string& include);

}  // namespace softbot::house
