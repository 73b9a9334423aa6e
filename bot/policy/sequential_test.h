#pragma once

#include <cstdint>

#include "domain/result.h"
#include "domain/value.h"

namespace softbot {

/// Which share of overturned grants is fine, which is not, and how often the test may err. In parts per
/// million.
struct SampleTestSettings {
  std::int64_t acceptable = 5'000;     ///< share overturned at which the bot is fine
  std::int64_t unacceptable = 50'000;  ///< share overturned at which it must stop
  std::int64_t false_alarm =
      20'000;                    ///< a round ends in a stop although the share is acceptable: at most this
  std::int64_t missed = 50'000;  ///< a round ends in a pass although the share is unacceptable: at most this
  bool operator==(const SampleTestSettings&) const = default;
};

/// Reads {"acceptable":"0.005","unacceptable":"0.05","falseAlarm":"0.02","missed":"0.05"}; what is left out,
/// or all of it, has the value above. Fails with `configuration`: an unknown member, a share that is not
/// between 0 and 1, acceptable not below unacceptable, a chance of more than a half.
[[nodiscard]] Result<SampleTestSettings> sample_test_settings_from(const Value& value);

/// What a person found of the grants that were held for one.
struct SampleCount {
  std::int64_t confirmed = 0;
  std::int64_t overturned = 0;
  bool operator==(const SampleCount&) const = default;
  [[nodiscard]] std::int64_t looked_at() const { return confirmed + overturned; }
};

/// Wald's sequential probability ratio test (1945) on the share overturned. After every case that was looked
/// at it says stop, pass or go on.
///
/// The bounds are ln(1 / false alarm) and ln(missed). They lie a little further out than Wald's own, which
/// are approximations: by Ville's inequality these hold both chances for certain, however far a case jumps
/// over a bound, and at every share up to `acceptable` and from `unacceptable` on.
class SequentialTest {
 public:
  enum class Says { go_on, pass, stop };

  explicit SequentialTest(const SampleTestSettings& settings);

  /// Logarithm of how much better `unacceptable` explains the count than `acceptable`.
  [[nodiscard]] double evidence(const SampleCount& count) const;
  [[nodiscard]] Says says(const SampleCount& count) const;
  [[nodiscard]] double stop_at() const { return stop_at_; }
  [[nodiscard]] double pass_at() const { return pass_at_; }

  /// How one round goes when the true share overturned is `share` (0 to 1). Computed case by case, not
  /// approximated; what is still undecided after 100,000 cases is left out.
  struct Course {
    double stops = 0;  ///< chance that it ends in a stop
    double cases = 0;  ///< looked at until it ends, on average
  };
  [[nodiscard]] Course course(double share) const;

  /// Cases in a row without one overturned that make a pass; overturned in a row that make a stop.
  [[nodiscard]] std::int64_t pass_after() const;
  [[nodiscard]] std::int64_t stop_after() const;

 private:
  double overturned_step_ = 0;
  double confirmed_step_ = 0;
  double stop_at_ = 0;
  double pass_at_ = 0;
};

}  // namespace softbot
