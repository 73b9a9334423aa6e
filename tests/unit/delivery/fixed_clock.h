#pragma once

#include "domain/zone.h"
#include "ports/clock.h"

namespace softbot::test {

/// A clock that stands still until it is set.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Date day) { set(day); }
  void set(Date day) { now_ = start_of_day(day) + std::chrono::hours(12); }
  [[nodiscard]] Instant now() const override { return now_; }

 private:
  Instant now_{};
};

}  // namespace softbot::test
