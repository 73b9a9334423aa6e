#include "ocr/fields/capital_line.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include "ocr/fields/line_columns.h"
#include "ocr/fields/line_pieces.h"

namespace softbot::ocr {
namespace {

constexpr std::size_t capital_count = 26;
constexpr std::size_t most_pieces = 4;  ///< of one letter
constexpr std::size_t most_of_a_line = 120;
// Chosen on the name fields that trained the nets (ocr/training/sources.py); logarithms of chances.
constexpr double each_letter = -0.5;  ///< against cutting one letter into several
constexpr double a_gap = -2;          ///< for each letter's height of paper between the pieces of one letter
constexpr double no_letter = -3;      ///< a piece that is none
constexpr double least_chance = 1e-6;
constexpr double least_support = 1e-6;
// Fitted (logistic, by least cross-entropy) on 197 name fields of the parts for validation and calibration.
constexpr double weight_of_columns = 0.194;
constexpr double when_agreed = 2.133;
constexpr double when_not = 0.203;
// Shares of the height of a letter.
constexpr double widest_letter = 1.7;
constexpr double within_a_letter = 0.05;
constexpr double after_a_prompt = 0.6;

struct Sign {
  char letter = 0;
  double chance = 0;
  int left = 0;
  int right = 0;
  std::size_t first = 0;  ///< of its pieces
};

/// Pieces that may together be one letter.
struct Span {
  std::size_t first = 0;
  std::size_t last = 0;
  int left = 0;
  int right = 0;
  double gap = 0;  ///< the widest between its pieces, in heights of a letter
};

std::vector<Span> spans_of(const WrittenLine& line) {
  std::vector<Span> spans;
  const std::size_t count = std::min(line.pieces.size(), most_of_a_line);
  for (std::size_t first = 0; first < count; ++first) {
    Span span{first, first, line.pieces[first].left, line.pieces[first].right, 0};
    for (std::size_t last = first; last < std::min(count, first + most_pieces); ++last) {
      const LinePiece& piece = line.pieces[last];
      if (last > first)
        span.gap = std::max(span.gap, (piece.left - line.pieces[last - 1].right) / line.letter_height);
      span.last = last;
      span.left = std::min(span.left, piece.left);
      span.right = std::max(span.right, piece.right);
      if (last > first && span.right - span.left > widest_letter * line.letter_height) break;
      spans.push_back(span);
    }
  }
  return spans;
}

/// Everything that a line may be cut into, and what the net says of it.
struct Cuts {
  std::vector<Span> spans;
  std::vector<std::vector<float>> chances;  ///< of each span
  std::size_t count = 0;                    ///< pieces
  double letter_height = 1;
};

Cuts cuts_of(const BoxInk& strip, const WrittenLine& line, const Normalisation& normalisation,
             GlyphNet& capitals) {
  Cuts cuts{spans_of(line), {}, std::min(line.pieces.size(), most_of_a_line), line.letter_height};
  std::vector<std::vector<float>> glyphs;
  for (const Span& span : cuts.spans)
    glyphs.push_back(normalised(ink_of_pieces(strip, line, span.first, span.last), normalisation));
  cuts.chances = capitals.probabilities(glyphs);
  return cuts;
}

/// What speaks for these pieces as one letter, whichever it is; a logarithm.
double worth_of_cut(const Span& span) {
  return each_letter + a_gap * std::max(0.0, span.gap - within_a_letter);
}

/// The best way to a place between two pieces: where its last letter, or piece that is none, began.
struct Way {
  double worth = 0;
  std::size_t from = 0;
  Sign sign;  ///< without a letter when the piece before is none
};

Sign likeliest(const std::vector<float>& chances, const Span& span) {
  const auto best = std::max_element(chances.begin(), chances.begin() + capital_count);
  return {static_cast<char>('A' + (best - chances.begin())), static_cast<double>(*best), span.left,
          span.right, span.first};
}

std::vector<Sign> best_signs(const Cuts& cuts) {
  std::vector<Way> ways(cuts.count + 1);
  for (std::size_t end = 1; end <= cuts.count; ++end) {
    ways[end] = {ways[end - 1].worth + no_letter, end - 1, {}};
    for (std::size_t i = 0; i < cuts.spans.size(); ++i) {
      const Span& span = cuts.spans[i];
      if (span.last + 1 != end) continue;
      const Sign sign = likeliest(cuts.chances[i], span);
      const double worth = ways[span.first].worth + std::log(sign.chance + least_chance) + worth_of_cut(span);
      if (worth > ways[end].worth) ways[end] = {worth, span.first, sign};
    }
  }
  std::vector<Sign> signs;
  for (std::size_t end = cuts.count; end > 0; end = ways[end].from) {
    if (ways[end].sign.letter != 0) signs.push_back(ways[end].sign);
  }
  std::reverse(signs.begin(), signs.end());
  return signs;
}

/// Of all ways to cut and read the pieces from `first` on, the share (by worth) that reads `text`.
double share_reading(const Cuts& cuts, std::size_t first, std::string_view text) {
  const std::size_t length = text.size();
  // For each place between two pieces: what all ways to it are worth, and those that read the first n
  // letters.
  std::vector<double> all(cuts.count + 1, 0.0);
  std::vector<std::vector<double>> reading(cuts.count + 1, std::vector<double>(length + 1, 0.0));
  all[first] = 1;
  reading[first][0] = 1;
  for (std::size_t end = first + 1; end <= cuts.count; ++end) {
    const double skipped = std::exp(no_letter);
    all[end] = all[end - 1] * skipped;
    for (std::size_t n = 0; n <= length; ++n) reading[end][n] = reading[end - 1][n] * skipped;
    for (std::size_t i = 0; i < cuts.spans.size(); ++i) {
      const Span& span = cuts.spans[i];
      if (span.last + 1 != end || span.first < first) continue;
      const double cut = std::exp(worth_of_cut(span));
      const auto letter = [&](std::size_t which) {
        return (static_cast<double>(cuts.chances[i][which]) + least_chance) * cut;
      };
      for (std::size_t which = 0; which < capital_count; ++which) all[end] += all[span.first] * letter(which);
      for (std::size_t n = 1; n <= length; ++n)
        reading[end][n] += reading[span.first][n - 1] * letter(static_cast<std::size_t>(text[n - 1] - 'A'));
    }
  }
  return all[cuts.count] > 0 ? reading[cuts.count][length] / all[cuts.count] : 0;
}

/// A line and what it may be cut into; its writing begins with piece `first`.
struct CutLine {
  WrittenLine line;
  Cuts cuts;
  std::size_t first = 0;
};

/// What both ways of reading say of a text; logarithms of chances.
struct Support {
  double by_cuts = 0;
  double by_columns = 0;

  [[nodiscard]] double sum() const { return by_cuts + by_columns; }
};

Support support_of(const CutLine& line, const LineColumns& columns, std::string_view text) {
  return {std::log(share_reading(line.cuts, line.first, text) + least_support),
          std::max(std::log(least_support), log_chance_of(columns, text))};
}

/// Both ways of reading need some paper around the writing.
BoxInk with_margin(const BoxInk& line) {
  constexpr int margin = 3;
  BoxInk wider{line.width + 2 * margin, line.height, {}};
  wider.ink.assign(static_cast<std::size_t>(wider.width) * static_cast<std::size_t>(wider.height), 0.0F);
  for (int y = 0; y < line.height; ++y) {
    const auto from = line.ink.begin() + static_cast<std::ptrdiff_t>(y) * line.width;
    std::copy(from, from + line.width,
              wider.ink.begin() + static_cast<std::ptrdiff_t>(y) * wider.width + margin);
  }
  return wider;
}

double chance_of(const Support& support, double agreement) {
  return 1 / (1 + std::exp(-weight_of_columns * support.by_columns - agreement));
}

std::string text_of(const std::vector<Sign>& signs) {
  std::string text;
  for (const Sign& sign : signs) text += sign.letter;
  return text;
}

/// What comes after the last of the prompts that stands by itself.
std::vector<Sign> without_prompt(const std::vector<Sign>& signs, const std::vector<std::string>& prompts,
                                 double letter_height) {
  const std::string text = text_of(signs);
  for (const std::string& prompt : prompts) {
    const auto found = prompt.empty() ? std::string::npos : text.rfind(prompt);
    if (found == std::string::npos) continue;
    const std::size_t after = found + prompt.size();
    const bool ends =
        after == signs.size() || signs[after].left - signs[after - 1].right > after_a_prompt * letter_height;
    if (ends) return {signs.begin() + static_cast<std::ptrdiff_t>(after), signs.end()};
  }
  return signs;
}

}  // namespace

CapitalLine read_capital_line(const GrayImage& strip, const std::vector<std::string>& prompts,
                              const LineNets& nets) {
  const BoxInk ink = strip_ink(strip);
  std::vector<Sign> signs;
  CutLine longest;
  for (WrittenLine& line : written_lines(ink)) {
    Cuts cuts = cuts_of(ink, line, nets.normalisation, nets.capitals);
    auto found = without_prompt(best_signs(cuts), prompts, line.letter_height);
    if (found.size() <= signs.size()) continue;
    signs = std::move(found);
    longest = {std::move(line), std::move(cuts), signs.front().first};
  }
  if (signs.empty()) return {};
  const LineColumns columns = nets.lines.columns(
      normalised_line(with_margin(ink_of_pieces(ink, longest.line, longest.first, longest.cuts.count - 1)),
                      nets.lines.normalisation()));
  const std::string cut = text_of(signs);
  const std::string whole = likeliest_capitals(columns);
  const Support of_cut = support_of(longest, columns, cut);
  if (cut == whole || whole.empty()) return {cut, chance_of(of_cut, whole.empty() ? when_not : when_agreed)};
  const Support of_whole = support_of(longest, columns, whole);
  const bool better = of_whole.sum() > of_cut.sum();
  return {better ? whole : cut, chance_of(better ? of_whole : of_cut, when_not)};
}

}  // namespace softbot::ocr
