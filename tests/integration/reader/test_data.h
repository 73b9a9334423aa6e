#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace softbot::tests {

/// The folder of test data that are not in this repository: SOFTBOT_DATA, or beside the checkout.
[[nodiscard]] std::filesystem::path test_data();

/// Every file under these folders of it in order: also licences and lists, which are no scans.
[[nodiscard]] std::vector<std::filesystem::path> hostile_files();

[[nodiscard]] std::string bytes_of(const std::filesystem::path& file);

}  // namespace softbot::tests
