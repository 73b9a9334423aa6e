#pragma once

#include "forms/geometry/geometry.h"

namespace softbot {

/// The reader cuts out a field with this much paper around it, and shows it this fine.
inline constexpr double crop_margin_mm = 3;
inline constexpr double crop_pixels_per_mm = 6;

/// The crop of a field as a form of its own: one page as large as the crop, with that field on it and nothing
/// else. It keeps what reading needs (boxes, pattern, kind, bounds) and not which question it answers: its
/// name is "field". Pure.
[[nodiscard]] FormGeometry geometry_of_crop(const PaperField& field);

}  // namespace softbot
