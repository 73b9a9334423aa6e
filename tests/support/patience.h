#pragma once

#include <chrono>
#include <thread>

namespace softbot::tests {

/// How long a test waits for what must come: far longer than any machine needs, as a slow one is no mistake.
/// Who gets what they wait for waits no longer.
constexpr std::chrono::seconds patience{120};

/// Looks until this holds, as long as a test has patience; whether it does.
template <typename Holds>
[[nodiscard]] bool comes_to_hold(const Holds& holds) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

}  // namespace softbot::tests
