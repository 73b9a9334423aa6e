#include "ocr/fields/tick_marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>

#include "ocr/fields/field_ink.h"

namespace softbot::ocr {
namespace {

constexpr double inset_mm = 0.6;       ///< the inside of a frame, clear of it
constexpr double beside_mm = 2.6;      ///< words begin 3 mm beside a box
constexpr double gap_mm = 0.6;         ///< between the strokes of somebody who blackens a box
constexpr double solid_mm = 1.7;       ///< thicker than a marker's stroke, also where two cross
constexpr double piece_mm = 5;         ///< longer beside a box is a stroke of its own, such as a circle
constexpr double frame_mm = 0.8;       ///< a stroke across a frame may be cut so wide
constexpr double hardly_inside = 0.1;  ///< share of a stroke
constexpr double same_column_mm = 1;
constexpr double thin_line = 0.03;  ///< variance across a line, of that along it
// Around a box, in halves of its sides from its middle: its own frame lies at 1.
constexpr double ring_inside = 0.55;
constexpr double ring_outside = 2.05;
constexpr double core = 0.45;
constexpr double least_radius = 0.75;     ///< in the mean: a smaller one stands in the box, as a cross does
constexpr double hardly_in_core = 0.015;  ///< share of a box that is ink in its middle
constexpr std::size_t sectors = 24;
constexpr std::size_t around_sectors = 18;
constexpr std::size_t partly_around_sectors = 10;
constexpr double level_mm = 1.2;  ///< a line from side to side no higher than this is no tick

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
    own_ink_.assign(boxes.size(), 0);
    for (std::size_t part = 0; part < inside_.size(); ++part) {
      const std::size_t box = belongs_to(part);
      own_ink_[box] += inside_[part][box];
    }
    circle_of_.assign(ink_.parts.size(), none);
    partly_circled_.assign(boxes.size(), false);
    for (std::size_t i = 0; i < boxes.size(); ++i) find_circle(i);
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
    if (own > 0) {
      measures.extent_mm = std::max(right - left, bottom - top) / placed_per_mm;
      measures.with_outside_mm = extent_with_outside(number, {left, top, right - left, bottom - top});
    }
    measures.solid = solid_pixels(inner) / area;
    measures.entering_mm = longest_entering(number);
    measures.around_mm = longest_beside(number);
    const bool level = own > 0 && bottom - top < level_mm * placed_per_mm && right - left > 0.9 * inner.width;
    measures.through = level || is_struck(number);
    measures.circled = std::find(circle_of_.begin(), circle_of_.end(), number) != circle_of_.end();
    measures.partly_circled = partly_circled_[number];
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

  /// How far a place lies from the middle of a box, in halves of its sides; and in which sector.
  struct Polar {
    double away = 0;
    std::size_t sector = 0;
  };
  [[nodiscard]] Polar polar(std::size_t number, int x, int y) const {
    const PixelBox box = ink_.local(boxes_[number]);
    const double across = (x + 0.5 - box.x) / std::max(1, box.width) * 2 - 1;
    const double down = (y + 0.5 - box.y) / std::max(1, box.height) * 2 - 1;
    const double turn = (std::atan2(down, across) + std::numbers::pi) / (2 * std::numbers::pi);
    return {std::hypot(across, down), std::min(sectors - 1, static_cast<std::size_t>(turn * sectors))};
  }

  /// Parts that lie in a ring around a box and together go around it are a circle.
  void find_circle(std::size_t number) {
    const PixelBox box = ink_.local(boxes_[number]);
    int in_core = 0;
    visit(box, [&](int, int x, int y) { in_core += polar(number, x, y).away < core ? 1 : 0; });
    if (in_core > hardly_in_core * box.width * box.height) return;
    Ring ring;
    std::vector<std::size_t> arcs;
    for (std::size_t part = 0; part < ink_.parts.size(); ++part) {
      if (circle_of_[part] != none || !is_nearest(number, ink_.parts[part])) continue;
      const auto arc = ring_of(part, number);
      if (!arc) continue;
      ring.add(*arc);
      arcs.push_back(part);
    }
    partly_circled_[number] = ring.sides() >= partly_around_sectors;
    if (!ring.goes_around()) return;
    for (const std::size_t part : arcs) circle_of_[part] = number;
  }

  /// No other box is nearer to it.
  [[nodiscard]] bool is_nearest(std::size_t number, const Blob& part) const {
    const auto away = [&](std::size_t box) {
      return polar(box, static_cast<int>(part.middle.x), static_cast<int>(part.middle.y)).away;
    };
    for (std::size_t other = 0; other < boxes_.size(); ++other) {
      if (other != number && away(other) < away(number)) return false;
    }
    return true;
  }

  /// What is drawn around a box.
  struct Ring {
    std::array<bool, sectors> seen{};
    double radii = 0;
    int pixels = 0;

    void add(const Ring& other) {
      for (std::size_t i = 0; i < sectors; ++i) seen[i] = seen[i] || other.seen[i];
      radii += other.radii;
      pixels += other.pixels;
    }
    [[nodiscard]] std::size_t sides() const {
      return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
    }
    [[nodiscard]] bool goes_around() const {
      return sides() >= around_sectors && radii >= least_radius * pixels;
    }
  };

  /// What of a part lies in the ring, unless it enters the middle of the box or lies mostly elsewhere: a
  /// circle may touch the words beside the box.
  [[nodiscard]] std::optional<Ring> ring_of(std::size_t part, std::size_t number) const {
    const Blob& blob = ink_.parts[part];
    Ring ring;
    int total = 0;
    bool enters = false;
    visit({blob.x, blob.y, blob.width, blob.height}, [&](int label, int x, int y) {
      if (static_cast<std::size_t>(label) != part) return;
      const Polar place = polar(number, x, y);
      ++total;
      enters = enters || place.away < core;
      if (place.away < ring_inside || place.away > ring_outside) return;
      ring.seen[place.sector] = true;
      ring.radii += place.away;
      ++ring.pixels;
    });
    return !enters && 2 * ring.pixels > total ? std::optional(ring) : std::nullopt;
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

  /// How far a part lies from a box, in millimetres; 0 where they touch.
  [[nodiscard]] double away_mm(const Blob& part, std::size_t number) const {
    const PixelBox box = ink_.local(boxes_[number]);
    const int across = std::max({0, box.x - part.x - part.width, part.x - box.right()});
    const int down = std::max({0, box.y - part.y - part.height, part.y - box.bottom()});
    return std::hypot(across, down) / placed_per_mm;
  }

  [[nodiscard]] bool is_inside_any(std::size_t part) const {
    const auto& counts = inside_[part];
    return std::any_of(counts.begin(), counts.end(), [](int pixels) { return pixels > 0; });
  }

  /// What hardly enters a box lies beside it: a circle may touch its inside.
  [[nodiscard]] bool lies_beside(std::size_t part) const {
    const auto& counts = inside_[part];
    const int most = *std::max_element(counts.begin(), counts.end());
    return most < hardly_inside * ink_.parts[part].area;
  }

  /// A piece of a stroke of another box, cut off where that box's frame was taken away.
  [[nodiscard]] bool goes_on_in_another(const Blob& part, std::size_t number) const {
    for (std::size_t other = 0; other < boxes_.size(); ++other) {
      if (length_mm(part) > piece_mm) return false;
      const bool touches = other != number && own_ink_[other] > 0 && away_mm(part, other) <= frame_mm;
      if (touches && (own_ink_[number] == 0 || away_mm(part, other) < away_mm(part, number))) return true;
    }
    return false;
  }

  /// A sign that was put half beside the box has little ink inside.
  [[nodiscard]] double longest_entering(std::size_t number) const {
    double longest = 0;
    for (std::size_t part = 0; part < ink_.parts.size(); ++part) {
      if (inside_[part][number] == 0 || belongs_to(part) != number || lies_beside(part)) continue;
      longest = std::max(longest, length_mm(ink_.parts[part]));
    }
    return longest;
  }

  [[nodiscard]] double longest_beside(std::size_t number) const {
    const PixelBox outer = ink_.local(grown(boxes_[number], beside_mm - 0.2));
    double longest = 0;
    for (std::size_t part = 0; part < ink_.parts.size(); ++part) {
      const Blob& blob = ink_.parts[part];
      if ((circle_of_[part] != none && circle_of_[part] != number) || !lies_beside(part) ||
          !outer.holds(static_cast<int>(blob.middle.x), static_cast<int>(blob.middle.y)))
        continue;
      if (!goes_on_in_another(blob, number)) longest = std::max(longest, length_mm(blob));
    }
    return longest;
  }

  /// The longer side of a box's ink together with what goes on right outside its frame.
  [[nodiscard]] double extent_with_outside(std::size_t number, PixelBox own) const {
    for (std::size_t part = 0; part < ink_.parts.size(); ++part) {
      const Blob& blob = ink_.parts[part];
      if (is_inside_any(part) || away_mm(blob, number) > frame_mm) continue;
      const int right = std::max(own.right(), blob.x + blob.width);
      const int bottom = std::max(own.bottom(), blob.y + blob.height);
      own.x = std::min(own.x, blob.x);
      own.y = std::min(own.y, blob.y);
      own.width = right - own.x;
      own.height = bottom - own.y;
    }
    return std::max(own.width, own.height) / placed_per_mm;
  }

  /// True for one straight line; a cross or a hook is none.
  [[nodiscard]] bool is_straight(std::size_t part) const {
    const Blob& blob = ink_.parts[part];
    double across = 0;
    double down = 0;
    double both = 0;
    visit({blob.x, blob.y, blob.width, blob.height}, [&](int label, int x, int y) {
      if (static_cast<std::size_t>(label) != part) return;
      const double right = x - blob.middle.x;
      const double below = y - blob.middle.y;
      across += right * right;
      down += below * below;
      both += right * below;
    });
    const double mean = (across + down) / 2;
    const double spread = std::hypot((across - down) / 2, both);
    return mean - spread < thin_line * (mean + spread);
  }

  /// A line that runs on beyond what is looked at: flat to one side, as through the box and its words, or
  /// from one side to another, as a slash through the whole question.
  [[nodiscard]] bool is_struck(std::size_t number) const {
    for (std::size_t part = 0; part < ink_.parts.size(); ++part) {
      if (inside_[part][number] == 0) continue;
      const Blob& blob = ink_.parts[part];
      const bool left = blob.x <= 2;
      const bool right = blob.x + blob.width >= ink_.area.width - 2;
      const bool top = blob.y <= 2;
      const bool bottom = blob.y + blob.height >= ink_.area.height - 2;
      const bool flat = blob.height < 0.5 * boxes_[number].height * placed_per_mm;
      if ((left && right) || (top && bottom) || ((left || right) && flat)) return true;
      if ((left || right) && (top || bottom) && is_straight(part)) return true;
    }
    return false;
  }

  const std::vector<MmBox>& boxes_;
  FieldInk ink_;
  std::vector<std::vector<int>> inside_;  ///< of each part: pixels inside of each box
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> circle_of_;  ///< of each part: the box that it goes around
  std::vector<bool> partly_circled_;    ///< of each box
  std::vector<int> own_ink_;            ///< of each box: pixels inside, of parts that belong to it
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
  constexpr double spot_mm = 0.8;
  constexpr double half_outside_mm = 3.2;
  constexpr double dot_mm = 1.2;
  constexpr double sign_mm = 1.9;
  constexpr double sign_share = 0.02;
  constexpr double trace_mm = 1.6;
  constexpr double beside_mm_doubt = 2.6;
  const int many_specks = measures.bilevel ? 1 : 4;
  const int grains = measures.bilevel ? 0 : 2;
  constexpr double dense = 0.5;
  constexpr double filled = 0.6;
  constexpr double hardly_filled = 0.45;
  if (measures.through) return TickMark::doubtful;
  if (measures.circled) return TickMark::circled;
  const bool is_alone =
      !measures.partly_circled && measures.around_mm < beside_mm_doubt && measures.foreign < 3 * sign_share;
  if (measures.extent_mm < dot_mm) {
    const bool nothing = is_alone && measures.faint_mm < trace_mm && measures.specks < many_specks;
    if (!nothing) return TickMark::doubtful;
    if (measures.entering_mm >= dot_mm)
      return measures.entering_mm < half_outside_mm ? TickMark::small : TickMark::doubtful;
    const bool spotless =
        measures.extent_mm < spot_mm && measures.faint_mm < spot_mm && measures.specks <= grains;
    return spotless ? TickMark::empty : TickMark::specked;
  }
  if (measures.share < sign_share) return TickMark::doubtful;
  if (measures.with_outside_mm < sign_mm) return is_alone ? TickMark::small : TickMark::doubtful;
  if (measures.solid >= filled) return TickMark::blackened;
  if (measures.share > dense && measures.solid > hardly_filled) return TickMark::dense;
  return TickMark::ticked;
}

}  // namespace softbot::ocr
