#pragma once

#include <vector>

#include "ocr/fields/placed_page.h"
#include "ocr/page/pixels.h"

namespace softbot::ocr {

/// What is printed where somebody writes: frames around `places`, and perhaps writing lines inside of them.
enum class Ruling { frames, frames_and_lines };

/// The writer's ink in a part of a placed page: printed lines, paper and specks are taken away. A plain
/// value.
struct FieldInk {
  PixelBox area;             ///< of the placed page
  GrayImage ink;             ///< of the area: 0 paper, 255 black
  double noise = 0;          ///< of the paper, 0..1
  bool bilevel = false;      ///< see PlacedPage
  double level = 1;          ///< how dark the darkest ink in the places is, 0..1; 1 when there is none
  std::vector<Blob> parts;   ///< strokes that hang together: pixels of the area
  std::vector<Blob> specks;  ///< too small for a part: dirt, or all that is left of weak ink
  std::vector<int> labels;   ///< number of its part for every pixel of the area; -1: paper

  [[nodiscard]] int label_at(int x, int y) const {
    return labels[static_cast<std::size_t>(y) * static_cast<std::size_t>(area.width) +
                  static_cast<std::size_t>(x)];
  }
  /// A box of the page in pixels of the area, cut off at its edges.
  [[nodiscard]] PixelBox local(const MmBox& box) const;
};

/// `around`: what to look at; `places`: the boxes that are written in.
[[nodiscard]] FieldInk field_ink(const PlacedPage& page, const MmBox& around,
                                 const std::vector<MmBox>& places, Ruling ruling);

/// Length of the longer side of a part, mm.
[[nodiscard]] double length_mm(const Blob& part);
[[nodiscard]] double square_mm(double pixels);

/// The longest trace in a box that may be too weak for a part: mm, 0 when there is surely none. Black and
/// white show no traces, only specks.
[[nodiscard]] double faint_trace_mm(const FieldInk& field, const MmBox& box);
/// How many specks lie in a box, at most in one word's room. Pencil that was faxed leaves nothing else.
[[nodiscard]] int specks_in(const FieldInk& field, const MmBox& box);
/// The same with the parts that are too short for a stroke (`short_mm`): a broken stroke leaves such pieces.
[[nodiscard]] int crumbs_in(const FieldInk& field, const MmBox& box);
inline constexpr double short_mm = 1.3;
/// How many crumbs are more than dirt where the scan is as noisy as this: `clean` on clean paper, up
/// to two and a half times as many where grains of noise are all over it.
[[nodiscard]] int beside_grains(int clean, double noise);

}  // namespace softbot::ocr
