#pragma once

#include <optional>

#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"

namespace softbot::ocr {

/// Handwriting beside all fields: where it lies, and how much of it there is.
struct StrayInk {
  MmBox box;
  double square_mm = 0;
};

/// Looks for strokes that are larger than print between the fields, and for any writing in the margins; page
/// counts from 1. Short remarks in small letters between printed words are not found. Pure.
[[nodiscard]] std::optional<StrayInk> stray_ink(const PlacedPage& page, const FormGeometry& geometry,
                                                int number);

}  // namespace softbot::ocr
