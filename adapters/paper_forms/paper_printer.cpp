#include "adapters/paper_forms/paper_printer.h"

#include <sodium.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <map>
#include <tuple>

#include "adapters/paper_forms/page_painter.h"
#include "adapters/pdf/canvas.h"
#include "adapters/pdf/pdf_finish.h"
#include "adapters/pdf/text_setting.h"

namespace softbot {
namespace {

using paper_forms::Layer;
using paper_forms::Tags;

constexpr double endless = 10000;  ///< mm: a column that no text fills

pdf::SetBlock set(cairo_t* canvas, std::string_view text, const PaperStyle& style, double width) {
  return pdf::set_text(canvas, {pdf::Run{std::string(text), style.bold, style.italic}}, style.size,
                       pdf::millimetres(width), pdf::Weight::normal);
}

int pages_of(const PaperForm& form) {
  return static_cast<int>(form.geometry.pages.size());
}

Result<std::string> paint_words(const PaperForm& form, std::string_view set_number) {
  pdf::PdfCanvas canvas;
  canvas.describe(CAIRO_PDF_METADATA_TITLE, form.title);
  canvas.describe(CAIRO_PDF_METADATA_AUTHOR, form.author);
  canvas.describe(CAIRO_PDF_METADATA_CREATOR, "softbot");
  cairo_tag_begin(canvas.get(), "Document", nullptr);
  for (int page = 1; page <= pages_of(form); ++page) {
    if (page > 1) cairo_show_page(canvas.get());
    auto painted =
        paper_forms::paint_layer(canvas.get(), form, page, set_number, Layer::words, Tags::written);
    if (!painted) return fail(painted.error());
  }
  cairo_tag_end(canvas.get(), "Document");
  cairo_show_page(canvas.get());
  return canvas.finish();
}

Result<std::string> paint_around(const PaperForm& form, std::string_view set_number) {
  pdf::PdfCanvas canvas;
  for (int page = 1; page <= pages_of(form); ++page) {
    auto painted = paper_forms::paint_layer(canvas.get(), form, page, set_number, Layer::around, Tags::none);
    if (!painted) return fail(painted.error());
    cairo_show_page(canvas.get());
  }
  return canvas.finish();
}

std::string language_tag(const PaperForm& form) {
  return form.geometry.language == "en" ? "en" : "nl-NL";
}

}  // namespace

/// The same words come back on every form: each is measured once.
struct PangoTextMeasure::Canvas {
  using Key = std::tuple<std::string, double, bool, bool, double>;
  std::map<Key, int> known_lines;
  std::map<Key, double> known_widths;
  pdf::Handle<cairo_surface_t> surface{cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)};
  pdf::Handle<cairo_t> context{cairo_create(surface.get())};
};

PangoTextMeasure::PangoTextMeasure() : canvas_(std::make_unique<Canvas>()) {
}

PangoTextMeasure::~PangoTextMeasure() = default;

int PangoTextMeasure::lines(std::string_view text, const PaperStyle& style, double width) const {
  if (text.empty()) return 0;
  const auto [known, fresh] =
      canvas_->known_lines.try_emplace({std::string(text), style.size, style.bold, style.italic, width}, 0);
  if (fresh) known->second = static_cast<int>(set(canvas_->context.get(), text, style, width).lines.size());
  return known->second;
}

double PangoTextMeasure::width(std::string_view text, const PaperStyle& style) const {
  const auto [known, fresh] = canvas_->known_widths.try_emplace(
      {std::string(text), style.size, style.bold, style.italic, endless}, 0);
  if (!fresh) return known->second;
  for (const pdf::SetLine& line : set(canvas_->context.get(), text, style, endless).lines) {
    PangoRectangle extents{};
    pango_layout_line_get_extents(line.line, nullptr, &extents);
    known->second = std::max(known->second, static_cast<double>(extents.width) / PANGO_SCALE * 25.4 / 72);
  }
  return known->second;
}

std::unique_ptr<TextMeasure> PangoPaperPrinter::measure() const {
  return std::make_unique<PangoTextMeasure>();
}

std::string PangoPaperPrinter::new_set_number() const {
  constexpr std::string_view base32 = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string set_number;
  for (int i = 0; i < 8; ++i) set_number += base32[randombytes_uniform(base32.size())];
  return set_number;
}

Result<std::string> PangoPaperPrinter::print(const PaperForm& form, std::string_view set_number) const {
  const auto words = paint_words(form, set_number);
  if (!words) return fail(words.error());
  const auto around = paint_around(form, set_number);
  if (!around) return fail(around.error());
  try {
    return pdf::finish_pdf(*words, *around, {form.title, language_tag(form), {}});
  } catch (const std::exception& problem) {
    return fail(ErrorCode::internal, std::string("The printed form cannot be completed: ") + problem.what());
  }
}

Result<GrayRaster> paint_page(const PaperForm& form, int page, double dpi, std::string_view set_number) {
  if (page < 1 || page > pages_of(form) || !(dpi >= 50 && dpi <= 1200))
    return fail(ErrorCode::invalid_input, "There is no such page, or 50 to 1200 dpi are left.");
  GrayRaster raster;
  raster.dpi = dpi;
  raster.width = static_cast<int>(std::lround(form.geometry.page_width / 25.4 * dpi));
  raster.height = static_cast<int>(std::lround(form.geometry.page_height / 25.4 * dpi));
  const pdf::Handle<cairo_surface_t> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, raster.width, raster.height));
  const pdf::Handle<cairo_t> canvas(cairo_create(surface.get()));
  cairo_set_source_rgb(canvas.get(), 1, 1, 1);
  cairo_paint(canvas.get());
  cairo_scale(canvas.get(), dpi / 72, dpi / 72);
  for (const Layer layer : {Layer::around, Layer::words}) {
    auto painted = paper_forms::paint_layer(canvas.get(), form, page, set_number, layer, Tags::none);
    if (!painted) return fail(painted.error());
  }
  cairo_surface_flush(surface.get());
  if (cairo_status(canvas.get()) != CAIRO_STATUS_SUCCESS ||
      cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::internal, "The page cannot be painted.");
  }
  const unsigned char* const data = cairo_image_surface_get_data(surface.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  raster.pixels.reserve(static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(raster.height); ++y) {
    const unsigned char* pixel = data + y * stride;  // blue, green, red, unused: little-endian RGB24
    for (int x = 0; x < raster.width; ++x, pixel += 4) {
      const int light = 114 * pixel[0] + 587 * pixel[1] + 299 * pixel[2];
      raster.pixels.push_back(static_cast<std::uint8_t>((light + 500) / 1000));
    }
  }
  return raster;
}

}  // namespace softbot
