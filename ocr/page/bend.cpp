#include "ocr/page/bend.h"

#include <algorithm>
#include <cmath>

#include "ocr/page/least_squares.h"

namespace softbot::ocr {
namespace {

constexpr std::size_t least_places = 6;
/// How much the fit shies away from curving more than the places ask for: of each place's weight.
constexpr double stiffness = 0.003;
constexpr double hardly = 1e-6;
constexpr int rounds = 3;
constexpr double contradicts_mm = 0.5;
constexpr double contradicts_factor = 3;  ///< of the middle distance

/// In halves of an A4 page from its middle, so that all terms are of one size.
std::array<double, Bend::terms> terms_at(Point paper) {
  const double x = (paper.x - 105) / 105;
  const double y = (paper.y - 148.5) / 148.5;
  return {1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y};
}

std::optional<Bend> fitted(const std::vector<SeenOff>& places) {
  LeastSquares<Bend::terms> across;
  LeastSquares<Bend::terms> down;
  for (const SeenOff& place : places) {
    across.add(terms_at(place.paper), place.off.x, place.weight);
    down.add(terms_at(place.paper), place.off.y, place.weight);
  }
  for (std::size_t term = 0; term < Bend::terms; ++term) {
    constexpr std::size_t flat_terms = 3;
    std::array<double, Bend::terms> alone{};
    alone[term] = 1;
    const double weight = (term < flat_terms ? hardly : stiffness) * static_cast<double>(places.size());
    across.add(alone, 0, weight);
    down.add(alone, 0, weight);
  }
  const auto u = across.solve();
  const auto v = down.solve();
  if (!u || !v) return std::nullopt;
  return Bend{*u, *v};
}

std::vector<double> distances(const Bend& bend, const std::vector<SeenOff>& places) {
  std::vector<double> all;
  for (const SeenOff& place : places) all.push_back(distance(bend(place.paper), place.off));
  return all;
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace

Point Bend::operator()(Point paper) const {
  const auto at = terms_at(paper);
  Point off;
  for (std::size_t i = 0; i < terms; ++i) {
    off.x += across[i] * at[i];
    off.y += down[i] * at[i];
  }
  return off;
}

Bend operator+(const Bend& one, const Bend& other) {
  Bend sum = one;
  for (std::size_t i = 0; i < Bend::terms; ++i) {
    sum.across[i] += other.across[i];
    sum.down[i] += other.down[i];
  }
  return sum;
}

double largest_mm(const Bend& bend, double width_mm, double height_mm) {
  constexpr int steps = 10;
  double largest = 0;
  for (int row = 0; row <= steps; ++row) {
    for (int column = 0; column <= steps; ++column)
      largest = std::max(largest, distance({}, bend({width_mm * column / steps, height_mm * row / steps})));
  }
  return largest;
}

std::optional<FittedBend> fit_bend(std::vector<SeenOff> places) {
  for (int round = 0;; ++round) {
    if (places.size() < least_places) return std::nullopt;
    const auto bend = fitted(places);
    if (!bend) return std::nullopt;
    const std::vector<double> off = distances(*bend, places);
    const double most = std::max(contradicts_mm, contradicts_factor * quantile(off, 0.5));
    std::vector<SeenOff> kept;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (off[i] <= most) kept.push_back(places[i]);
    }
    if (round == rounds || kept.size() == places.size())
      return FittedBend{*bend, quantile(off, 0.9), places.size()};
    places = std::move(kept);
  }
}

}  // namespace softbot::ocr
