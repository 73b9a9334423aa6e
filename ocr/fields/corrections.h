#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "forms/geometry/geometry.h"
#include "ocr/fields/field_ink.h"
#include "ocr/fields/signs.h"

namespace softbot::ocr {

/// Somebody crosses a sign out and writes the right one above its box, or below, where nothing is asked.

/// What of a field with boxes is looked at for corrections: all that is as far as this from its boxes.
inline constexpr double correction_reach_mm = 8;
[[nodiscard]] MmBox correction_surroundings(const PaperField& field);

/// A sign beside a box.
struct Correction {
  BoxInk ink;
  bool touches_print =
      false;  ///< letters that are printed there hang together with it: bits of them may be in it
};

/// Of each box the one sign in the free space right above or below it, about as large as the box. Nothing
/// where there is none, where more stands there than one sign, where it may be print, or reaches into one of
/// `others`: the places of other fields. `ink`: of the correction_surroundings(). Pure.
[[nodiscard]] std::vector<std::optional<Correction>> corrections_beside(const FieldInk& ink,
                                                                        const PaperField& field,
                                                                        const std::vector<MmBox>& others);

/// What a box says whose sign may be crossed out (as likely as it holds no sign) while a correction stands
/// above it or below that was read as `beside`: most of that likelihood goes to the sign beside it, and less
/// where that touches print.
[[nodiscard]] SignChances corrected(SignChances crossed_out, const Correction& correction,
                                    const SignChances& beside);

}  // namespace softbot::ocr
