#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace softbot::fill {

/// One written character (or a strip of writing) without its surroundings: 0 paper, 255 ink.
struct Glyph {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> ink;
  // Of a font only, for writing lines; in pixels of a font of `font_em`.
  int left = 0;
  int top = 0;  ///< above the base line
  double advance = 0;
  bool operator==(const Glyph&) const = default;

  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

constexpr int font_em = 64;  ///< pixels

/// Characters by who or what wrote them: one file, or one font. A writer takes all characters from one
/// source.
struct GlyphSource {
  std::string name;
  std::map<char, std::vector<Glyph>> glyphs;

  /// Whether every one of these characters is there.
  [[nodiscard]] bool has(const std::string& characters) const;
};

/// Cuts away what is around the ink, and turns black on white into ink on paper: what the edge mostly shows
/// is paper. Empty when nothing is on it.
[[nodiscard]] Glyph cut_out(int width, int height, const std::vector<std::uint8_t>& pixels);

/// Smaller by averaging, so that the longer side has at most this many pixels.
[[nodiscard]] Glyph at_most(const Glyph& glyph, int longer_side);

/// The same shape drawn with another pen: strokes about this wide, as a share of the glyph's height, as far
/// as the shape stands it. Sharper than what it was made from.
[[nodiscard]] Glyph with_stroke(const Glyph& glyph, double share_of_height);

}  // namespace softbot::fill
