#pragma once

#include <optional>
#include <string>
#include <vector>

#include "forms/geometry/geometry.h"
#include "forms/geometry/page_code.h"
#include "ocr/image.h"
#include "ocr/page/codes.h"
#include "ocr/page/marks.h"
#include "ocr/page/registration.h"

namespace softbot::ocr {

/// What can be seen of a page before anybody knows where its fields are.
struct PageTraits {
  double pixels_per_mm = 0;  ///< guessed from the resolution and the size
  bool blank = false;        ///< nothing is on it
  std::optional<FoundCode> code;
  std::vector<MarkCandidate> marks;
  int rotation =
      0;  ///< by the code, else by the marks (which cannot tell top from bottom): degrees clockwise
  double skew = 0;
};

/// Looks for ink, the code and the marks. Pure; bounded by the number of pixels.
[[nodiscard]] PageTraits traits_of(const GrayImage& image);

/// Pixels in a millimetre: by the picture's resolution where that gives a sheet of a usual size, else as if
/// the picture were an A4 sheet.
[[nodiscard]] double guessed_pixels_per_mm(const GrayImage& image);

}  // namespace softbot::ocr
