#include "ocr/fields/capital_line.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

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
// Shares of the height of a letter.
constexpr double widest_letter = 1.7;
constexpr double within_a_letter = 0.05;
constexpr double after_a_prompt = 0.6;

struct Sign {
  char letter = 0;
  double chance = 0;
  int left = 0;
  int right = 0;
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

/// The best way to a place between two pieces: where its last letter, or piece that is none, began.
struct Way {
  double worth = 0;
  std::size_t from = 0;
  Sign sign;  ///< without a letter when the piece before is none
};

Sign likeliest(const std::vector<float>& chances, const Span& span) {
  const auto best = std::max_element(chances.begin(), chances.begin() + capital_count);
  return {static_cast<char>('A' + (best - chances.begin())), static_cast<double>(*best), span.left,
          span.right};
}

std::vector<Sign> best_signs(const BoxInk& strip, const WrittenLine& line, const Normalisation& normalisation,
                             GlyphNet& capitals) {
  const auto spans = spans_of(line);
  std::vector<std::vector<float>> glyphs;
  for (const Span& span : spans)
    glyphs.push_back(normalised(ink_of_pieces(strip, line, span.first, span.last), normalisation));
  const auto chances = capitals.probabilities(glyphs);
  const std::size_t count = std::min(line.pieces.size(), most_of_a_line);
  std::vector<Way> ways(count + 1);
  for (std::size_t end = 1; end <= count; ++end) {
    ways[end] = {ways[end - 1].worth + no_letter, end - 1, {}};
    for (std::size_t i = 0; i < spans.size(); ++i) {
      if (spans[i].last + 1 != end) continue;
      const Sign sign = likeliest(chances[i], spans[i]);
      const double worth = ways[spans[i].first].worth + std::log(sign.chance + least_chance) + each_letter +
                           a_gap * std::max(0.0, spans[i].gap - within_a_letter);
      if (worth > ways[end].worth) ways[end] = {worth, spans[i].first, sign};
    }
  }
  std::vector<Sign> signs;
  for (std::size_t end = count; end > 0; end = ways[end].from) {
    if (ways[end].sign.letter != 0) signs.push_back(ways[end].sign);
  }
  std::reverse(signs.begin(), signs.end());
  return signs;
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
                              const Normalisation& normalisation, GlyphNet& capitals) {
  const BoxInk ink = strip_ink(strip);
  std::vector<Sign> longest;
  for (const WrittenLine& line : written_lines(ink)) {
    auto signs = without_prompt(best_signs(ink, line, normalisation, capitals), prompts, line.letter_height);
    if (signs.size() > longest.size()) longest = std::move(signs);
  }
  CapitalLine read{text_of(longest), longest.empty() ? 0.0 : 1.0, longest.empty() ? 0.0 : 1.0};
  for (const Sign& sign : longest) {
    read.chance *= sign.chance;
    read.weakest_sign = std::min(read.weakest_sign, sign.chance);
  }
  return read;
}

}  // namespace softbot::ocr
