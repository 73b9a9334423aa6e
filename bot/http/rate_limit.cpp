#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

namespace softbot::http {
namespace {

struct Bucket {
  std::string key;
  double tokens = 0;
  RateLimiter::Clock::time_point filled;
};

}  // namespace

struct RateLimiter::Shard {
  std::mutex mutex;
  // protected by mutex
  Rate rate;
  std::list<Bucket> buckets;                                                ///< the one used last in front
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> known;  ///< keys are views into `buckets`
};

RateLimiter::RateLimiter(Rate rate, std::size_t capacity)
    : capacity_per_shard_(std::max<std::size_t>(1, capacity / shard_count)),
      shards_(std::make_unique<Shard[]>(shard_count)) {
  set_rate(rate);
}

RateLimiter::~RateLimiter() = default;

RateLimiter::Shard& RateLimiter::shard_of(std::string_view key) const {
  return shards_[std::hash<std::string_view>()(key) % shard_count];
}

std::chrono::milliseconds RateLimiter::take(std::string_view key, Clock::time_point now) {
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  if (shard.rate.per_second <= 0) {
    return std::chrono::milliseconds::zero();
  }
  const double burst = std::max(1.0, shard.rate.burst);
  if (const auto found = shard.known.find(key); found != shard.known.end()) {
    shard.buckets.splice(shard.buckets.begin(), shard.buckets, found->second);
  } else {
    if (shard.buckets.size() >= capacity_per_shard_) {
      shard.known.erase(shard.buckets.back().key);
      shard.buckets.pop_back();
    }
    shard.buckets.push_front({std::string(key), burst, now});
    shard.known.emplace(shard.buckets.front().key, shard.buckets.begin());
  }
  Bucket& bucket = shard.buckets.front();
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - bucket.filled).count());
  bucket.tokens = std::min(burst, bucket.tokens + seconds * shard.rate.per_second);
  bucket.filled = std::max(bucket.filled, now);
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::chrono::milliseconds::zero();
  }
  const double wait = std::ceil((1 - bucket.tokens) / shard.rate.per_second * 1'000);
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(wait, 1.0, 86'400'000.0)));
}

void RateLimiter::forgive(std::string_view key) {
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  if (const auto found = shard.known.find(key); found != shard.known.end()) {
    const auto bucket = found->second;
    shard.known.erase(found);
    shard.buckets.erase(bucket);
  }
}

void RateLimiter::set_rate(Rate rate) {
  for (std::size_t index = 0; index < shard_count; ++index) {
    const std::lock_guard lock(shards_[index].mutex);
    shards_[index].rate = rate;
  }
}

std::size_t RateLimiter::size() const {
  std::size_t keys = 0;
  for (std::size_t index = 0; index < shard_count; ++index) {
    const std::lock_guard lock(shards_[index].mutex);
    keys += shards_[index].buckets.size();
  }
  return keys;
}

}  // namespace softbot::http
