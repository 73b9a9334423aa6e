#pragma once

#include <vector>

#include "ocr/image.h"
#include "ocr/page/plane.h"

namespace softbot::ocr {

/// A solid dark square, about as large as a corner mark.
struct MarkCandidate {
  Point middle;         ///< pixels of the picture, to a small part of one
  double side = 0;      ///< pixels
  double solidity = 0;  ///< share of its square that is dark, 0..1
};

/// All solid dark squares with sides from 0.7 to 1.4 times `side` (pixels). Strokes and the rim of a
/// scanner's lid that touch a mark are cut off where they are thinner than half of it. Pure.
[[nodiscard]] std::vector<MarkCandidate> find_marks(const GrayImage& image, double side);

}  // namespace softbot::ocr
