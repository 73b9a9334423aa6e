#include "adapters/reader_process/image_header.h"

#include <cstdint>
#include <limits>

namespace softbot {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view png_begin = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv;
constexpr std::string_view png_end = "IEND\xAE\x42\x60\x82"sv;
constexpr std::string_view jpeg_begin = "\xFF\xD8\xFF"sv;
constexpr std::string_view jpeg_end = "\xFF\xD9"sv;

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t number = 0;
  for (const char byte : bytes) number = number << 8U | static_cast<std::uint8_t>(byte);
  return number;
}

std::optional<ImageSize> size_of(std::uint32_t width, std::uint32_t height) {
  constexpr auto most = static_cast<std::uint32_t>(std::numeric_limits<int>::max());
  if (width == 0 || height == 0 || width > most || height > most) return std::nullopt;
  return ImageSize{static_cast<int>(width), static_cast<int>(height)};
}

/// Start of a frame: C0 to CF without the tables C4, C8 and CC.
bool begins_frame(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

std::optional<ImageSize> png_size(std::string_view bytes) {
  if (!bytes.starts_with(png_begin) || !bytes.ends_with(png_end)) return std::nullopt;
  if (bytes.size() < png_begin.size() + 8) return std::nullopt;
  return size_of(big_endian(bytes.substr(png_begin.size(), 4)),
                 big_endian(bytes.substr(png_begin.size() + 4, 4)));
}

std::optional<ImageSize> jpeg_size(std::string_view bytes) {
  if (!bytes.starts_with(jpeg_begin) || !bytes.ends_with(jpeg_end)) return std::nullopt;
  std::size_t at = 2;
  while (at + 9 <= bytes.size()) {
    if (static_cast<std::uint8_t>(bytes[at]) != 0xFF) return std::nullopt;
    const auto marker = static_cast<std::uint8_t>(bytes[at + 1]);
    if (begins_frame(marker))
      return size_of(big_endian(bytes.substr(at + 7, 2)), big_endian(bytes.substr(at + 5, 2)));
    const std::uint32_t length = big_endian(bytes.substr(at + 2, 2));
    if (length < 2) return std::nullopt;
    at += 2 + length;
  }
  return std::nullopt;
}

}  // namespace softbot
