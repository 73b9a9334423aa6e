#pragma once

#include <vector>

#include "domain/reading.h"
#include "forms/geometry/geometry.h"
#include "ocr/fields/box_inks.h"
#include "ocr/fields/recogniser.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// Reads the crop of one field again, long after its page is gone. `alone`: what geometry_of_crop() gave.
/// The crop is coarser than the page was, so a reading may be a little less sure. Nothing is read of a
/// geometry without a field in boxes: then it is unreadable.
[[nodiscard]] Reading read_crop(const GrayImage& crop, const FormGeometry& alone, Recogniser& recogniser);

/// The writer's ink in the boxes of such a crop, in the field's order. Pure.
[[nodiscard]] std::vector<WrittenBox> boxes_on_crop(const GrayImage& crop, const FormGeometry& alone);

}  // namespace softbot::ocr
