#pragma once

#include <string>

namespace softbot::ocr {

/// How fax data out of a PDF are coded.
struct FaxFormat {
  int width = 0;
  int height = 0;
  int k = 0;  ///< below 0: group 4; 0: group 3; above: group 3 in two dimensions
};

/// A TIFF file around fax data, so that the decoder for TIFF reads it. White is white.
[[nodiscard]] std::string fax_as_tiff(const std::string& data, const FaxFormat& format);

}  // namespace softbot::ocr
