#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "support/daemon.h"

namespace softbot::bench {

/// Ready bodies, each for another resident; used up one after the other.
class Bodies {
 public:
  explicit Bodies(std::size_t count);
  [[nodiscard]] const std::vector<std::string>& all() const { return bodies_; }
  /// The next `count` that were not taken before; fewer when they run out.
  [[nodiscard]] std::vector<std::string> take(std::size_t count);

 private:
  std::vector<std::string> bodies_;
  std::size_t next_ = 0;
};

struct Offered {
  std::vector<std::string> references;  ///< of what was acknowledged
  std::size_t refused = 0;
  double seconds = 0;
};

/// Sends the bodies evenly over time at this many a second, whether or not earlier ones were answered, over
/// connections that stay open. `per_second` 0: as fast as they are answered.
[[nodiscard]] Offered offer(tests::Daemon& daemon, const std::vector<std::string>& bodies, double per_second);

}  // namespace softbot::bench
