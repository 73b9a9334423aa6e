#include "ocr/fields/corrections.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace softbot::ocr {
namespace {

/// Of single signs beside a box that holds none: so many are meant for it. Set by judgement.
constexpr float meant_for_the_box = 0.97F;
constexpr float read_rightly_on_print = 0.75F;

constexpr double off_the_box = 0.35;   ///< of its width: how far its middle may lie beside that of the box
constexpr double least_height = 0.34;  ///< of the box's: print beside boxes is smaller
constexpr double most_height = 1.0;
constexpr double most_width = 1.15;
constexpr double least_square_mm = 0.8;
constexpr double stroke_mm = 0.8;     ///< shorter is dirt, or the dot of a letter
constexpr double into_box_mm = 0.8;   ///< it may stand on the frame, and no further in
constexpr double apart_mm = 1.0;      ///< from anything else that is written
constexpr double share_of_pen = 0.6;  ///< how dark it is at least, beside the signs in the boxes
constexpr double elsewhere_mm = 5.5;  ///< what goes on out of reach and begins as far away is another's

// Print beside boxes: lines of letters.
constexpr double letter_least_mm = 1.0;
constexpr double letter_most_mm = 2.85;
constexpr double same_line_mm = 1.0;
constexpr double descender_mm = 1.2;
constexpr std::size_t least_letters = 4;
constexpr double beside_free_mm = 1.7;  ///< so much of a sign that touches print stands free of it
constexpr double around_free_mm = 0.6;  ///< how far on print the rest of it reaches to both sides
constexpr double most_in_line = 0.5;    ///< more of its height in a line of print: a letter, not a sign
constexpr double same_size = 0.25;      ///< of larger print

PixelBox box_of(const Blob& part) {
  return {part.x, part.y, part.width, part.height};
}

PixelBox around(const PixelBox& one, const PixelBox& other) {
  const int x = std::min(one.x, other.x);
  const int y = std::min(one.y, other.y);
  return {x, y, std::max(one.right(), other.right()) - x, std::max(one.bottom(), other.bottom()) - y};
}

bool overlap(const PixelBox& one, const PixelBox& other) {
  return one.x < other.right() && other.x < one.right() && one.y < other.bottom() && other.y < one.bottom();
}

PixelBox grown_by(const PixelBox& box, double mm) {
  const auto by = static_cast<int>(std::lround(mm * placed_per_mm));
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

/// How dark this share of the part's pixels is at most, 0..255.
int darkness_of(const GrayImage& ink, const LabelledBlobs& found, const std::vector<std::size_t>& parts,
                double share) {
  std::array<std::size_t, 256> histogram{};
  std::size_t total = 0;
  for (const std::size_t number : parts) {
    const Blob& part = found.blobs[number];
    for (int y = part.y; y < part.y + part.height; ++y) {
      for (int x = part.x; x < part.x + part.width; ++x) {
        const auto place =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(ink.width) + static_cast<std::size_t>(x);
        if (found.labels[place] != static_cast<int>(number)) continue;
        ++histogram[ink.pixels[place]];
        ++total;
      }
    }
  }
  std::size_t below = 0;
  for (std::size_t value = 0; value < histogram.size(); ++value) {
    below += histogram[value];
    if (static_cast<double>(below) >= share * static_cast<double>(total)) return static_cast<int>(value);
  }
  return 255;
}

LabelledBlobs parts_at(const GrayImage& ink, int threshold) {
  GrayImage bilevel = ink;
  for (std::uint8_t& value : bilevel.pixels) value = value >= threshold ? 0 : 255;
  return labelled_blobs(bilevel);
}

/// A line of print.
struct PrintLine {
  PixelBox place;
  int baseline = 0;
};

class BesideBoxes {
 public:
  BesideBoxes(const FieldInk& ink, const PaperField& field, const std::vector<MmBox>& others)
      : ink_(ink), whole_(parts_at(ink.ink, least_ink(ink))) {
    for (const MmBox& box : field.boxes) boxes_.push_back(ink.local(box));
    for (const MmBox& other : others) others_.push_back(ink.local(grown(other, 0.5)));
    find_print();
    GrayImage free = ink.ink;
    for (std::size_t place = 0; place < free.pixels.size(); ++place) {
      if (whole_.labels[place] < 0 || is_in_print(place)) free.pixels[place] = 0;
    }
    free_ = parts_at(free, 1);
  }

  [[nodiscard]] std::optional<Correction> sign_at(std::size_t number) const {
    const Beside above = sign_on(number, Side::above);
    const Beside below = sign_on(number, Side::below);
    if (above.other || below.other || above.parts.empty() == below.parts.empty()) return std::nullopt;
    return correction_of(above.parts.empty() ? below : above);
  }

 private:
  enum class Side { above, below };

  /// What stands on a side of a box.
  struct Beside {
    std::vector<std::size_t> parts;  ///< of `free_`: the one sign
    PixelBox extent;                 ///< with what of it lies on print
    bool touches_print = false;
    bool other = false;  ///< it is not one sign
  };

  /// The darkness from which the strokes in the boxes count as ink.
  static int least_ink(const FieldInk& ink) {
    int least = 255;
    for (std::size_t place = 0; place < ink.labels.size(); ++place) {
      if (ink.labels[place] >= 0) least = std::min<int>(least, ink.ink.pixels[place]);
    }
    return std::max(least, 1);
  }

  [[nodiscard]] bool reaches_into_a_box(const PixelBox& part) const {
    return std::any_of(boxes_.begin(), boxes_.end(),
                       [&](const PixelBox& box) { return overlap(part, grown_by(box, -into_box_mm)); });
  }

  [[nodiscard]] bool is_of_others(const PixelBox& part) const {
    return std::any_of(others_.begin(), others_.end(),
                       [&](const PixelBox& other) { return overlap(part, other); });
  }

  void find_print() {
    std::vector<std::size_t> letters;
    for (std::size_t i = 0; i < whole_.blobs.size(); ++i) {
      const Blob& part = whole_.blobs[i];
      const double height = part.height / placed_per_mm;
      const bool is_letter = height >= letter_least_mm && height <= letter_most_mm;
      if (is_letter && !reaches_into_a_box(box_of(part))) letters.push_back(i);
    }
    std::sort(letters.begin(), letters.end(), [&](std::size_t one, std::size_t other) {
      return whole_.blobs[one].middle.y < whole_.blobs[other].middle.y;
    });
    is_letter_.assign(whole_.blobs.size(), false);
    for (std::size_t first = 0; first < letters.size();) {
      const double reach = whole_.blobs[letters[first]].middle.y + same_line_mm * placed_per_mm;
      std::size_t end = first;
      while (end < letters.size() && whole_.blobs[letters[end]].middle.y <= reach) ++end;
      if (end - first >= least_letters) {
        const auto begin = letters.begin();
        add_line({begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(end)});
      }
      first = end;
    }
  }

  void add_line(const std::vector<std::size_t>& letters) {
    PrintLine line{box_of(whole_.blobs[letters.front()]), 0};
    std::vector<int> bottoms;
    for (const std::size_t letter : letters) {
      const PixelBox place = box_of(whole_.blobs[letter]);
      is_letter_[letter] = true;
      line.place = around(line.place, place);
      bottoms.push_back(place.bottom());
    }
    const auto middle = bottoms.begin() + static_cast<std::ptrdiff_t>(bottoms.size() / 2);
    std::nth_element(bottoms.begin(), middle, bottoms.end());
    line.baseline = *middle + 1;
    lines_.push_back(line);
  }

  /// A letter of a line of print, or a place where letters stand that hang together with something.
  [[nodiscard]] bool is_in_print(std::size_t place) const {
    if (is_letter_[static_cast<std::size_t>(whole_.labels[place])]) return true;
    const auto y = static_cast<int>(place / static_cast<std::size_t>(ink_.area.width));
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](const PrintLine& line) { return y >= line.place.y - 1 && y <= line.baseline; });
  }

  /// What is left of letters below their line.
  [[nodiscard]] bool is_rest_of_print(const PixelBox& part) const {
    return std::any_of(lines_.begin(), lines_.end(), [&](const PrintLine& line) {
      return part.y >= line.place.y - 2 && part.bottom() <= line.baseline + descender_mm * placed_per_mm;
    });
  }

  /// Goes on out of reach, and begins far from the box.
  [[nodiscard]] bool is_elsewhere(const PixelBox& part, const PixelBox& box) const {
    const bool at_the_edge = part.y <= 0 || part.bottom() >= ink_.area.height;
    const int away = std::max(box.y - part.bottom(), part.y - box.bottom());
    return at_the_edge && away > elsewhere_mm * placed_per_mm;
  }

  [[nodiscard]] bool counts(std::size_t number, const PixelBox& box) const {
    const PixelBox part = box_of(free_.blobs[number]);
    return length_mm(free_.blobs[number]) >= stroke_mm && !reaches_into_a_box(part) &&
           !is_rest_of_print(part) && !is_elsewhere(part, box);
  }

  [[nodiscard]] Beside sign_on(std::size_t number, Side side) const {
    const PixelBox& box = boxes_[number];
    Beside beside;
    for (std::size_t i = 0; i < free_.blobs.size(); ++i) {
      const Blob& part = free_.blobs[i];
      const bool right_side = side == Side::above ? part.middle.y < box.y : part.middle.y > box.bottom();
      const bool in_column = std::abs(part.middle.x - (box.x + box.width / 2.0)) <= off_the_box * box.width;
      if (!right_side || !in_column || !counts(i, box)) continue;
      beside.extent = beside.parts.empty() ? box_of(part) : around(beside.extent, box_of(part));
      beside.parts.push_back(i);
    }
    if (beside.parts.empty()) return beside;
    const int free_height = beside.extent.height;
    extend_onto_print(beside);
    const bool stands_free = !beside.touches_print || free_height >= beside_free_mm * placed_per_mm;
    beside.other = !stands_free || !is_sign(beside, box) || is_of_others(beside.extent) ||
                   is_letter_of_a_line(beside) || has_company(beside, box);
    return beside;
  }

  /// Calls with every pixel of the sign that lies on print.
  template <class Visit>
  void visit_on_print(const Beside& beside, const PixelBox& reach, const Visit& each) const {
    std::vector<int> mine;
    visit(beside.extent, [&](int x, int y) {
      if (is_part_of(beside, place_of(x, y))) mine.push_back(whole_.labels[place_of(x, y)]);
    });
    std::sort(mine.begin(), mine.end());
    mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
    visit(reach, [&](int x, int y) {
      const std::size_t place = place_of(x, y);
      const int label = whole_.labels[place];
      if (label >= 0 && std::binary_search(mine.begin(), mine.end(), label) && is_in_print(place)) each(x, y);
    });
  }

  /// As wide as the sign is where it stands free, and into the lines of print next to it.
  [[nodiscard]] PixelBox reach_of(const Beside& beside) const {
    PixelBox reach = grown_by(beside.extent, around_free_mm);
    for (const PrintLine& line : lines_) {
      const PixelBox near{reach.x, line.place.y - 1, reach.width, line.baseline - line.place.y + 2};
      if (overlap(near, reach)) reach = around(reach, near);
    }
    const int right = std::min(reach.right(), ink_.area.width);
    const int bottom = std::min(reach.bottom(), ink_.area.height);
    reach.x = std::max(0, reach.x);
    reach.y = std::max(0, reach.y);
    return {reach.x, reach.y, right - reach.x, bottom - reach.y};
  }

  void extend_onto_print(Beside& beside) const {
    PixelBox extent = beside.extent;
    visit_on_print(beside, reach_of(beside), [&](int x, int y) {
      beside.touches_print = true;
      extent = around(extent, {x, y, 1, 1});
    });
    beside.extent = extent;
  }

  [[nodiscard]] bool is_sign(const Beside& beside, const PixelBox& box) const {
    int pixels = 0;
    for (const std::size_t part : beside.parts) pixels += free_.blobs[part].area;
    const PixelBox& sign = beside.extent;
    const bool at_the_edge = sign.y <= 0 || sign.bottom() >= ink_.area.height;
    return !at_the_edge && sign.height >= least_height * box.height &&
           sign.height <= most_height * box.height && sign.width <= most_width * box.width &&
           square_mm(pixels) >= least_square_mm &&
           darkness_of(ink_.ink, free_, beside.parts, 0.75) >= share_of_pen * ink_.level * 255;
  }

  /// It lies in a line of print, or is one of several that are alike, such as a heading has.
  [[nodiscard]] bool is_letter_of_a_line(const Beside& beside) const {
    const PixelBox& sign = beside.extent;
    for (const PrintLine& line : lines_) {
      const int shared = std::min(sign.bottom(), line.baseline) - std::max(sign.y, line.place.y);
      if (!beside.touches_print && shared > most_in_line * sign.height) return true;
    }
    const auto alike = std::count_if(free_.blobs.begin(), free_.blobs.end(), [&](const Blob& part) {
      return std::abs(part.height - sign.height) <= same_size * sign.height &&
             std::abs(part.y + part.height - sign.bottom()) <= same_line_mm * placed_per_mm &&
             !reaches_into_a_box(box_of(part));
    });
    return alike >= static_cast<std::ptrdiff_t>(least_letters);
  }

  /// Something else is written close by: more than one sign was meant.
  [[nodiscard]] bool has_company(const Beside& beside, const PixelBox& box) const {
    const PixelBox near = grown_by(beside.extent, apart_mm);
    for (std::size_t i = 0; i < free_.blobs.size(); ++i) {
      const bool mine = std::find(beside.parts.begin(), beside.parts.end(), i) != beside.parts.end();
      if (!mine && counts(i, box) && overlap(box_of(free_.blobs[i]), near)) return true;
    }
    return false;
  }

  /// The ink of the sign, and of its soft edges.
  [[nodiscard]] Correction correction_of(const Beside& beside) const {
    std::vector<bool> mine(whole_.labels.size(), false);
    visit(beside.extent, [&](int x, int y) {
      if (is_part_of(beside, place_of(x, y))) mine[place_of(x, y)] = true;
    });
    visit_on_print(beside, beside.extent, [&](int x, int y) { mine[place_of(x, y)] = true; });
    const PixelBox& area = beside.extent;
    Correction correction{{area.width, area.height, {}}, beside.touches_print};
    visit(area, [&](int x, int y) {
      bool is_mine = false;
      for (int near_y = std::max(area.y, y - 1); near_y <= std::min(area.bottom() - 1, y + 1); ++near_y) {
        for (int near_x = std::max(area.x, x - 1); near_x <= std::min(area.right() - 1, x + 1); ++near_x)
          is_mine = is_mine || mine[place_of(near_x, near_y)];
      }
      const double value = ink_.ink.at(x, y) / (ink_.level * 255);
      correction.ink.ink.push_back(is_mine ? static_cast<float>(std::min(1.0, value)) : 0.0F);
    });
    return correction;
  }

  template <class Visit>
  static void visit(const PixelBox& area, const Visit& each) {
    for (int y = area.y; y < area.bottom(); ++y) {
      for (int x = area.x; x < area.right(); ++x) each(x, y);
    }
  }

  [[nodiscard]] std::size_t place_of(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(ink_.area.width) +
           static_cast<std::size_t>(x);
  }

  [[nodiscard]] bool is_part_of(const Beside& beside, std::size_t place) const {
    const int label = free_.labels[place];
    return label >= 0 && std::find(beside.parts.begin(), beside.parts.end(),
                                   static_cast<std::size_t>(label)) != beside.parts.end();
  }

  const FieldInk& ink_;
  std::vector<PixelBox> boxes_;
  std::vector<PixelBox> others_;
  LabelledBlobs whole_;  ///< what hangs together
  std::vector<bool> is_letter_;
  std::vector<PrintLine> lines_;
  LabelledBlobs free_;  ///< what is left without the lines of print
};

void give(std::vector<float>& chances, const std::vector<float>& beside, float share) {
  if (chances.empty() || chances.size() != beside.size()) return;
  const float given = chances.back() * share;
  for (std::size_t i = 0; i + 1 < chances.size(); ++i) chances[i] += given * beside[i];
  chances.back() -= given * (1 - beside.back());
}

}  // namespace

MmBox correction_surroundings(const PaperField& field) {
  return grown(field.box, 2.2, correction_reach_mm);
}

std::vector<std::optional<Correction>> corrections_beside(const FieldInk& ink, const PaperField& field,
                                                          const std::vector<MmBox>& others) {
  std::vector<std::optional<Correction>> corrections(field.boxes.size());
  if (ink.ink.empty()) return corrections;
  const BesideBoxes beside(ink, field, others);
  for (std::size_t box = 0; box < corrections.size(); ++box) corrections[box] = beside.sign_at(box);
  return corrections;
}

SignChances corrected(SignChances crossed_out, const Correction& correction, const SignChances& beside) {
  if (beside.empty) return crossed_out;
  const float share = meant_for_the_box * (correction.touches_print ? read_rightly_on_print : 1.0F);
  give(crossed_out.digits, beside.digits, share);
  give(crossed_out.capitals, beside.capitals, share);
  return crossed_out;
}

}  // namespace softbot::ocr
