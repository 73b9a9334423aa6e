#include "adapters/scan_folder/whole_file.h"

#include <cstdint>
#include <optional>
#include <set>

namespace softbot {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t tail_bytes = 2'048;  // scanners pad behind the end

std::string_view tail_of(std::string_view bytes) {
  return bytes.size() <= tail_bytes ? bytes : bytes.substr(bytes.size() - tail_bytes);
}

bool has_in_tail(std::string_view bytes, std::string_view end) {
  return tail_of(bytes).find(end) != std::string_view::npos;
}

/// Numbers of a TIFF, in its byte order. Nothing beyond the end.
class TiffNumbers {
 public:
  TiffNumbers(std::string_view bytes, bool little) : bytes_(bytes), little_(little) {}

  [[nodiscard]] std::optional<std::uint32_t> read(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return std::nullopt;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = little_ ? at + size - 1 - i : at + i;
      number = number << 8U | static_cast<unsigned char>(bytes_[place]);
    }
    return number;
  }

 private:
  std::string_view bytes_;
  bool little_;
};

constexpr std::uint32_t strip_offsets = 273;
constexpr std::uint32_t strip_byte_counts = 279;
constexpr std::uint32_t tile_offsets = 324;
constexpr std::uint32_t tile_byte_counts = 325;
constexpr std::size_t entry_bytes = 12;
constexpr std::uint32_t most_pieces = 100'000;

struct Pieces {
  std::uint32_t type = 0;
  std::uint32_t count = 0;
  std::size_t place = 0;  ///< of the first value
};

/// The values of one entry: in the entry itself when they fit, else where it points.
std::optional<Pieces> pieces_at(const TiffNumbers& numbers, std::size_t entry) {
  const auto type = numbers.read(entry + 2, 2);
  const auto count = numbers.read(entry + 4, 4);
  const auto pointer = numbers.read(entry + 8, 4);
  if (!type || !count || !pointer || *count > most_pieces) return std::nullopt;
  const std::size_t size = *type == 3 ? 2 : 4;
  return Pieces{*type, *count, *count * size <= 4 ? entry + 8 : *pointer};
}

std::optional<std::uint32_t> piece(const TiffNumbers& numbers, const Pieces& pieces, std::uint32_t index) {
  const std::size_t size = pieces.type == 3 ? 2 : 4;
  return numbers.read(pieces.place + index * size, size);
}

/// All image data that this directory names lies within the file.
bool data_is_there(std::string_view bytes, const TiffNumbers& numbers, const std::optional<Pieces>& offsets,
                   const std::optional<Pieces>& counts) {
  if (!offsets || !counts || offsets->count != counts->count) return false;
  for (std::uint32_t i = 0; i < offsets->count; ++i) {
    const auto offset = piece(numbers, *offsets, i);
    const auto count = piece(numbers, *counts, i);
    if (!offset || !count || *offset > bytes.size() || *count > bytes.size() - *offset) return false;
  }
  return true;
}

/// The place of the next directory; nothing when this one is not all there.
std::optional<std::uint32_t> after_directory(std::string_view bytes, const TiffNumbers& numbers,
                                             std::uint32_t at) {
  const auto entries = numbers.read(at, 2);
  if (!entries) return std::nullopt;
  std::optional<Pieces> offsets;
  std::optional<Pieces> counts;
  for (std::uint32_t i = 0; i < *entries; ++i) {
    const std::size_t entry = at + 2 + i * entry_bytes;
    const auto tag = numbers.read(entry, 2);
    if (!tag) return std::nullopt;
    if (*tag == strip_offsets || *tag == tile_offsets) offsets = pieces_at(numbers, entry);
    if (*tag == strip_byte_counts || *tag == tile_byte_counts) counts = pieces_at(numbers, entry);
  }
  if (!data_is_there(bytes, numbers, offsets, counts)) return std::nullopt;
  return numbers.read(at + 2 + *entries * entry_bytes, 4);
}

bool is_whole_tiff(std::string_view bytes) {
  const TiffNumbers numbers(bytes, bytes.starts_with("II"));
  auto next = numbers.read(4, 4);
  if (!next || *next == 0) return false;
  std::set<std::uint32_t> seen;  // a circle is no end
  while (next && *next != 0) {
    if (!seen.insert(*next).second) return true;
    next = after_directory(bytes, numbers, *next);
  }
  return next.has_value();
}

Wholeness whole_when(bool is_whole) {
  return is_whole ? Wholeness::whole : Wholeness::not_yet;
}

}  // namespace

Wholeness wholeness_of(std::string_view bytes) {
  if (bytes.substr(0, 1'024).find("%PDF-") != std::string_view::npos)
    return whole_when(has_in_tail(bytes, "%%EOF"));
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv))
    return whole_when(has_in_tail(bytes, "IEND\xAE\x42\x60\x82"sv));
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return whole_when(has_in_tail(bytes, "\xFF\xD9"sv));
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return whole_when(is_whole_tiff(bytes));
  return bytes.empty() ? Wholeness::not_yet : Wholeness::no_scan;
}

}  // namespace softbot
