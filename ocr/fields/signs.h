#pragma once

#include <string>
#include <vector>

#include "domain/reading.h"
#include "forms/geometry/geometry.h"

namespace softbot::ocr {

/// The writer's ink in one box: 0.0 paper, 1.0 the darkest ink of the field, rows from the top. The box's
/// frame is taken away as far as possible. A plain value.
struct BoxInk {
  int width = 0;   ///< pixels
  int height = 0;  ///< pixels
  std::vector<float> ink;
};

/// What the sign in a box may be, each a calibrated probability of one sign by itself, before any rule of the
/// field. What was not asked is empty. A plain value.
struct SignChances {
  bool empty = false;           ///< surely nothing is written in the box; the rest is then empty
  std::vector<float> digits;    ///< 11: '0'..'9', no digit
  std::vector<float> capitals;  ///< 27: 'A'..'Z', no capital
};

/// The value of a field with one box per sign, under the field's rules (pattern, 11-test, real dates,
/// postcode, IBAN, bounds): value, probability, state and alternatives. `signs`: one per box, in the field's
/// order. The caller adds page, place, ink and crop. Pure.
[[nodiscard]] Reading decoded(const PaperField& field, const std::vector<SignChances>& signs);

}  // namespace softbot::ocr
