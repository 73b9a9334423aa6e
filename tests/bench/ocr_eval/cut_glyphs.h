#pragma once

#include <string>
#include <vector>

#include "domain/result.h"
#include "kept_readings.h"
#include "ocr/fields/normalise.h"
#include "options.h"

namespace softbot::eval {

/// One character as a net sees it, and what a person says that it is.
struct LabelledGlyph {
  char sign = 0;
  std::vector<float> glyph;  ///< as normalised() gives it
};

/// The digits and capitals of a reading: where as many boxes hold ink as signs are written, one by one. None
/// where they do not match: somebody wrote two in a box, or what was put right is not what stands there.
/// Pure.
[[nodiscard]] std::vector<LabelledGlyph> glyphs_of(const KeptReading& reading, const ocr::Normalisation& how);

/// Cuts an export into pairs of IDX files to train with, as --help says; what was written. Error: what is
/// wrong with a file.
[[nodiscard]] Result<std::string> cut_glyphs(const Options& options);

}  // namespace softbot::eval
