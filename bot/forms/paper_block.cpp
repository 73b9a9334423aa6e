#include "forms/paper_block.h"

#include <algorithm>

#include "forms/paper_metrics.h"

namespace softbot::paper {
namespace {

const PaperStyle question_style{12, true, false};
const PaperStyle help_style{11, false, false};
const PaperStyle when_style{11, false, true};
constexpr double yes_no_width = 44;  ///< of "Ja" and "Nee" to the right of a question
constexpr int most_rows = 4;
constexpr double row_inset = 3.6;
constexpr double between = 6;

void move_down(PaperItem& item, double down) {
  std::visit(
      [down](auto& one) {
        if constexpr (requires { one.place; }) {
          one.place.y += down;
        } else {
          one.box.y += down;
        }
      },
      item);
}

std::string text_of(const DateBound& bound) {
  if (bound.fixed) return format_iso(*bound.fixed);
  if (bound.amount == 0) return "today";
  return std::string("today") + (bound.amount > 0 ? "+" : "-") + std::to_string(std::abs(bound.amount)) +
         bound.unit;
}

}  // namespace

Value bounds_of(const Bounds& bounds) {
  Value value;
  if (bounds.minimum) value.set("minimum", *bounds.minimum);
  if (bounds.maximum) value.set("maximum", *bounds.maximum);
  if (bounds.earliest) value.set("earliest", text_of(*bounds.earliest));
  if (bounds.latest) value.set("latest", text_of(*bounds.latest));
  return value;
}

void Block::take(Block other, double down) {
  for (PaperItem& item : other.items) {
    move_down(item, down);
    items.push_back(std::move(item));
  }
  for (PaperField& field : other.fields) {
    field.box.y += down;
    for (MmBox& box : field.boxes) box.y += down;
    for (PaperTick& tick : field.ticks) tick.box.y += down;
    fields.push_back(std::move(field));
  }
  height = std::max(height, down + other.height);
}

PaperText Blocks::words(const std::string& text, Column column, double y, const PaperStyle& style) const {
  PaperText words;
  words.text = text;
  words.style = style;
  const int count = measure_.lines(text, style, column.width);
  words.place = {column.x, y, column.width, count * line_height(style)};
  return words;
}

PaperField Blocks::field_of(const PaperQuestion& question, std::string_view part,
                            const std::string& name) const {
  PaperField field;
  field.name = name;
  field.part = part;
  field.answer_kind = name_of(question.field->kind);
  field.field_class = name_of(question.field->field_class);
  field.required = question.required;
  field.bounds = bounds_of(question.field->bounds);
  return field;
}

/// "(mag leeg blijven)" behind a label of one line; false when there is no room.
bool Blocks::add_note(Block& block, const PaperText& label) const {
  const std::string note = say("(mag leeg blijven)", "(may be left blank)");
  const double begin = measure_.width(label.text, label.style) + 1.8;
  const double needed = measure_.width(note, help_style) + 0.5;
  if (label.place.height > 1.5 * line_height(label.style) || begin + needed > label.place.width) return false;
  constexpr double same_baseline = 0.34;  // mm, of 11 points beside 12
  PaperText text = words(note, {label.place.x + begin, needed}, label.place.y + same_baseline, help_style);
  text.tone = PaperTone::grey;
  block.add_text(text);
  return true;
}

/// The number, the words, when it is to be filled in, and help.
Block Blocks::label(const PaperQuestion& question, Column column) const {
  Block block;
  const Field& field = *question.field;
  if (question.number > 0) {
    PaperText number = words(std::to_string(question.number),
                             {column.x - (left - number_left), left - number_left}, 0, question_style);
    number.tone = PaperTone::accent;
    number.role = PaperRole::furniture;
    block.add_text(number);
  }
  const auto add = [&](const std::string& text, const PaperStyle& style, PaperTone tone, PaperRole role) {
    if (text.empty()) return;
    PaperText one = words(text, column, block.height + (block.height > 0 ? 0.6 : 0), style);
    one.tone = tone;
    one.role = role;
    block.height = one.place.y + one.place.height;
    block.add_text(one);
  };
  add(field.label.in(language_), question_style, PaperTone::black, PaperRole::question);
  std::string help;
  if (question.optional && !add_note(block, std::get<PaperText>(block.items.back())))
    help = say("Mag leeg blijven.", "May be left blank.");
  add(question.when, when_style, PaperTone::accent, PaperRole::text);
  const std::string looked_at = field.field_class == FieldClass::own_words
                                    ? say("Een medewerker leest altijd wat u hier schrijft.",
                                          "A person always reads what you write here.")
                                    : "";
  for (const std::string& more : {field.help.in(language_), looked_at}) {
    if (!more.empty()) help += (help.empty() ? "" : " ") + more;
  }
  add(help, help_style, PaperTone::grey, PaperRole::text);
  return block;
}

Block Blocks::answer(const PaperQuestion& question, std::string_view part, const std::string& name,
                     Column column) const {
  const Field& field = *question.field;
  PaperField printed = field_of(question, part, name);
  if (in_boxes(field)) return boxes(question, std::move(printed), column);
  switch (field.kind) {
    case FieldKind::choice:
    case FieldKind::choices:
      return ticks(question, std::move(printed), column);
    case FieldKind::yes_no:
      return yes_no(std::move(printed), column.x);
    case FieldKind::signature:
      return signature(std::move(printed), column);
    default:
      return lines(question, std::move(printed), column);
  }
}

/// Words and answer of a question in its column.
Block Blocks::asked(const PaperQuestion& question, std::string_view part, const std::string& name,
                    Column column) const {
  if (question.field->kind == FieldKind::yes_no && column.width > 2 * yes_no_width) {
    Block block = label(question, {column.x, column.width - yes_no_width - 4});
    const double x = column.x + column.width - yes_no_width + 3;
    block.take(yes_no(field_of(question, part, name), x), 0);
    return block;
  }
  Block block = label(question, column);
  block.take(answer(question, part, name, column), block.height + label_gap);
  return block;
}

Block Blocks::question(const PaperQuestion& question, std::string_view part) const {
  Block block = question.field->kind == FieldKind::list
                    ? label(question, {left, width})
                    : asked(question, part, question.field->name, {left, width});
  block.gap = question.field->kind == FieldKind::list ? 3 : question_gap;
  block.with_next = question.field->kind == FieldKind::list;
  return block;
}

std::optional<Block> Blocks::beside(const std::vector<const PaperQuestion*>& questions,
                                    std::string_view part) const {
  constexpr double number_width = left - number_left;
  double spare = width - static_cast<double>(questions.size() - 1) * (between + number_width);
  std::vector<double> widths;
  std::vector<double> wanted;  // how much more room its words would like
  double all_wanted = 0;
  for (const PaperQuestion* question : questions) {
    if (!in_boxes(*question->field)) return std::nullopt;
    widths.push_back(width_of(box_plan(*question->field, language_)));
    spare -= widths.back();
    const double longest = std::max(measure_.width(question->field->label.in(language_), question_style),
                                    measure_.width(question->field->help.in(language_), help_style));
    wanted.push_back(std::max(0.0, longest - widths.back()));
    all_wanted += wanted.back();
  }
  if (spare < 0) return std::nullopt;
  Block all;
  std::vector<Block> answers;
  double x = left;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const double more = all_wanted > 0 ? spare * wanted[i] / all_wanted : 0;
    const Column column{x, widths[i] + more};
    all.take(label(*questions[i], column), 0);
    answers.push_back(answer(*questions[i], part, questions[i]->field->name, column));
    x += column.width + between + number_width;
  }
  const double down = all.height + label_gap;
  for (Block& one : answers) all.take(std::move(one), down);
  all.gap = question_gap;
  return all;
}

/// One row of a list: short questions stand beside each other.
Block Blocks::row(const PaperQuestion& list, std::string_view part, int index) const {
  const Column inside{left + row_inset, width - 2 * row_inset};
  const double half = (inside.width - between) / 2;
  const auto is_short = [&](const PaperQuestion* question) {
    if (in_boxes(*question->field)) return width_of(box_plan(*question->field, language_)) <= half;
    return question->field->kind == FieldKind::text && max_length_of(*question->field) <= 200;
  };
  const std::string prefix = list.field->name + "[" + std::to_string(index) + "].";
  const auto asked_in = [&](const PaperQuestion* question, Column column) {
    return asked(*question, part, prefix + question->field->name, column);
  };
  Block block;
  PaperText title = words(list.field->row_label.in(language_) + " " + std::to_string(index + 1), inside,
                          row_inset - 1.5, question_style);
  title.tone = PaperTone::accent;
  title.role = PaperRole::question;
  block.height = title.place.y + title.place.height;
  block.add_text(title);
  std::vector<const PaperQuestion*> open;
  for (const PaperQuestion& question : list.row) open.push_back(&question);
  for (double gap = 1.6; !open.empty(); gap = row_inset) {
    const PaperQuestion* const first = open.front();
    open.erase(open.begin());
    const auto second = is_short(first) ? std::ranges::find_if(open, is_short) : open.end();
    const double y = block.height + gap;
    if (second == open.end()) {
      block.take(asked_in(first, inside), y);
      continue;
    }
    block.take(asked_in(first, {inside.x, half}), y);
    block.take(asked_in(*second, {inside.x + half + between, half}), y);
    open.erase(second);
  }
  block.height += row_inset;
  block.items.insert(block.items.begin(),
                     PaperShape{1, {left, 0, width, block.height}, thin, PaperTone::light});
  return block;
}

std::vector<Block> Blocks::rows(const PaperQuestion& list, std::string_view part) const {
  std::vector<Block> blocks;
  const int most = max_items_of(*list.field);
  const int count = std::min(most_rows, most);
  for (int i = 0; i < count; ++i) {
    blocks.push_back(row(list, part, i));
    blocks.back().gap = 4;
  }
  if (most > count) {
    Block more;
    const std::string number = std::to_string(count);
    more.add_text(words(
        say(("Zijn het er meer dan " + number + "? Schrijf de rest op een apart blad en stuur dat mee.")
                .c_str(),
            ("Are there more than " + number + "? Write the rest on a sheet of its own and send it along.")
                .c_str()),
        {left, width}, 0, help_style));
    more.height = std::get<PaperText>(more.items.front()).place.height;
    blocks.back().with_next = true;
    blocks.push_back(std::move(more));
  }
  blocks.back().gap = question_gap;
  return blocks;
}

}  // namespace softbot::paper
