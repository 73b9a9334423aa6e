#include "ocr/page/folds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

namespace softbot::ocr {
namespace {

constexpr int strips = 20;                ///< across the page; the outermost lie in its margins
constexpr int first_strip = 1;            ///< the edges themselves are often not in the scan
constexpr int last_strip = strips - 1;    ///< of those used
constexpr int looked_at = 24;             ///< columns of a strip
constexpr int least_darkness = 6;         ///< of a fold, beside the paper; 0..255
constexpr int most_darkness = 90;         ///< more is ink
constexpr double most_slope = 0.02;       ///< of a fold: as paper is folded by hand
constexpr double most_bend_mm = 0.7;      ///< away from a straight line
constexpr double half_width_mm = 0.7;     ///< of a fold with its soft edges
constexpr double share_of_strips = 0.75;  ///< that must show the line
constexpr int least_strips = 10;          ///< of those in which it can be seen
constexpr std::size_t most_folds = 4;
constexpr double edge_share = 0.15;  ///< of its darkness, at the edges of a fold
constexpr int ink_above = 45;        ///< and what is so much darker than a dark fold
constexpr double ink_factor = 2.5;   ///< what is so much darker than the fold is ink upon it

enum class Seen { upright, aside };

/// A picture, upright or as if it were turned a quarter: what runs down it then lies level.
class Side {
 public:
  Side(GrayImage& image, Seen seen) : image_(image), aside_(seen == Seen::aside) {}

  [[nodiscard]] int width() const { return aside_ ? image_.height : image_.width; }
  [[nodiscard]] int height() const { return aside_ ? image_.width : image_.height; }
  [[nodiscard]] std::uint8_t at(int x, int y) const { return aside_ ? image_.at(y, x) : image_.at(x, y); }

  [[nodiscard]] std::uint8_t& pixel(int x, int y) const {
    const auto column = static_cast<std::size_t>(aside_ ? y : x);
    const auto row = static_cast<std::size_t>(aside_ ? x : y);
    return image_.pixels[row * static_cast<std::size_t>(image_.width) + column];
  }

 private:
  GrayImage& image_;
  bool aside_;
};

/// How much darker each row of one strip is than the paper above and below it. Medians, so that words and
/// strokes, which cover less than half of a strip, count for nothing.
using Excess = std::vector<int>;

Excess excess_of(const Side& darkness, int strip, int reach) {
  const int from = darkness.width() * strip / strips;
  const int step = std::max(1, darkness.width() / strips / looked_at);
  std::vector<int> median(static_cast<std::size_t>(darkness.height()));
  std::array<std::uint8_t, looked_at> row{};
  for (int y = 0; y < darkness.height(); ++y) {
    for (int i = 0; i < looked_at; ++i)
      row[static_cast<std::size_t>(i)] = darkness.at(std::min(from + i * step, darkness.width() - 1), y);
    std::nth_element(row.begin(), row.begin() + looked_at / 2, row.end());
    median[static_cast<std::size_t>(y)] = row[looked_at / 2];
  }
  Excess excess(median.size(), 0);
  for (int y = 2 * reach; y < darkness.height() - 2 * reach; ++y) {
    const auto beside = [&](int way) {
      int sum = 0;
      for (int away = reach; away < 2 * reach; ++away)
        sum += median[static_cast<std::size_t>(y + way * away)];
      return sum / reach;
    };
    excess[static_cast<std::size_t>(y)] =
        median[static_cast<std::size_t>(y)] - std::max(beside(-1), beside(1));
  }
  return excess;
}

/// The row near `y` that stands out most.
int strongest(const Excess& excess, int y, int within) {
  const int from = std::clamp(y - within, 0, static_cast<int>(excess.size()) - 1);
  const int to = std::clamp(y + within, 0, static_cast<int>(excess.size()) - 1);
  return static_cast<int>(std::max_element(excess.begin() + from, excess.begin() + to + 1) - excess.begin());
}

bool is_faint_line(int excess) {
  return excess >= least_darkness && excess <= most_darkness;
}

std::vector<int> faint_lines(const Excess& excess, int within) {
  std::vector<int> rows;
  for (int y = 0; y < static_cast<int>(excess.size()); ++y) {
    if (is_faint_line(excess[static_cast<std::size_t>(y)]) && strongest(excess, y, within) == y)
      rows.push_back(y);
  }
  return rows;
}

/// Where a fold runs: its row in the middle of each strip, and from how far above that row to how far below.
struct Fold {
  std::array<int, strips> rows{};
  int from = 0;
  int to = 0;
  int darkest = 0;
};

/// Without the strips where words stand out more than the fold: the medians of five.
std::array<int, strips> smooth(const std::array<int, strips>& rows) {
  constexpr int around = 2;
  std::array<int, strips> result{};
  for (int strip = 0; strip < strips; ++strip) {
    const int first = std::clamp(strip - around, 0, strips - 1 - 2 * around);
    std::array<int, 2 * around + 1> near{};
    std::copy_n(rows.begin() + first, near.size(), near.begin());
    std::nth_element(near.begin(), near.begin() + around, near.end());
    result[static_cast<std::size_t>(strip)] = near[around];
  }
  return result;
}

class Page {
 public:
  Page(const Side& darkness, double pixels_per_mm)
      : darkness_(darkness),
        reach_(std::max(2, static_cast<int>(std::lround(half_width_mm * pixels_per_mm)))),
        bend_(std::max(1, static_cast<int>(std::lround(most_bend_mm * pixels_per_mm)))) {}

  [[nodiscard]] std::vector<Fold> folds() {
    std::vector<Fold> found;
    const auto steepest = static_cast<int>(most_slope * darkness_.width());
    const std::vector<int> right_ends = faint_lines(excess(last_strip), reach_);
    if (right_ends.empty()) return found;
    for (const int left : faint_lines(excess(first_strip), reach_)) {
      for (const int right : right_ends) {
        if (std::abs(right - left) > steepest || found.size() == most_folds) continue;
        if (auto fold = fold_between(left, right)) {
          found.push_back(std::move(*fold));
          break;
        }
      }
    }
    return found;
  }

 private:
  const Excess& excess(int strip) {
    Excess& known = excess_[static_cast<std::size_t>(strip)];
    if (known.empty()) known = excess_of(darkness_, strip, reach_);
    return known;
  }

  std::optional<Fold> fold_between(int left, int right) {
    Fold fold;
    std::vector<int> shown;
    int seen = 0;
    for (int strip = 0; strip < strips; ++strip) {
      const double share = static_cast<double>(strip - first_strip) / (last_strip - first_strip);
      const int straight = left + static_cast<int>(std::lround(share * (right - left)));
      const int row = strongest(excess(strip), straight, bend_);
      const int excess_there = excess(strip)[static_cast<std::size_t>(row)];
      fold.rows[static_cast<std::size_t>(strip)] = is_faint_line(excess_there) ? row : straight;
      if (excess_there > most_darkness) continue;  // print lies over it
      ++seen;
      if (is_faint_line(excess_there)) shown.push_back(strip);
    }
    if (seen < least_strips || static_cast<double>(shown.size()) < share_of_strips * seen)
      return std::nullopt;
    fold.rows = smooth(fold.rows);
    measure(fold, shown);
    return fold;
  }

  void measure(Fold& fold, const std::vector<int>& shown) {
    const auto darkness_at = [&](int away) {
      std::vector<int> there;
      for (const int strip : shown) {
        const int row = fold.rows[static_cast<std::size_t>(strip)] + away;
        there.push_back(excess(strip)[static_cast<std::size_t>(std::clamp(row, 0, darkness_.height() - 1))]);
      }
      std::nth_element(there.begin(), there.begin() + static_cast<std::ptrdiff_t>(there.size() / 2),
                       there.end());
      return there[there.size() / 2];
    };
    fold.darkest = darkness_at(0);
    const double edge = edge_share * fold.darkest;
    while (fold.from > -reach_ && darkness_at(fold.from - 1) > edge) --fold.from;
    while (fold.to < reach_ && darkness_at(fold.to + 1) > edge) ++fold.to;
    // Where exactly it runs within a strip is not known.
    --fold.from;
    ++fold.to;
  }

  const Side& darkness_;
  int reach_;
  int bend_;
  std::array<Excess, strips> excess_;
};

double row_at(const Fold& fold, int x, int width) {
  const double place = static_cast<double>(x) * strips / width - 0.5;
  const double within = std::clamp(place, 0.0, strips - 1.0);
  const auto before = static_cast<std::size_t>(std::min(within, strips - 2.0));
  const double share = within - static_cast<double>(before);
  return fold.rows[before] * (1 - share) + fold.rows[before + 1] * share;
}

/// Filled from above and below, so that a stroke across the fold stays whole; darker ink upon it stays as it
/// is.
void take_out(const Fold& fold, const Side& darkness) {
  const int ink = std::min(static_cast<int>(ink_factor * fold.darkest), fold.darkest + ink_above);
  for (int x = 0; x < darkness.width(); ++x) {
    const auto middle = static_cast<int>(std::lround(row_at(fold, x, darkness.width())));
    const int above = middle + fold.from - 1;
    const int below = middle + fold.to + 1;
    if (above < 0 || below >= darkness.height()) continue;
    const int first = darkness.at(x, above);
    const int last = darkness.at(x, below);
    for (int y = above + 1; y < below; ++y) {
      std::uint8_t& pixel = darkness.pixel(x, y);
      const int between = (first * (below - y) + last * (y - above)) / (below - above);
      if (pixel <= ink) pixel = static_cast<std::uint8_t>(std::min<int>(pixel, between));
    }
  }
}

void take_out_level_folds(const Side& darkness, double pixels_per_mm) {
  const std::vector<Fold> folds = Page(darkness, pixels_per_mm).folds();
  for (const Fold& fold : folds) take_out(fold, darkness);
}

}  // namespace

GrayImage without_folds(GrayImage darkness, double pixels_per_mm) {
  constexpr double smallest_mm = 50;
  const double side = std::min(darkness.width, darkness.height);
  if (!(side > smallest_mm * pixels_per_mm)) return darkness;
  take_out_level_folds(Side(darkness, Seen::upright), pixels_per_mm);
  take_out_level_folds(Side(darkness, Seen::aside), pixels_per_mm);
  return darkness;
}

}  // namespace softbot::ocr
