#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "forms/geometry/geometry.h"
#include "forms/geometry/page_code.h"

namespace softbot {

/// How a text looks on paper.
struct PaperStyle {
  double size = 12;  ///< points
  bool bold = false;
  bool italic = false;
  bool operator==(const PaperStyle&) const = default;
};

/// Height of one line of text, mm: fixed, so that places do not hang on how a font was made.
[[nodiscard]] constexpr double line_height(const PaperStyle& style) {
  return style.size * 1.22 * 25.4 / 72;
}

/// Measures texts as they will be printed. All that laying out needs to know of fonts.
class TextMeasure {
 public:
  virtual ~TextMeasure() = default;
  /// Into how many lines the text breaks in a column of this width (mm).
  [[nodiscard]] virtual int lines(std::string_view text, const PaperStyle& style, double width) const = 0;
  /// Width of the text on one line, mm.
  [[nodiscard]] virtual double width(std::string_view text, const PaperStyle& style) const = 0;
};

/// Colours with a meaning. `light` drops out when a page is read; nothing darker touches a field.
enum class PaperTone { black, grey, accent, light };

enum class PaperAlign { left, centre, right };

/// What a text is to somebody who has the form read aloud. `furniture` stands on every page, or means
/// something to the eye only, and is not read.
enum class PaperRole { title, part, heading, question, text, furniture };

/// Words in a column: they fill `place` from its top; its height is that of their lines.
struct PaperText {
  int page = 1;
  MmBox place;
  std::string text;
  PaperStyle style;
  PaperTone tone = PaperTone::black;
  PaperAlign align = PaperAlign::left;
  PaperRole role = PaperRole::text;
  bool operator==(const PaperText&) const = default;
};

/// A rectangle: filled, or its outline when `line` is a width (mm).
struct PaperShape {
  int page = 1;
  MmBox box;
  double line = 0;
  PaperTone tone = PaperTone::light;
  bool operator==(const PaperShape&) const = default;
};

/// Two strokes through a box, as somebody makes them who ticks it.
struct PaperCross {
  int page = 1;
  MmBox box;
  bool operator==(const PaperCross&) const = default;
};

using PaperItem = std::variant<PaperText, PaperShape, PaperCross>;

/// A form as it is printed, in reading order, and where everything stands on it. The corner marks and the
/// code of each page are painted from the geometry. A plain value.
struct PaperForm {
  FormGeometry geometry;
  std::string title;     ///< "Aanvraag: Hulp bij het huishouden"
  std::string author;    ///< the municipality, as it calls itself
  std::string accent;    ///< "#154273"
  MmBox readable_code;   ///< on every page: the code for people
  int code_modules = 0;  ///< of one side of the QR code, without its quiet zone
  std::vector<PaperItem> items;
  bool operator==(const PaperForm&) const = default;
};

/// The code of one page of a print. `set` is eight random signs of base 32, the same on all its pages.
[[nodiscard]] PageCode page_code_of(const FormGeometry& geometry, int page, std::string_view set);

}  // namespace softbot
