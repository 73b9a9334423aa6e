#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "adapters/letters/handles.h"
#include "adapters/letters/markup.h"
#include "domain/result.h"

namespace softbot::letters {

/// Lengths on paper are in points (1/72 inch), as Cairo counts.
[[nodiscard]] constexpr double millimetres(double length) {
  return length * 72.0 / 25.4;
}

inline constexpr double kPageWidth = millimetres(210);
inline constexpr double kPageHeight = millimetres(297);

/// Opens an element of the document's structure (H1, P, L, Table...); closed by the EndTag of that name.
struct BeginTag {
  std::string name;
};

struct EndTag {
  std::string name;
};

/// A stretch of a text that leads somewhere, in bytes of the layout's text.
struct LinkRange {
  int begin = 0;
  int end = 0;
  std::string address;
};

/// Text broken into lines; shared by the lines that are painted from it.
struct SetText {
  Handle<PangoLayout> layout;
  std::vector<LinkRange> links;
};

/// One line of a text with its baseline's left end.
struct PaintLine {
  std::shared_ptr<const SetText> text;
  PangoLayoutLine* line = nullptr;  ///< owned by the layout
  double x = 0;
  double baseline = 0;
  Colour colour;
};

/// A filled rectangle, or its outline where `stroke` is a width.
struct PaintBox {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  Colour colour;
  double stroke = 0;
};

struct NextPage {};

using Step = std::variant<BeginTag, EndTag, PaintLine, PaintBox, NextPage>;

/// Everything to paint, in reading order.
struct Pages {
  std::vector<Step> steps;
  int count = 1;
  std::vector<std::string> figures;  ///< alternative texts, in the order of the Figure tags
};

enum class Weight { normal, bold };

/// Sets a text in a column: `size` in points, `width` in points.
[[nodiscard]] std::shared_ptr<const SetText> set_text(cairo_t* canvas, const Text& text, double size, double width, Weight weight);

/// Lays a letter out on A4 pages: address in the envelope's window, then the body. `canvas` only gives Pango its measures.
/// Fails with `configuration` when a QR code does not fit its content.
[[nodiscard]] Result<Pages> lay_out(cairo_t* canvas, const Letter& letter);

}  // namespace softbot::letters
