#pragma once

#include <optional>
#include <string_view>

namespace softbot {

/// Width and height of a picture in pixels.
struct ImageSize {
  int width = 0;
  int height = 0;
  bool operator==(const ImageSize&) const = default;
};

/// What the header of a PNG or a JPEG says; nothing when these bytes are no such picture, or lack its end.
[[nodiscard]] std::optional<ImageSize> png_size(std::string_view bytes);
[[nodiscard]] std::optional<ImageSize> jpeg_size(std::string_view bytes);

}  // namespace softbot
