#pragma once

#include <string>
#include <string_view>

#include "domain/result.h"
#include "ports/reader.h"

namespace softbot {

/// One page with its images as bytes: a line with the length of a JSON object, the object, the images one
/// after the other. Pure.
[[nodiscard]] std::string to_bytes(const ReadPage& page);

/// Error `damaged`, without a word of the content, for anything that to_bytes() cannot have written: wrong
/// kinds, numbers that are not finite or outside their range, images that are no PNG or JPEG by name, a crop
/// that does not exist, bytes left over.
[[nodiscard]] Result<ReadPage> read_page_from(std::string_view bytes);

}  // namespace softbot
