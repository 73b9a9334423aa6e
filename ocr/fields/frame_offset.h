#pragma once

#include <optional>

#include "forms/geometry/geometry.h"
#include "ocr/fields/placed_page.h"

namespace softbot::ocr {

/// How far the frames of a field lie from where the page's map puts them: paper is bent, photographs have
/// perspective. Millimetres.
struct FrameOffset {
  double x = 0;
  double y = 0;
};

/// Nothing when the frames cannot be seen, or lie so far away that they may be others. Pure.
[[nodiscard]] std::optional<FrameOffset> frame_offset(const PlacedPage& page, const PaperField& field);

/// The field moved by so much. Its name and rules stay.
[[nodiscard]] PaperField moved(PaperField field, const FrameOffset& by);

}  // namespace softbot::ocr
