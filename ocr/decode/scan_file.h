#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "domain/result.h"
#include "ocr/image.h"

namespace softbot::ocr {

/// Bounds that are looked at before anything is decoded. The defaults hold for scans of 50 pages and a
/// process of 1.5 GB.
struct DecodeLimits {
  std::size_t bytes = std::size_t{64} << 20;
  int pages = 500;
  /// Of one page, as it is in the file: A4 at 2400 dpi is 557 million.
  std::int64_t pixels = 600'000'000;
  /// Of one page while it is decoded; what can be made smaller on the way needs less.
  std::int64_t decoded_bytes = 320'000'000;
  /// Of one page as it is handed out.
  std::int64_t page_pixels = 40'000'000;
  /// Of all pages that were decoded, as they are in the file.
  std::int64_t total_pixels = 6'000'000'000;
};

/// One page out of a file.
struct DecodedPage {
  int index = 0;    ///< in the file, from 0
  int width = 0;    ///< pixels, as found; 0 when unknown
  int height = 0;   ///< pixels, as found; 0 when unknown
  double dpi = 0;   ///< of the page as found: from the file, or estimated by taking it for A4
  GrayImage image;  ///< 150 to 600 dpi as far as the file goes; empty when there is a problem
  /// Lines that the page itself holds as characters, UTF-8, at most 20,000 bytes; "" when it is one picture,
  /// even with hidden text behind it: what counts is what a person sees.
  std::string text;
  std::optional<FieldError> problem;  ///< codes damaged, too-large
};

/// Where pages come from; one for each kind of file.
class PageSource {
 public:
  virtual ~PageSource() = default;
  [[nodiscard]] virtual int pages() const = 0;
  [[nodiscard]] virtual DecodedPage page(int index) = 0;
};

/// A scan as a row of grey pages, decoded one at a time: only one page is in memory. Colour becomes grey such
/// that coloured ink stays dark; what is transparent is white. Not thread-safe.
class ScanFile {
 public:
  /// Finds the kind by content. `bytes` must outlive the file. Error codes: too-large, too-many-pages, empty,
  /// damaged, encrypted, unsupported (names the kind), with Dutch words.
  [[nodiscard]] static tl::expected<ScanFile, FieldError> open(const std::string& bytes,
                                                               const DecodeLimits& limits = {});

  [[nodiscard]] int pages() const { return source_->pages(); }
  /// Never throws for what is in the file, except std::bad_alloc.
  [[nodiscard]] DecodedPage page(int index);

 private:
  ScanFile(std::unique_ptr<PageSource> source, const DecodeLimits& limits)
      : source_(std::move(source)), limits_(limits) {}

  std::unique_ptr<PageSource> source_;
  DecodeLimits limits_;
  std::int64_t pixels_so_far_ = 0;
};

}  // namespace softbot::ocr
