#pragma once

#include <vector>

#include "domain/reading.h"
#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"

namespace softbot::ocr {

/// Puts what printed codes say into the readings of fields that are codes (is_barcode) on this page.
/// `readings`: as read_fields() gave them. A code has a checksum: one text in the box is certain, two are
/// doubtful; ink that is no code is unreadable.
void read_codes(const PlacedPage& page, const FormGeometry& geometry, int number,
                std::vector<Reading>& readings);

}  // namespace softbot::ocr
