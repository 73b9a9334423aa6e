#include "ocr/decode/pictures.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "ocr/decode/file_kind.h"
#include "ocr/decode/jpeg_header.h"
#include "ocr/decode/page_builder.h"
#include "ocr/decode/refusal.h"
#include "ocr/decode/tiff_directories.h"

namespace softbot::ocr {
namespace {

struct PixDestroyer {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixHandle = std::unique_ptr<Pix, PixDestroyer>;

constexpr int separated_inks = 5;  // TIFF's photometric interpretation of CMYK

/// Messages would go to standard error, and may quote the file.
void be_quiet() {
  static const bool quiet = [] {
    setMsgSeverity(L_SEVERITY_NONE);
    return true;
  }();
  (void)quiet;
}

const l_uint8* bytes_of(const std::string& text) {
  return reinterpret_cast<const l_uint8*>(text.data());
}

DecodedPage with_problem(DecodedPage page, FieldError problem) {
  page.problem = std::move(problem);
  return page;
}

/// Colour as it lies in a row of 32-bit words: red, green, blue and what is over.
template <class ToGray>
void take_colour_rows(Pix* pix, PageBuilder& builder, const ToGray& to_gray) {
  const int width = pixGetWidth(pix);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(width));
  for (int y = 0; y < pixGetHeight(pix); ++y) {
    const l_uint32* line =
        pixGetData(pix) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(pix));
    for (int x = 0; x < width; ++x) row[static_cast<std::size_t>(x)] = to_gray(line[x]);
    builder.take_row(row.data());
  }
}

void take_gray_rows(Pix* pix, PageBuilder& builder) {
  const int width = pixGetWidth(pix);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(width));
  const bool black_and_white = pixGetDepth(pix) == 1;
  for (int y = 0; y < pixGetHeight(pix); ++y) {
    l_uint32* line = pixGetData(pix) + static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(pix));
    for (int x = 0; x < width; ++x) {
      const auto value = static_cast<std::uint8_t>(black_and_white ? (GET_DATA_BIT(line, x) != 0U ? 0 : 255)
                                                                   : GET_DATA_BYTE(line, x));
      row[static_cast<std::size_t>(x)] = value;
    }
    builder.take_row(row.data());
  }
}

std::uint8_t gray_of_rgb(l_uint32 word) {
  return gray_of(static_cast<int>(word >> 24), static_cast<int>(word >> 16 & 255U),
                 static_cast<int>(word >> 8 & 255U));
}

std::uint8_t gray_of_inks(l_uint32 word) {
  const int light = 255 - static_cast<int>(word & 255U);
  const auto channel = [&](unsigned shift) {
    return (255 - static_cast<int>(word >> shift & 255U)) * light / 255;
  };
  return gray_of(channel(24), channel(16), channel(8));
}

std::uint8_t gray_on_white(l_uint32 word) {
  const int alpha = static_cast<int>(word & 255U);
  const int gray = gray_of_rgb(word);
  return static_cast<std::uint8_t>((gray * alpha + 255 * (255 - alpha)) / 255);
}

enum class Colours { light, inks };

void take_rows(PixHandle pix, Colours colours, PageBuilder& builder) {
  if (pixGetColormap(pix.get()) != nullptr) pix.reset(pixRemoveColormap(pix.get(), REMOVE_CMAP_BASED_ON_SRC));
  const int depth = pix ? pixGetDepth(pix.get()) : 0;
  if (depth != 0 && depth != 1 && depth != 8 && depth != 32) pix.reset(pixConvertTo8(pix.get(), 0));
  if (!pix) return;
  if (pixGetDepth(pix.get()) != 32) {
    take_gray_rows(pix.get(), builder);
  } else if (colours == Colours::inks) {
    take_colour_rows(pix.get(), builder, gray_of_inks);
  } else if (pixGetSpp(pix.get()) == 4) {
    take_colour_rows(pix.get(), builder, gray_on_white);
  } else {
    take_colour_rows(pix.get(), builder, gray_of_rgb);
  }
}

/// The picture as a page. `page` says how large it is in the file; `pix` may be smaller already.
DecodedPage finished(DecodedPage page, PixHandle pix, Colours colours, double dpi_x, double dpi_y,
                     const DecodeLimits& limits) {
  if (!pix) return with_problem(std::move(page), damaged_page(page.index));
  const int width = pixGetWidth(pix.get());
  const int height = pixGetHeight(pix.get());
  const double made_smaller = static_cast<double>(page.width) / width;
  const auto scale = scale_of(width, height, dpi_x / made_smaller, dpi_y / made_smaller, limits.page_pixels);
  PageBuilder builder(width, height, scale);
  take_rows(std::move(pix), colours, builder);
  if (builder.rows_taken() == 0) return with_problem(std::move(page), damaged_page(page.index));
  page.dpi = std::max(scale.dpi_x, scale.dpi_y) * made_smaller;
  page.image = builder.finish();
  return page;
}

bool fits(std::int64_t width, std::int64_t height, std::int64_t bits_per_pixel, const DecodeLimits& limits) {
  return width > 0 && height > 0 && width <= limits.pixels && height <= limits.pixels / width &&
         width * height <= limits.decoded_bytes / bits_per_pixel * 8;
}

PixHandle turned(PixHandle pix, int orientation) {
  if (!pix || orientation == 1) return pix;
  // What Exif calls 2 and 4 is mirrored; 5 to 8 are turned a quarter, 5 and 7 mirrored before that.
  if (orientation == 2 || orientation == 5 || orientation == 7) pix.reset(pixFlipLR(nullptr, pix.get()));
  if (orientation == 4) pix.reset(pixFlipTB(nullptr, pix.get()));
  if (!pix) return pix;
  const int quarters = orientation == 3                       ? 2
                       : orientation == 6 || orientation == 7 ? 1
                       : orientation == 8 || orientation == 5 ? 3
                                                              : 0;
  if (quarters != 0) pix.reset(pixRotateOrth(pix.get(), quarters));
  return pix;
}

DecodedPage decode_directory(const std::string& bytes, const TiffDirectory& directory, DecodedPage page,
                             const DecodeLimits& limits) {
  const bool colour = directory.samples > 1 || directory.photometric > 1;
  const auto largest = std::int64_t{1} << 30;
  if (directory.width == 0 || directory.height == 0)
    return with_problem(std::move(page), damaged_page(page.index));
  if (!fits(directory.width, directory.height, colour ? 32 : std::max(1, directory.bits), limits))
    return with_problem(std::move(page), too_large_page(page.index));
  page.width = static_cast<int>(std::min(directory.width, largest));
  page.height = static_cast<int>(std::min(directory.height, largest));
  be_quiet();
  auto offset = static_cast<std::size_t>(directory.offset);
  PixHandle pix(pixReadMemFromMultipageTiff(bytes_of(bytes), bytes.size(), &offset));
  const Colours colours = directory.photometric == separated_inks ? Colours::inks : Colours::light;
  if (pix && (pixGetWidth(pix.get()) != page.width))
    std::swap(page.width, page.height);  // it lay on its side
  const bool turned_quarter = pix && page.width != static_cast<int>(directory.width);
  const double dpi_x = turned_quarter ? directory.dpi_y : directory.dpi_x;
  const double dpi_y = turned_quarter ? directory.dpi_x : directory.dpi_y;
  return finished(std::move(page), std::move(pix), colours, dpi_x, dpi_y, limits);
}

class TiffPages : public PageSource {
 public:
  TiffPages(const std::string& bytes, std::vector<TiffDirectory> directories, const DecodeLimits& limits)
      : bytes_(bytes), directories_(std::move(directories)), limits_(limits) {}
  [[nodiscard]] int pages() const override { return static_cast<int>(directories_.size()); }
  [[nodiscard]] DecodedPage page(int index) override {
    DecodedPage page;
    page.index = index;
    return decode_directory(bytes_, directories_.at(static_cast<std::size_t>(index)), std::move(page),
                            limits_);
  }

 private:
  const std::string& bytes_;
  std::vector<TiffDirectory> directories_;
  DecodeLimits limits_;
};

DecodedPage decode_png(const std::string& bytes, const DecodeLimits& limits) {
  be_quiet();
  DecodedPage page;
  l_int32 width = 0;
  l_int32 height = 0;
  l_int32 bits = 0;
  l_int32 samples = 0;
  l_int32 has_palette = 0;
  if (readHeaderMemPng(bytes_of(bytes), bytes.size(), &width, &height, &bits, &samples, &has_palette) != 0)
    return with_problem(std::move(page), damaged_page(0));
  const std::int64_t bits_per_pixel = samples > 1 || has_palette != 0 ? 32 : bits;
  if (!fits(width, height, bits_per_pixel, limits)) return with_problem(std::move(page), too_large_page(0));
  page.width = width;
  page.height = height;
  PixHandle pix(pixReadMemPng(bytes_of(bytes), bytes.size()));
  const double dpi_x = pix ? pixGetXRes(pix.get()) : 0;
  const double dpi_y = pix ? pixGetYRes(pix.get()) : 0;
  return finished(std::move(page), std::move(pix), Colours::light, dpi_x, dpi_y, limits);
}

class SinglePicture : public PageSource {
 public:
  SinglePicture(const std::string& bytes, const DecodeLimits& limits) : bytes_(bytes), limits_(limits) {}
  [[nodiscard]] int pages() const override { return 1; }
  [[nodiscard]] DecodedPage page(int /*index*/) override {
    return kind_of(bytes_) == FileKind::jpeg ? decode_jpeg(bytes_, {}, limits_) : decode_png(bytes_, limits_);
  }

 private:
  const std::string& bytes_;
  DecodeLimits limits_;
};

}  // namespace

tl::expected<std::unique_ptr<PageSource>, FieldError> open_tiff(const std::string& bytes,
                                                                const DecodeLimits& limits) {
  TiffContents contents = read_tiff_directories(bytes, static_cast<std::size_t>(limits.pages) + 1);
  if (contents.pages.empty()) return tl::unexpected(damaged_file());
  // A broken chain may have lost pages: the last one says so, as a page that cannot be read.
  if (contents.broken) contents.pages.push_back({});
  return std::make_unique<TiffPages>(bytes, std::move(contents.pages), limits);
}

tl::expected<std::unique_ptr<PageSource>, FieldError> open_picture(const std::string& bytes,
                                                                   const DecodeLimits& limits) {
  return std::make_unique<SinglePicture>(bytes, limits);
}

DecodedPage decode_jpeg(const std::string& bytes, const KnownPlace& place, const DecodeLimits& limits) {
  be_quiet();
  DecodedPage page;
  const auto header = read_jpeg_header(bytes);
  if (!header || !header->has_end) return with_problem(std::move(page), damaged_page(0));
  const bool placed = place.dpi_x > 0;
  const auto scale = scale_of(header->width, header->height, placed ? place.dpi_x : header->dpi_x,
                              placed ? place.dpi_y : header->dpi_y, limits.page_pixels);
  int reduction = 1;  // the decoder makes it smaller itself, by powers of two
  while (reduction < 8 && reduction * 2 <= scale.factor) reduction *= 2;
  const std::int64_t in_memory = header->components == 1 ? 8 : 32;
  const bool decodable = fits(header->width / reduction, header->height / reduction, in_memory, limits) &&
                         (!header->progressive || fits(header->width, header->height, 48, limits));
  if (!decodable || std::int64_t{header->width} * header->height > limits.pixels)
    return with_problem(std::move(page), too_large_page(0));
  page.width = header->width;
  page.height = header->height;
  l_int32 warnings = 0;
  PixHandle pix(pixReadMemJpeg(bytes_of(bytes), bytes.size(), 0, reduction, &warnings, 0));
  const int orientation = placed ? 1 : header->orientation;
  pix = turned(std::move(pix), orientation);
  const bool on_its_side = orientation >= 5;
  if (on_its_side) std::swap(page.width, page.height);
  return finished(std::move(page), std::move(pix), Colours::light, on_its_side ? scale.dpi_y : scale.dpi_x,
                  on_its_side ? scale.dpi_x : scale.dpi_y, limits);
}

DecodedPage decode_tiff(const std::string& bytes, const KnownPlace& place, const DecodeLimits& limits) {
  const TiffContents contents = read_tiff_directories(bytes, 2);
  DecodedPage page;
  if (contents.pages.empty()) return with_problem(std::move(page), damaged_page(0));
  TiffDirectory directory = contents.pages.front();
  directory.dpi_x = place.dpi_x;
  directory.dpi_y = place.dpi_y;
  return decode_directory(bytes, directory, std::move(page), limits);
}

}  // namespace softbot::ocr
