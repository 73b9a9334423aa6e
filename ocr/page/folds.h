#pragma once

#include "ocr/image.h"

namespace softbot::ocr {

/// A letter is folded to fit its envelope, and each fold is a faint line from edge to edge, across boxes and
/// words. Takes such lines out of how dark each pixel of an upright page is (0 paper, 255 black); ink upon
/// them stays. A line as dark as ink stays too: somebody may have struck out the page. Pure.
[[nodiscard]] GrayImage without_folds(GrayImage darkness, double pixels_per_mm);

}  // namespace softbot::ocr
