#include "queue/routing.h"

#include <algorithm>

namespace softbot::queue {
namespace {

bool fits(const TeamRule& rule, const std::string& type, std::optional<int> age) {
  const bool typed = rule.types.empty() || std::find(rule.types.begin(), rule.types.end(), type) != rule.types.end();
  if (!typed) return false;
  if (rule.from_age && (!age || *age < *rule.from_age)) return false;
  return !rule.below_age || (age && *age < *rule.below_age);
}

}  // namespace

std::string route(const std::vector<TeamRule>& rules, const std::string& type, std::optional<int> age) {
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const TeamRule& r) { return fits(r, type, age); });
  return found == rules.end() ? std::string() : found->team;
}

}  // namespace softbot::queue
