#include "ocr/read_page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "forms/geometry/field_crop.h"
#include "forms/geometry/paper_form.h"
#include "forms/geometry/sheet_geometry.h"
#include "ocr/fields/codes_in_fields.h"
#include "ocr/fields/field_reader.h"
#include "ocr/fields/recogniser.h"
#include "ocr/fields/straighten.h"
#include "ocr/fields/template_place.h"
#include "ocr/page/encode.h"
#include "ocr/page/find_page.h"
#include "ocr/page/pixels.h"

namespace softbot::ocr {
namespace {

constexpr double mm_per_inch = 25.4;
constexpr int page_quality = 60;
constexpr int crop_quality = 70;

ReadImage jpeg(const GrayImage& image, int quality) {
  return {"image/jpeg", jpeg_of(image, quality), image.width, image.height};
}

/// The page as it was scanned, upright, no finer than a person needs.
ReadImage upright(const GrayImage& image, int rotation, double pixels_per_mm) {
  const double factor = std::min(1.0, crop_pixels_per_mm / std::max(pixels_per_mm, 0.1));
  return jpeg(turned(factor < 1 ? resized(image, factor) : image, rotation), page_quality);
}

/// What a sheet of a case looks like is known to everyone; what a form looked like knows who printed it.
std::optional<FormGeometry> geometry_of(const PageCode& code, const FindGeometry& find_geometry) {
  if (code.kind == PageCode::Kind::form) return find_geometry(code);
  return code.types.empty() ? std::nullopt : sheet_geometry(code.types.front());
}

bool has_page(const FormGeometry& geometry, int number) {
  return number >= 1 && static_cast<std::size_t>(number) <= geometry.pages.size();
}

/// A crop for everything that somebody may want to look at.
void add_crops(const PlacedPage& placed, const std::vector<MmBox>& shown, ReadPage& page) {
  for (std::size_t i = 0; i < page.readings.size(); ++i) {
    Reading& reading = page.readings[i];
    if (reading.state == ReadingState::empty) continue;
    const PixelBox area = pixels_of(grown(shown[i], crop_margin_mm), placed.gray);
    const GrayImage crop = resized(cut(placed.gray, area.x, area.y, area.width, area.height),
                                   crop_pixels_per_mm / placed_per_mm);
    if (crop.empty()) continue;
    reading.crop = static_cast<int>(page.images.size());
    page.images.push_back(jpeg(crop, crop_quality));
  }
}

std::optional<bool> signature_on(const FormGeometry& geometry, const std::vector<Reading>& readings) {
  for (const PaperField& field : geometry.fields) {
    if (field.kind != PaperFieldKind::signature) continue;
    for (const Reading& reading : readings) {
      if (reading.field != field.name) continue;
      if (reading.state == ReadingState::certain) return reading.value.as_bool();
      if (reading.state == ReadingState::empty) return false;
    }
  }
  return std::nullopt;
}

void note(const Registration& registration, ReadPage& page) {
  page.residual_mm = registration.residual_mm;
  page.rotation = registration.rotation;
  page.skew = registration.skew;
  page.dpi = registration.pixels_per_mm * mm_per_inch;
}

/// The fields of a page that is in place.
void read_placed(const PlacedPage& placed, const FormGeometry& geometry, const PageReadingTools& tools,
                 ReadPage& page) {
  page.images.push_back(jpeg(resized(placed.gray, crop_pixels_per_mm / placed_per_mm), page_quality));
  PageFields fields = read_fields(placed, geometry, page.code->page, tools.recogniser);
  page.readings = std::move(fields.readings);
  read_codes(placed, geometry, page.code->page, page.readings);
  for (Reading& reading : page.readings) reading.page = page.index;
  add_crops(placed, fields.shown, page);
}

/// A page of ours: its fields, or why they cannot be read.
void read_ours(const GrayImage& image, const PageTraits& traits, const PageReadingTools& tools,
               ReadPage& page) {
  const auto geometry = geometry_of(*page.code, tools.find_geometry);
  if (!geometry || !has_page(*geometry, page.code->page)) {
    page.problem = "unknown-geometry";
    return;
  }
  const PaperPage& printed = geometry->pages[static_cast<std::size_t>(page.code->page - 1)];
  const auto flat = registered(printed, *traits.code, traits.marks);
  const bool is_flat = flat && flat->residual_mm <= residual_gate_mm;
  const auto found = is_flat ? flat : roughly_registered(printed, *traits.code, traits.marks);
  if (!found) {
    if (flat) note(*flat, page);
    page.problem = flat ? "residual" : "no-marks";
    return;
  }
  note(*found, page);
  const auto straight =
      straightened(image, *found, is_flat ? Map::flat : Map::rough, *geometry, page.code->page);
  if (!straight) {
    page.problem = "residual";
    return;
  }
  note(straight->registration, page);
  read_placed(straight->page, *geometry, tools, page);
  if (page.code->kind == PageCode::Kind::sheet) page.signature = signature_on(*geometry, page.readings);
}

/// A page of somebody else's form, or one that is no page of any.
void read_by_template(const GrayImage& image, const PageReadingTools& tools, ReadPage& page) {
  constexpr const char* no_set = "00000000";
  const TemplatePlace place = tools.templates->place(image);
  page.problem = place.problem;
  if (!place.held) return;
  const FormGeometry& geometry = tools.templates->form(*place.held).geometry;
  const Registration& registration = place.held->fit.registration;
  page.code = page_code_of(geometry, place.held->page, no_set);
  note(registration, page);
  if (page.problem.empty())
    read_placed(placed_page(image, registration, geometry, place.held->page), geometry, tools, page);
}

}  // namespace

ReadPage read_page(const GrayImage& image, int index, const PageReadingTools& tools) {
  ReadPage page;
  page.index = index;
  page.width = image.width;
  page.height = image.height;
  page.dpi = image.dpi;
  if (image.empty()) {
    page.problem = "damaged";
    return page;
  }
  const PageTraits traits = traits_of(image);
  page.blank = traits.blank;
  page.rotation = traits.rotation;
  page.skew = traits.skew;
  if (!(page.dpi > 0)) page.dpi = traits.pixels_per_mm * mm_per_inch;
  if (traits.code && is_of_softbot(traits.code->text)) {
    page.code_of_softbot = true;
    page.code = page_code_from(traits.code->text);
    if (page.code) {
      read_ours(image, traits, tools, page);
    } else {
      page.problem = "other-version";
    }
  }
  if (tools.templates != nullptr && !page.code_of_softbot && !page.blank)
    read_by_template(image, tools, page);
  if (page.images.empty()) page.images.push_back(upright(image, page.rotation, traits.pixels_per_mm));
  const bool is_letter = !page.blank && !page.code_of_softbot && !page.code;
  if (is_letter) page.printed_text = tools.recogniser.printed_text(turned(image, page.rotation));
  return page;
}

}  // namespace softbot::ocr
