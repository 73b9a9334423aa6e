#include "filled_page.h"

#include <cmath>
#include <map>
#include <numbers>
#include <stdexcept>

#include "adapters/paper_forms/paper_printer.h"
#include "forms/municipality.h"
#include "forms/paper_layout.h"
#include "ocr/page/find_page.h"
#include "unit/forms/shipped.h"

namespace softbot::ocr {
namespace {

constexpr double drawn_dpi = 12 * 25.4;
constexpr std::string_view set_number = "0a1b2c3d";

GrayImage painted(const PaperForm& form, int page) {
  static std::map<std::pair<std::string, int>, GrayImage> pages;
  GrayImage& known = pages[{geometry_id(form.geometry), page}];
  if (known.empty()) {
    GrayRaster raster = paint_page(form, page, drawn_dpi, set_number).value();
    known = {raster.width, raster.height, raster.dpi, std::move(raster.pixels)};
  }
  return known;
}

/// A place in a box: 0, 0 is its top left, 1, 1 its bottom right.
Point in(const MmBox& box, double x, double y) {
  return {box.x + x * box.width, box.y + y * box.height};
}

}  // namespace

const PaperForm& shipped_form(const std::string& type) {
  static std::map<std::string, PaperForm> forms;
  const auto known = forms.find(type);
  if (known != forms.end()) return known->second;
  const Municipalities municipalities = load_municipalities(forms_test::config_dir()).value();
  const Municipality& voorbeeld = municipalities.find("voorbeeld")->second;
  return forms
      .emplace(type, lay_out_paper_form(forms_test::shipped().common(), {&forms_test::shipped(type)},
                                        voorbeeld, "nl", PangoTextMeasure())
                         .value())
      .first->second;
}

std::vector<std::string> shipped_types() {
  return forms_test::shipped().types();
}

FilledPage::FilledPage(const PaperForm& form, int page)
    : form_(form), page_(page), drawn_(painted(form, page)) {
}

FilledPage& FilledPage::stroke(const std::vector<Point>& through, Pen pen) {
  for (std::size_t i = 1; i < through.size(); ++i)
    drawn_.stroke(through[i - 1], through[i], pen.width_mm, pen.shade);
  return *this;
}

FilledPage& FilledPage::tick(const MmBox& box, Pen pen) {
  return stroke({in(box, 0.1, 0.5), in(box, 0.4, 0.9), in(box, 1.2, -0.3)}, pen);
}

FilledPage& FilledPage::cross(const MmBox& box, Pen pen) {
  stroke({in(box, 0.05, 0.1), in(box, 0.95, 0.9)}, pen);
  return stroke({in(box, 0.9, 0.05), in(box, 0.1, 1.0)}, pen);
}

FilledPage& FilledPage::blacken(const MmBox& box, Pen pen) {
  std::vector<Point> path;
  for (double down = 0.04; down < 1; down += pen.width_mm / box.height * 0.7) {
    path.push_back(in(box, path.size() % 2 == 0 ? 0.02 : 0.98, down));
  }
  return stroke(path, pen);
}

FilledPage& FilledPage::circle(const MmBox& box, Pen pen) {
  std::vector<Point> path;
  for (int i = 0; i <= 24; ++i) {
    const double angle = i * std::numbers::pi / 12;
    path.push_back(in(box, 0.5 + 0.85 * std::cos(angle), 0.5 + 0.85 * std::sin(angle)));
  }
  return stroke(path, pen);
}

FilledPage& FilledPage::dot(Point at, Pen pen) {
  return stroke({at, {at.x + 0.01, at.y}}, pen);
}

FilledPage& FilledPage::one(const MmBox& box, Pen pen) {
  return stroke({in(box, 0.5, 0.12), in(box, 0.47, 0.88)}, pen);
}

FilledPage& FilledPage::seven(const MmBox& box, Pen pen) {
  return stroke({in(box, 0.2, 0.15), in(box, 0.8, 0.14), in(box, 0.4, 0.9)}, pen);
}

FilledPage& FilledPage::nought(const MmBox& box, Pen pen) {
  std::vector<Point> path;
  for (int i = 0; i <= 20; ++i) {
    const double angle = i * std::numbers::pi / 10;
    path.push_back(in(box, 0.5 + 0.27 * std::cos(angle), 0.5 + 0.37 * std::sin(angle)));
  }
  return stroke(path, pen);
}

FilledPage& FilledPage::scribble(const MmBox& box, Pen pen) {
  std::vector<Point> path;
  for (double along = 0; along <= 1; along += 0.02) {
    path.push_back(
        in(box, 0.15 + 0.6 * along, 0.5 + 0.3 * std::sin(along * 40) * (0.5 + 0.5 * std::cos(along * 9))));
  }
  return stroke(path, pen);
}

const PaperField& FilledPage::field(std::string_view name) const {
  for (const PaperField& one : form_.geometry.fields) {
    if (one.name == name && one.page == page_) return one;
  }
  throw std::invalid_argument("page " + std::to_string(page_) + " has no field " + std::string(name));
}

MmBox FilledPage::tick_of(std::string_view name, std::string_view option) const {
  for (const PaperTick& one : field(name).ticks) {
    if (one.value == option) return one.box;
  }
  throw std::invalid_argument("no option " + std::string(option));
}

std::optional<PlacedPage> FilledPage::placed(const Scan& how) const {
  const GrayImage picture = scan(how);
  const PageTraits traits = traits_of(picture);
  if (!traits.code) return std::nullopt;
  const auto registration =
      registered(form_.geometry.pages[static_cast<std::size_t>(page_ - 1)], *traits.code, traits.marks);
  if (!registration || registration->residual_mm > residual_gate_mm) return std::nullopt;
  return placed_page(picture, *registration, form_.geometry, page_);
}

}  // namespace softbot::ocr
