#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/application.h"

namespace softbot::queue {

/// Which team takes which cases: by theme (application types) and age group. The first rule that fits wins.
struct TeamRule {
  std::string team;
  std::vector<std::string> types;    ///< empty: all
  std::optional<int> from_age;       ///< inclusive
  std::optional<int> below_age;      ///< exclusive
};

/// The team for a case; "" when no rule fits. An unknown age fits only rules without an age.
[[nodiscard]] std::string route(const std::vector<TeamRule>& rules, const std::string& type, std::optional<int> age);

/// How many cases a consultant holds of one law, against the bound per full-time consultant.
struct Caseload {
  std::string account;
  std::string law;
  int cases = 0;
  int bound = 0;
  [[nodiscard]] bool is_over() const { return cases > bound; }
};

}  // namespace softbot::queue
