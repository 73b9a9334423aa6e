#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

namespace softbot::http {

/// How much one key may do.
struct Rate {
  double per_second = 50;  ///< tokens that come back; zero or less: no limit
  double burst = 100;      ///< tokens of a key that was quiet
  bool operator==(const Rate&) const = default;
};

/// A token bucket per key (a client's address, an account, an application reference). Memory is bounded: when
/// `capacity` keys are known, the one that was quiet longest is forgotten. Thread-safe; locks are short and
/// sharded.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimiter(Rate rate, std::size_t capacity = 100'000);
  ~RateLimiter();
  RateLimiter(const RateLimiter&) = delete;
  RateLimiter& operator=(const RateLimiter&) = delete;

  /// Zero: go ahead, a token was taken. More: wait that long; nothing was taken.
  [[nodiscard]] std::chrono::milliseconds take(std::string_view key, Clock::time_point now = Clock::now());
  /// Forgets the key: it has its whole burst again (after a successful sign-in).
  void forgive(std::string_view key);
  /// Changes the rate for what comes next.
  void set_rate(Rate rate);
  /// Keys known now; at most the capacity.
  [[nodiscard]] std::size_t size() const;

 private:
  struct Shard;
  [[nodiscard]] Shard& shard_of(std::string_view key) const;
  static constexpr std::size_t shard_count = 16;
  std::size_t capacity_per_shard_;
  std::unique_ptr<Shard[]> shards_;
};

}  // namespace softbot::http
