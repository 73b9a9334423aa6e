#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace softbot::fill {

/// An ordinary file in a tar archive (POSIX ustar).
struct TarMember {
  std::string name;  ///< without its folders
  std::size_t offset = 0;
  std::size_t length = 0;
};

[[nodiscard]] bool looks_like_tar(std::string_view bytes);
/// Error `invalid_input` when the archive is damaged or cut off; `file` is named in it.
[[nodiscard]] Result<std::vector<TarMember>> tar_members(std::string_view bytes, const std::string& file);

}  // namespace softbot::fill
