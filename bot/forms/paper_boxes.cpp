#include <algorithm>
#include <cstdlib>

#include "forms/paper_block.h"
#include "forms/paper_metrics.h"

namespace softbot::paper {
namespace {

constexpr int most_digits = 12;
constexpr double before_width = 7;

/// Digits before the comma of the largest answer.
int digits_of(const Field& field, int otherwise) {
  if (!field.bounds.maximum) return otherwise;
  const std::string& text = field.bounds.maximum->text;
  const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
  return std::clamp(static_cast<int>(end - text.begin()), 1, most_digits);
}

bool may_be_negative(const Field& field) {
  return (field.bounds.minimum && field.bounds.minimum->text.starts_with('-')) ||
         (field.bounds.maximum && field.bounds.maximum->text.starts_with('-'));
}

std::string digits(int count) {
  return std::string(static_cast<std::size_t>(count), '9');
}

BoxPlan date_plan(std::string_view language) {
  const bool english = language == "en";
  return {{{2, "-", english ? "day" : "dag"},
           {2, "-", english ? "month" : "maand"},
           {4, "", english ? "year" : "jaar"}},
          digits(8),
          ""};
}

BoxPlan text_plan(const OnPaper& paper) {
  const char sign = paper.signs == OnPaper::Signs::capitals              ? 'A'
                    : paper.signs == OnPaper::Signs::capitals_and_digits ? 'X'
                                                                         : '?';
  return {{{paper.boxes, "", ""}}, std::string(static_cast<std::size_t>(paper.boxes), sign), ""};
}

}  // namespace

bool in_boxes(const Field& field) {
  switch (field.kind) {
    case FieldKind::bsn:
    case FieldKind::date:
    case FieldKind::postcode:
    case FieldKind::house_number:
    case FieldKind::phone:
    case FieldKind::iban:
      return true;
    case FieldKind::money:
    case FieldKind::integer:
    case FieldKind::decimal:
      return !may_be_negative(field);
    case FieldKind::text:
      return field.paper.boxes > 0;
    default:
      return false;
  }
}

BoxPlan box_plan(const Field& field, std::string_view language) {
  switch (field.kind) {
    case FieldKind::bsn:
      return {{{3, "", ""}, {3, "", ""}, {3, "", ""}}, digits(9), ""};
    case FieldKind::date:
      return date_plan(language);
    case FieldKind::postcode:
      return {{{4, "", ""}, {2, "", ""}}, "9999AA", ""};
    case FieldKind::house_number:
      return {{{5, "", ""}}, digits(5), ""};
    case FieldKind::phone:
      return {{{10, "", ""}}, digits(10), ""};
    case FieldKind::iban:
      return {{{4, "", ""}, {4, "", ""}, {4, "", ""}, {4, "", ""}, {2, "", ""}}, "AA99AAAA9999999999", ""};
    case FieldKind::money: {
      const int euros = digits_of(field, 6);
      return {{{euros, ",", ""}, {2, "", ""}}, digits(euros + 2), "€"};
    }
    case FieldKind::decimal: {
      const int units = digits_of(field, 6);
      return {{{units, ",", ""}, {1, "", ""}}, digits(units + 1), ""};
    }
    case FieldKind::integer: {
      const int count = digits_of(field, 6);
      return {{{count, "", ""}}, digits(count), ""};
    }
    default:
      return text_plan(field.paper);
  }
}

double width_of(const BoxPlan& plan) {
  double total = plan.before.empty() ? 0 : before_width;
  for (std::size_t i = 0; i < plan.groups.size(); ++i) {
    const BoxGroup& group = plan.groups[i];
    total += group.boxes * box_pitch;
    if (i + 1 < plan.groups.size()) total += group.sign.empty() ? group_gap : sign_gap;
  }
  return total - (box_pitch - box_width);
}

MmBox around(const MmBox& one, const MmBox& other) {
  if (one == MmBox{}) return other;
  if (other == MmBox{}) return one;
  const double x = std::min(one.x, other.x);
  const double y = std::min(one.y, other.y);
  return {x, y, std::max(one.x + one.width, other.x + other.width) - x,
          std::max(one.y + one.height, other.y + other.height) - y};
}

Block Blocks::boxes(const PaperQuestion& question, PaperField field, Column column) const {
  const BoxPlan plan = box_plan(*question.field, language_);
  Block block;
  field.kind = PaperFieldKind::characters;
  field.pattern = plan.pattern;
  double x = column.x;
  double y = 0;
  if (!plan.before.empty()) {
    const PaperStyle style{14, true, false};
    block.add_text(words(plan.before, {x, before_width}, (box_height - line_height(style)) / 2, style));
    x += before_width;
  }
  const double begin = x;
  const PaperStyle guide{10, false, false};
  for (const BoxGroup& group : plan.groups) {
    const double group_begin = x;
    for (int i = 0; i < group.boxes; ++i) {
      if (x + box_width > column.x + column.width + 0.01 && x > begin) {
        x = begin;
        y += box_height + box_row_gap;
      }
      const MmBox box{x, y, box_width, box_height};
      field.boxes.push_back(box);
      field.box = around(field.box, box);
      block.items.emplace_back(PaperShape{1, box, thin, PaperTone::light});
      x += box_pitch;
    }
    if (!group.guide.empty()) {
      const Column below{group_begin, group.boxes * box_pitch - (box_pitch - box_width)};
      PaperText text = words(group.guide, below, y + box_height + 1.5, guide);
      text.align = PaperAlign::centre;
      text.tone = PaperTone::grey;
      block.height = std::max(block.height, text.place.y + text.place.height);
      block.add_text(text);
    }
    if (&group == &plan.groups.back()) break;
    if (!group.sign.empty()) {
      const double gap = box_pitch - box_width + sign_gap;
      PaperStyle style{16, true, false};
      PaperText sign =
          words(group.sign, {x - (box_pitch - box_width), gap},
                y + (box_height - line_height(style)) / 2 + (group.sign == "," ? 1.5 : 0), style);
      sign.align = PaperAlign::centre;
      sign.tone = PaperTone::light;
      sign.role = PaperRole::furniture;
      block.add_text(sign);
    }
    x += group.sign.empty() ? group_gap : sign_gap;
  }
  block.height = std::max(block.height, y + box_height);
  block.fields.push_back(std::move(field));
  return block;
}

}  // namespace softbot::paper
