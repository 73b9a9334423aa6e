#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace softbot::fill {

/// Chance that is the same on every machine and with every library: xoshiro256**. Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed);
  /// A stream of its own for one purpose, so that more draws in one place change nothing elsewhere.
  Random(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

  [[nodiscard]] std::uint64_t next();
  [[nodiscard]] double uniform();  ///< 0 <= x < 1
  [[nodiscard]] double between(double low, double high);
  [[nodiscard]] double normal(double mean, double deviation);  ///< within six deviations
  [[nodiscard]] bool chance(double probability);
  /// 0 <= x < count; count > 0.
  [[nodiscard]] std::size_t below(std::size_t count);
  [[nodiscard]] int whole(int low, int high);  ///< both ends included

  template <class T>
  [[nodiscard]] const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }
  /// Any order, each equally likely.
  template <class T>
  void shuffle(std::vector<T>& all) {
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[below(i)]);
  }

 private:
  std::uint64_t state_[4];
};

}  // namespace softbot::fill
