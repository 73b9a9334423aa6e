#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "ports/reader.h"

namespace softbot::pipeline {

/// What the reader made of a scan, as bytes to keep sealed until the pages have found their cases, and back.
/// Error: `damaged` for anything that to_bytes did not write.
[[nodiscard]] std::string to_bytes(const ReadFile& file);
[[nodiscard]] Result<ReadFile> read_file_from(std::string_view bytes);

}  // namespace softbot::pipeline
