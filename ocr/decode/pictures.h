#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "ocr/decode/scan_file.h"

namespace softbot::ocr {

/// A TIFF file, a page for each of its pictures. A page outside the limits, or one that cannot be decoded, is
/// a page with a problem. Error: damaged when there is no page at all.
[[nodiscard]] tl::expected<std::unique_ptr<PageSource>, FieldError> open_tiff(const std::string& bytes,
                                                                              const DecodeLimits& limits);

/// A JPEG or PNG file: one page. Error codes: damaged.
[[nodiscard]] tl::expected<std::unique_ptr<PageSource>, FieldError> open_picture(const std::string& bytes,
                                                                                 const DecodeLimits& limits);

/// What is known of a picture from around it: how large it is on a page of PDF. Then the picture's own
/// resolution and orientation do not count. 0: nothing is known.
struct KnownPlace {
  double dpi_x = 0;
  double dpi_y = 0;
};

[[nodiscard]] DecodedPage decode_jpeg(const std::string& bytes, const KnownPlace& place,
                                      const DecodeLimits& limits);

/// A TIFF file with one picture, as it is put around fax data out of a PDF.
[[nodiscard]] DecodedPage decode_tiff(const std::string& bytes, const KnownPlace& place,
                                      const DecodeLimits& limits);

}  // namespace softbot::ocr
