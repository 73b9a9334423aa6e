#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace softbot::fill {

/// A picture of a page: grey (one channel) or red, green, blue (three); 255 is white; rows from the top
/// without padding.
struct Picture {
  int width = 0;
  int height = 0;
  int channels = 1;
  double dpi = 300;
  std::vector<std::uint8_t> pixels;
  bool operator==(const Picture&) const = default;

  [[nodiscard]] std::uint8_t* at(int x, int y) { return pixels.data() + offset(x, y); }
  [[nodiscard]] const std::uint8_t* at(int x, int y) const { return pixels.data() + offset(x, y); }
  [[nodiscard]] double pixels_per_mm() const { return dpi / 25.4; }

 private:
  [[nodiscard]] std::size_t offset(int x, int y) const {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) *
           static_cast<std::size_t>(channels);
  }
};

/// A page of one shade.
[[nodiscard]] Picture blank_picture(int width, int height, int channels, double dpi);
/// The same in three channels.
[[nodiscard]] Picture in_colour(const Picture& grey);

}  // namespace softbot::fill
