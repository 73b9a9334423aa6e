#pragma once

#include <filesystem>
#include <string_view>

#include "domain/result.h"

namespace softbot::sqlite {

/// Makes the folder if it is absent (for its owner alone). Fails with `conflict` when something lies in it.
[[nodiscard]] Result<void> need_empty_folder(const std::filesystem::path& folder);

/// Writes a file whole or not at all: aside, synced, renamed, its folder synced. Fails with `storage`.
[[nodiscard]] Result<void> write_durable(const std::filesystem::path& file, std::string_view bytes);

/// Copies a file in the same way.
[[nodiscard]] Result<void> copy_durable(const std::filesystem::path& from, const std::filesystem::path& to);

/// Makes the names in a folder durable, as far as it can.
void sync_folder(const std::filesystem::path& folder);

}  // namespace softbot::sqlite
