#include "test_data.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support/checkout.h"

namespace softbot::tests {

namespace fs = std::filesystem;

fs::path test_data() {
  const char* named = std::getenv("SOFTBOT_DATA");
  return named != nullptr && *named != '\0' ? fs::path(named) : checkout() / ".." / "shared" / "data";
}

std::vector<fs::path> hostile_files() {
  std::vector<fs::path> files;
  for (const char* folder : {"hostile", "odd-scans"}) {
    std::error_code absent;
    for (const auto& entry : fs::recursive_directory_iterator(test_data() / folder, absent)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace softbot::tests
