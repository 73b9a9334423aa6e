#include "ocr/fields/line_pieces.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace softbot::ocr {
namespace {

constexpr float ink_threshold = 0.35F;
constexpr int speck_pixels = 5;
// Shares of the height of a letter.
constexpr double least_letter = 0.4;     ///< what is lower is a dot, an accent or a dash
constexpr double whole_at_edge = 0.75;   ///< what touches the strip's edge and is lower was cut off by it
constexpr double longest_upright = 2.2;  ///< what is higher is no letter
constexpr double widest_stroke = 3;
constexpr double one_letter_wide = 0.75;  ///< what is wider may be several letters that hang together
constexpr double thin_join = 0.22;        ///< of ink in a column: there the pen may have gone on to the next
constexpr double least_cut_apart = 0.2;
constexpr double join_around = 0.12;
constexpr double same_line = 0.5;  ///< middles that are no further apart

struct Part {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  int label = 0;

  [[nodiscard]] int right() const { return x + width; }
  [[nodiscard]] int bottom() const { return y + height; }
  [[nodiscard]] double middle() const { return y + height / 2.0; }
};

using Parts = std::vector<Part>;

/// The value that this share of all values is below; 0 of none.
template <class T>
T quantile(std::vector<T> values, double share) {
  if (values.empty()) return T{};
  const auto place =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

double height_of(const Parts& parts, double share) {
  std::vector<int> heights;
  for (const Part& part : parts) heights.push_back(part.height);
  return std::max(1, quantile(std::move(heights), share));
}

Parts parts_in(const cv::Mat& stats) {
  Parts parts;
  for (int i = 1; i < stats.rows; ++i) {
    if (stats.at<int>(i, cv::CC_STAT_AREA) < speck_pixels) continue;
    parts.push_back({stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                     stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT), i});
  }
  return parts;
}

/// Without what the edges of the strip cut off, and what is no writing along a line.
Parts whole_parts(const Parts& parts, int strip_height) {
  const auto is_inside = [&](const Part& part) { return part.y > 0 && part.bottom() < strip_height; };
  Parts inside;
  std::copy_if(parts.begin(), parts.end(), std::back_inserter(inside), is_inside);
  const double letter = height_of(inside.empty() ? parts : inside, 0.8);
  Parts whole;
  for (const Part& part : parts) {
    const bool is_cut_off = !is_inside(part) && part.height < whole_at_edge * letter;
    const bool is_beside = part.x == 0 && part.height > 1.2 * letter;
    if (!is_cut_off && !is_beside && part.height < longest_upright * letter) whole.push_back(part);
  }
  return whole;
}

double middle_of(const Parts& line) {
  std::vector<double> middles;
  for (const Part& part : line) middles.push_back(part.middle());
  return quantile(std::move(middles), 0.5);
}

/// Letters by the line that they stand on; then what is smaller, with the line that it lies at.
std::vector<Parts> lines_of(Parts parts) {
  const double letter = height_of(parts, 0.8);
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& one, const Part& other) { return one.middle() < other.middle(); });
  std::vector<Parts> lines;
  for (const Part& part : parts) {
    if (part.height < (least_letter + 0.05) * letter) continue;
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const Parts& other) {
      const double height = std::max<double>(height_of(other, 0.5), part.height);
      return std::abs(part.middle() - middle_of(other)) < same_line * height;
    });
    (line == lines.end() ? lines.emplace_back() : *line).push_back(part);
  }
  const std::vector<Parts> letters = lines;
  for (const Part& part : parts) {
    if (part.height >= (least_letter + 0.05) * letter) continue;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const double height = height_of(letters[i], 0.5);
      const double middle = middle_of(letters[i]);
      if (part.bottom() <= middle - height || part.y >= middle + height / 2) continue;
      lines[i].push_back(part);
      break;
    }
  }
  return lines;
}

/// Columns of a part, from its left, at which it may be cut in two.
std::vector<int> cuts_in(const Part& part, const cv::Mat& ink, const cv::Mat& labels, double letter) {
  std::vector<double> column(static_cast<std::size_t>(part.width), 0.0);
  for (int y = part.y; y < part.bottom(); ++y) {
    for (int x = 0; x < part.width; ++x) {
      if (labels.at<int>(y, part.x + x) == part.label)
        column[static_cast<std::size_t>(x)] += static_cast<double>(ink.at<float>(y, part.x + x));
    }
  }
  const auto smooth = [&](int x) {
    const auto at = static_cast<std::size_t>(x);
    return 0.25 * column[at - 1] + 0.5 * column[at] + 0.25 * column[at + 1];
  };
  const int around = std::max(3, static_cast<int>(join_around * letter));
  std::vector<std::pair<double, int>> thin;
  for (int x = 3; x < part.width - 3; ++x) {
    double least = smooth(x);
    for (int near = std::max(1, x - around); near <= std::min(part.width - 2, x + around); ++near)
      least = std::min(least, smooth(near));
    if (smooth(x) <= least && smooth(x) <= thin_join * letter) thin.emplace_back(smooth(x), x);
  }
  std::sort(thin.begin(), thin.end());
  std::vector<int> cuts;
  for (const auto& [thickness, x] : thin) {
    const bool is_apart = std::all_of(cuts.begin(), cuts.end(), [at = x, letter](int other) {
      return std::abs(at - other) >= least_cut_apart * letter;
    });
    if (is_apart) cuts.push_back(x);
  }
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

/// A piece with the part that it is of.
struct Cut {
  LinePiece piece;
  int label = 0;
};

std::vector<Cut> cut_up(const Parts& line, const cv::Mat& ink, const cv::Mat& labels, double letter) {
  std::vector<Cut> pieces;
  for (const Part& part : line) {
    if (part.height < least_letter * letter || part.width > widest_stroke * letter) continue;
    int left = part.x;
    if (part.width > one_letter_wide * letter) {
      for (const int cut : cuts_in(part, ink, labels, letter)) {
        pieces.push_back({{left, part.x + cut}, part.label});
        left = part.x + cut;
      }
    }
    pieces.push_back({{left, part.right()}, part.label});
  }
  std::stable_sort(pieces.begin(), pieces.end(), [](const Cut& one, const Cut& other) {
    return one.piece.left + one.piece.right < other.piece.left + other.piece.right;
  });
  return pieces;
}

int common_columns(const LinePiece& piece, const Part& part) {
  return std::min(piece.right, part.right()) - std::max(piece.left, part.x);
}

/// What is too low for a letter belongs to the piece above or below it: -1 when there is none.
int owner_of(const Part& part, const std::vector<LinePiece>& pieces) {
  const auto best =
      std::max_element(pieces.begin(), pieces.end(), [&](const LinePiece& one, const LinePiece& other) {
        return common_columns(one, part) < common_columns(other, part);
      });
  return common_columns(*best, part) > 0.3 * part.width ? static_cast<int>(best - pieces.begin()) : -1;
}

WrittenLine written_line(const Parts& line, const cv::Mat& ink, const cv::Mat& labels) {
  WrittenLine written;
  Parts letters;
  const double highest = height_of(line, 1);
  std::copy_if(line.begin(), line.end(), std::back_inserter(letters),
               [&](const Part& part) { return part.height >= highest / 2; });
  written.letter_height = height_of(letters, 0.5);
  const auto cuts = cut_up(line, ink, labels, written.letter_height);
  written.owner.assign(labels.total(), -1);
  for (const Cut& cut : cuts) written.pieces.push_back(cut.piece);
  if (cuts.empty()) return written;
  std::vector<int> small(labels.total() + 1, -1);  // by label
  for (const Part& part : line) {
    if (part.height < least_letter * written.letter_height && part.width <= 2 * written.letter_height)
      small[static_cast<std::size_t>(part.label)] = owner_of(part, written.pieces);
  }
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      const int label = labels.at<int>(y, x);
      const auto cut = std::find_if(cuts.begin(), cuts.end(), [&](const Cut& one) {
        return one.label == label && x >= one.piece.left && x < one.piece.right;
      });
      written.owner[static_cast<std::size_t>(y * labels.cols + x)] =
          cut != cuts.end() ? static_cast<int>(cut - cuts.begin()) : small[static_cast<std::size_t>(label)];
    }
  }
  return written;
}

}  // namespace

BoxInk strip_ink(const GrayImage& strip) {
  BoxInk ink{strip.width, strip.height, {}};
  constexpr int edge_of_paper = 8;
  constexpr int least_contrast = 20;
  const int paper = quantile(strip.pixels, 0.75) - edge_of_paper;
  const int contrast = std::max(least_contrast, paper - quantile(strip.pixels, 0.02));
  for (const std::uint8_t grey : strip.pixels)
    ink.ink.push_back(
        std::clamp(static_cast<float>(paper - grey) / static_cast<float>(contrast), 0.0F, 1.0F));
  return ink;
}

std::vector<WrittenLine> written_lines(const BoxInk& strip) {
  if (strip.ink.empty()) return {};
  const cv::Mat ink = cv::Mat(strip.ink, true).reshape(1, strip.height);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat middles;
  cv::connectedComponentsWithStats(ink > ink_threshold, labels, stats, middles, 8, CV_32S);
  std::vector<WrittenLine> lines;
  for (const Parts& line : lines_of(whole_parts(parts_in(stats), strip.height))) {
    WrittenLine written = written_line(line, ink, labels);
    if (!written.pieces.empty()) lines.push_back(std::move(written));
  }
  return lines;
}

BoxInk ink_of_pieces(const BoxInk& strip, const WrittenLine& line, std::size_t first, std::size_t last) {
  int left = strip.width;
  int right = 0;
  for (std::size_t i = first; i <= last; ++i) {
    left = std::min(left, line.pieces[i].left);
    right = std::max(right, line.pieces[i].right);
  }
  BoxInk box{right - left, strip.height, {}};
  const auto is_own = [&](int x, int y) {
    if (x < left || x >= right || y < 0 || y >= strip.height) return false;
    const int owner = line.owner[static_cast<std::size_t>(y * strip.width + x)];
    return owner >= static_cast<int>(first) && owner <= static_cast<int>(last);
  };
  for (int y = 0; y < strip.height; ++y) {
    for (int x = left; x < right; ++x) {
      bool near = false;
      for (int v = y - 1; v <= y + 1; ++v) {
        for (int u = x - 1; u <= x + 1; ++u) near = near || is_own(u, v);
      }
      box.ink.push_back(near ? strip.ink[static_cast<std::size_t>(y * strip.width + x)] : 0.0F);
    }
  }
  return box;
}

}  // namespace softbot::ocr
