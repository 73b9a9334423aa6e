#pragma once

#include "ocr/image.h"

namespace softbot::ocr {

/// Whether a person can make out print on a page: large enough, dark enough beside its paper, and sharp.
/// Looks at edges alone and reads nothing. A page without any print is not legible.
[[nodiscard]] bool is_legible(const GrayImage& page);

}  // namespace softbot::ocr
