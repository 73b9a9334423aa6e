#include "forms/paper_furniture.h"

#include <algorithm>
#include <array>

#include "forms/geometry/page_frame.h"
#include "forms/paper_conditions.h"
#include "forms/paper_metrics.h"

namespace softbot::paper {
namespace {

const PaperStyle plain{11.5, false, false};
const PaperStyle strong{12, true, false};
constexpr double panel_inset = 5;
constexpr double sample_width = 46;
constexpr double sample_box = 6.4;

/// One line of the instructions with a picture of what is meant beside it.
struct Instruction {
  std::string text;
  enum class Picture { none, letters, tick, mistake } picture = Picture::none;
};

std::vector<Instruction> instructions(const FormFrame& frame) {
  using Picture = Instruction::Picture;
  const Municipality& municipality = frame.municipality;
  const ClientSupport& support = municipality.client_support;
  if (frame.language == "en") {
    return {
        {"Write with a blue or black pen, in CAPITALS. One letter or digit in each box.", Picture::letters},
        {"Put a cross in the box that fits.", Picture::tick},
        {"A mistake? Fill that box wholly black and cross the right one.", Picture::mistake},
        {"You need not answer a question that does not fit you. Sign at the end: there you also read what to "
         "send along.",
         Picture::none},
        {"Is it hard to fill in? Ask somebody to help you, or call us: " + municipality.phone + ". " +
             support.text.en + " " + support.name + ": " + support.phone + ".",
         Picture::none}};
  }
  return {
      {"Schrijf met een blauwe of zwarte pen, in HOOFDLETTERS. Eén letter of cijfer in elk hokje.",
       Picture::letters},
      {"Zet een kruisje in het hokje dat past.", Picture::tick},
      {"Vergist u zich? Maak dat hokje helemaal zwart en zet een kruisje in het goede hokje.",
       Picture::mistake},
      {"Past een vraag niet bij u? Dan slaat u die over. Zet achteraan uw handtekening. Daar staat ook wat "
       "u meestuurt.",
       Picture::none},
      {"Lukt invullen niet goed? Vraag iemand om u te helpen, of bel ons: " + municipality.phone + ". " +
           support.text.nl + " " + support.name + ": " + support.phone + ".",
       Picture::none}};
}

void add_letters(Block& block, const Blocks& blocks, double x, double y) {
  const PaperStyle style{15, false, false};
  double at = x;
  for (const char* letter : {"J", "A", "N", "S", "E", "N"}) {
    const MmBox box{at, y, sample_box, 8};
    block.items.emplace_back(PaperShape{1, box, thin, PaperTone::light});
    PaperText text = blocks.words(letter, {at, sample_box}, y + (8 - line_height(style)) / 2, style);
    text.align = PaperAlign::centre;
    text.role = PaperRole::furniture;
    block.add_text(text);
    at += sample_box + 0.8;
  }
  block.height = std::max(block.height, y + 8);
}

void add_ticks(Block& block, double x, double y, Instruction::Picture picture) {
  const auto box = [&](int index) { return MmBox{x + index * 10.0, y, tick_side, tick_side}; };
  for (int i = 0; i < 2; ++i) block.items.emplace_back(PaperShape{1, box(i), thin, PaperTone::light});
  if (picture == Instruction::Picture::mistake) {
    block.items.emplace_back(PaperShape{1, box(0), 0, PaperTone::black});
    block.items.emplace_back(PaperCross{1, box(1)});
  } else {
    block.items.emplace_back(PaperCross{1, box(0)});
  }
  block.height = std::max(block.height, y + tick_side);
}

Block panel(const FormFrame& frame, const Blocks& blocks) {
  Block block;
  const double inner = right - number_left - 2 * panel_inset;
  const Column words_column{number_left + panel_inset, inner - sample_width - 4};
  const Column whole{number_left + panel_inset, inner};
  PaperText title =
      blocks.words(frame.language == "en" ? "How to fill in this form" : "Zo vult u dit formulier in", whole,
                   panel_inset - 0.5, {13, true, false});
  title.role = PaperRole::heading;
  title.tone = PaperTone::accent;
  block.height = title.place.y + title.place.height;
  block.add_text(title);
  const double sample_x = number_left + panel_inset + inner - sample_width;
  for (const Instruction& one : instructions(frame)) {
    const bool pictured = one.picture != Instruction::Picture::none;
    const double y = block.height + 2.6;
    const PaperText text = blocks.words(one.text, pictured ? words_column : whole, y, plain);
    block.add_text(text);
    block.height = text.place.y + text.place.height;
    if (one.picture == Instruction::Picture::letters) add_letters(block, blocks, sample_x, y);
    if (one.picture == Instruction::Picture::tick || one.picture == Instruction::Picture::mistake)
      add_ticks(block, sample_x, y - 0.4, one.picture);
  }
  block.height += panel_inset;
  block.items.insert(
      block.items.begin(),
      PaperShape{1, {number_left, 0, right - number_left, block.height}, 0.5, PaperTone::accent});
  block.gap = 8;
  return block;
}

}  // namespace

std::string on_one_line(const PostalAddress& address) {
  return address.name + ", " + address.street + ", " + address.postcode + " " + address.town;
}

std::vector<Block> opening(const FormFrame& frame, const std::vector<std::string>& intros,
                           const Blocks& blocks) {
  const bool english = frame.language == "en";
  const Column column{number_left, right - number_left};
  Block head;
  const auto add = [&](const std::string& text, const PaperStyle& style, double gap) {
    PaperText one = blocks.words(text, column, head.height + gap, style);
    head.height = one.place.y + one.place.height;
    return one;
  };
  PaperText title = add(
      frame.titles.size() == 1 ? frame.titles.front() : (english ? "Application form" : "Aanvraagformulier"),
      {23, true, false}, 0);
  title.role = PaperRole::title;
  title.tone = PaperTone::accent;
  head.add_text(title);
  if (frame.titles.size() > 1) {
    head.add_text(add(enumeration(frame.titles, english ? "and" : "en"), {14, true, false}, 1));
  } else {
    for (const std::string& intro : intros) head.add_text(add(intro, {12, false, false}, 1.5));
  }
  head.gap = 5;
  head.with_next = true;
  return {head, panel(frame, blocks)};
}

Block enclosures(const FormFrame& frame, const std::vector<PaperEnclosure>& list, const Blocks& blocks) {
  const bool english = frame.language == "en";
  Block block;
  const Column column{left, width};
  const auto add = [&](const std::string& text, const PaperStyle& style, Column place, double gap) {
    PaperText one = blocks.words(text, place, block.height + gap, style);
    block.height = one.place.y + one.place.height;
    return one;
  };
  for (const PaperEnclosure& one : list) {
    std::string text = one.label;
    if (!one.when.empty()) text += ", " + one.when;
    block.add_text(add("•  " + text + ".", strong, column, 2));
    if (!one.help.empty()) block.add_text(add(one.help, plain, {left + 4, width - 4}, 0.5));
  }
  const std::string where = on_one_line(frame.municipality.return_address);
  block.add_text(
      add((english ? "Send the form to: " : "Stuur het formulier naar: ") + where +
              (english ? ". Or hand it in at the town hall." : ". Of geef het af bij de gemeente."),
          plain, column, list.empty() ? 0 : 3));
  block.gap = question_gap;
  return block;
}

std::vector<PaperItem> page_furniture(const FormFrame& frame, int page, int pages, const Blocks& blocks) {
  const bool english = frame.language == "en";
  const Municipality& municipality = frame.municipality;
  std::vector<PaperItem> items;
  const auto add = [&](const std::string& text, Column column, double y, const PaperStyle& style,
                       PaperTone tone, PaperAlign align) {
    PaperText one = blocks.words(text, column, y, style);
    one.page = page;
    one.tone = tone;
    one.align = align;
    one.role = PaperRole::furniture;
    items.emplace_back(one);
  };
  const Column head{number_left, page_frame::code_right - page_frame::code_side - 12 - number_left};
  add(municipality.display, head, 10.5, {15, true, false}, PaperTone::accent, PaperAlign::left);
  const PaperStyle small_title{11, false, false};
  std::string titles = enumeration(frame.titles, english ? "and" : "en");
  if (blocks.words(titles, head, 0, small_title).place.height > 2.5 * line_height(small_title))
    titles = english ? "Application form" : "Aanvraagformulier";
  add(titles, head, 17.5, small_title, PaperTone::grey, PaperAlign::left);
  items.emplace_back(
      PaperShape{page, {number_left, top - 4.5, right - number_left, 0.5}, 0, PaperTone::accent});
  const std::string number = std::to_string(page);
  const std::string count = std::to_string(pages);
  const PaperStyle small{10, false, false};
  const Column foot{number_left, right - number_left};
  items.emplace_back(
      PaperShape{page, {number_left, bottom + 2, right - number_left, 0.3}, 0, PaperTone::accent});
  add((english ? "Questions? Call " : "Vragen? Bel ") + municipality.phone + " (" +
          municipality.opening_hours + ")",
      foot, bottom + 3.5, small, PaperTone::grey, PaperAlign::left);
  add((english ? "Send to: " : "Stuur naar: ") + on_one_line(municipality.return_address), foot, bottom + 8,
      small, PaperTone::grey, PaperAlign::left);
  add(english ? "Page " + number + " of " + count : "Bladzijde " + number + " van " + count, foot,
      bottom + 3.5, {10, true, false}, PaperTone::black, PaperAlign::right);
  return items;
}

int qr_modules_for(std::size_t signs) {
  // Alphanumeric signs at error correction M, versions 1 to 12 (ISO/IEC 18004, table 7).
  constexpr std::array<std::size_t, 12> capacity{20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419};
  const auto fits = std::ranges::find_if(capacity, [&](std::size_t most) { return signs <= most; });
  return fits == capacity.end() ? 0 : 17 + 4 * (static_cast<int>(fits - capacity.begin()) + 1);
}

}  // namespace softbot::paper
