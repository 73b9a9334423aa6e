#pragma once

#include <string>
#include <vector>

#include "ocr/fields/nets.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// A line of block capitals that stands in no boxes. A plain value.
struct CapitalLine {
  std::string text;   ///< A to Z; no spaces, dashes or accents. "" when nothing is found
  double chance = 0;  ///< of all signs together, where they were cut rightly: of a cut nothing is known
  double weakest_sign = 0;
};

/// Reads the longest line on a strip: cuts it where characters may end, has the net read every piece that
/// may be one, and takes the best way through them. `prompts`: printed words before the writing or above it
/// ("NOM"), which are no part of it. Of small letters and joined writing hardly any is right.
[[nodiscard]] CapitalLine read_capital_line(const GrayImage& strip, const std::vector<std::string>& prompts,
                                            const Normalisation& normalisation, GlyphNet& capitals);

}  // namespace softbot::ocr
