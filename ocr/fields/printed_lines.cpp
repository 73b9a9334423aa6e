#include "ocr/fields/printed_lines.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace softbot::ocr {
namespace {

constexpr int piece = 144;           ///< pixels of a line that are looked at together: 12 mm
constexpr double most_of_it = 0.40;  ///< this percentile along a line is the line, not what crosses it
constexpr int dark = 100;            ///< from here on nothing shows through a line
constexpr int faint = 8;
constexpr int reach_across = 5;  ///< how far askew a stroke may cross a dark line, pixels

/// A piece of a picture seen so that lines in it are level.
class Strip {
 public:
  Strip(GrayImage& ink, const PrintedLine& line, int first, int last)
      : ink_(ink),
        upright_(line.upright),
        from_(std::clamp(line.from, 0, along())),
        to_(std::clamp(line.to, from_, along())),
        first_(std::clamp(first, 0, across())),
        last_(std::clamp(last, first_, across())) {}

  [[nodiscard]] int from() const { return from_; }
  [[nodiscard]] int to() const { return to_; }
  [[nodiscard]] int first() const { return first_; }
  [[nodiscard]] int last() const { return last_; }
  [[nodiscard]] std::uint8_t& at(int position, int row) {
    const int x = upright_ ? row : position;
    const int y = upright_ ? position : row;
    return ink_.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(ink_.width) +
                       static_cast<std::size_t>(x)];
  }
  /// How dark most of each row is.
  [[nodiscard]] std::vector<int> profile() {
    std::vector<int> rows;
    std::vector<std::uint8_t> values;
    for (int row = first_; row < last_; ++row) {
      values.clear();
      for (int position = from_; position < to_; ++position) values.push_back(at(position, row));
      if (values.empty()) return {};
      const auto middle =
          values.begin() + static_cast<std::ptrdiff_t>(most_of_it * static_cast<double>(values.size()));
      std::nth_element(values.begin(), middle, values.end());
      rows.push_back(*middle);
    }
    return rows;
  }

 private:
  [[nodiscard]] int along() const { return upright_ ? ink_.height : ink_.width; }
  [[nodiscard]] int across() const { return upright_ ? ink_.width : ink_.height; }

  GrayImage& ink_;
  bool upright_;
  int from_;
  int to_;
  int first_;
  int last_;
};

/// Strokes beside a dark line go on through it.
void mend(Strip& strip, int top, int bottom) {
  const int above = top - 1;
  const int below = bottom;
  if (above < strip.first() || below >= strip.last()) return;
  for (int position = strip.from(); position < strip.to(); ++position) {
    int through = 0;
    for (int lean = -reach_across; lean <= reach_across; ++lean) {
      const int up = position + lean;
      const int down = position - lean;
      if (std::min(up, down) < strip.from() || std::max(up, down) >= strip.to()) continue;
      through = std::max(through, std::min<int>(strip.at(up, above), strip.at(down, below)));
    }
    for (int row = top; row < bottom; ++row) strip.at(position, row) = static_cast<std::uint8_t>(through);
  }
}

/// A line that lies askew is as wide again on either side.
int darkest_near(const std::vector<int>& profile, std::size_t row) {
  constexpr std::size_t askew = 2;
  const std::size_t first = row < askew ? 0 : row - askew;
  const std::size_t last = std::min(profile.size(), row + askew + 1);
  return *std::max_element(profile.begin() + static_cast<std::ptrdiff_t>(first),
                           profile.begin() + static_cast<std::ptrdiff_t>(last));
}

void take_out(Strip& strip, int limit) {
  const std::vector<int> profile = strip.profile();
  std::vector<bool> is_dark(profile.size(), false);
  for (std::size_t i = 0; i < profile.size(); ++i) {
    int level = std::min(profile[i], limit);
    if (level < dark) level = std::min({darkest_near(profile, i), limit, dark - 1});
    if (level < faint) continue;
    const int row = strip.first() + static_cast<int>(i);
    if (level >= dark) {
      is_dark[i] = true;
      continue;
    }
    level = std::min(254, level * 6 / 5 + 4);
    for (int position = strip.from(); position < strip.to(); ++position) {
      std::uint8_t& value = strip.at(position, row);
      value = static_cast<std::uint8_t>(std::max(0, (value - level) * 255 / (255 - level)));
    }
  }
  for (std::size_t i = 0; i < is_dark.size(); ++i) {
    if (!is_dark[i]) continue;
    std::size_t end = i;
    while (end < is_dark.size() && is_dark[end]) ++end;
    // its soft edges lie a pixel further
    const int top = std::max(strip.first(), strip.first() + static_cast<int>(i) - 1);
    const int bottom = std::min(strip.last(), strip.first() + static_cast<int>(end) + 1);
    for (int row = top; row < bottom; ++row) {
      for (int position = strip.from(); position < strip.to(); ++position) strip.at(position, row) = 0;
    }
    mend(strip, top, bottom);
    i = end;
  }
}

std::vector<PrintedLine> pieces_of(const PrintedLine& line) {
  std::vector<PrintedLine> pieces;
  const int count = std::max(1, (line.to - line.from + piece / 2) / piece);
  for (int i = 0; i < count; ++i) {
    pieces.push_back({line.upright, line.at, line.from + (line.to - line.from) * i / count,
                      line.from + (line.to - line.from) * (i + 1) / count});
  }
  return pieces;
}

/// What is printed is alike: how dark a line may be at most, going by all of them.
int usual_darkness(GrayImage& ink, const std::vector<PrintedLine>& lines) {
  std::vector<int> peaks;
  for (const PrintedLine& line : lines) {
    Strip strip(ink, line, line.at - line_reach, line.at + line_reach + 1);
    const std::vector<int> profile = strip.profile();
    if (!profile.empty()) peaks.push_back(*std::max_element(profile.begin(), profile.end()));
  }
  if (peaks.empty()) return 0;
  const auto middle = peaks.begin() + static_cast<std::ptrdiff_t>(peaks.size() / 2);
  std::nth_element(peaks.begin(), middle, peaks.end());
  return *middle;
}

int limit_of(GrayImage& ink, const std::vector<PrintedLine>& lines) {
  return usual_darkness(ink, lines) * 7 / 5 + 12;
}

}  // namespace

std::vector<PrintedLine> sides_of(const PixelBox& box) {
  std::vector<PrintedLine> sides;
  for (const PrintedLine& line :
       {PrintedLine{false, box.y, box.x, box.right()}, PrintedLine{false, box.bottom(), box.x, box.right()},
        PrintedLine{true, box.x, box.y, box.bottom()}, PrintedLine{true, box.right(), box.y, box.bottom()}}) {
    for (const PrintedLine& one : pieces_of(line)) sides.push_back(one);
  }
  return sides;
}

std::vector<PrintedLine> dotted_rulings(const GrayImage& ink, const PixelBox& box, int threshold) {
  constexpr int half = 4;        // rows of a line
  constexpr int clear_from = 8;  // rows beside it that must be nearly empty
  constexpr int clear_to = 16;
  constexpr double least_share = 0.004;
  constexpr double most_beside = 0.25;
  std::vector<int> sums{0};
  for (int y = box.y; y < box.bottom(); ++y) {
    int dots = 0;
    for (int x = box.x + 2 * line_reach; x < box.right() - 2 * line_reach; ++x)
      dots += ink.at(x, y) >= threshold ? 1 : 0;
    sums.push_back(sums.back() + dots);
  }
  const auto rows = static_cast<int>(sums.size()) - 1;
  const auto share = [&](int from, int to) {
    const int dots = sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)];
    return static_cast<double>(dots) / (std::max(1, box.width) * std::max(1, to - from));
  };
  std::vector<PrintedLine> lines;
  for (int row = clear_to; row + clear_to < rows; ++row) {
    const double here = share(row - half, row + half + 1);
    const double beside =
        std::max(share(row - clear_to, row - clear_from), share(row + clear_from, row + clear_to));
    if (here < least_share || beside > most_beside * here) continue;
    lines.push_back({false, box.y + row, box.x, box.right()});
  }
  return lines;
}

GrayImage without_lines(GrayImage ink, const std::vector<PrintedLine>& lines) {
  const int limit = limit_of(ink, lines);
  for (const PrintedLine& line : lines) {
    PrintedLine longer = line;
    longer.from -= 3;  // corners
    longer.to += 3;
    Strip strip(ink, longer, line.at - line_reach, line.at + line_reach + 1);
    take_out(strip, limit);
  }
  return ink;
}

GrayImage without_rulings(GrayImage ink, const PixelBox& box, const std::vector<PrintedLine>& lines) {
  const int limit = limit_of(ink, lines);
  const PrintedLine across{false, 0, box.x, box.right()};
  for (const PrintedLine& one : pieces_of(across)) {
    Strip strip(ink, one, box.y + line_reach, box.bottom() - line_reach);
    take_out(strip, limit);
  }
  return ink;
}

}  // namespace softbot::ocr
