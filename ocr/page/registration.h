#pragma once

#include <optional>
#include <vector>

#include "forms/geometry/geometry.h"
#include "ocr/page/bend.h"
#include "ocr/page/codes.h"
#include "ocr/page/marks.h"
#include "ocr/page/plane.h"

namespace softbot::ocr {

/// How far an anchor may be from where the map puts it, in millimetres, for a page to be read.
inline constexpr double residual_gate_mm = 0.5;

/// How paper lies in a picture.
struct Registration {
  Projection to_picture;   ///< from millimetres to pixels
  Bend bend;               ///< paper that does not lie flat: to_picture takes the place that it moves to
  double residual_mm = 0;  ///< the greatest distance of an anchor from where it should be
  int marks = 0;           ///< how many of the four were used
  double pixels_per_mm = 0;
  int rotation = 0;  ///< degrees clockwise that turn the picture upright: 0, 90, 180, 270
  double skew = 0;   ///< degrees clockwise that the picture is turned beside that, -45..45
};

/// Puts a page into place by its code and its marks. At least three marks must be there; one that is not
/// where the others and the code say is left out. Nothing when marks are missing; a residual above the gate
/// is for the caller to refuse. Pure.
[[nodiscard]] std::optional<Registration> registered(const PaperPage& page, const FoundCode& code,
                                                     const std::vector<MarkCandidate>& marks);

/// The same for paper that does not lie flat, or was photographed from aside: the map goes through all four
/// marks, and its residual says how far they are from those of a flat page, at most `most_bent_mm`. It holds
/// near the marks only. What is printed between them has to agree before anything is read
/// (fields/straighten.h). Nothing for what no sheet of paper does.
[[nodiscard]] std::optional<Registration> roughly_registered(const PaperPage& page, const FoundCode& code,
                                                             const std::vector<MarkCandidate>& marks);
inline constexpr double most_bent_mm = 3;

/// Angles of a map, for the report.
[[nodiscard]] Registration with_angles(Registration registration);

}  // namespace softbot::ocr
