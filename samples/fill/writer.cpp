#include "writer.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace softbot::fill {
namespace {

const std::string all_digits = "0123456789";
const std::string all_capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t variants = 3;  ///< of one character, in one person's hand

void append(std::vector<GlyphSource>& all, std::vector<GlyphSource> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// A source of few characters borrows the rest from the others, so that any text can be written.
Result<void> complete(std::vector<GlyphSource>& sources, const std::string& characters, const char* what) {
  std::map<char, std::vector<Glyph>> lent;
  for (const GlyphSource& source : sources) {
    for (const auto& [character, glyphs] : source.glyphs) {
      auto& all = lent[character];
      if (all.empty()) all = glyphs;
    }
  }
  std::string missing;
  for (const char character : characters) {
    if (!lent.contains(character)) missing += character;
  }
  if (!missing.empty()) {
    return fail(ErrorCode::invalid_input, std::string("Nothing that was given holds the ") + what + " " +
                                              missing +
                                              ": add a source with --digits, --capitals or --fonts.");
  }
  for (GlyphSource& source : sources) {
    for (const char character : characters) {
      if (!source.glyphs.contains(character)) source.glyphs[character] = lent[character];
    }
  }
  return {};
}

Pen pen_for(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.48) return Pen::blue;
  return kind < 0.88 ? Pen::black : Pen::pencil;
}

Ink ink_for(Pen pen, Random& random) {
  Ink ink;
  const double shade = pen == Pen::pencil ? random.between(60, 100) : random.between(10, 50);
  ink.colour = {shade, shade, shade + 5};
  switch (pen) {
    case Pen::blue:
      ink.colour = {random.between(15, 50), random.between(30, 70), random.between(120, 190)};
      ink.darkness = random.between(0.82, 0.98);
      ink.grain = random.between(0, 0.15);
      break;
    case Pen::black:
      ink.darkness = random.between(0.85, 1.0);
      ink.grain = random.between(0, 0.12);
      break;
    case Pen::pencil:
      ink.darkness = random.between(0.55, 0.8);
      ink.grain = random.between(0.3, 0.55);
      break;
  }
  return ink;
}

constexpr std::array<std::pair<TickStyle, std::string_view>, 6> tick_styles{
    {{TickStyle::cross, "cross"},
     {TickStyle::check, "check"},
     {TickStyle::dot, "dot"},
     {TickStyle::scribble, "scribble"},
     {TickStyle::slash, "slash"},
     {TickStyle::circle, "circle"}}};

TickStyle tick_for(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.55) return TickStyle::cross;
  if (kind < 0.83) return TickStyle::check;
  if (kind < 0.89) return TickStyle::scribble;
  if (kind < 0.94) return TickStyle::slash;
  if (kind < 0.98) return TickStyle::dot;
  return TickStyle::circle;
}

void take_hand(Writer& writer, const GlyphSource& source, const std::string& characters, Random& random) {
  constexpr double box_mm = 9.5;
  const double stroke = writer.pen_mm / (writer.size * box_mm);
  for (const char character : characters) {
    const std::vector<Glyph>& all = source.glyphs.at(character);
    std::vector<Glyph>& own = writer.hand[character];
    for (std::size_t i = 0; i < std::min(variants, all.size()); ++i)
      own.push_back(with_stroke(random.one_of(all), stroke * random.between(0.9, 1.2)));
  }
}

}  // namespace

std::string_view name_of(Pen pen) {
  switch (pen) {
    case Pen::blue:
      return "blue";
    case Pen::black:
      return "black";
    case Pen::pencil:
      break;
  }
  return "pencil";
}

std::optional<Pen> pen_from(std::string_view name) {
  for (const Pen pen : {Pen::blue, Pen::black, Pen::pencil}) {
    if (name_of(pen) == name) return pen;
  }
  return std::nullopt;
}

Result<Handwriting> read_handwriting(const Paths& digits, const Paths& capitals, const Paths& lines,
                                     const Paths& fonts) {
  Handwriting handwriting;
  if (!fonts.empty()) {
    auto read = read_fonts(fonts);
    if (!read) return fail(read.error());
    handwriting.fonts = std::move(*read);
  }
  auto digit_sources = read_digits(digits);
  if (!digit_sources) return fail(digit_sources.error());
  handwriting.digits = std::move(*digit_sources);
  auto capital_sources = read_capitals(capitals);
  if (!capital_sources) return fail(capital_sources.error());
  handwriting.capitals = std::move(*capital_sources);
  // Fonts write in boxes where nothing else does.
  if (digits.empty()) append(handwriting.digits, handwriting.fonts);
  if (capitals.empty()) append(handwriting.capitals, handwriting.fonts);
  if (const auto done = complete(handwriting.digits, all_digits, "digits"); !done) return fail(done.error());
  if (const auto done = complete(handwriting.capitals, all_capitals, "capitals"); !done)
    return fail(done.error());
  auto strips = LineStrips::open(lines);
  if (!strips) return fail(strips.error());
  handwriting.strips = std::move(*strips);
  return handwriting;
}

std::string_view name_of(TickStyle style) {
  for (const auto& [known, name] : tick_styles) {
    if (known == style) return name;
  }
  return {};
}

std::optional<TickStyle> tick_style_from(std::string_view name) {
  for (const auto& [style, known] : tick_styles) {
    if (known == name) return style;
  }
  return std::nullopt;
}

Writer writer_for(const Handwriting& handwriting, std::uint64_t seed, std::uint64_t form,
                  std::optional<Pen> pen) {
  Random random(seed, "writer", form);
  Writer writer;
  writer.digits = &random.one_of(handwriting.digits);
  writer.capitals = &random.one_of(handwriting.capitals);
  if (!handwriting.fonts.empty()) writer.line_font = &random.one_of(handwriting.fonts);
  writer.pen = pen.value_or(pen_for(random));
  writer.ink = ink_for(writer.pen, random);
  writer.pen_mm = random.between(0.35, 0.8);
  writer.size = random.between(0.58, 0.86);
  take_hand(writer, *writer.digits, all_digits, random);
  take_hand(writer, *writer.capitals, all_capitals, random);
  writer.size_spread = random.between(0.03, 0.09);
  writer.slant = random.normal(0.06, 0.09);
  writer.slant_spread = random.between(0.02, 0.05);
  writer.thickness = random.normal(0, 0.3);
  if (random.chance(0.25)) writer.shake_mm = random.between(0.08, 0.22);
  writer.off_centre = random.between(0.03, 0.1);
  writer.baseline = random.normal(0.02, 0.04);
  writer.tick = tick_for(random);
  writer.tick_size = random.between(0.75, 1.45);
  writer.tick_off_centre = random.between(0.04, 0.2);
  writer.numbers_to_the_right = random.chance(0.3);
  return writer;
}

}  // namespace softbot::fill
