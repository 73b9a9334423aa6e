#pragma once

#include <string>
#include <vector>

#include "ocr/fields/nets.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// A line of block capitals that stands in no boxes. A plain value.
struct CapitalLine {
  std::string text;   ///< A to Z; no spaces, dashes or accents. "" when nothing is found
  double chance = 0;  ///< that every letter is right; by what both ways of reading say
};

/// The nets of a line. References: they must outlive it.
struct LineNets {
  const Normalisation& normalisation;
  GlyphNet& capitals;
  LineNet& lines;
};

/// Reads the longest line on a strip in two ways: cuts it where characters may end and has a net read every
/// piece that may be one; and has another net read it whole. What they agree upon is most often right.
/// `prompts`: printed words before the writing or above it ("NOM"), which are no part of it. Of small letters
/// and joined writing hardly any is right.
[[nodiscard]] CapitalLine read_capital_line(const GrayImage& strip, const std::vector<std::string>& prompts,
                                            const LineNets& nets);

}  // namespace softbot::ocr
