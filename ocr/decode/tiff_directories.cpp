#include "ocr/decode/tiff_directories.h"

#include <algorithm>
#include <limits>
#include <set>

#include "ocr/decode/binary.h"

namespace softbot::ocr {
namespace {

constexpr double centimetres_per_inch = 2.54;
constexpr std::uint64_t most_entries = 4096;

/// Sizes of the two flavours of the format.
struct Flavour {
  std::size_t count_bytes;   // of the number of entries
  std::size_t entry_bytes;   // of one entry
  std::size_t offset_bytes;  // of an offset, and of the value within an entry
};
constexpr Flavour classic{2, 12, 4};
constexpr Flavour big{8, 20, 8};

class DirectoryReader {
 public:
  DirectoryReader(const BinaryView& view, const Flavour& flavour) : view_(view), flavour_(flavour) {}

  [[nodiscard]] bool fits(std::uint64_t offset) const {
    const std::uint64_t entries = view_.number(offset, flavour_.count_bytes);
    return offset >= 8 && view_.holds(offset, flavour_.count_bytes) && entries <= most_entries &&
           view_.holds(offset + flavour_.count_bytes, entries * flavour_.entry_bytes);
  }

  [[nodiscard]] std::uint64_t next_after(std::uint64_t offset) const {
    const std::uint64_t entries = view_.number(offset, flavour_.count_bytes);
    return view_.number(offset + flavour_.count_bytes + entries * flavour_.entry_bytes,
                        flavour_.offset_bytes);
  }

  [[nodiscard]] bool is_page(std::uint64_t offset) const {
    return (value_of(offset, 254, 0) & 5U) == 0;  // neither a thumbnail nor a mask
  }

  [[nodiscard]] TiffDirectory read(std::uint64_t offset) const {
    TiffDirectory directory;
    directory.offset = offset;
    directory.width = static_cast<std::int64_t>(std::min(value_of(offset, 256, 0), largest));
    directory.height = static_cast<std::int64_t>(std::min(value_of(offset, 257, 0), largest));
    directory.bits = static_cast<int>(std::min<std::uint64_t>(value_of(offset, 258, 1), 1024));
    directory.photometric = static_cast<int>(std::min<std::uint64_t>(value_of(offset, 262, 0), 65535));
    directory.samples = static_cast<int>(std::min<std::uint64_t>(value_of(offset, 277, 1), 1024));
    const std::uint64_t unit = value_of(offset, 296, 2);
    const double per_inch = unit == 2 ? 1 : unit == 3 ? centimetres_per_inch : 0;
    directory.dpi_x = ratio_of(offset, 282) * per_inch;
    directory.dpi_y = ratio_of(offset, 283) * per_inch;
    return directory;
  }

 private:
  static constexpr std::uint64_t largest = std::numeric_limits<std::uint32_t>::max();

  [[nodiscard]] std::uint64_t entry(std::uint64_t offset, std::uint32_t tag) const {
    const std::uint64_t entries = view_.number(offset, flavour_.count_bytes);
    for (std::uint64_t index = 0; index < entries; ++index) {
      const std::uint64_t at = offset + flavour_.count_bytes + index * flavour_.entry_bytes;
      if (view_.u16(at) == tag) return at;
    }
    return 0;
  }

  /// The first number under a tag: bytes, shorts, longs or long longs.
  [[nodiscard]] std::uint64_t value_of(std::uint64_t offset, std::uint32_t tag, std::uint64_t absent) const {
    const std::uint64_t at = entry(offset, tag);
    if (at == 0) return absent;
    const std::size_t size = size_of_type(view_.u16(at + 2));
    const std::uint64_t count = view_.number(at + 4, flavour_.offset_bytes);
    if (size == 0 || count == 0) return absent;
    const std::uint64_t value_at = at + 4 + flavour_.offset_bytes;
    const bool inside = count <= flavour_.offset_bytes / size;
    return view_.number(inside ? value_at : view_.number(value_at, flavour_.offset_bytes), size);
  }

  [[nodiscard]] double ratio_of(std::uint64_t offset, std::uint32_t tag) const {
    const std::uint64_t at = entry(offset, tag);
    if (at == 0 || view_.u16(at + 2) != 5) return 0;
    const std::uint64_t value_at = at + 4 + flavour_.offset_bytes;
    const std::uint64_t place =
        flavour_.offset_bytes == 8 ? value_at : view_.number(value_at, flavour_.offset_bytes);
    const std::uint32_t below = view_.u32(place + 4);
    return below == 0 ? 0 : static_cast<double>(view_.u32(place)) / below;
  }

  static std::size_t size_of_type(std::uint32_t type) {
    switch (type) {
      case 1:
        return 1;
      case 3:
        return 2;
      case 4:
        return 4;
      case 16:
        return 8;
      default:
        return 0;
    }
  }

  const BinaryView& view_;
  const Flavour& flavour_;
};

}  // namespace

TiffContents read_tiff_directories(std::string_view bytes, std::size_t most) {
  const auto order = bytes.starts_with("MM") ? BinaryView::Order::big : BinaryView::Order::little;
  const BinaryView view(bytes, order);
  const bool is_big = view.u16(2) == 43;
  const Flavour& flavour = is_big ? big : classic;
  const DirectoryReader reader(view, flavour);
  TiffContents contents;
  std::set<std::uint64_t> seen;
  std::uint64_t offset = is_big ? view.u64(8) : view.u32(4);
  contents.broken = offset == 0;
  while (offset != 0 && contents.pages.size() < most) {
    if (!reader.fits(offset) || !seen.insert(offset).second || seen.size() > most * 4) {
      contents.broken = true;
      break;
    }
    if (reader.is_page(offset)) contents.pages.push_back(reader.read(offset));
    offset = reader.next_after(offset);
  }
  return contents;
}

}  // namespace softbot::ocr
