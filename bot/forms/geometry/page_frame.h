#pragma once

#include "forms/geometry/geometry.h"

namespace softbot {

/// What stands at the same place on every page that softbot prints to read again, mm: solid corner marks, far
/// enough from the edge for every printer, and the QR code at the top right, its quiet zone clear of the
/// mark.
namespace page_frame {
inline constexpr double mark_side = 6;
inline constexpr double mark_edge = 9;
inline constexpr double code_right = 188;
inline constexpr double code_top = 10;
inline constexpr double code_side = 24;  ///< more only where a code has so many modules that they get small
inline constexpr double readable_top = 30.5;  ///< of the code for people, left of the QR code
}  // namespace page_frame

/// Marks and code of an A4 page.
[[nodiscard]] PaperPage framed_page(double code_side);

}  // namespace softbot
