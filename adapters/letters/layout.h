#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/letters/markup.h"
#include "adapters/letters/text_setting.h"
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

/// One line of a text with its baseline's left end.
struct PaintLine {
  SetLine set;
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

/// Lays a letter out on A4 pages: address in the envelope's window, then the body. `canvas` only gives Pango
/// its measures. Fails with `configuration` when a QR code does not fit its content.
[[nodiscard]] Result<Pages> lay_out(cairo_t* canvas, const Letter& letter);

}  // namespace softbot::letters
