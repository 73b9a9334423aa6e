#pragma once

#include <optional>

#include "ocr/image.h"

namespace softbot::ocr {

/// Dirt on the glass of a feeding scanner draws straight lines as long as the page, along its columns. Gives
/// the picture without them, each filled from its sides; nothing when there are none. Finer lines than
/// `width` (pixels) only. Pure.
[[nodiscard]] std::optional<GrayImage> without_streaks(const GrayImage& image, int width);

}  // namespace softbot::ocr
