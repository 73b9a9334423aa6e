#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace softbot::ocr {

/// A grey picture: 0 black, 255 white, rows from the top without padding. A plain value.
struct GrayImage {
  int width = 0;
  int height = 0;
  double dpi = 0;  ///< 0 when unknown
  std::vector<std::uint8_t> pixels;

  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
  [[nodiscard]] std::uint8_t at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
};

}  // namespace softbot::ocr
