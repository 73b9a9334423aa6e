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
constexpr double row_inset = 4;
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

Value bounds_of(const Bounds& bounds) {
  Value value;
  if (bounds.minimum) value.set("minimum", *bounds.minimum);
  if (bounds.maximum) value.set("maximum", *bounds.maximum);
  if (bounds.earliest) value.set("earliest", text_of(*bounds.earliest));
  if (bounds.latest) value.set("latest", text_of(*bounds.latest));
  return value;
}

}  // namespace

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
  add(question.when, when_style, PaperTone::accent, PaperRole::text);
  std::string help = question.optional ? say("Mag leeg blijven.", "May be left blank.") : "";
  for (const std::string& more :
       {field.help.in(language_), field.field_class == FieldClass::own_words
                                      ? say("Wat u hier schrijft, wordt altijd door een medewerker gelezen.",
                                            "What you write here is always read by a person.")
                                      : std::string()}) {
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
  double taken = 0;
  for (const PaperQuestion* question : questions) {
    if (!in_boxes(*question->field)) return std::nullopt;
    taken += width_of(box_plan(*question->field, language_));
  }
  const auto count = static_cast<double>(questions.size());
  const double spare = width - taken - (count - 1) * (between + number_width);
  if (spare < 0) return std::nullopt;
  Block all;
  std::vector<Block> answers;
  double x = left;
  for (const PaperQuestion* question : questions) {
    const Column column{x, width_of(box_plan(*question->field, language_)) + spare / count};
    all.take(label(*question, column), 0);
    answers.push_back(answer(*question, part, question->field->name, column));
    x += column.width + between + number_width;
  }
  const double down = all.height + label_gap;
  for (Block& one : answers) all.take(std::move(one), down);
  all.gap = question_gap;
  return all;
}

std::vector<Block> Blocks::rows(const PaperQuestion& list, std::string_view part) const {
  std::vector<Block> blocks;
  const int count = std::min(most_rows, max_items_of(*list.field));
  const Column inside{left + row_inset, width - 2 * row_inset};
  const double half = (inside.width - between) / 2;
  for (int i = 0; i < count; ++i) {
    Block block;
    PaperText title = words(list.field->row_label.in(language_) + " " + std::to_string(i + 1), inside,
                            row_inset - 1, question_style);
    title.tone = PaperTone::accent;
    title.role = PaperRole::question;
    block.height = title.place.y + title.place.height;
    block.add_text(title);
    const std::string prefix = list.field->name + "[" + std::to_string(i) + "].";
    /// A short question waits for another one to stand beside it.
    const auto is_short = [&](const PaperQuestion& question) {
      if (question.field->kind == FieldKind::yes_no) return true;
      if (in_boxes(*question.field)) return width_of(box_plan(*question.field, language_)) <= half;
      return question.field->kind == FieldKind::text && max_length_of(*question.field) <= 200;
    };
    std::vector<const PaperQuestion*> open;
    for (const PaperQuestion& question : list.row) open.push_back(&question);
    while (!open.empty()) {
      const PaperQuestion* first = open.front();
      open.erase(open.begin());
      auto second = open.end();
      if (is_short(*first)) {
        second = std::ranges::find_if(open, [&](const PaperQuestion* other) { return is_short(*other); });
      }
      const double y = block.height + (block.height > 10 ? 4 : 2);
      if (second == open.end()) {
        block.take(asked(*first, part, prefix + first->field->name, inside), y);
      } else {
        block.take(asked(*first, part, prefix + first->field->name, {inside.x, half}), y);
        block.take(asked(**second, part, prefix + (*second)->field->name, {inside.x + half + between, half}),
                   y);
        open.erase(second);
      }
    }
    block.height += row_inset;
    block.items.insert(block.items.begin(),
                       PaperShape{1, {left, 0, width, block.height}, thin, PaperTone::light});
    block.gap = i + 1 == count ? question_gap : 4;
    blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace softbot::paper
