#pragma once

#include <cstddef>

#include "ocr/fields/signs.h"
#include "samples/fill/idx.h"

namespace softbot::eval {

/// How a picture of an IDX file lies in it.
enum class Lie {
  upright,
  transposed  ///< rows and columns changed places, as EMNIST publishes its files
};

/// What is paper and what is ink in a whole file. A plain value.
struct InkLevels {
  int paper = 0;    ///< 0..255
  int darkest = 0;  ///< 0..255, at the other end from the paper

  [[nodiscard]] bool is_white_on_black() const { return darkest >= paper; }
  bool operator==(const InkLevels&) const = default;
};

/// Found out from the pictures: what their edges mostly show is paper. One answer for the file, so that a
/// letter that fills its picture is not turned round. Pure.
[[nodiscard]] InkLevels ink_levels(const fill::LabelledPictures& pictures);

/// Picture number `index` as the reader gives the nets a box by itself: 0.0 paper, 1.0 the darkest ink of
/// this picture, unless there is next to none. Pure.
[[nodiscard]] ocr::BoxInk ink_of(const fill::LabelledPictures& pictures, std::size_t index,
                                 const InkLevels& levels, Lie lie);

}  // namespace softbot::eval
