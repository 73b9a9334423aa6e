#include "adapters/letters/paint.h"

#include <string>

#include "adapters/letters/layout.h"

namespace softbot::letters {
namespace {

constexpr double kFooterBaseline = kPageHeight - millimetres(12);
constexpr double kFooterSize = 9;
constexpr double kBarHeight = millimetres(5);

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

  cairo_t* canvas_;
};

void Painter::operator()(const PaintLine& line) {
  pdf::paint_line(canvas_, line.set, line.x, line.baseline, line.colour);
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
  pdf::PdfCanvas canvas;
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
  pdf::PdfCanvas canvas;
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
