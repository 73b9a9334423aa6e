#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "picture.h"

namespace softbot::fill {

/// The file formats of scanners.
enum class ScanFormat { pdf, png, tif, jpg };

[[nodiscard]] std::string_view name_of(ScanFormat format);  ///< also the file name's ending
[[nodiscard]] std::optional<ScanFormat> scan_format_from(std::string_view name);

/// How the pictures are kept inside.
struct ScanCoding {
  ScanFormat format = ScanFormat::pdf;
  bool bilevel = false;   ///< black and white: CCITT group 4 in PDF and TIFF
  int jpeg_quality = 75;  ///< of JPEG, and of grey and colour pages in PDF; 0: without loss in PDF
};

/// A grey picture out of PNG, JPEG or TIFF bytes; nothing when it cannot be decoded.
[[nodiscard]] std::optional<Picture> decode_grey(std::string_view bytes);

/// One file with all these pages; PNG and JPEG hold one page only. The same pages give the same bytes.
[[nodiscard]] Result<std::string> encode(const std::vector<Picture>& pages, const ScanCoding& coding);

}  // namespace softbot::fill
