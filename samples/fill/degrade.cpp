#include "degrade.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "pen.h"

namespace softbot::fill {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr std::array<std::string_view, 5> names{"none", "scanner", "office", "fax", "photocopy"};

std::uint8_t clamped(double value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

/// Where a place on the scan (pixels) lies on the page that was drawn (pixels).
struct Mapping {
  double xx, xy, x0;
  double yx, yy, y0;
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
  Mapping map{c * across, s * down, 0, -s * across, c * down, 0};
  const double middle_x = scan.width / 2.0;
  const double middle_y = scan.height / 2.0;
  map.x0 = page.width / 2.0 - map.xx * middle_x - map.xy * middle_y + random.between(-shift, shift);
  map.y0 = page.height / 2.0 - map.yx * middle_x - map.yy * middle_y + random.between(-shift, shift);
  return map;
}

/// The page between its pixels, blended over four; `outside` where there is no page.
double sample(const Picture& page, double x, double y, int channel, double outside) {
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  if (left < 0 || top < 0 || left + 1 >= page.width || top + 1 >= page.height) return outside;
  const std::uint8_t* upper = page.at(left, top) + channel;
  const std::uint8_t* lower = page.at(left, top + 1) + channel;
  const double u = x - left;
  const double v = y - top;
  return (upper[0] * (1 - u) + upper[page.channels] * u) * (1 - v) +
         (lower[0] * (1 - u) + lower[page.channels] * u) * v;
}

Picture laid_down(const Picture& page, const Scanner& scanner, Random& random) {
  const double width = page.width / page.dpi * scanner.dpi;
  const double height = page.height / page.dpi * scanner.dpi;
  Picture scan = blank_picture(static_cast<int>(std::lround(width)), static_cast<int>(std::lround(height)),
                               page.channels, scanner.dpi);
  const Mapping map = mapping_for(page, scan, scanner, random);
  const double outside = scanner.dark_border ? random.between(15, 90) : 250;
  // Coarser than drawn: a pixel of the scan sees several of the page.
  const bool coarse = page.dpi / scanner.dpi > 1.25;
  for (int y = 0; y < scan.height; ++y) {
    for (int x = 0; x < scan.width; ++x) {
      for (int channel = 0; channel < scan.channels; ++channel) {
        double value = 0;
        for (int part = 0; part < (coarse ? 4 : 1); ++part) {
          const double px = x + (coarse ? 0.25 + 0.5 * (part % 2) : 0.5);
          const double py = y + (coarse ? 0.25 + 0.5 * (part / 2) : 0.5);
          value += sample(page, map.xx * px + map.xy * py + map.x0 - 0.5,
                          map.yx * px + map.yy * py + map.y0 - 0.5, channel, outside);
        }
        scan.at(x, y)[channel] = clamped(coarse ? value / 4 : value);
      }
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
    pass(picture.channels, picture.width, [&](int row) { return picture.at(0, row) + channel; }, picture.height);
    pass(static_cast<std::ptrdiff_t>(picture.channels) * picture.width, picture.height,
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

void make_bilevel(Picture& picture, double threshold) {
  for (std::uint8_t& pixel : picture.pixels) pixel = pixel < threshold ? 0 : 255;
}

Scanner good_scanner(Random& random) {
  Scanner scanner;
  scanner.dpi = random.chance(0.25) ? 400 : 300;
  scanner.colour = random.chance(0.4);
  scanner.jpeg_quality = random.whole(75, 90);
  scanner.skew = 0.7;
  scanner.stretch = 0.004;
  scanner.shift_mm = 1.5;
  scanner.blur = random.between(0.2, 0.5);
  scanner.noise = random.between(1.5, 4);
  scanner.black = random.between(5, 25);
  scanner.white = random.between(245, 254);
  scanner.dust = 3;
  return scanner;
}

Scanner office_machine(Random& random) {
  Scanner scanner = good_scanner(random);
  const double resolution = random.uniform();
  scanner.dpi = resolution < 0.35 ? 200 : (resolution < 0.9 ? 300 : 150);
  scanner.bilevel = scanner.dpi > 150 && random.chance(0.2);
  scanner.colour = !scanner.bilevel && random.chance(0.3);
  scanner.jpeg_quality = random.whole(50, 75);
  scanner.skew = 1.8;
  scanner.stretch = 0.012;
  scanner.shift_mm = 3;
  scanner.blur = random.between(0.3, 0.8);
  scanner.noise = random.between(3, 8);
  scanner.black = random.between(15, 45);
  scanner.white = random.between(232, 250);
  scanner.threshold = random.between(150, 185);
  scanner.dust = 25;
  scanner.stripes = random.chance(0.15) ? 2 : 0;
  scanner.show_through = random.chance(0.3) ? random.between(0.02, 0.06) : 0;
  scanner.dark_border = random.chance(0.3);
  scanner.punch_holes = random.chance(0.2);
  scanner.staple = random.chance(0.15);
  scanner.upside_down = random.chance(0.08);
  scanner.dark_frames = random.chance(0.25) ? random.between(0.1, 0.35) : 0;
  return scanner;
}

Scanner fax_machine(Random& random) {
  Scanner scanner = office_machine(random);
  scanner.dpi = 200;
  scanner.colour = false;
  scanner.bilevel = true;
  scanner.skew = 2.2;
  scanner.stretch = 0.02;
  scanner.blur = random.between(0.5, 1.0);
  scanner.noise = random.between(8, 16);
  scanner.threshold = random.between(140, 180);
  scanner.dust = 50;
  scanner.stripes = random.chance(0.3) ? 2 : 0;
  scanner.show_through = 0;
  return scanner;
}

Scanner photocopier(Random& random) {
  Scanner scanner = office_machine(random);
  scanner.dpi = random.chance(0.5) ? 200 : 300;
  scanner.colour = false;
  scanner.bilevel = random.chance(0.3);
  scanner.jpeg_quality = random.whole(35, 60);
  scanner.skew = 2.5;
  scanner.stretch = 0.02;
  scanner.shift_mm = 4;
  scanner.blur = random.between(0.8, 1.5);
  scanner.noise = random.between(6, 14);
  scanner.black = random.between(0, 30);
  scanner.white = random.between(225, 255);
  scanner.dust = 120;
  scanner.stripes = random.chance(0.5) ? 3 : 0;
  scanner.show_through = random.chance(0.5) ? random.between(0.03, 0.12) : 0;
  scanner.dark_border = random.chance(0.7);
  scanner.dark_frames = random.chance(0.5) ? random.between(0.15, 0.5) : 0;
  return scanner;
}

}  // namespace

std::string_view name_of(Degradation degradation) {
  return names[static_cast<std::size_t>(degradation)];
}

std::optional<Degradation> degradation_from(std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (text == names[i] || text == std::to_string(i)) return static_cast<Degradation>(i);
  }
  return std::nullopt;
}

Scanner scanner_for(Degradation degradation, Random& random) {
  Scanner scanner;
  switch (degradation) {
    case Degradation::none:
      break;
    case Degradation::scanner:
      scanner = good_scanner(random);
      break;
    case Degradation::office:
      scanner = office_machine(random);
      break;
    case Degradation::fax:
      scanner = fax_machine(random);
      break;
    case Degradation::photocopy:
      scanner = photocopier(random);
      break;
  }
  scanner.kind = degradation;
  return scanner;
}

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
  Picture scan = laid_down(source, scanner, random);
  add_dirt(scan, scanner, random);
  blur(scan, scanner.blur);
  expose(scan, scanner, random);
  if (scanner.bilevel) make_bilevel(scan, scanner.threshold);
  return scan;
}

Value to_value(const Scanner& scanner) {
  const auto number = [](double value) {
    const auto hundredths = std::lround(value * 100);
    std::string text = std::to_string(hundredths / 100) + ".";
    text += static_cast<char>('0' + hundredths / 10 % 10);
    text += static_cast<char>('0' + hundredths % 10);
    return Value(Number{text});
  };
  return Value::object({{"name", name_of(scanner.kind)},
                        {"level", static_cast<int>(scanner.kind)},
                        {"dpi", static_cast<int>(scanner.dpi)},
                        {"colour", scanner.colour},
                        {"bilevel", scanner.bilevel},
                        {"jpegQuality", scanner.jpeg_quality},
                        {"skewDegrees", number(scanner.skew)},
                        {"blur", number(scanner.blur)},
                        {"noise", number(scanner.noise)},
                        {"threshold", static_cast<int>(scanner.threshold)},
                        {"showThrough", number(scanner.show_through)},
                        {"darkFrames", number(scanner.dark_frames)},
                        {"darkBorder", scanner.dark_border},
                        {"punchHoles", scanner.punch_holes},
                        {"upsideDown", scanner.upside_down}});
}

}  // namespace softbot::fill
