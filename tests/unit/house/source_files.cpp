#include "source_files.h"

#include <algorithm>
#include <fstream>
#include <string_view>

namespace softbot::house {
namespace {

bool is_source(const std::filesystem::path& path) {
  return path.extension() == ".h" || path.extension() == ".cpp";
}

bool is_ours(const std::filesystem::path& folder) {
  return folder.filename() != "node_modules" && folder.filename() != "build";
}

SourceFile read(const std::filesystem::path& root, const std::filesystem::path& path) {
  SourceFile file{path.lexically_relative(root).generic_string(), {}, {}};
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    constexpr std::string_view word = "#include";
    if (line == "#pragma once") file.has_pragma_once = true;
    if (!line.starts_with(word)) continue;
    const auto open = line.find_first_of("\"<", word.size());
    const auto close = open == std::string::npos ? open : line.find_first_of("\">", open + 1);
    if (close == std::string::npos) continue;
    auto& list = line[open] == '"' ? file.included : file.included_system;
    list.push_back(line.substr(open + 1, close - open - 1));
  }
  return file;
}

}  // namespace

std::vector<SourceFile> source_files(const std::filesystem::path& root, const std::string& folder) {
  std::vector<SourceFile> files;
  auto entry = std::filesystem::recursive_directory_iterator(root / folder);
  for (; entry != std::filesystem::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && !is_ours(entry->path())) entry.disable_recursion_pending();
    if (entry->is_regular_file() && is_source(entry->path())) files.push_back(read(root, entry->path()));
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::string part_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().generic_string();
  if (path == "bot/main.cpp") return "main";
  if (folder.starts_with("bot/http/api")) return "http/api";
  if (folder.starts_with("bot/forms/geometry")) return "forms/geometry";
  const auto nth = [&](std::size_t count) {
    std::string part;
    std::size_t seen = 0;
    for (const auto& step : std::filesystem::path(folder)) {
      if (seen++ == count) break;
      part += (part.empty() ? "" : "/") + step.string();
    }
    return part;
  };
  if (folder.starts_with("bot/")) return nth(2).substr(std::string_view("bot/").size());
  if (folder.starts_with("adapters/")) return nth(2);
  return nth(1);
}

std::string target_of(const std::filesystem::path& root, const SourceFile& file, const std::string& include) {
  const auto beside = std::filesystem::path(file.path).parent_path() / include;
  for (const auto& candidate :
       {beside, std::filesystem::path(include), std::filesystem::path("bot") / include}) {
    if (std::filesystem::exists(root / candidate)) return candidate.lexically_normal().generic_string();
  }
  return {};
}

}  // namespace softbot::house
