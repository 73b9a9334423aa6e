#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace softbot::ocr {

/// One picture in a TIFF file, by its tags.
struct TiffDirectory {
  std::uint64_t offset = 0;
  std::int64_t width = 0;
  std::int64_t height = 0;
  int bits = 1;
  int samples = 1;
  int photometric = 0;  ///< 5: ink colours (CMYK)
  double dpi_x = 0;     ///< 0 when not given
  double dpi_y = 0;
};

/// The pages in their order, without thumbnails and masks. Ends at the first directory that lies outside the
/// file, was there before, or exceeds `most`.
struct TiffContents {
  std::vector<TiffDirectory> pages;
  bool broken = false;  ///< the chain does not end as it should: pages may be missing
};
[[nodiscard]] TiffContents read_tiff_directories(std::string_view bytes, std::size_t most);

}  // namespace softbot::ocr
