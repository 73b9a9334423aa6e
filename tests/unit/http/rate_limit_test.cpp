#include "http/rate_limit.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "http/connection_limit.h"
#include "http/worker_pool.h"

namespace softbot::http {
namespace {

using namespace std::chrono_literals;

constexpr RateLimiter::Clock::time_point start{1h};

TEST(RateLimiterTest, AllowsTheBurstThenTheRate) {
  RateLimiter limiter({.per_second = 2, .burst = 3});
  for (int token = 0; token < 3; ++token) {
    EXPECT_EQ(limiter.take("a", start), 0ms);
  }
  EXPECT_EQ(limiter.take("a", start), 500ms);
  EXPECT_EQ(limiter.take("a", start + 400ms), 100ms);
  EXPECT_EQ(limiter.take("a", start + 500ms), 0ms);
  EXPECT_GT(limiter.take("a", start + 500ms), 0ms);
}

TEST(RateLimiterTest, KeepsKeysApartAndNeverSavesMoreThanTheBurst) {
  RateLimiter limiter({.per_second = 1, .burst = 1});
  EXPECT_EQ(limiter.take("a", start), 0ms);
  EXPECT_EQ(limiter.take("b", start), 0ms);
  EXPECT_EQ(limiter.take("a", start + 10h), 0ms);
  EXPECT_GT(limiter.take("a", start + 10h), 0ms);
}

TEST(RateLimiterTest, IsNotFooledByAClockThatGoesBack) {
  RateLimiter limiter({.per_second = 1, .burst = 1});
  EXPECT_EQ(limiter.take("a", start), 0ms);
  EXPECT_GT(limiter.take("a", start - 1h), 0ms);
  EXPECT_EQ(limiter.take("a", start + 1s), 0ms);
}

TEST(RateLimiterTest, ForgivesAKeyAndTakesANewRate) {
  RateLimiter limiter({.per_second = 0.001, .burst = 1});
  EXPECT_EQ(limiter.take("a", start), 0ms);
  EXPECT_GT(limiter.take("a", start), 0ms);
  limiter.forgive("a");
  EXPECT_EQ(limiter.take("a", start), 0ms);
  limiter.set_rate({.per_second = 0, .burst = 0});
  EXPECT_EQ(limiter.take("a", start), 0ms) << "zero means no limit";
}

TEST(RateLimiterTest, ForgetsTheLongestQuietKeyWhenFull) {
  RateLimiter limiter({.per_second = 1, .burst = 1}, 160);
  for (int key = 0; key < 100'000; ++key) {
    EXPECT_EQ(limiter.take("key " + std::to_string(key), start), 0ms);
  }
  EXPECT_LE(limiter.size(), 160U);
  EXPECT_GT(limiter.take("key 99999", start), 0ms) << "the latest is remembered";
}

TEST(RateLimiterTest, HandsOutNoTokenTwice) {
  RateLimiter limiter({.per_second = 0.000'001, .burst = 1'000});
  std::atomic<int> granted{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < 1'000; ++round) {
        granted += limiter.take("a", start) == 0ms ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(granted, 1'000);
}

class Counting final : public WorkerPool::Task {
 public:
  explicit Counting(std::atomic<int>& runs) : runs_(runs) {}
  void run() override { ++runs_; }

 private:
  std::atomic<int>& runs_;
};

TEST(WorkerPoolTest, RunsWhatItTookBeforeItEnds) {
  std::atomic<int> runs{0};
  int taken = 0;
  {
    WorkerPool pool(2, 1'000);
    for (int task = 0; task < 500; ++task) {
      taken += pool.submit(std::make_unique<Counting>(runs)) == nullptr ? 1 : 0;
    }
  }
  EXPECT_EQ(taken, 500);
  EXPECT_EQ(runs, 500);
}

TEST(ConnectionLimitTest, CountsInAllAndPerClient) {
  using Verdict = ConnectionLimit::Verdict;
  ConnectionLimit limit(3, 2);
  EXPECT_EQ(limit.open("a"), Verdict::fits);
  EXPECT_EQ(limit.open("a"), Verdict::fits);
  EXPECT_EQ(limit.open("a"), Verdict::crowded);
  EXPECT_FALSE(limit.close("a"));
  EXPECT_EQ(limit.open(""), Verdict::fits);
  EXPECT_EQ(limit.open(""), Verdict::crowded);
  for (const std::string& key : {std::string("a"), std::string("a"), std::string()}) {
    EXPECT_FALSE(limit.close(key));
  }
  EXPECT_TRUE(limit.close(""));
  EXPECT_EQ(limit.size(), 0U);
}

TEST(ConnectionLimitTest, HangsUpOnACrowdThatKeepsGrowing) {
  using Verdict = ConnectionLimit::Verdict;
  ConnectionLimit limit(8, 8);
  int counted = 0;
  while (limit.open("a") != Verdict::hopeless && counted < 1'000) {
    ++counted;
  }
  EXPECT_EQ(counted, 8 + 1 + 16);
  EXPECT_EQ(limit.size(), 25U);
}

}  // namespace
}  // namespace softbot::http
