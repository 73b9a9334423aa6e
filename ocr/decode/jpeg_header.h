#pragma once

#include <optional>
#include <string_view>

namespace softbot::ocr {

/// What the segments before the picture say.
struct JpegHeader {
  int width = 0;
  int height = 0;
  int components = 0;
  bool progressive = false;  ///< decoding holds all of it in memory, whatever the size asked for
  double dpi_x = 0;          ///< 0 when not given
  double dpi_y = 0;
  int orientation = 1;   ///< of Exif, 1 to 8
  bool has_end = false;  ///< the marker that ends the picture is there
};

/// Nothing for what is no JPEG, or ends before its picture begins.
[[nodiscard]] std::optional<JpegHeader> read_jpeg_header(std::string_view bytes);

}  // namespace softbot::ocr
