#include "ocr/decode/fax_wrapper.h"

#include <array>
#include <cstdint>

namespace softbot::ocr {
namespace {

struct Entry {
  std::uint16_t tag;
  std::uint16_t type;  // 3: short, 4: long
  std::uint32_t value;
};

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int step = 0; step < bytes; ++step) out += static_cast<char>(value >> (8 * step) & 0xFFU);
}

}  // namespace

std::string fax_as_tiff(const std::string& data, const FaxFormat& format) {
  constexpr std::uint32_t header_bytes = 8;
  constexpr std::uint16_t group_3 = 3;
  constexpr std::uint16_t group_4 = 4;
  const bool is_group_4 = format.k < 0;
  const std::uint32_t height = static_cast<std::uint32_t>(format.height);
  const std::array<Entry, 10> entries{{
      {256, 4, static_cast<std::uint32_t>(format.width)},
      {257, 4, height},
      {258, 3, 1},                               // bits of a sample
      {259, 3, is_group_4 ? group_4 : group_3},  // compression
      {262, 3, 0},                               // 0 is white
      {273, 4, header_bytes},                    // where the only strip starts
      {277, 3, 1},                               // samples of a pixel
      {278, 4, height},                          // rows of the strip
      {279, 4, static_cast<std::uint32_t>(data.size())},
      {static_cast<std::uint16_t>(is_group_4 ? 293 : 292), 4, !is_group_4 && format.k > 0 ? 1U : 0U},
  }};
  std::string tiff = "II*";
  tiff += '\0';
  const std::uint32_t padding = data.size() % 2 == 0 ? 0 : 1;
  put(tiff, header_bytes + static_cast<std::uint32_t>(data.size()) + padding, 4);
  tiff += data;
  tiff.append(padding, '\0');
  put(tiff, entries.size(), 2);
  for (const Entry& entry : entries) {
    put(tiff, entry.tag, 2);
    put(tiff, entry.type, 2);
    put(tiff, 1, 4);
    put(tiff, entry.value, 4);
  }
  put(tiff, 0, 4);
  return tiff;
}

}  // namespace softbot::ocr
