#pragma once

#include <string>

#include "ocr/image.h"

namespace softbot::ocr {

/// A grey PNG; "" for an empty picture. Pure.
[[nodiscard]] std::string png_of(const GrayImage& image);

/// A grey JPEG of this quality (1..100); "" for an empty picture. Pure.
[[nodiscard]] std::string jpeg_of(const GrayImage& image, int quality);

}  // namespace softbot::ocr
