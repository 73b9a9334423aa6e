#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace softbot::tests {

struct KillOptions {
  int kills = 10;
  std::uint64_t seed = 1;
  std::size_t clients = 3;
  std::size_t submissions_per_kill = 4;
};

/// What is left after the run, and everything that is wrong with it in words.
struct KillReport {
  std::size_t submissions = 0;
  std::size_t acknowledged_again = 0;  ///< retries that got an answer, which must have been the first one
  std::size_t granted = 0;
  std::size_t asked = 0;
  std::size_t referred = 0;
  std::size_t held = 0;
  std::vector<std::string> wrong;
};

/// Starts the real daemon, lets clients send submissions (with idempotency keys, again and again until they
/// are acknowledged, and some of them once more afterwards), and kills the daemon at random moments, a few of
/// them while it is still starting. At the end everything is counted: applications, decisions, letters,
/// orders, caps, the audit chain.
[[nodiscard]] KillReport run_kills(const KillOptions& options);

}  // namespace softbot::tests
