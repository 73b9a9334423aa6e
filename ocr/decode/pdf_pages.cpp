#include "ocr/decode/pdf_pages.h"

#include <algorithm>
#include <utility>

#include "ocr/decode/fax_wrapper.h"
#include "ocr/decode/page_builder.h"
#include "ocr/decode/pdf_file.h"
#include "ocr/decode/pdf_raster.h"
#include "ocr/decode/pictures.h"
#include "ocr/decode/refusal.h"

namespace softbot::ocr {
namespace {

void invert(GrayImage& image) {
  for (std::uint8_t& pixel : image.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
}

GrayImage half_turned(GrayImage image) {
  std::reverse(image.pixels.begin(), image.pixels.end());
  return image;
}

GrayImage quarter_turned(const GrayImage& image) {  // clockwise
  GrayImage result;
  result.width = image.height;
  result.height = image.width;
  result.dpi = image.dpi;
  result.pixels.resize(image.pixels.size());
  const auto width = static_cast<std::size_t>(result.width);
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* row =
        image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width);
    const std::size_t column = width - 1 - static_cast<std::size_t>(y);
    for (std::size_t x = 0; x < static_cast<std::size_t>(image.width); ++x)
      result.pixels[x * width + column] = row[x];
  }
  return result;
}

void turn(DecodedPage& page, int degrees) {
  if (degrees == 180) page.image = half_turned(std::move(page.image));
  if (degrees == 90) page.image = quarter_turned(page.image);
  if (degrees == 270) page.image = half_turned(quarter_turned(page.image));
  if (degrees == 90 || degrees == 270) std::swap(page.width, page.height);
}

class PdfPages : public PageSource {
 public:
  PdfPages(const std::string& bytes, std::unique_ptr<PdfFile> file, std::unique_ptr<PdfRaster> raster,
           const DecodeLimits& limits)
      : bytes_(bytes), file_(std::move(file)), raster_(std::move(raster)), limits_(limits) {}

  [[nodiscard]] int pages() const override { return raster_ ? raster_->pages() : file_->pages(); }

  [[nodiscard]] DecodedPage page(int index) override {
    if (raster_ == nullptr || file_->state() == PdfFile::State::open) {
      const PdfPicture picture = file_->picture(index);
      DecodedPage page = taken_out(index, picture);
      page.index = index;
      if (!page.image.empty()) {
        turn(page, picture.rotation);
        return page;
      }
      if (page.problem) {
        if (page.problem->code == "too-large") page.problem = too_large_page(index);
        if (page.problem->code == "too-large") return page;
      }
    }
    return drawn(index);
  }

 private:
  /// No image and no problem: the page has to be drawn.
  [[nodiscard]] DecodedPage taken_out(int index, const PdfPicture& picture) const;
  [[nodiscard]] DecodedPage from_samples(int index, const PdfPicture& picture) const;
  [[nodiscard]] DecodedPage drawn(int index);

  const std::string& bytes_;
  std::unique_ptr<PdfFile> file_;
  std::unique_ptr<PdfRaster> raster_;  ///< opened when the first page has to be drawn
  DecodeLimits limits_;
};

DecodedPage PdfPages::taken_out(int index, const PdfPicture& picture) const {
  const KnownPlace place{picture.dpi_x, picture.dpi_y};
  switch (picture.coding) {
    case PdfPicture::Coding::jpeg:
      return decode_jpeg(picture.encoded, place, limits_);
    case PdfPicture::Coding::fax: {
      const FaxFormat format{picture.width, picture.height, picture.fax_k};
      DecodedPage page = decode_tiff(fax_as_tiff(picture.encoded, format), place, limits_);
      if (picture.inverted) invert(page.image);
      return page;
    }
    case PdfPicture::Coding::samples:
      return from_samples(index, picture);
    case PdfPicture::Coding::none:
      break;
  }
  return {};
}

DecodedPage PdfPages::from_samples(int index, const PdfPicture& picture) const {
  DecodedPage page;
  if (std::int64_t{picture.width} * picture.height > limits_.pixels) {
    page.problem = too_large_page(index);
    return page;
  }
  const PixelLayout layout{picture.width,      picture.height,   picture.bits,
                           picture.components, picture.inverted, picture.palette};
  const auto scale =
      scale_of(picture.width, picture.height, picture.dpi_x, picture.dpi_y, limits_.page_pixels);
  PageBuilder builder(picture.width, picture.height, scale);
  SampleReader reader(layout, builder);
  constexpr std::size_t spare = 64 << 10;  // some writers end a stream with a few bytes too many
  const std::size_t most = bytes_of_row(layout) * static_cast<std::size_t>(picture.height) + spare;
  const bool sound = file_->stream_samples(index, most, [&](const unsigned char* data, std::size_t size) {
    reader.take({reinterpret_cast<const char*>(data), size});
  });
  if (!sound || builder.rows_taken() < picture.height) return page;
  page.width = picture.width;
  page.height = picture.height;
  page.dpi = std::max(scale.dpi_x, scale.dpi_y);
  page.image = builder.finish();
  return page;
}

DecodedPage PdfPages::drawn(int index) {
  if (!raster_) raster_ = PdfRaster::open(bytes_);
  if (raster_ && !raster_->is_encrypted() && index < raster_->pages()) return raster_->draw(index, limits_);
  DecodedPage page;
  page.index = index;
  page.problem = damaged_page(index);
  return page;
}

}  // namespace

tl::expected<std::unique_ptr<PageSource>, FieldError> open_pdf(const std::string& bytes,
                                                               const DecodeLimits& limits) {
  auto file = std::make_unique<PdfFile>(bytes);
  if (file->state() == PdfFile::State::encrypted) return tl::unexpected(encrypted_file());
  std::unique_ptr<PdfRaster> raster;
  if (file->state() == PdfFile::State::damaged || file->pages() == 0) {  // the drawer may forgive more
    raster = PdfRaster::open(bytes);
    if (!raster) return tl::unexpected(file->state() == PdfFile::State::open ? empty_file() : damaged_file());
    if (raster->is_encrypted()) return tl::unexpected(encrypted_file());
  }
  return std::make_unique<PdfPages>(bytes, std::move(file), std::move(raster), limits);
}

}  // namespace softbot::ocr
