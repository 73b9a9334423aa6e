#include "bound.h"

#include <cmath>

namespace softbot::eval {
namespace {

constexpr double left_to_chance = 0.05;

/// Chance of at most so many errors when each of `count` is one with this probability.
double chance_of_at_most(std::size_t errors, std::size_t count, double share) {
  const auto all = static_cast<double>(count);
  double logarithm = all * std::log1p(-share);
  double sum = std::exp(logarithm);
  for (std::size_t seen = 1; seen <= errors; ++seen) {
    const auto nth = static_cast<double>(seen);
    logarithm += std::log((all - nth + 1) / nth) + std::log(share) - std::log1p(-share);
    sum += std::exp(logarithm);
  }
  return sum;
}

}  // namespace

double upper95(std::size_t errors, std::size_t count) {
  if (errors >= count) return 1;
  double low = static_cast<double>(errors) / static_cast<double>(count);
  double high = 1;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (chance_of_at_most(errors, count, middle) > left_to_chance ? low : high) = middle;
  }
  return high;
}

}  // namespace softbot::eval
