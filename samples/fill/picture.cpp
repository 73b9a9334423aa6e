#include "picture.h"

namespace softbot::fill {

Picture blank_picture(int width, int height, int channels, double dpi) {
  const auto count =
      static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * static_cast<std::size_t>(channels);
  return {width, height, channels, dpi, std::vector<std::uint8_t>(count, 255)};
}

Picture in_colour(const Picture& grey) {
  if (grey.channels == 3) return grey;
  Picture coloured = blank_picture(grey.width, grey.height, 3, grey.dpi);
  for (std::size_t i = 0; i < grey.pixels.size(); ++i) {
    for (std::size_t channel = 0; channel < 3; ++channel) coloured.pixels[3 * i + channel] = grey.pixels[i];
  }
  return coloured;
}

}  // namespace softbot::fill
