#pragma once

#include <vector>

#include "domain/reading.h"
#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"
#include "ocr/fields/recogniser.h"

namespace softbot::ocr {

/// What was read on one page. A plain value.
struct PageFields {
  std::vector<Reading> readings;  ///< in the geometry's order
  std::vector<MmBox> shown;       ///< of each: what a person has to see of it
};

/// Readings of all fields of one page (from 1), without their crops. All boxes of the page go through the
/// nets at once, and then the signs above or below those that hold a crossed-out sign (corrections.h): what
/// such a sign has part in is never certain. What the picture does not show is unreadable, never empty.
[[nodiscard]] PageFields read_fields(const PlacedPage& page, const FormGeometry& geometry, int number,
                                     Recogniser& recogniser);

}  // namespace softbot::ocr
