#pragma once

#include <string>
#include <variant>
#include <vector>

#include "adapters/letters/markup.h"
#include "adapters/pdf/canvas.h"
#include "adapters/pdf/text_setting.h"
#include "domain/result.h"

namespace softbot::letters {

using pdf::millimetres;
using pdf::set_text;
using pdf::SetBlock;
using pdf::SetLine;
using pdf::Weight;

inline constexpr double kPageWidth = pdf::page_width;
inline constexpr double kPageHeight = pdf::page_height;

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
