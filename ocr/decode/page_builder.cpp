#include "ocr/decode/page_builder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace softbot::ocr {
namespace {

constexpr double a4_long_side_inch = 11.69;
constexpr double reading_dpi = 300;
constexpr double least_side_inch = 1.0;
constexpr double longest_side_inch = 25.0;

bool is_paper(double pixels, double dpi) {
  return dpi >= 40 && pixels / dpi >= least_side_inch && pixels / dpi <= longest_side_inch;
}

/// Pixels of a coarse fax are twice as high as wide; reading wants squares. Linear along one side.
GrayImage stretched_down(const GrayImage& image, double factor) {
  GrayImage result;
  result.width = image.width;
  result.height = std::max(1, static_cast<int>(std::lround(image.height * factor)));
  result.pixels.resize(static_cast<std::size_t>(result.width) * static_cast<std::size_t>(result.height));
  for (int y = 0; y < result.height; ++y) {
    const double source = std::clamp((y + 0.5) / factor - 0.5, 0.0, image.height - 1.0);
    const int above = static_cast<int>(source);
    const int below = std::min(above + 1, image.height - 1);
    const int weight = static_cast<int>((source - above) * 256);
    const auto width = static_cast<std::size_t>(image.width);
    const std::uint8_t* upper = image.pixels.data() + static_cast<std::size_t>(above) * width;
    const std::uint8_t* lower = image.pixels.data() + static_cast<std::size_t>(below) * width;
    std::uint8_t* out = result.pixels.data() + static_cast<std::size_t>(y) * width;
    for (std::size_t x = 0; x < width; ++x)
      out[x] = static_cast<std::uint8_t>((upper[x] * (256 - weight) + lower[x] * weight) / 256);
  }
  return result;
}

GrayImage transposed(const GrayImage& image) {
  GrayImage result;
  result.width = image.height;
  result.height = image.width;
  result.pixels.resize(image.pixels.size());
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      result.pixels[static_cast<std::size_t>(x) * static_cast<std::size_t>(image.height) +
                    static_cast<std::size_t>(y)] = image.at(x, y);
    }
  }
  return result;
}

}  // namespace

PageScale scale_of(int width, int height, double dpi_x, double dpi_y, std::int64_t most_pixels) {
  PageScale scale{dpi_x, dpi_y, 1};
  const double ratio = dpi_y > 0 ? dpi_x / dpi_y : 0;
  if (!is_paper(width, dpi_x) || !is_paper(height, dpi_y) || ratio < 0.25 || ratio > 4) {
    scale.dpi_x = std::max(width, height) / a4_long_side_inch;
    scale.dpi_y = scale.dpi_x;
  }
  scale.factor = std::max(1, static_cast<int>(std::min(scale.dpi_x, scale.dpi_y) / reading_dpi + 0.01));
  const auto pixels = [&] {
    return std::int64_t{width} / scale.factor * (std::int64_t{height} / scale.factor);
  };
  while (pixels() > most_pixels) ++scale.factor;
  return scale;
}

std::size_t bytes_of_row(const PixelLayout& layout) {
  return (static_cast<std::size_t>(layout.width) * static_cast<std::size_t>(layout.components) *
              static_cast<std::size_t>(layout.bits) +
          7) /
         8;
}

PageBuilder::PageBuilder(int width, int height, const PageScale& scale)
    : width_(width), height_(height), scale_(scale) {
  image_.width = std::max(1, width / scale.factor);
  image_.height = std::max(1, height / scale.factor);
  image_.pixels.assign(static_cast<std::size_t>(image_.width) * static_cast<std::size_t>(image_.height), 255);
  if (scale.factor > 1) sums_.assign(static_cast<std::size_t>(image_.width), 0);
}

void PageBuilder::take_row(const std::uint8_t* row) {
  if (rows_ >= height_) return;
  const auto width = static_cast<std::size_t>(image_.width);
  if (scale_.factor == 1) {
    std::memcpy(image_.pixels.data() + static_cast<std::size_t>(rows_) * width, row, width);
    ++rows_;
    return;
  }
  const int usable = std::min(scale_.factor, width_);
  for (std::size_t x = 0; x < width; ++x) {
    std::uint32_t sum = 0;
    for (int step = 0; step < usable; ++step) sum += *row++;
    sums_[x] += sum;
  }
  ++rows_;
  if (++rows_in_sums_ == scale_.factor) flush_sums();
}

void PageBuilder::flush_sums() {
  const int out = (rows_ - 1) / scale_.factor;
  if (rows_in_sums_ > 0 && out < image_.height) {
    const auto count = static_cast<std::uint32_t>(rows_in_sums_) *
                       static_cast<std::uint32_t>(std::min(scale_.factor, width_));
    const auto width = static_cast<std::size_t>(image_.width);
    std::uint8_t* pixel = image_.pixels.data() + static_cast<std::size_t>(out) * width;
    for (std::size_t x = 0; x < width; ++x) pixel[x] = static_cast<std::uint8_t>(sums_[x] / count);
  }
  std::fill(sums_.begin(), sums_.end(), 0U);
  rows_in_sums_ = 0;
}

GrayImage PageBuilder::finish() {
  if (scale_.factor > 1 && rows_in_sums_ > 0) flush_sums();
  const double across = scale_.dpi_x / scale_.factor;
  const double down = scale_.dpi_y / scale_.factor;
  GrayImage image = std::exchange(image_, {});
  constexpr double square_enough = 1.1;
  if (across / down > square_enough) {
    image = stretched_down(image, across / down);
  } else if (down / across > square_enough) {
    image = transposed(stretched_down(transposed(image), down / across));
  }
  image.dpi = std::max(across, down);
  return image;
}

SampleReader::SampleReader(PixelLayout layout, PageBuilder& builder)
    : layout_(std::move(layout)), builder_(builder), row_bytes_(bytes_of_row(layout_)) {
  gray_.resize(static_cast<std::size_t>(layout_.width));
  if (layout_.components != 1) return;
  const int values = 1 << layout_.bits;
  for (int value = 0; value < values; ++value) {
    int gray = value * 255 / (values - 1);
    if (!layout_.palette.empty()) {
      const std::size_t at = std::min(static_cast<std::size_t>(value), layout_.palette.size() / 3 - 1) * 3;
      const auto channel = [&](std::size_t which) {
        return static_cast<int>(static_cast<unsigned char>(layout_.palette[at + which]));
      };
      gray = gray_of(channel(0), channel(1), channel(2));
    }
    gray_of_sample_.push_back(static_cast<std::uint8_t>(layout_.inverted ? 255 - gray : gray));
  }
}

void SampleReader::take(std::string_view bytes) {
  if (row_bytes_ == 0) return;
  while (!bytes.empty() && builder_.rows_taken() < layout_.height) {
    if (pending_.empty() && bytes.size() >= row_bytes_) {
      take_whole_row(reinterpret_cast<const std::uint8_t*>(bytes.data()));
      bytes.remove_prefix(row_bytes_);
      continue;
    }
    const std::size_t missing = std::min(row_bytes_ - pending_.size(), bytes.size());
    pending_.append(bytes.substr(0, missing));
    bytes.remove_prefix(missing);
    if (pending_.size() < row_bytes_) return;
    take_whole_row(reinterpret_cast<const std::uint8_t*>(pending_.data()));
    pending_.clear();
  }
}

void SampleReader::take_whole_row(const std::uint8_t* row) {
  const std::size_t width = gray_.size();
  if (layout_.components == 3) {
    for (std::size_t x = 0; x < width; ++x) gray_[x] = gray_of(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
  } else if (layout_.bits == 8) {
    for (std::size_t x = 0; x < width; ++x) gray_[x] = gray_of_sample_[row[x]];
  } else {
    const auto bits = static_cast<std::size_t>(layout_.bits);
    const std::size_t per_byte = 8 / bits;
    const unsigned mask = (1U << bits) - 1;
    for (std::size_t x = 0; x < width; ++x) {
      const std::size_t shift = 8 - bits * (x % per_byte + 1);
      gray_[x] = gray_of_sample_[(static_cast<unsigned>(row[x / per_byte]) >> shift) & mask];
    }
  }
  builder_.take_row(gray_.data());
}

}  // namespace softbot::ocr
