#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "glyph.h"
#include "pen.h"
#include "sources.h"

namespace softbot::fill {

/// Everything that writers take their handwriting from.
struct Handwriting {
  std::vector<GlyphSource> digits;    ///< each has 0 to 9
  std::vector<GlyphSource> capitals;  ///< each has A to Z
  std::vector<GlyphSource> fonts;     ///< for writing lines; may be empty
  LineStrips strips;                  ///< for writing lines of which nobody knows the text; may be empty
};

/// Reads all that was given. Sources without all digits, or all capitals, lend those they have to the others
/// of the same kind. Error `invalid_input` when there are no digits or no capitals at all, and as in
/// sources.h.
[[nodiscard]] Result<Handwriting> read_handwriting(const Paths& digits, const Paths& capitals,
                                                   const Paths& lines, const Paths& fonts);

enum class Pen { blue, black, pencil };

[[nodiscard]] std::string_view name_of(Pen pen);
[[nodiscard]] std::optional<Pen> pen_from(std::string_view name);

enum class TickStyle { cross, check, dot, scribble, slash, circle };

[[nodiscard]] std::string_view name_of(TickStyle style);
[[nodiscard]] std::optional<TickStyle> tick_style_from(std::string_view name);

/// One person with one pen: draws every form in the same hand.
struct Writer {
  const GlyphSource* digits = nullptr;
  const GlyphSource* capitals = nullptr;
  const GlyphSource* line_font = nullptr;  ///< null: strips, or capitals
  /// Of every character the few that this person writes, with this pen; data sets do not say who wrote what.
  std::map<char, std::vector<Glyph>> hand;
  Pen pen = Pen::black;
  Ink ink;
  double pen_mm = 0.4;  ///< width of strokes
  double size = 0.75;   ///< height of characters, of the box's height
  double size_spread = 0.07;
  double slant = 0;
  double slant_spread = 0.05;
  double thickness = 0;  ///< of glyphs, as in Placement
  double shake_mm = 0;
  double off_centre = 0.07;  ///< of the box
  double baseline = 0;       ///< how far below the middle of the box, of its height
  TickStyle tick = TickStyle::cross;
  double tick_size = 1;  ///< of the box
  double tick_off_centre = 0.1;
  bool numbers_to_the_right = false;  ///< puts a short number in the last boxes
};

/// The writer of one form of a file, by the file's seed; with this pen, or any. Borrows the handwriting.
[[nodiscard]] Writer writer_for(const Handwriting& handwriting, std::uint64_t seed, std::uint64_t form,
                                std::optional<Pen> pen);

}  // namespace softbot::fill
