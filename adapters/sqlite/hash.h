#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "domain/result.h"

namespace softbot::sqlite {

/// SHA-256 as 64 hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// The same over a file of any size. Fails with `storage`.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace softbot::sqlite
