#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/decode/scan_file.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// How a page is made smaller on its way in.
struct PageScale {
  double dpi_x = 0;  ///< as found, or estimated by taking the page for A4
  double dpi_y = 0;
  int factor = 1;  ///< this many pixels by this many become one
};

/// 600 dpi and more becomes 300 to 599; pages over `most_pixels` become smaller still. Resolutions that no
/// paper has are not believed (0: none given).
[[nodiscard]] PageScale scale_of(int width, int height, double dpi_x, double dpi_y, std::int64_t most_pixels);

/// How samples lie in a row of raw pixels.
struct PixelLayout {
  int width = 0;
  int height = 0;
  int bits = 8;           ///< a sample: 1, 2, 4 or 8
  int components = 1;     ///< 1 grey or palette, 3 RGB
  bool inverted = false;  ///< grey: 0 is white
  std::string palette;    ///< RGB triples; "" when samples are light itself
};
[[nodiscard]] std::size_t bytes_of_row(const PixelLayout& layout);

/// The grey of a colour: the mean of how light it looks and of its darkest channel, so that a blue or red pen
/// is as dark as a black one nearly is.
[[nodiscard]] inline std::uint8_t gray_of(int red, int green, int blue) {
  const int light = (red * 77 + green * 151 + blue * 28) >> 8;
  const int least = red < green ? (red < blue ? red : blue) : (green < blue ? green : blue);
  return static_cast<std::uint8_t>((light + least) / 2);
}

/// Puts rows of grey together into a page, made smaller on the way, so that a page at 2400 dpi never lies in
/// memory whole.
class PageBuilder {
 public:
  PageBuilder(int width, int height, const PageScale& scale);

  /// `row` has the width as found. Rows beyond the height are ignored.
  void take_row(const std::uint8_t* row);
  [[nodiscard]] int rows_taken() const { return rows_; }
  /// The page so far, with square pixels; rows that never came are white.
  [[nodiscard]] GrayImage finish();

 private:
  void flush_sums();

  int width_;
  int height_;
  PageScale scale_;
  GrayImage image_;
  std::vector<std::uint32_t> sums_;
  int rows_ = 0;
  int rows_in_sums_ = 0;
};

/// Takes raw samples in pieces of any size, as a decompressor hands them out.
class SampleReader {
 public:
  SampleReader(PixelLayout layout, PageBuilder& builder);
  /// Anything after the last row is ignored.
  void take(std::string_view bytes);

 private:
  void take_whole_row(const std::uint8_t* row);

  PixelLayout layout_;
  PageBuilder& builder_;
  std::size_t row_bytes_;
  std::string pending_;
  std::vector<std::uint8_t> gray_;
  std::vector<std::uint8_t> gray_of_sample_;
};

}  // namespace softbot::ocr
