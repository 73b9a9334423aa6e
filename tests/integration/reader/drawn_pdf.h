#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocr/image.h"

namespace softbot::tests {

/// A PDF with a page for each picture.
[[nodiscard]] std::string pdf_of(const std::vector<ocr::GrayImage>& pictures);

/// A picture that pdftoppm wrote: P5, width, height, 255.
[[nodiscard]] ocr::GrayImage pgm_in(const std::filesystem::path& file);

}  // namespace softbot::tests
