#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace softbot::ocr {

/// Normal equations of a least-squares problem with few unknowns.
template <std::size_t N>
class LeastSquares {
 public:
  void add(const std::array<double, N>& row, double wanted, double weight) {
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < N; ++j) left_[i][j] += weight * row[i] * row[j];
      right_[i] += weight * row[i] * wanted;
    }
  }

  /// Elimination with pivots; nothing when the equations do not determine all unknowns.
  [[nodiscard]] std::optional<std::array<double, N>> solve() const {
    auto left = left_;
    auto right = right_;
    for (std::size_t column = 0; column < N; ++column) {
      std::size_t pivot = column;
      for (std::size_t row = column + 1; row < N; ++row) {
        if (std::abs(left[row][column]) > std::abs(left[pivot][column])) pivot = row;
      }
      if (!(std::abs(left[pivot][column]) > 1e-9)) return std::nullopt;
      std::swap(left[pivot], left[column]);
      std::swap(right[pivot], right[column]);
      for (std::size_t row = column + 1; row < N; ++row) {
        const double factor = left[row][column] / left[column][column];
        for (std::size_t i = column; i < N; ++i) left[row][i] -= factor * left[column][i];
        right[row] -= factor * right[column];
      }
    }
    std::array<double, N> unknown{};
    for (std::size_t row = N; row-- > 0;) {
      double rest = right[row];
      for (std::size_t i = row + 1; i < N; ++i) rest -= left[row][i] * unknown[i];
      unknown[row] = rest / left[row][row];
    }
    return unknown;
  }

 private:
  std::array<std::array<double, N>, N> left_{};
  std::array<double, N> right_{};
};

}  // namespace softbot::ocr
