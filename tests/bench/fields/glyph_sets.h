#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "ocr/fields/signs.h"

namespace softbot::ocr {

/// One character as somebody wrote it: ink on paper, cut out.
struct WrittenGlyph {
  char character = 0;
  BoxInk ink;
};

/// Glyphs by their source ("mnist"), out of a folder that ocr/training/export_heldout.py wrote.
using GlyphSets = std::map<std::string, std::vector<WrittenGlyph>>;

/// Every <source>-<alphabet>-images-idx3-ubyte.gz of the folder. Throws std::runtime_error for a damaged
/// file.
[[nodiscard]] GlyphSets glyph_sets(const std::filesystem::path& folder, const std::string& alphabet);

/// The glyph as it comes out of a box of a scanned form: of some size, turned, slanted, with a thicker or
/// thinner pen, blurred, with remains of the frame and noise. Seldom (one in two hundred) quite cut off.
[[nodiscard]] BoxInk as_scanned(const BoxInk& glyph, std::mt19937& random);

}  // namespace softbot::ocr
