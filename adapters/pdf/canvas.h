#pragma once

#include <cairo-pdf.h>

#include <memory>
#include <string>

#include "adapters/pdf/handles.h"
#include "adapters/pdf/run.h"
#include "adapters/pdf/text_setting.h"
#include "domain/result.h"

namespace softbot::pdf {

/// Lengths on paper are in points (1/72 inch), as Cairo counts.
[[nodiscard]] constexpr double millimetres(double length) {
  return length * 72.0 / 25.4;
}

inline constexpr double page_width = millimetres(210);
inline constexpr double page_height = millimetres(297);

/// An A4 PDF that is being drawn.
class PdfCanvas {
 public:
  PdfCanvas();

  [[nodiscard]] cairo_t* get() const { return canvas_.get(); }
  void describe(cairo_pdf_metadata_t what, const std::string& text);

  /// The PDF; nothing can be drawn any more.
  [[nodiscard]] Result<std::string> finish();

 private:
  std::unique_ptr<std::string> pdf_;  ///< Cairo keeps its address
  Handle<cairo_surface_t> surface_;
  Handle<cairo_t> canvas_;
};

/// Paints one line of a text with its baseline's left end at (x, baseline), in points.
void paint_line(cairo_t* canvas, const SetLine& line, double x, double baseline, Colour colour);

}  // namespace softbot::pdf
