#include "ocr/fields/line_columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace softbot::ocr {
namespace {

constexpr std::size_t nothing = 0;
constexpr std::size_t capitals = 26;
constexpr double impossible = -std::numeric_limits<double>::infinity();

double sum_of(double one, double other) {
  const double most = std::max(one, other);
  return most == impossible ? most : most + std::log1p(std::exp(std::min(one, other) - most));
}

}  // namespace

std::string likeliest_capitals(const LineColumns& columns) {
  std::string text;
  std::size_t before = nothing;
  for (const auto& chances : columns) {
    const auto sign =
        static_cast<std::size_t>(std::max_element(chances.begin(), chances.end()) - chances.begin());
    if (sign != before && sign != nothing && sign <= capitals) text += static_cast<char>('A' + sign - 1);
    before = sign;
  }
  return text;
}

double log_chance_of(const LineColumns& columns, std::string_view text) {
  // Between, before and after the signs there may be nothing: 2n + 1 states.
  std::vector<std::size_t> states{nothing};
  for (const char letter : text) {
    states.push_back(static_cast<std::size_t>(letter - 'A') + 1);
    states.push_back(nothing);
  }
  std::vector<double> reached(states.size(), impossible);
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::vector<double> next(states.size(), impossible);
    for (std::size_t i = 0; i < states.size(); ++i) {
      double from = column == 0 ? (i < 2 ? 0.0 : impossible) : reached[i];
      if (column > 0 && i > 0) from = sum_of(from, reached[i - 1]);
      const bool may_skip = i > 1 && states[i] != nothing && states[i] != states[i - 2];
      if (column > 0 && may_skip) from = sum_of(from, reached[i - 2]);
      next[i] = from + static_cast<double>(columns[column][states[i]]);
    }
    reached = std::move(next);
  }
  if (columns.empty()) return impossible;
  return states.size() < 2 ? reached.back() : sum_of(reached.back(), reached[states.size() - 2]);
}

}  // namespace softbot::ocr
