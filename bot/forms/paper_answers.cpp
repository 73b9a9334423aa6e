#include <algorithm>

#include "forms/paper_block.h"
#include "forms/paper_metrics.h"

namespace softbot::paper {
namespace {

const PaperStyle beside_tick{12, false, false};

/// How many writing lines: a short text one, a long one room for a few sentences.
int lines_for(const Field& field) {
  if (field.kind != FieldKind::long_text) return max_length_of(field) > 200 ? 2 : 1;
  const int length = max_length_of(field);
  return length <= 500 ? 3 : length <= 2000 ? 4 : 5;
}

}  // namespace

Block Blocks::lines(const PaperQuestion& question, PaperField field, Column column) const {
  Block block;
  const int count = lines_for(*question.field);
  const double height = line_box + (count - 1) * line_pitch;
  field.kind = PaperFieldKind::line;
  field.box = {column.x, 0, column.width, height};
  block.items.emplace_back(PaperShape{1, field.box, thin, PaperTone::light});
  for (int i = 1; i < count; ++i) {
    const double y = line_box + (i - 1) * line_pitch;
    block.items.emplace_back(
        PaperShape{1, {column.x + 3, y - thin / 2, column.width - 6, thin}, 0, PaperTone::light});
  }
  block.height = height;
  block.fields.push_back(std::move(field));
  return block;
}

void Blocks::add_tick(Block& block, PaperField& field, const std::string& value,
                      const std::string& words_beside, Column column, double y) const {
  const MmBox box{column.x, y, tick_side, tick_side};
  PaperText text = words(words_beside, {column.x + tick_words, column.width - tick_words},
                         y + (tick_side - line_height(beside_tick)) / 2, beside_tick);
  MmBox taken = text.place;
  const bool one_line = text.place.height < 1.5 * line_height(beside_tick);
  if (one_line) taken.width = std::min(taken.width, measure_.width(words_beside, beside_tick) + 0.5);
  field.ticks.push_back({value, box});
  field.box = around(field.box, around(box, taken));
  block.items.emplace_back(PaperShape{1, box, thin, PaperTone::light});
  block.height = std::max({block.height, y + tick_side, text.place.y + text.place.height});
  block.add_text(text);
}

Block Blocks::yes_no(PaperField field, double x) const {
  Block block;
  field.kind = PaperFieldKind::ticks;
  constexpr double yes_to_no = 22;
  add_tick(block, field, "true", say("Ja", "Yes"), {x, 19}, 0);
  add_tick(block, field, "false", say("Nee", "No"), {x + yes_to_no, 19}, 0);
  block.fields.push_back(std::move(field));
  return block;
}

Block Blocks::ticks(const PaperQuestion& question, PaperField field, Column column) const {
  Block block;
  field.kind = PaperFieldKind::ticks;
  field.many = question.field->kind == FieldKind::choices;
  const auto& options = question.field->options;
  const auto fits = [&](std::size_t columns) {
    const double room = column.width / static_cast<double>(columns) - tick_words - 3;
    return std::ranges::all_of(options, [&](const Option& option) {
      return option.help.empty() && measure_.width(option.label.in(language_), beside_tick) < room;
    });
  };
  const std::size_t columns = options.size() >= 5 && fits(3) ? 3 : options.size() >= 4 && fits(2) ? 2 : 1;
  const double room = column.width / static_cast<double>(columns);
  const std::size_t rows = (options.size() + columns - 1) / columns;
  double y = 0;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i % rows == 0) y = 0;
    const std::size_t column_number = i / rows;
    const double x = column.x + static_cast<double>(column_number) * room;
    std::string text = options[i].label.in(language_);
    if (!options[i].help.empty()) text += " (" + options[i].help.in(language_) + ")";
    const double before = block.height;
    block.height = 0;
    add_tick(block, field, options[i].value, text, {x, room}, y);
    const double end = block.height;
    block.height = std::max(before, end);
    y = std::max(y + tick_pitch, end + tick_pitch - tick_side);
  }
  block.fields.push_back(std::move(field));
  return block;
}

Block Blocks::signature(PaperField field, Column column) const {
  Block block;
  field.kind = PaperFieldKind::signature;
  field.box = {column.x, 0, 110, 34};
  block.items.emplace_back(PaperShape{1, field.box, thin, PaperTone::light});
  block.height = field.box.height;
  block.fields.push_back(std::move(field));
  return block;
}

}  // namespace softbot::paper
