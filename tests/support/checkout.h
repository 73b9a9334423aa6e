#pragma once

#include <filesystem>

namespace softbot {

/// The folder of the checkout that these tests were built from. Only its own source is compiled with the
/// path, so that what was compiled for one checkout serves another.
[[nodiscard]] std::filesystem::path checkout();

}  // namespace softbot
