#pragma once

#include <vector>

#include "forms/geometry/geometry.h"
#include "ocr/fields/field_ink.h"
#include "ocr/fields/signs.h"

namespace softbot::ocr {

/// The ink of one box of a field, and what can be said without a net.
struct WrittenBox {
  bool empty = true;    ///< surely nothing is written in it
  bool joined = false;  ///< a stroke hangs together with that of a neighbour and was cut between the boxes
  BoxInk ink;           ///< nothing when `empty`
};

/// The writer's ink of each box of a field with one box per sign: strokes that leave their box are taken
/// whole, strokes of a neighbour that reach in are left out. In the field's order. Pure.
[[nodiscard]] std::vector<WrittenBox> written_boxes(const PaperField& field, const FieldInk& ink);

/// What has to be looked at for a field with one box per sign.
[[nodiscard]] MmBox surroundings(const PaperField& field);

}  // namespace softbot::ocr
