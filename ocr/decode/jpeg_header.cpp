#include "ocr/decode/jpeg_header.h"

#include "ocr/decode/binary.h"

namespace softbot::ocr {
namespace {

using namespace std::string_view_literals;

constexpr double centimetres_per_inch = 2.54;

bool is_frame(unsigned marker) {  // SOF0 to SOF15 without DHT, JPG and DAC
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool has_no_length(unsigned marker) {
  return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

void read_jfif(std::string_view segment, JpegHeader& header) {
  const BinaryView view(segment, BinaryView::Order::big);
  if (!segment.starts_with("JFIF\0"sv) || segment.size() < 12) return;
  const double unit = view.u8(7) == 1 ? 1 : view.u8(7) == 2 ? centimetres_per_inch : 0;
  header.dpi_x = view.u16(8) * unit;
  header.dpi_y = view.u16(10) * unit;
}

void read_exif(std::string_view segment, JpegHeader& header) {
  if (!segment.starts_with("Exif\0\0"sv)) return;
  segment.remove_prefix(6);
  const auto order = segment.starts_with("MM"sv) ? BinaryView::Order::big : BinaryView::Order::little;
  const BinaryView view(segment, order);
  const std::uint64_t directory = view.u32(4);
  const std::uint32_t entries = view.u16(directory);
  for (std::uint32_t entry = 0; entry < entries && entry < 100; ++entry) {
    const std::uint64_t at = directory + 2 + std::uint64_t{entry} * 12;
    constexpr std::uint32_t orientation_tag = 0x0112;
    if (view.u16(at) != orientation_tag) continue;
    const std::uint32_t orientation = view.u16(at + 8);
    if (orientation >= 1 && orientation <= 8) header.orientation = static_cast<int>(orientation);
  }
}

}  // namespace

std::optional<JpegHeader> read_jpeg_header(std::string_view bytes) {
  const BinaryView view(bytes, BinaryView::Order::big);
  if (view.u16(0) != 0xFFD8) return std::nullopt;
  JpegHeader header;
  for (std::size_t at = 2; view.holds(at, 4);) {
    if (view.u8(at) != 0xFF) {  // decoders skip to the next marker too
      ++at;
      continue;
    }
    const unsigned marker = view.u8(at + 1);
    if (marker == 0xFF || marker == 0 || has_no_length(marker)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    const std::size_t length = view.u16(at + 2);
    if (marker == 0xD9 || length < 2 || !view.holds(at + 2, length)) return std::nullopt;
    const std::string_view segment = bytes.substr(at + 4, length - 2);
    if (marker == 0xE0) read_jfif(segment, header);
    if (marker == 0xE1) read_exif(segment, header);
    if (is_frame(marker)) {
      header.progressive = (marker & 3U) == 2;
      header.height = static_cast<int>(view.u16(at + 5));
      header.width = static_cast<int>(view.u16(at + 7));
      header.components = static_cast<int>(view.u8(at + 9));
    }
    at += 2 + length;
    if (marker == 0xDA) {
      const auto end = bytes.rfind("\xFF\xD9"sv);
      header.has_end = end != std::string_view::npos && end >= at;
      if (header.width == 0 || header.height == 0) return std::nullopt;
      return header;
    }
  }
  return std::nullopt;
}

}  // namespace softbot::ocr
