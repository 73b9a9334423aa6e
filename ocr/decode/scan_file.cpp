#include "ocr/decode/scan_file.h"

#include <utility>

#include "ocr/decode/file_kind.h"
#include "ocr/decode/pdf_pages.h"
#include "ocr/decode/pictures.h"
#include "ocr/decode/refusal.h"

namespace softbot::ocr {
namespace {

using Source = tl::expected<std::unique_ptr<PageSource>, FieldError>;

Source source_of(const std::string& bytes, const DecodeLimits& limits) {
  switch (kind_of(bytes)) {
    case FileKind::pdf:
      return open_pdf(bytes, limits);
    case FileKind::tiff:
      return open_tiff(bytes, limits);
    case FileKind::jpeg:
    case FileKind::png:
      return open_picture(bytes, limits);
    case FileKind::other:
      break;
  }
  return tl::unexpected(
      refusal("unsupported", "Dit is " + name_of_unsupported(bytes) + ". Wij lezen PDF, TIFF, JPEG en PNG."));
}

}  // namespace

tl::expected<ScanFile, FieldError> ScanFile::open(const std::string& bytes, const DecodeLimits& limits) {
  if (bytes.empty()) return tl::unexpected(refusal("empty", "Dit bestand is leeg."));
  if (bytes.size() > limits.bytes) {
    return tl::unexpected(refusal("too-large", "Dit bestand is te groot: het mag hoogstens " +
                                                   std::to_string(limits.bytes >> 20) +
                                                   " MB zijn. Verdeel het over meer bestanden."));
  }
  auto source = source_of(bytes, limits);
  if (!source) return tl::unexpected(source.error());
  if ((*source)->pages() == 0) return tl::unexpected(empty_file());
  if ((*source)->pages() > limits.pages) {
    return tl::unexpected(refusal("too-many-pages", "Dit bestand heeft te veel pagina's: hoogstens " +
                                                        std::to_string(limits.pages) +
                                                        ". Verdeel het over meer bestanden."));
  }
  return ScanFile(std::move(*source), limits);
}

DecodedPage ScanFile::page(int index) {
  if (pixels_so_far_ > limits_.total_pixels) {
    DecodedPage page;
    page.index = index;
    page.problem = too_large_page(index);
    return page;
  }
  DecodedPage page = source_->page(index);
  page.index = index;
  pixels_so_far_ += std::int64_t{page.width} * page.height;
  return page;
}

}  // namespace softbot::ocr
