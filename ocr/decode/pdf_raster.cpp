#include "ocr/decode/pdf_raster.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "ocr/decode/page_builder.h"
#include "ocr/decode/refusal.h"

namespace softbot::ocr {
namespace {

constexpr double points_per_inch = 72;
constexpr double drawing_dpi = 300;
constexpr double least_dpi = 20;
constexpr std::size_t most_text = 20'000;  // bytes

/// What poppler has to say may quote the file.
void be_quiet() {
  static const bool quiet = [] {
    poppler::set_debug_error_function([](const std::string& /*message*/, void* /*closure*/) {}, nullptr);
    return true;
  }();
  (void)quiet;
}

class PopplerRaster : public PdfRaster {
 public:
  explicit PopplerRaster(std::unique_ptr<poppler::document> document) : document_(std::move(document)) {
    renderer_.set_render_hints(poppler::page_renderer::antialiasing |
                               poppler::page_renderer::text_antialiasing);
    renderer_.set_image_format(poppler::image::format_rgb24);
  }
  [[nodiscard]] bool is_encrypted() const override { return document_->is_locked(); }
  [[nodiscard]] int pages() const override { return document_->pages(); }
  [[nodiscard]] DecodedPage draw(int index, const DecodeLimits& limits) override;

 private:
  std::unique_ptr<poppler::document> document_;
  poppler::page_renderer renderer_;
};

/// The resolution at which a page of this size stays within the limits; 0: there is none.
double resolution_of(double width, double height, const DecodeLimits& limits) {
  if (!(width > 0 && height > 0)) return 0;
  const double square_inches = width / points_per_inch * (height / points_per_inch);
  const double most = std::sqrt(static_cast<double>(limits.page_pixels) / square_inches);
  const double dpi = std::min(drawing_dpi, std::floor(most));
  return dpi >= least_dpi ? dpi : 0;
}

/// The lines of a page as they lie on it, columns apart.
std::string text_of(const poppler::page& page) {
  const poppler::byte_array bytes = page.text(poppler::rectf(), poppler::page::physical_layout).to_utf8();
  std::string text(bytes.begin(), bytes.end());
  if (text.size() <= most_text) return text;
  std::size_t end = most_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a sign
  text.resize(end);
  return text;
}

DecodedPage PopplerRaster::draw(int index, const DecodeLimits& limits) {
  DecodedPage result;
  result.index = index;
  const std::unique_ptr<poppler::page> page(document_->create_page(index));
  if (!page) {
    result.problem = damaged_page(index);
    return result;
  }
  const auto box = page->page_rect(poppler::crop_box);
  double width = box.width();
  double height = box.height();
  if (page->orientation() == poppler::page::landscape || page->orientation() == poppler::page::seascape)
    std::swap(width, height);
  const double dpi = resolution_of(width, height, limits);
  if (dpi == 0) {
    result.problem = too_large_page(index);
    return result;
  }
  result.text = text_of(*page);
  const poppler::image image = renderer_.render_page(page.get(), dpi, dpi);
  if (!image.is_valid() || image.width() <= 0 || image.height() <= 0) {
    result.problem = damaged_page(index);
    return result;
  }
  result.width = image.width();
  result.height = image.height();
  result.dpi = dpi;
  PageBuilder builder(result.width, result.height, {dpi, dpi, 1});
  SampleReader reader({result.width, result.height, 8, 3, false, {}}, builder);
  const auto row_bytes = static_cast<std::size_t>(result.width) * 3;
  for (int y = 0; y < result.height; ++y) {
    const char* row = image.const_data() + static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    reader.take({row, row_bytes});
  }
  result.image = builder.finish();
  return result;
}

}  // namespace

std::unique_ptr<PdfRaster> PdfRaster::open(const std::string& bytes) {
  be_quiet();
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) return nullptr;
  return std::make_unique<PopplerRaster>(std::move(document));
}

}  // namespace softbot::ocr
