#pragma once

#include <array>
#include <string>
#include <vector>

#include "ocr/image.h"
#include "ocr/page/plane.h"

namespace softbot::ocr {

/// A QR code in a picture.
struct FoundCode {
  std::string text;
  /// Its outer corners without the quiet zone, as its own top left, top right, bottom right, bottom left:
  /// pixels of the picture.
  std::array<Point, 4> corners;
  /// About how far the corners may be off, pixels.
  double blur = 1;
};

/// QR codes in a picture, as it is. Never throws for what is in it. Not thread-safe with itself only by its
/// memory; pure otherwise.
[[nodiscard]] std::vector<FoundCode> find_codes(const GrayImage& image);

/// What a printed code of any usual kind says (QR, Data Matrix, Aztec, PDF417, Code 128, Code 39, EAN, ITF
/// and others), whichever way it lies: each different text once. Never throws for what is in the picture.
[[nodiscard]] std::vector<std::string> texts_of_codes(const GrayImage& image);

/// Looks for the code of a page of ours (its text begins with "SB" and a digit): first along the page's edges
/// at a moderate scale, then everywhere, finer and in black and white. Other codes are passed on when no such
/// code is found. `pixels_per_mm` is a guess.
[[nodiscard]] std::vector<FoundCode> find_page_code(const GrayImage& image, double pixels_per_mm);

/// True for the text of a code that softbot printed, of this version or another.
[[nodiscard]] bool is_of_softbot(const std::string& text);

}  // namespace softbot::ocr
