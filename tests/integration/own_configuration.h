#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/daemon.h"

namespace softbot::tests {

void write_file(const std::filesystem::path& file, const std::string& text);
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// A copy of the shipped configuration that a test may break.
[[nodiscard]] std::filesystem::path configuration_in(const TemporaryFolder& folder);

/// One run of `serve` that is expected to end by itself.
[[nodiscard]] Ended serve_once(const std::filesystem::path& data, const std::vector<std::string>& more = {},
                               const std::string& listen = "127.0.0.1:0");

}  // namespace softbot::tests
