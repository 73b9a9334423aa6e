#include "adapters/pdf/canvas.h"

#include <hb.h>

#include <algorithm>
#include <new>
#include <string_view>

#ifdef __SANITIZE_ADDRESS__
// fontconfig keeps its list of fonts until the program ends; the leak sanitizer cannot see that it is still
// in use.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\nleak:libpango";
}
#endif

namespace softbot::pdf {
namespace {

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) noexcept {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

bool may_stand_in_address(unsigned char letter) {
  return letter > 0x20 && letter < 0x7F &&
         std::string_view("\"'<>\\^`{|}[]").find(static_cast<char>(letter)) == std::string_view::npos;
}

/// A web, mail or telephone address that is safe in a PDF's link; "" for any other scheme.
std::string safe_address(std::string_view address) {
  constexpr std::string_view kSchemes[] = {"https://", "http://", "mailto:", "tel:"};
  const bool known =
      std::any_of(std::begin(kSchemes), std::end(kSchemes),
                  [address](std::string_view scheme) { return address.substr(0, scheme.size()) == scheme; });
  constexpr std::size_t kLongest = 1000;
  if (!known || address.size() > kLongest) {
    return "";
  }
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string safe;
  for (const char letter : address) {
    const auto byte = static_cast<unsigned char>(letter);
    if (may_stand_in_address(byte)) {
      safe.push_back(letter);
    } else {
      safe += {'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
  }
  return safe;
}

/// A copy of the run in which the space at the end of a line is a space again: Pango makes it an empty glyph,
/// for which Cairo writes a mark that some readers stumble over.
Handle<PangoGlyphItem> with_spaces(PangoGlyphItem& item, const char* text) {
  Handle<PangoGlyphItem> copy(pango_glyph_item_copy(&item));
  hb_codepoint_t space = 0;
  if (hb_font_get_nominal_glyph(pango_font_get_hb_font(item.item->analysis.font), ' ', &space) == 0) {
    return copy;
  }
  for (int index = 0; index < copy->glyphs->num_glyphs; ++index) {
    const char letter = text[item.item->offset + copy->glyphs->log_clusters[index]];
    auto& glyph = copy->glyphs->glyphs[index];
    if (letter == ' ' && glyph.glyph == PANGO_GLYPH_EMPTY) {
      glyph.glyph = space;
    }
  }
  return copy;
}

/// One run of glyphs with one look; a run that leads somewhere is a Link with a line below it.
void paint_run(cairo_t* canvas, const SetLine& line, PangoGlyphItem& item, double x, double baseline) {
  const auto& links = line.text->links;
  const auto link = std::find_if(links.begin(), links.end(), [&item](const LinkRange& range) {
    return item.item->offset >= range.begin && item.item->offset < range.end;
  });
  const std::string address = link == links.end() ? "" : safe_address(link->address);
  if (!address.empty()) {
    cairo_tag_begin(canvas, CAIRO_TAG_LINK, ("uri='" + address + "'").c_str());
    const double width = static_cast<double>(pango_glyph_string_get_width(item.glyphs)) / PANGO_SCALE;
    cairo_rectangle(canvas, x, baseline + 1.4, width, 0.6);
    cairo_fill(canvas);
  }
  cairo_move_to(canvas, x, baseline);
  const char* const text = pango_layout_get_text(line.text->layout.get());
  const auto spaced = with_spaces(item, text);
  pango_cairo_show_glyph_item(canvas, text, spaced.get());
  if (!address.empty()) {
    cairo_tag_end(canvas, CAIRO_TAG_LINK);
  }
}

}  // namespace

PdfCanvas::PdfCanvas()
    : pdf_(std::make_unique<std::string>()),
      surface_(cairo_pdf_surface_create_for_stream(append, pdf_.get(), page_width, page_height)),
      canvas_(cairo_create(surface_.get())) {
  cairo_pdf_surface_restrict_to_version(surface_.get(), CAIRO_PDF_VERSION_1_5);
}

void PdfCanvas::describe(cairo_pdf_metadata_t what, const std::string& text) {
  cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str());
}

Result<std::string> PdfCanvas::finish() {
  const auto drawn = cairo_status(canvas_.get());
  cairo_surface_finish(surface_.get());
  const auto written = cairo_surface_status(surface_.get());
  const auto wrong = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
  if (wrong != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::internal,
                std::string("The pages cannot be painted: ") + cairo_status_to_string(wrong));
  }
  return std::move(*pdf_);
}

void paint_line(cairo_t* canvas, const SetLine& line, double x, double baseline, Colour colour) {
  cairo_set_source_rgb(canvas, colour.red, colour.green, colour.blue);
  PangoRectangle box{};
  pango_layout_line_get_extents(line.line, nullptr, &box);
  // A line in a script that runs to the left stands against the column's right edge.
  const bool leftward = line.line->resolved_dir == PANGO_DIRECTION_RTL;
  const int column = pango_layout_get_width(line.text->layout.get());
  x += (leftward ? std::max(0.0, static_cast<double>(column - box.width) / PANGO_SCALE) : 0);
  for (GSList* link = line.line->runs; link != nullptr; link = link->next) {
    auto& item = *static_cast<PangoGlyphItem*>(link->data);
    paint_run(canvas, line, item, x, baseline);
    x += static_cast<double>(pango_glyph_string_get_width(item.glyphs)) / PANGO_SCALE;
  }
}

}  // namespace softbot::pdf
