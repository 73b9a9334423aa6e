#pragma once

#include <string_view>

#include "domain/result.h"

namespace softbot::ocr {

/// Why a file, or one page of it, is not read: a stable code of ReadFile::refused and words for people.
[[nodiscard]] FieldError refusal(std::string_view code, std::string_view dutch_words);

[[nodiscard]] FieldError damaged_file();
[[nodiscard]] FieldError encrypted_file();
[[nodiscard]] FieldError empty_file();
[[nodiscard]] FieldError damaged_page(int index);
[[nodiscard]] FieldError too_large_page(int index);

}  // namespace softbot::ocr
