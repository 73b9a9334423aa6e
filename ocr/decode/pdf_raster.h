#pragma once

#include <memory>
#include <string>

#include "ocr/decode/scan_file.h"

namespace softbot::ocr {

/// Draws pages of PDF. Not thread-safe.
class PdfRaster {
 public:
  /// `bytes` must outlive it. Nothing when the drawer cannot open the file.
  [[nodiscard]] static std::unique_ptr<PdfRaster> open(const std::string& bytes);
  virtual ~PdfRaster() = default;

  [[nodiscard]] virtual bool is_encrypted() const = 0;
  [[nodiscard]] virtual int pages() const = 0;
  /// At 300 dpi, or less where the page is larger than the limits allow.
  [[nodiscard]] virtual DecodedPage draw(int page, const DecodeLimits& limits) = 0;
};

}  // namespace softbot::ocr
