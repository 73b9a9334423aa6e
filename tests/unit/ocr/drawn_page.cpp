#include "drawn_page.h"

#include <qrencode.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double scale = 12;  // pixels a millimetre

GrayImage white(int width, int height) {
  return {width, height, scale * 25.4,
          std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255)};
}

std::uint8_t& pixel(GrayImage& image, int x, int y) {
  return image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                      static_cast<std::size_t>(x)];
}

void darken(GrayImage& image, int x, int y, double cover, std::uint8_t shade) {
  if (x < 0 || y < 0 || x >= image.width || y >= image.height || cover <= 0) return;
  std::uint8_t& now = pixel(image, x, y);
  const double wanted = 255 - cover * (255 - shade);
  now = std::min(now, static_cast<std::uint8_t>(std::lround(wanted)));
}

int whole(double mm) {
  return static_cast<int>(std::lround(mm * scale));
}

struct CodeFree {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

DrawnPage::DrawnPage() : picture_(white(whole(210), whole(297))) {
}

DrawnPage& DrawnPage::fill(const MmBox& box, std::uint8_t shade) {
  for (int y = std::max(0, whole(box.y)); y < std::min(picture_.height, whole(box.y + box.height)); ++y) {
    for (int x = std::max(0, whole(box.x)); x < std::min(picture_.width, whole(box.x + box.width)); ++x) {
      pixel(picture_, x, y) = shade;
    }
  }
  return *this;
}

DrawnPage& DrawnPage::frame(const MmBox& box, double width, std::uint8_t shade) {
  fill({box.x - width / 2, box.y - width / 2, box.width + width, width}, shade);
  fill({box.x - width / 2, box.y + box.height - width / 2, box.width + width, width}, shade);
  fill({box.x - width / 2, box.y - width / 2, width, box.height + width}, shade);
  return fill({box.x + box.width - width / 2, box.y - width / 2, width, box.height + width}, shade);
}

DrawnPage& DrawnPage::stroke(Point from, Point to, double width, std::uint8_t shade) {
  const double length = std::max(1e-6, distance(from, to));
  const double reach = width / 2 + 0.2;
  for (int y = whole(std::min(from.y, to.y) - reach); y <= whole(std::max(from.y, to.y) + reach); ++y) {
    for (int x = whole(std::min(from.x, to.x) - reach); x <= whole(std::max(from.x, to.x) + reach); ++x) {
      const Point here{(x + 0.5) / scale, (y + 0.5) / scale};
      const double along = std::clamp(
          ((here.x - from.x) * (to.x - from.x) + (here.y - from.y) * (to.y - from.y)) / (length * length),
          0.0, 1.0);
      const Point nearest{from.x + along * (to.x - from.x), from.y + along * (to.y - from.y)};
      darken(picture_, x, y, std::clamp((width / 2 - distance(here, nearest)) * scale + 0.5, 0.0, 1.0),
             shade);
    }
  }
  return *this;
}

DrawnPage& DrawnPage::glyph(const MmBox& box, const std::vector<double>& ink, int side, std::uint8_t shade) {
  const auto at = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= side || y >= side) return 0.0;
    return ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)];
  };
  for (int y = whole(box.y); y < whole(box.y + box.height); ++y) {
    for (int x = whole(box.x); x < whole(box.x + box.width); ++x) {
      const double u = ((x + 0.5) / scale - box.x) / box.width * side - 0.5;
      const double v = ((y + 0.5) / scale - box.y) / box.height * side - 0.5;
      const int left = static_cast<int>(std::floor(u));
      const int top = static_cast<int>(std::floor(v));
      const double across = u - left;
      const double down = v - top;
      const double cover = (1 - down) * ((1 - across) * at(left, top) + across * at(left + 1, top)) +
                           down * ((1 - across) * at(left, top + 1) + across * at(left + 1, top + 1));
      darken(picture_, x, y, std::clamp((cover - 0.5) * 3 + 0.5, 0.0, 1.0), shade);
    }
  }
  return *this;
}

DrawnPage& DrawnPage::print_marks(const PaperPage& page) {
  for (const MmBox& mark : page.marks) fill(mark, 0);
  return *this;
}

DrawnPage& DrawnPage::print_code(const MmBox& box, const std::string& text) {
  const std::unique_ptr<QRcode, CodeFree> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1));
  const double module = box.width / code->width;
  for (int row = 0; row < code->width; ++row) {
    for (int column = 0; column < code->width; ++column) {
      if ((code->data[row * code->width + column] & 1U) == 0) continue;
      const double x = box.x + column * module;
      const double y = box.y + row * module;
      // edges on whole pixels, so that no white shows between modules
      fill({x, y, module, module}, 0);
    }
  }
  return *this;
}

DrawnPage& DrawnPage::print(const FormGeometry& geometry, int page, const PageCode& code) {
  const PaperPage& paper = geometry.pages[static_cast<std::size_t>(page - 1)];
  print_marks(paper).print_code(paper.code, to_text(code));
  for (const PaperField& field : geometry.fields) {
    if (field.page != page) continue;
    for (const MmBox& box : field.boxes) frame(box, 0.3, 205);
    for (const PaperTick& tick : field.ticks) frame(tick.box, 0.3, 205);
    if (field.kind == PaperFieldKind::signature) frame(field.box, 0.3, 205);
    if (field.kind != PaperFieldKind::line) continue;
    for (double y = field.box.y + 8; y <= field.box.y + field.box.height; y += 8) {
      stroke({field.box.x, y}, {field.box.x + field.box.width, y}, 0.2, 205);
    }
  }
  return *this;
}

GrayImage scanned(const GrayImage& drawn, const Scan& scan) {
  const double per_mm = scan.dpi / 25.4;
  const double rim = scan.rim_mm;
  const bool aside = scan.rotation % 180 != 0;
  const double width_mm = (aside ? 297 : 210) + 2 * rim;
  const double height_mm = (aside ? 210 : 297) + 2 * rim;
  const int width = static_cast<int>(std::lround(width_mm * per_mm));
  const int height = static_cast<int>(std::lround(height_mm * per_mm));
  const double angle = (scan.rotation + scan.skew) * std::numbers::pi / 180;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  // scan pixels -> mm around the middle -> turned back -> paper mm -> drawn pixels
  const Projection centred{{1 / per_mm, 0, -width_mm / 2, 0, 1 / per_mm, -height_mm / 2, 0, 0, 1}};
  const Projection back{
      {c / scan.scale_x, s / scan.scale_x, 105, -s / scan.scale_y, c / scan.scale_y, 148.5, 0, 0, 1}};
  const Projection to_drawn = compose(scaling(scale), compose(back, centred));
  const GrayImage soft = per_mm < scale ? smoothed(drawn, 0.45 * scale / per_mm) : drawn;
  GrayImage result = warped(soft, to_drawn, width, height);
  result.dpi = scan.dpi;
  std::mt19937 random(scan.seed);
  std::normal_distribution<double> noise(0, std::max(1e-6, scan.noise));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Point place = to_drawn({x + 0.5, y + 0.5});
      const bool off = place.x < 0 || place.y < 0 || place.x > drawn.width || place.y > drawn.height;
      double value = (255 - scan.contrast * (255 - pixel(result, x, y))) * scan.brightness;
      if (off && rim > 0) value = 25;
      if (scan.noise > 0) value += noise(random);
      if (scan.bilevel) value = value < 150 ? 0 : 255;
      pixel(result, x, y) = static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
    }
  }
  return result;
}

FormGeometry plain_geometry() {
  FormGeometry geometry;
  geometry.types = {"household-help"};
  geometry.versions = {1, 1};
  geometry.municipality = "voorbeeldstad";
  geometry.pages = {{{{8, 8, 6, 6}, {196, 8, 6, 6}, {8, 283, 6, 6}, {196, 283, 6, 6}}, {168, 18, 24, 24}}};
  return geometry;
}

PageCode code_of(const FormGeometry& geometry) {
  PageCode code;
  code.municipality = geometry.municipality;
  code.types = geometry.types;
  code.versions = geometry.versions;
  code.pages = static_cast<int>(geometry.pages.size());
  code.geometry = geometry_id(geometry);
  code.set = "7K3M9QWX";
  for (char& sign : code.set) sign = static_cast<char>(std::tolower(sign));
  return code;
}

}  // namespace softbot::ocr
