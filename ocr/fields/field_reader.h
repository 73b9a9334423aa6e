#pragma once

#include <vector>

#include "domain/reading.h"
#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"
#include "ocr/fields/recogniser.h"

namespace softbot::ocr {

/// Readings of all fields of one page (from 1), in the geometry's order, without their crops. All boxes of
/// the page go through the nets field by field. What the picture does not show is unreadable, never empty.
[[nodiscard]] std::vector<Reading> read_fields(const PlacedPage& page, const FormGeometry& geometry,
                                               int number, Recogniser& recogniser);

}  // namespace softbot::ocr
