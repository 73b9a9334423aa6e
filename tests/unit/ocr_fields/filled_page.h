#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/geometry/paper_form.h"
#include "ocr/fields/placed_page.h"
#include "unit/ocr/drawn_page.h"

namespace softbot::ocr {

/// The shipped form of one type, as the municipality Voorbeeld prints it.
const PaperForm& shipped_form(const std::string& type);
std::vector<std::string> shipped_types();

/// A pen: shade 0 black, 255 paper.
struct Pen {
  double width_mm = 0.5;
  std::uint8_t shade = 40;
};
inline constexpr Pen ballpoint{0.45, 50};
inline constexpr Pen marker{1.0, 20};
inline constexpr Pen pencil{0.5, 175};

/// A printed page that somebody writes on.
class FilledPage {
 public:
  /// `page` counts from 1.
  FilledPage(const PaperForm& form, int page);

  FilledPage& tick(const MmBox& box, Pen pen = ballpoint);
  FilledPage& cross(const MmBox& box, Pen pen = ballpoint);
  FilledPage& blacken(const MmBox& box, Pen pen = ballpoint);
  FilledPage& circle(const MmBox& box, Pen pen = ballpoint);
  FilledPage& dot(Point at, Pen pen = ballpoint);
  /// Lines through these places.
  FilledPage& stroke(const std::vector<Point>& through, Pen pen = ballpoint);
  /// A one, a seven or a nought, drawn by strokes across most of a box.
  FilledPage& one(const MmBox& box, Pen pen = ballpoint);
  FilledPage& seven(const MmBox& box, Pen pen = ballpoint);
  FilledPage& nought(const MmBox& box, Pen pen = ballpoint);
  /// Words that nobody can read, in a box or on a line.
  FilledPage& scribble(const MmBox& box, Pen pen = ballpoint);

  [[nodiscard]] const FormGeometry& geometry() const { return form_.geometry; }
  /// The field of this name, which must stand on this page.
  [[nodiscard]] const PaperField& field(std::string_view name) const;
  [[nodiscard]] MmBox tick_of(std::string_view name, std::string_view option) const;
  [[nodiscard]] GrayImage scan(const Scan& how = {}) const { return scanned(drawn_.picture(), how); }
  /// The scan put into place; nothing when that fails.
  [[nodiscard]] std::optional<PlacedPage> placed(const Scan& how = {}) const;

 private:
  const PaperForm& form_;
  int page_;
  DrawnPage drawn_;
};

}  // namespace softbot::ocr
