#include "adapters/letters/paint.h"

#include <cairo-pdf.h>
#include <hb.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string_view>

#include "adapters/letters/layout.h"

#ifdef __SANITIZE_ADDRESS__
// fontconfig keeps its list of fonts until the program ends; the leak sanitizer cannot see that it is still
// in use.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\nleak:libpango";
}
#endif

namespace softbot::letters {
namespace {

constexpr double kFooterBaseline = kPageHeight - millimetres(12);
constexpr double kFooterSize = 9;
constexpr double kBarHeight = millimetres(5);

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

/// A PDF that is being drawn.
class PdfCanvas {
 public:
  PdfCanvas()
      : pdf_(std::make_unique<std::string>()),
        surface_(cairo_pdf_surface_create_for_stream(append, pdf_.get(), kPageWidth, kPageHeight)),
        canvas_(cairo_create(surface_.get())) {
    cairo_pdf_surface_restrict_to_version(surface_.get(), CAIRO_PDF_VERSION_1_5);
  }

  [[nodiscard]] cairo_t* get() const { return canvas_.get(); }
  void describe(cairo_pdf_metadata_t what, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface_.get(), what, text.c_str());
  }

  /// The PDF; nothing can be drawn any more.
  [[nodiscard]] Result<std::string> finish() {
    const auto drawn = cairo_status(canvas_.get());
    cairo_surface_finish(surface_.get());
    const auto written = cairo_surface_status(surface_.get());
    const auto wrong = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
    if (wrong != CAIRO_STATUS_SUCCESS) {
      return fail(ErrorCode::internal,
                  std::string("The letter cannot be painted: ") + cairo_status_to_string(wrong));
    }
    return std::move(*pdf_);
  }

 private:
  std::unique_ptr<std::string> pdf_;  ///< Cairo keeps its address
  Handle<cairo_surface_t> surface_;
  Handle<cairo_t> canvas_;
};

/// Plays the steps on a PDF surface.
class Painter {
 public:
  explicit Painter(cairo_t* canvas) : canvas_(canvas) {}

  void operator()(const BeginTag& tag) { cairo_tag_begin(canvas_, tag.name.c_str(), nullptr); }
  void operator()(const EndTag& tag) { cairo_tag_end(canvas_, tag.name.c_str()); }
  void operator()(const PaintLine& line);
  void operator()(const PaintBox& box);
  void operator()(const NextPage&) { cairo_show_page(canvas_); }

 private:
  void colour(Colour colour) { cairo_set_source_rgb(canvas_, colour.red, colour.green, colour.blue); }
  void run(const PaintLine& line, PangoGlyphItem& item, double x);

  cairo_t* canvas_;
};

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
void Painter::run(const PaintLine& line, PangoGlyphItem& item, double x) {
  const auto& links = line.set.text->links;
  const auto link = std::find_if(links.begin(), links.end(), [&item](const LinkRange& range) {
    return item.item->offset >= range.begin && item.item->offset < range.end;
  });
  const std::string address = link == links.end() ? "" : safe_address(link->address);
  if (!address.empty()) {
    cairo_tag_begin(canvas_, CAIRO_TAG_LINK, ("uri='" + address + "'").c_str());
    const double width = static_cast<double>(pango_glyph_string_get_width(item.glyphs)) / PANGO_SCALE;
    cairo_rectangle(canvas_, x, line.baseline + 1.4, width, 0.6);
    cairo_fill(canvas_);
  }
  cairo_move_to(canvas_, x, line.baseline);
  const char* const text = pango_layout_get_text(line.set.text->layout.get());
  const auto spaced = with_spaces(item, text);
  pango_cairo_show_glyph_item(canvas_, text, spaced.get());
  if (!address.empty()) {
    cairo_tag_end(canvas_, CAIRO_TAG_LINK);
  }
}

void Painter::operator()(const PaintLine& line) {
  colour(line.colour);
  PangoRectangle box{};
  pango_layout_line_get_extents(line.set.line, nullptr, &box);
  // A line in a script that runs to the left stands against the column's right edge.
  const bool leftward = line.set.line->resolved_dir == PANGO_DIRECTION_RTL;
  const int column = pango_layout_get_width(line.set.text->layout.get());
  double x = line.x + (leftward ? std::max(0.0, static_cast<double>(column - box.width) / PANGO_SCALE) : 0);
  for (GSList* link = line.set.line->runs; link != nullptr; link = link->next) {
    auto& item = *static_cast<PangoGlyphItem*>(link->data);
    run(line, item, x);
    x += static_cast<double>(pango_glyph_string_get_width(item.glyphs)) / PANGO_SCALE;
  }
}

void Painter::operator()(const PaintBox& box) {
  colour(box.colour);
  cairo_rectangle(canvas_, box.x, box.y, box.width, box.height);
  if (box.stroke > 0) {
    cairo_set_line_width(canvas_, box.stroke);
    cairo_stroke(canvas_);
  } else {
    cairo_fill(canvas_);
  }
}

/// One line of the foot, at the left or the right margin.
enum class Side { left, right };
void paint_foot(cairo_t* canvas, const std::string& words, Side side) {
  constexpr double kLeft = millimetres(25);
  constexpr double kWidth = kPageWidth - kLeft - millimetres(20);
  const double width = side == Side::right ? kWidth : kWidth - millimetres(35);
  const auto block = set_text(canvas, {Run{words}}, kFooterSize, width, Weight::normal);
  const auto& first = block.lines.front();
  PangoRectangle box{};
  pango_layout_line_get_extents(first.line, nullptr, &box);
  const double indent = side == Side::right ? width - static_cast<double>(box.width) / PANGO_SCALE : 0;
  Painter{canvas}(PaintLine{first, kLeft + indent, kFooterBaseline, Colour{0.35, 0.35, 0.35}});
}

/// What stands on every page and is not read aloud: the bar at the top of the first; page x of y, and what
/// the letter is about, so that loose pages find each other again.
Result<std::string> paint_furniture(const Letter& letter, int pages) {
  PdfCanvas canvas;
  const bool english = letter.language == "en";
  for (int page = 1; page <= pages; ++page) {
    if (page == 1) {
      Painter{canvas.get()}(PaintBox{0, 0, kPageWidth, kBarHeight, letter.colour, 0});
    }
    paint_foot(canvas.get(), letter.footer, Side::left);
    paint_foot(canvas.get(),
               (english ? "Page " : "Pagina ") + std::to_string(page) + (english ? " of " : " van ") +
                   std::to_string(pages),
               Side::right);
    cairo_show_page(canvas.get());
  }
  return canvas.finish();
}

}  // namespace

Result<PaintedLetter> paint(const Letter& letter) {
  PdfCanvas canvas;
  canvas.describe(CAIRO_PDF_METADATA_TITLE, letter.title);
  canvas.describe(CAIRO_PDF_METADATA_AUTHOR, letter.letterhead);
  canvas.describe(CAIRO_PDF_METADATA_CREATOR, "softbot");
  auto pages = lay_out(canvas.get(), letter);
  if (!pages) {
    return fail(pages.error());
  }
  cairo_tag_begin(canvas.get(), "Document", nullptr);
  for (const auto& step : pages->steps) {
    std::visit(Painter(canvas.get()), step);
  }
  cairo_tag_end(canvas.get(), "Document");
  cairo_show_page(canvas.get());
  auto pdf = canvas.finish();
  if (!pdf) {
    return fail(pdf.error());
  }
  return paint_furniture(letter, pages->count).map([&](std::string furniture) {
    return PaintedLetter{std::move(*pdf), std::move(furniture), std::move(pages->figures)};
  });
}

}  // namespace softbot::letters
