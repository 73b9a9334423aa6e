#include "ocr/fields/tick_marks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ocr/fields/field_ink.h"

namespace softbot::ocr {
namespace {

constexpr double inset_mm = 0.6;   ///< the inside of a frame, clear of it
constexpr double beside_mm = 2.6;  ///< words begin 3 mm beside a box
constexpr double gap_mm = 0.6;     ///< between the strokes of somebody who blackens a box
constexpr double solid_mm = 1.7;   ///< thicker than a marker's stroke, also where two cross
constexpr double same_column_mm = 1;

/// Boxes below each other: a long tick may reach from one into the next.
struct Column {
  std::vector<std::size_t> numbers;  ///< among the field's ticks
  std::vector<MmBox> boxes;
};

std::vector<Column> columns_of(const PaperField& field) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < field.ticks.size(); ++i) {
    const MmBox& box = field.ticks[i].box;
    auto column = std::find_if(columns.begin(), columns.end(), [&](const Column& one) {
      return std::abs(one.boxes.front().x - box.x) < same_column_mm;
    });
    if (column == columns.end()) column = columns.insert(columns.end(), Column{});
    column->numbers.push_back(i);
    column->boxes.push_back(box);
  }
  return columns;
}

MmBox around(const std::vector<MmBox>& boxes) {
  MmBox all = boxes.front();
  for (const MmBox& box : boxes) {
    const double right = std::max(all.x + all.width, box.x + box.width);
    const double bottom = std::max(all.y + all.height, box.y + box.height);
    all.x = std::min(all.x, box.x);
    all.y = std::min(all.y, box.y);
    all.width = right - all.x;
    all.height = bottom - all.y;
  }
  return all;
}

class ColumnOfTicks {
 public:
  ColumnOfTicks(const PlacedPage& page, const std::vector<MmBox>& boxes)
      : boxes_(boxes),
        ink_(field_ink(page, grown(around(boxes), beside_mm), boxes, Ruling::frames)),
        inside_(ink_.parts.size(), std::vector<int>(boxes.size(), 0)) {
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      visit(ink_.local(grown(boxes[i], -inset_mm)),
            [&](int label, int, int) { ++inside_[static_cast<std::size_t>(label)][i]; });
    }
  }

  [[nodiscard]] TickMeasures measure(std::size_t number) const {
    TickMeasures measures;
    const PixelBox inner = ink_.local(grown(boxes_[number], -inset_mm));
    const double area = std::max(1, inner.width * inner.height);
    int own = 0;
    int foreign = 0;
    int left = inner.right();
    int right = inner.x;
    int top = inner.bottom();
    int bottom = inner.y;
    visit(inner, [&](int label, int x, int y) {
      const bool mine = belongs_to(static_cast<std::size_t>(label)) == number;
      ++(mine ? own : foreign);
      if (!mine) return;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    });
    measures.share = own / area;
    measures.foreign = foreign / area;
    if (own > 0) measures.extent_mm = std::max(right - left, bottom - top) / placed_per_mm;
    measures.solid = solid_pixels(inner) / area;
    measures.around_mm = longest_beside(number);
    measures.through = is_struck(number);
    measures.bilevel = ink_.bilevel;
    measures.specks = specks_in(ink_, grown(boxes_[number], -inset_mm));
    if (own == 0) measures.faint_mm = faint_trace_mm(ink_, grown(boxes_[number], -0.9));
    return measures;
  }

 private:
  template <class Visit>
  void visit(const PixelBox& box, const Visit& each) const {
    for (int y = box.y; y < box.bottom(); ++y) {
      for (int x = box.x; x < box.right(); ++x) {
        const int label = ink_.label_at(x, y);
        if (label >= 0) each(label, x, y);
      }
    }
  }

  /// The box that holds most of the part's ink inside.
  [[nodiscard]] std::size_t belongs_to(std::size_t part) const {
    const auto& counts = inside_[part];
    return static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  }

  [[nodiscard]] double solid_pixels(const PixelBox& inner) const {
    GrayImage bilevel{
        inner.width, inner.height, 0,
        std::vector<std::uint8_t>(
            static_cast<std::size_t>(inner.width) * static_cast<std::size_t>(inner.height), 255)};
    visit(inner, [&](int, int x, int y) {
      bilevel.pixels[static_cast<std::size_t>(y - inner.y) * static_cast<std::size_t>(inner.width) +
                     static_cast<std::size_t>(x - inner.x)] = 0;
    });
    const GrayImage solid = solid_parts(bilevel, static_cast<int>(gap_mm * placed_per_mm),
                                        static_cast<int>(solid_mm * placed_per_mm));
    return static_cast<double>(std::count(solid.pixels.begin(), solid.pixels.end(), 0));
  }

  [[nodiscard]] double longest_beside(std::size_t number) const {
    const PixelBox outer = ink_.local(grown(boxes_[number], beside_mm - 0.2));
    double longest = 0;
    for (std::size_t part = 0; part < ink_.parts.size(); ++part) {
      const auto& counts = inside_[part];
      if (std::any_of(counts.begin(), counts.end(), [](int pixels) { return pixels > 0; })) continue;
      const Blob& blob = ink_.parts[part];
      if (!outer.holds(static_cast<int>(blob.middle.x), static_cast<int>(blob.middle.y))) continue;
      longest = std::max(longest, length_mm(blob));
    }
    return longest;
  }

  /// A line that runs on beyond what is looked at: flat to one side, as through the box and its words, or to
  /// two sides, as a slash through the whole question.
  [[nodiscard]] bool is_struck(std::size_t number) const {
    for (std::size_t part = 0; part < ink_.parts.size(); ++part) {
      if (inside_[part][number] == 0) continue;
      const Blob& blob = ink_.parts[part];
      const bool left = blob.x <= 2;
      const bool right = blob.x + blob.width >= ink_.area.width - 2;
      const int sides =
          int{left} + int{right} + int{blob.y <= 2} + int{blob.y + blob.height >= ink_.area.height - 2};
      const bool flat = blob.height < 0.5 * boxes_[number].height * placed_per_mm;
      if (sides >= 2 || ((left || right) && flat)) return true;
    }
    return false;
  }

  const std::vector<MmBox>& boxes_;
  FieldInk ink_;
  std::vector<std::vector<int>> inside_;  ///< of each part: pixels inside of each box
};

}  // namespace

std::vector<TickMeasures> measured_ticks(const PlacedPage& page, const PaperField& field) {
  std::vector<TickMeasures> all(field.ticks.size());
  for (const Column& column : columns_of(field)) {
    const ColumnOfTicks ticks(page, column.boxes);
    for (std::size_t i = 0; i < column.boxes.size(); ++i) all[column.numbers[i]] = ticks.measure(i);
  }
  return all;
}

TickMark mark_of(const TickMeasures& measures) {
  constexpr double dot_mm = 1.2;
  constexpr double sign_mm = 1.9;
  constexpr double sign_share = 0.02;
  constexpr double trace_mm = 1.6;
  constexpr double beside_mm_doubt = 2.6;
  const int many_specks = measures.bilevel ? 1 : 4;
  constexpr double dense = 0.5;
  constexpr double filled = 0.6;
  constexpr double hardly_filled = 0.45;
  if (measures.through) return TickMark::doubtful;
  if (measures.extent_mm < dot_mm) {
    const bool nothing = measures.faint_mm < trace_mm && measures.around_mm < beside_mm_doubt &&
                         measures.foreign < 3 * sign_share && measures.specks < many_specks;
    return nothing ? TickMark::empty : TickMark::doubtful;
  }
  if (measures.extent_mm < sign_mm || measures.share < sign_share) return TickMark::doubtful;
  if (measures.solid >= filled) return TickMark::blackened;
  if (measures.share > dense && measures.solid > hardly_filled) return TickMark::doubtful;
  return TickMark::ticked;
}

}  // namespace softbot::ocr
