#include "ocr/fields/box_inks.h"

#include <algorithm>
#include <cstddef>

namespace softbot::ocr {
namespace {

constexpr double beside_mm = 1.2;  ///< how far a sign may leave its box
constexpr double above_mm = 2.0;
constexpr double own_share = 0.75;    ///< of a stroke's ink in one box: then all of it belongs there
constexpr double inside_share = 0.2;  ///< of a stroke's ink in any box: less is print or ink beside the field
constexpr double marks_square_mm = 0.9;
constexpr double pieces_square_mm = 0.2;  ///< of a broken stroke: two grains of noise have less
constexpr double shared_square_mm = 0.1;  ///< of a stroke that lies in several boxes, in one of them
constexpr double trace_mm = 1.8;
constexpr int many_crumbs = 4;          ///< in one box: more than dirt
constexpr int many_bilevel_crumbs = 2;  ///< the same in black and white, which shows no faint traces

/// Where the ink of one part lies: pixels in each box (with its surroundings), and strictly inside of any.
struct Spread {
  std::vector<int> by_box;
  int inside = 0;
  int total = 0;
};

int many_crumbs_of(const FieldInk& ink) {
  return ink.bilevel ? many_bilevel_crumbs : beside_grains(many_crumbs, ink.noise);
}

class Boxes {
 public:
  Boxes(const PaperField& field, const FieldInk& ink) : field_(field), ink_(ink) {
    for (const MmBox& box : field.boxes) {
      inner_.push_back(ink.local(box));
      outer_.push_back(ink.local(grown(box, beside_mm, above_mm)));
    }
    nearest_.assign(ink.labels.size(), -1);
    for (std::size_t i = 0; i < outer_.size(); ++i) claim(static_cast<int>(i));
    spread_.assign(ink.parts.size(), {std::vector<int>(field.boxes.size(), 0), 0, 0});
    for (std::size_t place = 0; place < ink.labels.size(); ++place) count(place);
  }

  /// The box that a part belongs to; -1: to none; -2: to several.
  [[nodiscard]] int owner(std::size_t part) const {
    const Spread& spread = spread_[part];
    if (spread.inside < inside_share * spread.total) return -1;
    const auto most = std::max_element(spread.by_box.begin(), spread.by_box.end());
    int in_boxes = 0;
    for (const int pixels : spread.by_box) in_boxes += pixels;
    if (*most >= own_share * in_boxes) return static_cast<int>(most - spread.by_box.begin());
    return -2;
  }
  [[nodiscard]] int nearest(int x, int y) const {
    return nearest_[static_cast<std::size_t>(y) * static_cast<std::size_t>(ink_.area.width) +
                    static_cast<std::size_t>(x)];
  }
  [[nodiscard]] const PixelBox& outer(std::size_t box) const { return outer_[box]; }

 private:
  static int away(const PixelBox& box, int x, int y) {
    const int across = std::max({0, box.x - x, x - box.right() + 1});
    const int down = std::max({0, box.y - y, y - box.bottom() + 1});
    return across * across + down * down;
  }

  void claim(int box) {
    const PixelBox& mine = inner_[static_cast<std::size_t>(box)];
    const PixelBox& around = outer_[static_cast<std::size_t>(box)];
    for (int y = around.y; y < around.bottom(); ++y) {
      for (int x = around.x; x < around.right(); ++x) {
        int& now = nearest_[static_cast<std::size_t>(y) * static_cast<std::size_t>(ink_.area.width) +
                            static_cast<std::size_t>(x)];
        if (now < 0 || away(mine, x, y) < away(inner_[static_cast<std::size_t>(now)], x, y)) now = box;
      }
    }
  }

  void count(std::size_t place) {
    const int label = ink_.labels[place];
    if (label < 0) return;
    Spread& spread = spread_[static_cast<std::size_t>(label)];
    ++spread.total;
    const int box = nearest_[place];
    if (box < 0) return;
    ++spread.by_box[static_cast<std::size_t>(box)];
    const auto width = static_cast<std::size_t>(ink_.area.width);
    const auto x = static_cast<int>(place % width);
    const auto y = static_cast<int>(place / width);
    if (inner_[static_cast<std::size_t>(box)].holds(x, y)) ++spread.inside;
  }

  const PaperField& field_;
  const FieldInk& ink_;
  std::vector<PixelBox> inner_;
  std::vector<PixelBox> outer_;
  std::vector<int> nearest_;
  std::vector<Spread> spread_;
};

/// Where the parts of one box lie, all together: the pieces of a broken stroke are a stroke.
class Pieces {
 public:
  void add(const Blob& part) {
    square_ += square_mm(part.area);
    longest_mm_ = std::max(longest_mm_, length_mm(part));
    left_ = std::min(left_, part.x);
    right_ = std::max(right_, part.x + part.width);
    top_ = std::min(top_, part.y);
    bottom_ = std::max(bottom_, part.y + part.height);
  }
  /// Too long or too much for dirt.
  [[nodiscard]] bool are_a_mark() const {
    const bool apart = std::max(right_ - left_, bottom_ - top_) >= static_cast<int>(short_mm * placed_per_mm);
    return square_ >= marks_square_mm || longest_mm_ >= short_mm || (apart && square_ >= pieces_square_mm);
  }

 private:
  double square_ = 0;
  double longest_mm_ = 0;
  int left_ = 1 << 20;
  int right_ = -(1 << 20);
  int top_ = 1 << 20;
  int bottom_ = -(1 << 20);
};

/// The ink of the pixels that `belongs`, and of their soft edges.
template <class Belongs>
BoxInk ink_of(const FieldInk& field, const PixelBox& area, const Belongs& belongs) {
  BoxInk box{
      area.width, area.height,
      std::vector<float>(static_cast<std::size_t>(area.width) * static_cast<std::size_t>(area.height), 0.0F)};
  const double full = field.level * 255;
  std::size_t at = 0;
  for (int y = area.y; y < area.bottom(); ++y) {
    for (int x = area.x; x < area.right(); ++x, ++at) {
      const int value = field.ink.at(x, y);
      if (value == 0) continue;
      bool mine = belongs(x, y);
      if (!mine && field.label_at(x, y) < 0) {
        for (int near_y = std::max(area.y, y - 1); near_y <= std::min(area.bottom() - 1, y + 1); ++near_y) {
          for (int near_x = std::max(area.x, x - 1); near_x <= std::min(area.right() - 1, x + 1); ++near_x)
            mine = mine || belongs(near_x, near_y);
        }
      }
      if (mine) box.ink[at] = static_cast<float>(std::min(1.0, value / full));
    }
  }
  return box;
}

/// All of a box's ink, as it is: for traces that are too faint to hang together.
BoxInk faint_ink(const FieldInk& field, const MmBox& box) {
  const PixelBox area = field.local(grown(box, -0.5));
  BoxInk ink{area.width, area.height, {}};
  double most = 1;
  for (int y = area.y; y < area.bottom(); ++y) {
    for (int x = area.x; x < area.right(); ++x) {
      const double value = field.ink.at(x, y);
      most = std::max(most, value);
      ink.ink.push_back(static_cast<float>(value));
    }
  }
  for (float& value : ink.ink) value = static_cast<float>(value / most);
  return ink;
}

}  // namespace

MmBox surroundings(const PaperField& field) {
  return grown(field.box, beside_mm + 1, above_mm + 0.2);
}

std::vector<WrittenBox> written_boxes(const PaperField& field, const FieldInk& ink) {
  const Boxes boxes(field, ink);
  std::vector<int> owner;
  for (std::size_t part = 0; part < ink.parts.size(); ++part) owner.push_back(boxes.owner(part));
  std::vector<WrittenBox> result(field.boxes.size());
  std::vector<Pieces> pieces(field.boxes.size());
  for (std::size_t part = 0; part < ink.parts.size(); ++part) {
    if (owner[part] < 0) continue;
    const auto box = static_cast<std::size_t>(owner[part]);
    pieces[box].add(ink.parts[part]);
    if (pieces[box].are_a_mark()) result[box].empty = false;
  }
  for (std::size_t i = 0; i < result.size(); ++i) {
    WrittenBox& box = result[i];
    int shared = 0;
    const auto belongs = [&](int x, int y) {
      const int label = ink.label_at(x, y);
      if (label < 0) return false;
      const int whose = owner[static_cast<std::size_t>(label)];
      return whose == static_cast<int>(i) || (whose == -2 && boxes.nearest(x, y) == static_cast<int>(i));
    };
    const PixelBox& area = boxes.outer(i);
    for (int y = area.y; y < area.bottom(); ++y) {
      for (int x = area.x; x < area.right(); ++x) {
        const int label = ink.label_at(x, y);
        if (label < 0 || owner[static_cast<std::size_t>(label)] != -2 || !belongs(x, y)) continue;
        if (length_mm(ink.parts[static_cast<std::size_t>(label)]) >= short_mm) ++shared;
      }
    }
    box.joined = square_mm(shared) >= shared_square_mm;
    if (box.joined) box.empty = false;
    if (!box.empty) {
      box.ink = ink_of(ink, area, belongs);
    } else if (faint_trace_mm(ink, grown(field.boxes[i], -0.9)) >= trace_mm ||
               crumbs_in(ink, grown(field.boxes[i], -0.6)) >= many_crumbs_of(ink)) {
      box.empty = false;
      box.ink = faint_ink(ink, field.boxes[i]);
    }
  }
  return result;
}

}  // namespace softbot::ocr
