#include "adapters/paper_forms/page_painter.h"

#include <algorithm>
#include <charconv>

#include "adapters/pdf/canvas.h"
#include "adapters/pdf/qr.h"
#include "adapters/pdf/text_setting.h"
#include "forms/geometry/page_code.h"

namespace softbot::paper_forms {
namespace {

using pdf::Colour;
using pdf::millimetres;

constexpr double code_text_size = 8.5;
constexpr double light_grey = 0.8;  ///< drops out when a page is read
constexpr double points_per_mm = 72 / 25.4;

/// "#154273"
Colour colour_of(std::string_view text) {
  const auto part = [&](std::size_t at) {
    int value = 0;
    if (text.size() == 7) std::from_chars(text.data() + at, text.data() + at + 2, value, 16);
    return value / 255.0;
  };
  return {part(1), part(3), part(5)};
}

const char* tag_of(PaperRole role) {
  switch (role) {
    case PaperRole::title:
      return "H1";
    case PaperRole::part:
      return "H2";
    case PaperRole::heading:
      return "H3";
    case PaperRole::question:
      return "H4";
    default:
      return "P";
  }
}

class Painter {
 public:
  Painter(cairo_t* canvas, const PaperForm& form, int page, Layer layer, Tags tags)
      : canvas_(canvas), form_(form), page_(page), layer_(layer), tags_(tags) {}

  void paint(const PaperItem& item) {
    std::visit(
        [this](const auto& one) {
          if (one.page == page_) (*this)(one);
        },
        item);
  }

  void operator()(const PaperText& text) {
    const bool furniture = text.role == PaperRole::furniture;
    if (furniture != (layer_ == Layer::around)) return;
    const bool tagged = tags_ == Tags::written && !furniture;
    if (tagged) cairo_tag_begin(canvas_, tag_of(text.role), nullptr);
    words(text);
    if (tagged) cairo_tag_end(canvas_, tag_of(text.role));
  }

  void operator()(const PaperShape& shape) {
    if (layer_ != Layer::around) return;
    set(tone(shape.tone));
    box(shape.box);
    if (shape.line > 0) {
      cairo_set_line_width(canvas_, millimetres(shape.line));
      cairo_stroke(canvas_);
    } else {
      cairo_fill(canvas_);
    }
  }

  void operator()(const PaperCross& cross) {
    if (layer_ != Layer::around) return;
    constexpr double inset = 0.9;  // mm
    set(tone(PaperTone::black));
    cairo_set_line_width(canvas_, millimetres(0.6));
    const MmBox& box = cross.box;
    const auto stroke = [&](double from_y, double to_y) {
      cairo_move_to(canvas_, millimetres(box.x + inset), millimetres(from_y));
      cairo_line_to(canvas_, millimetres(box.x + box.width - inset), millimetres(to_y));
      cairo_stroke(canvas_);
    };
    stroke(box.y + inset, box.y + box.height - inset);
    stroke(box.y + box.height - inset, box.y + inset);
  }

  void marks() {
    set(tone(PaperTone::black));
    for (const MmBox& mark : page().marks) {
      box(mark);
      cairo_fill(canvas_);
    }
  }

  Result<void> code(std::string_view set_number) {
    const PageCode content = page_code_of(form_.geometry, page_, set_number);
    const auto modules = pdf::make_qr(to_text(content), form_.code_modules);
    if (!modules) return fail(modules.error());
    const MmBox& place = page().code;
    const double side = place.width / static_cast<double>(modules->size);
    set(tone(PaperTone::black));
    for (std::size_t row = 0; row < modules->size; ++row) {
      for (std::size_t column = 0; column < modules->size; ++column) {
        if (!modules->is_dark(row, column)) continue;
        box({place.x + static_cast<double>(column) * side, place.y + static_cast<double>(row) * side, side,
             side});
      }
    }
    cairo_fill(canvas_);
    PaperText text;
    text.text = to_readable(content);
    text.style.size = code_text_size;
    text.place = form_.readable_code;
    words(text);
    return {};
  }

 private:
  [[nodiscard]] const PaperPage& page() const {
    return form_.geometry.pages[static_cast<std::size_t>(page_ - 1)];
  }

  [[nodiscard]] Colour tone(PaperTone tone) const {
    switch (tone) {
      case PaperTone::grey:
        return {0.25, 0.25, 0.25};
      case PaperTone::accent:
        return colour_of(form_.accent);
      case PaperTone::light:
        return {light_grey, light_grey, light_grey};
      case PaperTone::black:
        break;
    }
    return {0, 0, 0};
  }

  void set(Colour colour) { cairo_set_source_rgb(canvas_, colour.red, colour.green, colour.blue); }

  void box(const MmBox& box) {
    cairo_rectangle(canvas_, millimetres(box.x), millimetres(box.y), millimetres(box.width),
                    millimetres(box.height));
  }

  /// Lines at fixed distances, so that their places do not hang on the font.
  void words(const PaperText& text) {
    const auto block = pdf::set_text(canvas_, {pdf::Run{text.text, text.style.bold, text.style.italic}},
                                     text.style.size, millimetres(text.place.width), pdf::Weight::normal);
    const double height = line_height(text.style) * points_per_mm;
    const double baseline = (height - text.style.size) / 2 + text.style.size * 0.85;
    double y = millimetres(text.place.y);
    for (const pdf::SetLine& line : block.lines) {
      PangoRectangle extents{};
      pango_layout_line_get_extents(line.line, nullptr, &extents);
      const double spare = millimetres(text.place.width) - static_cast<double>(extents.width) / PANGO_SCALE;
      const double share = text.align == PaperAlign::left ? 0 : text.align == PaperAlign::centre ? 0.5 : 1;
      pdf::paint_line(canvas_, line, millimetres(text.place.x) + spare * share, y + baseline,
                      tone(text.tone));
      y += height;
    }
  }

  cairo_t* canvas_;
  const PaperForm& form_;
  int page_;
  Layer layer_;
  Tags tags_;
};

}  // namespace

Result<void> paint_layer(cairo_t* canvas, const PaperForm& form, int page, std::string_view set, Layer layer,
                         Tags tags) {
  Painter painter(canvas, form, page, layer, tags);
  for (const PaperItem& item : form.items) painter.paint(item);
  if (layer != Layer::around) return {};
  painter.marks();
  return painter.code(set);
}

}  // namespace softbot::paper_forms
