#pragma once

#include <string>
#include <string_view>

namespace softbot::ocr {

enum class FileKind { pdf, tiff, jpeg, png, other };

/// By content alone; a name or a media type can lie.
[[nodiscard]] FileKind kind_of(std::string_view bytes);

/// What a file of no kind of ours seems to be, in Dutch, for people ("een WebP-afbeelding").
[[nodiscard]] std::string name_of_unsupported(std::string_view bytes);

}  // namespace softbot::ocr
