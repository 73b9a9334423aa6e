#include "degrade.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "pen.h"

namespace softbot::fill {
namespace {

std::uint8_t clamped(double value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

/// Where a place on the scan (pixels) lies on the page that was drawn (pixels).
struct Mapping {
  double xx, xy, x0;
  double yx, yy, y0;
  double wx, wy, w0;  ///< perspective: both are divided by wx * x + wy * y + w0

  [[nodiscard]] Point at(double x, double y) const {
    const double w = wx * x + wy * y + w0;
    return {(xx * x + xy * y + x0) / w, (yx * x + yy * y + y0) / w};
  }
};

Mapping mapping_for(const Picture& page, const Picture& scan, const Scanner& scanner, Random& random) {
  const double angle = random.between(-scanner.skew, scanner.skew) * std::numbers::pi / 180;
  const double factor = page.dpi / scan.dpi;
  const double across = factor * (1 + random.between(-scanner.stretch, scanner.stretch));
  const double down = factor * (1 + random.between(-scanner.stretch, scanner.stretch));
  const double shift = scanner.shift_mm * page.pixels_per_mm();
  const double turn = scanner.upside_down ? -1 : 1;
  const double c = std::cos(angle) * turn;
  const double s = std::sin(angle) * turn;
  const double middle_x = scan.width / 2.0;
  const double middle_y = scan.height / 2.0;
  const double to_x = page.width / 2.0 + random.between(-shift, shift);
  const double to_y = page.height / 2.0 + random.between(-shift, shift);
  const double wx = random.between(-scanner.perspective, scanner.perspective) / scan.width;
  const double wy = random.between(-scanner.perspective, scanner.perspective) / scan.height;
  const double w0 = 1 - wx * middle_x - wy * middle_y;
  // Around the middle of the page: linear part, then what perspective adds to both numerators.
  Mapping map{c * across + to_x * wx,
              s * down + to_x * wy,
              0,
              -s * across + to_y * wx,
              c * down + to_y * wy,
              0,
              wx,
              wy,
              w0};
  map.x0 = to_x - map.xx * middle_x - map.xy * middle_y;
  map.y0 = to_y - map.yx * middle_x - map.yy * middle_y;
  return map;
}

/// Adds the page between its pixels, blended over four, to `sum`; `outside` where there is no page.
void add_sample(const Picture& page, const Point& place, double outside, std::array<float, 3>& sum) {
  const int left = static_cast<int>(std::floor(place.x));
  const int top = static_cast<int>(std::floor(place.y));
  const auto channels = static_cast<std::size_t>(page.channels);
  if (left < 0 || top < 0 || left + 1 >= page.width || top + 1 >= page.height) {
    for (std::size_t i = 0; i < channels; ++i) sum[i] += static_cast<float>(outside);
    return;
  }
  const std::uint8_t* upper = page.at(left, top);
  const std::uint8_t* lower = page.at(left, top + 1);
  const auto u = static_cast<float>(place.x - left);
  const auto v = static_cast<float>(place.y - top);
  for (std::size_t i = 0; i < channels; ++i) {
    const auto above = static_cast<float>(upper[i]) * (1 - u) + static_cast<float>(upper[i + channels]) * u;
    const auto below = static_cast<float>(lower[i]) * (1 - u) + static_cast<float>(lower[i + channels]) * u;
    sum[i] += above * (1 - v) + below * v;
  }
}

Picture laid_down(const Picture& page, const Scanner& scanner, Random& random) {
  const double width = page.width / page.dpi * scanner.dpi;
  const double height = page.height / page.dpi * scanner.dpi;
  Picture scan = blank_picture(static_cast<int>(std::lround(width)), static_cast<int>(std::lround(height)),
                               page.channels, scanner.dpi);
  const Mapping map = mapping_for(page, scan, scanner, random);
  const double outside = scanner.dark_border ? random.between(15, 90) : 250;
  // Coarser than drawn: a pixel of the scan sees several of the page.
  const int parts = page.dpi / scanner.dpi > 1.25 ? 2 : 1;
  const float share = 1.0F / static_cast<float>(parts * parts);
  for (int y = 0; y < scan.height; ++y) {
    std::uint8_t* pixel = scan.at(0, y);
    for (int x = 0; x < scan.width; ++x) {
      std::array<float, 3> sum{};
      for (int part = 0; part < parts * parts; ++part) {
        const Point from = map.at(x + (part % parts + 0.5) / parts, y + (part / parts + 0.5) / parts);
        add_sample(page, {from.x - 0.5, from.y - 0.5}, outside, sum);
      }
      for (std::size_t i = 0; i < static_cast<std::size_t>(scan.channels); ++i)
        *pixel++ = static_cast<std::uint8_t>(sum[i] * share + 0.5F);
    }
  }
  return scan;
}

void show_back(Picture& page, const Picture& back, double share) {
  if (back.width != page.width || back.height != page.height) return;
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      const double shadow = (255 - back.at(back.width - 1 - x, y)[0]) * share;
      for (int channel = 0; channel < page.channels; ++channel) {
        std::uint8_t& value = page.at(x, y)[channel];
        value = clamped(value - shadow);
      }
    }
  }
}

/// Three neighbours in a row, weighted; once across and once down.
void blur_once(Picture& picture, double side) {
  const double middle = 1 - 2 * side;
  const auto pass = [&](std::ptrdiff_t step, int length, auto start, int count) {
    std::vector<std::uint8_t> line(static_cast<std::size_t>(length));
    for (int i = 0; i < count; ++i) {
      std::uint8_t* at = start(i);
      for (int k = 0; k < length; ++k) line[static_cast<std::size_t>(k)] = at[k * step];
      for (int k = 1; k + 1 < length; ++k) {
        const auto index = static_cast<std::size_t>(k);
        at[k * step] = clamped(middle * line[index] + side * (line[index - 1] + line[index + 1]));
      }
    }
  };
  for (int channel = 0; channel < picture.channels; ++channel) {
    pass(
        picture.channels, picture.width, [&](int row) { return picture.at(0, row) + channel; },
        picture.height);
    pass(
        static_cast<std::ptrdiff_t>(picture.channels) * picture.width, picture.height,
        [&](int column) { return picture.at(column, 0) + channel; }, picture.width);
  }
}

void blur(Picture& picture, double amount) {
  for (double left = amount; left > 0; left -= 0.6) blur_once(picture, std::min(left, 0.6) / 2);
}

/// Noise out of a table: drawing each value anew would take longer than all the rest.
void expose(Picture& picture, const Scanner& scanner, Random& random) {
  constexpr std::size_t table_size = 4096;
  std::array<double, table_size> table{};
  for (double& value : table) value = random.normal(0, scanner.noise);
  const double slope = (scanner.white - scanner.black) / 255;
  std::uint64_t bits = 0;
  int left = 0;
  for (std::uint8_t& pixel : picture.pixels) {
    if (left == 0) {
      bits = random.next();
      left = 5;
    }
    pixel = clamped(scanner.black + pixel * slope + table[bits % table_size]);
    bits /= table_size;
    --left;
  }
}

void spot(Picture& picture, double x, double y, double radius, double shade, Random& random) {
  draw_stroke(picture, {{x, y}, {x + random.between(-radius, radius), y + random.between(-radius, radius)}},
              2 * radius, Ink{{shade, shade, shade}, 1, 0}, random);
}

void add_dirt(Picture& picture, const Scanner& scanner, Random& random) {
  const double mm = picture.pixels_per_mm();
  const double paper = random.between(40, 140);
  for (int i = scanner.dust > 0 ? random.whole(0, scanner.dust) : 0; i > 0; --i) {
    spot(picture, random.between(0, picture.width), random.between(0, picture.height),
         mm * random.between(0.05, 0.3), paper, random);
  }
  for (int i = scanner.stripes > 0 ? random.whole(0, scanner.stripes) : 0; i > 0; --i) {
    const double x = random.between(0.03, 0.97) * picture.width;
    const double shade = random.between(110, 200);
    draw_stroke(picture, {{x, 0}, {x + random.between(-2, 2), picture.height - 1.0}}, random.between(1, 2.2),
                Ink{{shade, shade, shade}, random.between(0.4, 0.9), 0.3}, random);
  }
  if (scanner.punch_holes) {
    for (const double at : {297 / 2.0 - 40, 297 / 2.0 + 40}) {
      spot(picture, 11 * mm + random.between(-mm, mm), at * mm, 2.9 * mm, 45, random);
    }
  }
  if (scanner.staple) {
    const double x = random.between(6, 12) * mm;
    const double y = random.between(5, 9) * mm;
    draw_stroke(picture, {{x, y}, {x + 8 * mm, y - 5 * mm}}, 0.5 * mm, Ink{{70, 70, 75}, 0.9, 0.2}, random);
  }
}

void fold(Picture& picture, const Scanner& scanner, Random& random) {
  for (int i = 1; i <= scanner.folds; ++i) {
    const double y = picture.height * i / (scanner.folds + 1.0) + random.between(-8, 8);
    const double width = random.between(0.2, 0.5) * picture.pixels_per_mm();
    draw_stroke(picture,
                smooth({{0, y},
                        {picture.width / 2.0, y + random.between(-4, 4)},
                        {picture.width - 1.0, y + random.between(-6, 6)}}),
                width, Ink{{150, 150, 150}, random.between(0.25, 0.6), 0.5}, random);
  }
}

/// Light from one side.
void shade(Picture& picture, const Scanner& scanner, Random& random) {
  if (scanner.shadow <= 0) return;
  const double angle = random.between(0, 2 * std::numbers::pi);
  const double across = std::cos(angle) / picture.width;
  const double down = std::sin(angle) / picture.height;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const double far = 0.5 + 0.5 * (across * (2 * x - picture.width) + down * (2 * y - picture.height));
      const double light = 1 - scanner.shadow * std::clamp(far, 0.0, 1.0);
      std::uint8_t* pixel = picture.at(x, y);
      for (int channel = 0; channel < picture.channels; ++channel)
        pixel[channel] = clamped(pixel[channel] * light);
    }
  }
}

void make_bilevel(Picture& picture, double threshold) {
  for (std::uint8_t& pixel : picture.pixels) pixel = pixel < threshold ? 0 : 255;
}

}  // namespace

void darken_light_print(Picture& page, double amount) {
  if (amount <= 0) return;
  for (std::uint8_t& pixel : page.pixels) {
    // Black print stays black and paper stays paper.
    if (pixel > 120 && pixel < 250) pixel = clamped(pixel * (1 - amount));
  }
}

Picture scanned(const Picture& page, const Picture* back, const Scanner& scanner, Random& random) {
  if (scanner.kind == Degradation::none) return page;
  Picture source = page;
  if (back != nullptr && scanner.show_through > 0) show_back(source, *back, scanner.show_through);
  if (scanner.folds > 0) fold(source, scanner, random);
  Picture scan = laid_down(source, scanner, random);
  add_dirt(scan, scanner, random);
  shade(scan, scanner, random);
  blur(scan, scanner.blur);
  expose(scan, scanner, random);
  if (scanner.bilevel) make_bilevel(scan, scanner.threshold);
  return scan;
}

}  // namespace softbot::fill
