#include "adapters/letters/layout.h"

#include <algorithm>
#include <utility>

#include "adapters/letters/flow.h"

namespace softbot::letters {

SetBlock Flow::set(const Text& text, double size, double column, Weight weight) const {
  return set_text(canvas_, text, size, column, weight);
}

void Flow::next_page() {
  pages_.steps.emplace_back(NextPage{});
  ++pages_.count;
  y_ = kTop;
}

/// A new page, when so much does not fit on this one but would on an empty one.
void Flow::need(double height) {
  if (height > room() && y_ > kTop && height <= kBottom - kTop) {
    next_page();
  }
}

void Flow::line(const SetLine& measured, double x, Colour colour) {
  pages_.steps.emplace_back(PaintLine{measured, x, y_ + measured.baseline, colour});
  y_ += measured.height;
}

/// Flows lines over pages; never leaves one line of a paragraph alone on a page.
void Flow::lines(const SetBlock& block, double x, Colour colour) {
  std::size_t at = 0;
  while (at < block.lines.size()) {
    const std::size_t left = block.lines.size() - at;
    std::size_t fits = 0;
    for (double used = 0; fits < left && used + block.lines[at + fits].height <= room(); ++fits) {
      used += block.lines[at + fits].height;
    }
    if (fits < left) {
      fits -= left - fits == 1 && fits > 2 ? 1 : 0;
      fits = fits == 1 || (fits == 2 && left == 3) ? 0 : fits;
      fits = fits == 0 && y_ <= kTop ? 1 : fits;  // a line higher than a page still has to go somewhere
    }
    for (std::size_t count = 0; count < fits; ++count, ++at) {
      line(block.lines[at], x, colour);
    }
    if (at < block.lines.size()) {
      next_page();
    }
  }
}

double Flow::place(const Text& text, double x, double y, double size, double column, Weight weight,
                   Colour colour) {
  const auto block = set(text, size, column, weight);
  const double kept = std::exchange(y_, y);
  open("P");
  for (const auto& measured : block.lines) {
    line(measured, x, colour);
  }
  close("P");
  y_ = kept;
  return block.height;
}

void Flow::head(const Letter& letter) {
  double top = millimetres(14);
  top += place(words(letter.letterhead), kLeft, top, kLetterheadSize, width(), Weight::bold, colour_);
  if (!letter.department.empty()) {
    place(words(letter.department), kLeft, top, kBodySize, width(), Weight::normal, kGrey);
  }
  const bool right = letter.window == Window::right;
  const double address_x = right ? kSecondColumn : kLeft;
  const double reference_x = right ? kLeft : kSecondColumn;
  double below = kAddressTop;
  below += place(words(letter.return_address), address_x, below, kReturnSize, kAddressWidth, Weight::normal,
                 kGrey) +
           6;
  Text address;
  for (const auto& address_line : letter.address) {
    address.push_back(Run{(address.empty() ? "" : "\u2028") + address_line});
  }
  if (!address.empty()) {
    below += place(address, address_x, below, kBodySize, kAddressWidth, Weight::normal, kBlack);
  }
  double beside = kAddressTop;
  for (const auto& item : letter.references) {
    const Text text = {Run{item.label + "\u2028"}, Run{item.value, true}};
    beside +=
        place(text, reference_x, beside, kSmallSize, kAddressWidth - millimetres(6), Weight::normal, kBlack) +
        3;
  }
  y_ = std::max({kBodyTop, below + 2 * kGap, beside + 2 * kGap});
}

void Flow::blocks(const std::vector<Block>& all) {
  for (std::size_t index = 0; index < all.size(); ++index) {
    block(all[index], index + 1 < all.size() ? &all[index + 1] : nullptr);
  }
}

void Flow::block(const Block& block, const Block* next) {
  if (const auto* title = std::get_if<Heading>(&block.content)) {
    return heading(*title, next);
  }
  if (const auto* text = std::get_if<Paragraph>(&block.content)) {
    return paragraph(*text);
  }
  if (const auto* items = std::get_if<ItemList>(&block.content)) {
    return list(*items);
  }
  if (const auto* rows = std::get_if<Table>(&block.content)) {
    return table(*rows);
  }
  if (const auto* frame = std::get_if<SignatureBox>(&block.content)) {
    return signature(*frame);
  }
  if (const auto* code = std::get_if<QrCode>(&block.content)) {
    return qr(*code);
  }
  if (const auto* together = std::get_if<Group>(&block.content)) {
    return group(*together);
  }
  if (const auto* page = std::get_if<Sheet>(&block.content)) {
    return sheet(*page);
  }
  if (y_ > kTop) {
    next_page();
  }
}

void Flow::heading(const Heading& heading, const Block* next) {
  const bool first = heading.level == 1;
  const double above = y_ > kTop ? (first ? 4 : 6) : 0;
  const auto block = set(heading.text, first ? 15 : 12, width(), Weight::bold);
  // A heading stays with what it stands over: with all of a group, else with the first lines.
  const auto* together = next == nullptr ? nullptr : std::get_if<Group>(&next->content);
  const double following = together != nullptr ? height_of_blocks(together->blocks) : 3 * kBodySize * 1.4;
  const double all = above + block.height + kGap + following;
  need(all <= kBottom - kTop ? all : above + block.height + kGap + 3 * kBodySize * 1.4);
  y_ += y_ > kTop ? above : 0;
  const char* const tag = first ? "H1" : "H2";
  open(tag);
  lines(block, left_, colour_);
  close(tag);
  y_ += first ? kGap : 2;
}

void Flow::paragraph(const Paragraph& paragraph) {
  if (paragraph.text.empty()) {
    return;
  }
  const auto block = set(paragraph.text, kBodySize, width(), Weight::normal);
  open("P");
  lines(block, left_, kBlack);
  close("P");
  y_ += kGap;
}

void Flow::list(const ItemList& list) {
  open("L");
  int number = 0;
  for (const auto& item : list.items) {
    ++number;
    const auto mark = set(words(list.numbered ? std::to_string(number) + "." : "\u2022"), kBodySize,
                          kListIndent, Weight::normal);
    const auto block = set(item, kBodySize, width() - kListIndent, Weight::normal);
    need(std::min(block.height, 2 * mark.height));
    open("LI");
    open("Lbl");
    const double top = y_;
    line(mark.lines.front(), left_, kBlack);
    y_ = top;
    close("Lbl");
    open("LBody");
    lines(block, left_ + kListIndent, kBlack);
    close("LBody");
    close("LI");
    y_ += 2;
  }
  close("L");
  y_ += kGap;
}

void Flow::table(const Table& table) {
  open("Table");
  for (const auto& entry : table.rows) {
    row(entry, width() * table.head_share / 100, table.plain ? Weight::normal : Weight::bold);
  }
  close("Table");
  y_ += kGap;
}

void Flow::row(const TableRow& row, double head_width, Weight head_weight) {
  constexpr double kPadding = 3;
  const auto head = set(row.head, kBodySize, head_width - millimetres(4), head_weight);
  const auto cell = set(row.cell, kBodySize, width() - head_width, Weight::normal);
  need(std::max(head.height, cell.height) + 2 * kPadding);
  need(std::min(head.height, kBottom - kTop) + 2 * kPadding);
  y_ += kPadding;
  open("TR");
  open("TH");
  const double top = y_;
  const int page = pages_.count;
  lines(head, left_, kBlack);
  close("TH");
  const double head_bottom = y_;
  y_ = page == pages_.count ? top : y_;  // a head longer than a page goes first, its cell below it
  open("TD");
  const int cell_page = pages_.count;
  lines(cell, left_ + head_width, kBlack);
  y_ = cell_page == pages_.count ? std::max(y_, head_bottom) : y_;
  y_ += kPadding;
  pages_.steps.emplace_back(PaintBox{left_, y_, width(), 0.6, kLightGrey, 0});
  close("TD");
  close("TR");
}

double Flow::height_of_blocks(const std::vector<Block>& blocks) const {
  Flow trial(canvas_, colour_);
  trial.left_ = left_;
  trial.blocks(blocks);
  const double page = kBottom - kTop;
  return (trial.pages_.count - 1) * page + trial.y_ - kTop;
}

void Flow::group(const Group& group) {
  const double outer = left_;
  left_ += group.framed ? kBarIndent : 0;
  need(height_of_blocks(group.blocks));
  const double top = y_;
  const int page = pages_.count;
  blocks(group.blocks);
  left_ = outer;
  if (group.framed && page == pages_.count && y_ > top + kGap) {
    open("NonStruct");
    pages_.steps.emplace_back(PaintBox{left_, top, millimetres(1.2), y_ - kGap - top, colour_, 0});
    close("NonStruct");
  }
}

Result<Pages> lay_out(cairo_t* canvas, const Letter& letter) {
  Flow flow(canvas, letter.colour);
  flow.head(letter);
  flow.blocks(letter.body);
  return flow.take();
}

}  // namespace softbot::letters
