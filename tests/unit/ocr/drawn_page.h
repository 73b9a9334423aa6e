#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "forms/geometry/geometry.h"
#include "forms/geometry/page_code.h"
#include "ocr/image.h"
#include "ocr/page/plane.h"

namespace softbot::ocr {

/// A page drawn by hand, in millimetres, 12 pixels each; then scanned badly.
class DrawnPage {
 public:
  DrawnPage();
  /// On a page that is there already, at 12 pixels a millimetre.
  explicit DrawnPage(GrayImage picture) : picture_(std::move(picture)) {}

  /// Solid black squares, one code, grey frames: what is printed.
  DrawnPage& print(const FormGeometry& geometry, int page, const PageCode& code);
  DrawnPage& print_marks(const PaperPage& page);
  DrawnPage& print_code(const MmBox& box, const std::string& text);

  /// A filled rectangle; 0 black.
  DrawnPage& fill(const MmBox& box, std::uint8_t shade);
  /// Its outline, `width` mm.
  DrawnPage& frame(const MmBox& box, double width, std::uint8_t shade);
  /// A stroke of a pen.
  DrawnPage& stroke(Point from, Point to, double width, std::uint8_t shade);
  /// A bitmap (0 paper, 1 ink) stretched to fill the box.
  DrawnPage& glyph(const MmBox& box, const std::vector<double>& ink, int side, std::uint8_t shade);

  [[nodiscard]] const GrayImage& picture() const { return picture_; }

 private:
  GrayImage picture_;
};

/// How a page is scanned.
struct Scan {
  double dpi = 300;
  int rotation = 0;    ///< degrees clockwise, as the page lies in the scan
  double skew = 0;     ///< degrees clockwise
  double scale_x = 1;  ///< of the paper
  double scale_y = 1;
  double noise = 0;       ///< standard deviation of the brightness
  double brightness = 1;  ///< of the paper
  double contrast = 1;    ///< 0.5: ink half as dark
  bool bilevel = false;
  double rim_mm = 0;  ///< of dark around the paper
  unsigned seed = 1;
};
[[nodiscard]] GrayImage scanned(const GrayImage& drawn, const Scan& scan);

/// A page of 210 x 297 mm with marks, a code and no fields; and its code.
[[nodiscard]] FormGeometry plain_geometry();
[[nodiscard]] PageCode code_of(const FormGeometry& geometry);

}  // namespace softbot::ocr
