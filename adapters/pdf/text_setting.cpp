#include "adapters/pdf/text_setting.h"

#include <algorithm>
#include <string_view>

namespace softbot::pdf {
namespace {

constexpr std::string_view kLineBreak = "\u2028";
constexpr std::string_view kNoBreak = "\u00A0";
constexpr std::size_t kLongestPiece = 2000;  ///< bytes
constexpr double kLeading = 1.17;            ///< height of a line, in the font's own
constexpr const char* kFonts = "Liberation Sans, DejaVu Sans";

double points(int pango_units) {
  return static_cast<double>(pango_units) / PANGO_SCALE;
}

/// Where to cut a long text: after a forced line, else at a space, else between two characters.
std::size_t cut_of(std::string_view text) {
  if (text.size() <= kLongestPiece) {
    return text.size();
  }
  const auto head = text.substr(0, kLongestPiece);
  if (const auto forced = head.rfind(kLineBreak); forced != std::string_view::npos && forced > 0) {
    return forced + kLineBreak.size();
  }
  if (const auto space = head.rfind(' '); space != std::string_view::npos) {
    return space + 1;
  }
  std::size_t cut = head.size();
  while (cut > 1 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) {
    --cut;
  }
  return cut;
}

/// A text in pieces that Pango sets quickly: its time grows with the square of what it is given at once. Most
/// texts are one piece.
std::vector<Text> pieces_of(const Text& text) {
  std::vector<Text> pieces(1);
  std::size_t used = 0;
  for (const auto& run : text) {
    std::string_view rest = run.text;
    while (!rest.empty()) {
      const auto cut = cut_of(rest);
      if (used > 0 && used + cut > kLongestPiece) {
        pieces.emplace_back();
        used = 0;
      }
      auto piece = rest.substr(0, cut);
      rest.remove_prefix(cut);
      used += cut;
      if (!rest.empty() && piece.size() > kLineBreak.size() &&
          piece.substr(piece.size() - kLineBreak.size()) == kLineBreak) {
        piece.remove_suffix(kLineBreak.size());  // the next piece begins on a new line by itself
      }
      pieces.back().push_back(Run{std::string(piece), run.bold, run.italic, run.link});
    }
  }
  return pieces;
}

/// A run's text as Pango gets it, and the bytes at which it must not break.
struct PlainText {
  std::string text;
  std::vector<std::size_t> unbroken;
};

/// A forced line ends in a space, so that words of two lines do not become one when the text is read aloud or
/// copied. A no-break space becomes a space without a break: who searches for a date or number finds it.
PlainText plain_text(std::string_view text) {
  PlainText plain;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.substr(at, kLineBreak.size()) == kLineBreak) {
      plain.text.append(" ").append(kLineBreak);
      at += kLineBreak.size();
    } else if (text.substr(at, kNoBreak.size()) == kNoBreak) {
      plain.unbroken.push_back(plain.text.size());
      plain.text.push_back(' ');
      at += kNoBreak.size();
    } else {
      plain.text.push_back(text[at]);
      ++at;
    }
  }
  return plain;
}

Handle<PangoFontDescription> font_of(double size, Weight weight) {
  Handle<PangoFontDescription> font(pango_font_description_from_string(kFonts));
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(),
                                    weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

/// Letters as wide as their font says, on paper as on a raster of any fineness: no rounding to pixels.
void measure_exactly(PangoLayout* layout) {
  const Handle<cairo_font_options_t> exact(cairo_font_options_create());
  cairo_font_options_set_hint_metrics(exact.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(exact.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias(exact.get(), CAIRO_ANTIALIAS_GRAY);
  auto* const context = pango_layout_get_context(layout);
  pango_cairo_context_set_font_options(context, exact.get());
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_layout_context_changed(layout);
}

/// A text of one piece, with the looks of its runs.
class Piece {
 public:
  explicit Piece(const Text& text) : looks_(pango_attr_list_new()) {
    for (const auto& run : text) {
      add(run);
    }
  }

  [[nodiscard]] std::shared_ptr<const SetText> set(cairo_t* canvas, double size, double width,
                                                   Weight weight) && {
    auto set = std::make_shared<SetText>();
    set->layout.reset(pango_cairo_create_layout(canvas));
    auto* const layout = set->layout.get();
    measure_exactly(layout);
    pango_layout_set_font_description(layout, font_of(size, weight).get());
    pango_layout_set_text(layout, all_.c_str(), static_cast<int>(all_.size()));
    pango_layout_set_attributes(layout, looks_.get());
    pango_layout_set_width(layout, static_cast<int>(std::max(width, 1.0) * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    set->links = std::move(links_);
    return set;
  }

 private:
  void add(const Run& run) {
    const auto begin = all_.size();
    const auto plain = plain_text(run.text);
    all_ += plain.text;
    for (const auto place : plain.unbroken) {
      const auto space = begin + place;
      look(pango_attr_allow_breaks_new(0), space > 0 ? space - 1 : 0, space + 2);
    }
    if (run.bold) {
      look(pango_attr_weight_new(PANGO_WEIGHT_BOLD), begin, all_.size());
    }
    if (run.italic) {
      look(pango_attr_style_new(PANGO_STYLE_ITALIC), begin, all_.size());
    }
    if (!run.link.empty()) {
      look(pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), begin, all_.size());
      links_.push_back({static_cast<int>(begin), static_cast<int>(all_.size()), run.link});
    }
  }

  /// The list owns the attribute from here on.
  void look(PangoAttribute* attribute, std::size_t begin, std::size_t end) {
    attribute->start_index = static_cast<guint>(begin);
    attribute->end_index = static_cast<guint>(end);
    pango_attr_list_insert(looks_.get(), attribute);
  }

  std::string all_;
  Handle<PangoAttrList> looks_;
  std::vector<LinkRange> links_;
};

std::vector<SetLine> lines_of(const std::shared_ptr<const SetText>& text) {
  std::vector<SetLine> lines;
  const Handle<PangoLayoutIter> place(pango_layout_get_iter(text->layout.get()));
  do {
    PangoRectangle box{};
    pango_layout_iter_get_line_extents(place.get(), nullptr, &box);
    const double natural = points(box.height);
    const double above = (kLeading - 1) * natural / 2;
    const double baseline = points(pango_layout_iter_get_baseline(place.get()) - box.y);
    lines.push_back(
        {text, pango_layout_iter_get_line_readonly(place.get()), baseline + above, natural * kLeading});
  } while (pango_layout_iter_next_line(place.get()) != 0);
  return lines;
}

}  // namespace

SetBlock set_text(cairo_t* canvas, const Text& text, double size, double width, Weight weight) {
  SetBlock block;
  for (const auto& piece : pieces_of(text)) {
    auto lines = lines_of(Piece(piece).set(canvas, size, width, weight));
    block.lines.insert(block.lines.end(), lines.begin(), lines.end());
  }
  for (const auto& line : block.lines) {
    block.height += line.height;
  }
  return block;
}

}  // namespace softbot::pdf
