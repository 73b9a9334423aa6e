#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/pdf/handles.h"
#include "adapters/pdf/run.h"

namespace softbot::pdf {

/// A stretch of a text that leads somewhere, in bytes of the layout's text.
struct LinkRange {
  int begin = 0;
  int end = 0;
  std::string address;
};

/// Text broken into lines by Pango; shared by the lines that are painted from it.
struct SetText {
  Handle<PangoLayout> layout;
  std::vector<LinkRange> links;
};

/// One line with its measures, in points.
struct SetLine {
  std::shared_ptr<const SetText> text;
  PangoLayoutLine* line = nullptr;  ///< owned by the layout
  double baseline = 0;              ///< below the line's top
  double height = 0;
};

/// A text in its column.
struct SetBlock {
  std::vector<SetLine> lines;
  double height = 0;
};

enum class Weight { normal, bold };

/// Sets a text in a column: `size` and `width` in points. Words longer than a line are broken. Takes a time
/// in proportion to the text, however long. `canvas` only gives Pango its measures.
[[nodiscard]] SetBlock set_text(cairo_t* canvas, const Text& text, double size, double width, Weight weight);

}  // namespace softbot::pdf
