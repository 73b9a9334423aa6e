#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "ocr/decode/scan_file.h"

namespace softbot::ocr {

/// A PDF file. A page that is one plain picture gives that picture, pixel by pixel; every other page is
/// drawn. Error codes: damaged, encrypted.
[[nodiscard]] tl::expected<std::unique_ptr<PageSource>, FieldError> open_pdf(const std::string& bytes,
                                                                             const DecodeLimits& limits);

}  // namespace softbot::ocr
