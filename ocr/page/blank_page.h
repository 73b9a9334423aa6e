#pragma once

#include "ocr/image.h"

namespace softbot::ocr {

/// True when nothing is on it but what no writer made: specks, the rim of the scanner's lid, the holes of a
/// punch in the margin, and streaks from edge to edge that dirt on a scanner's glass leaves. Pure.
[[nodiscard]] bool is_blank(const GrayImage& image, double pixels_per_mm);

}  // namespace softbot::ocr
