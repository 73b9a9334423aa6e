#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/application.h"
#include "policy/policy_set.h"

/// A draft of a policy tried on applications that were judged before: what would have come out otherwise.
/// What is compared is what the policies say; what else stood in the way of a grant (the register, doubts on
/// paper, safeguards) is left as it was.
namespace softbot {

/// One application under two policies: grants or refers.
struct SimulatedCase {
  std::string reference;
  std::string type;
  std::string municipality;
  Value before;  ///< as judgement_record() of replay.h
  Value after;

  /// "same", "granted -> referred", "referred -> granted", "granted otherwise", "referred otherwise".
  [[nodiscard]] std::string change() const;
};

/// Both policies on what an application keeps of its last judgement, and its day; nothing when no policy
/// judged it or its file was erased.
[[nodiscard]] std::optional<SimulatedCase> simulate(const Application& application, const PolicySet& active,
                                                    const PolicySet& draft);

/// What grants come to, minutes a week and a year's cost.
struct GrantSums {
  std::int64_t grants = 0;
  std::int64_t minutes_per_week = 0;
  std::int64_t cents_per_year = 0;

  void add(const Value& judgement);
  void add(const GrantSums& other);
  bool operator==(const GrantSums&) const = default;
};

/// All that a try gave. Parts of it can be made at the same time and added up.
struct Simulation {
  std::int64_t applications = 0;                ///< looked at
  std::int64_t judged = 0;                      ///< of them by a policy
  std::map<std::string, std::int64_t> changes;  ///< by SimulatedCase::change()
  GrantSums before;
  GrantSums after;
  std::vector<SimulatedCase> changed;  ///< in order of reference once sorted; `most_changed` at most
  static constexpr std::size_t most_changed = 10'000;

  void add(const Application& application, const PolicySet& active, const PolicySet& draft);
  void add(Simulation other);
  void sort();
};

/// {applications, judged, changes, before, after: {grants, minutesPerWeek, centsPerYear}, changed:
/// [{reference, type, municipality, change, before, after}]}.
[[nodiscard]] Value to_value(const Simulation& simulation);

}  // namespace softbot
