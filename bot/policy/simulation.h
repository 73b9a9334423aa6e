#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "policy/outcomes.h"
#include "ports/judgement_history.h"

/// A draft of a policy tried on applications that were judged before: what would have come out otherwise.
/// What is compared is what the policies say; what else stood in the way of a grant (the register, doubts on
/// paper, safeguards) is left as it was. trial.h goes through the whole history.
namespace softbot {

/// One application under two policies: grants or refers.
struct SimulatedCase {
  std::int64_t row = 0;  ///< in order of arrival
  std::string reference;
  std::string type;
  std::string municipality;
  Date today{};  ///< of its last judgement, for both
  PolicyOutcome before;
  PolicyOutcome after;

  static constexpr const char* same = "same";
  /// `same`, "granted -> referred", "referred -> granted", "granted otherwise", "referred otherwise".
  [[nodiscard]] std::string change() const;
};

/// The two policies that are compared, both with their values of one day: a value that counts from next month
/// on would change nothing in the past. Not thread-safe: each thread has its own.
struct ComparedPolicies {
  PolicyOutcomes active;
  PolicyOutcomes draft;
  Date values_on{};
};

/// `today`, or the day on which the last value of the draft begins when that is later.
[[nodiscard]] Date day_of_values(const PolicyOutcomes& draft, Date today);

/// Both policies on what is kept of a judgement, and its day; nothing when no policy judged it or its file
/// was erased. What the active policy said itself, with the same values, is taken as it is kept.
[[nodiscard]] std::optional<SimulatedCase> simulate(const KeptJudgement& kept, ComparedPolicies& policies);

/// What grants come to, minutes a week and a year's cost.
struct GrantSums {
  std::int64_t grants = 0;
  std::int64_t minutes_per_week = 0;
  std::int64_t cents_per_year = 0;

  void add(const PolicyOutcome& outcome);
  void add(const GrantSums& other);
  bool operator==(const GrantSums&) const = default;
};

/// All that a try gave. Parts of it can be made at the same time and added up.
struct Simulation {
  std::int64_t applications = 0;                ///< looked at
  std::int64_t judged = 0;                      ///< of them by a policy; the others could not be tried
  std::map<std::string, std::int64_t> changes;  ///< by SimulatedCase::change()
  GrantSums before;
  GrantSums after;
  std::vector<SimulatedCase> changed;  ///< the first `most_changed`, in order of arrival once sorted
  bool cancelled = false;              ///< the rest was not looked at
  static constexpr std::size_t most_changed = 10'000;

  void add(const KeptJudgement& kept, ComparedPolicies& policies);
  void add(Simulation other);
  void sort();
};

/// {applications, judged, notTried, changes, before, after: {grants, minutesPerWeek, centsPerYear}, changed:
/// [{reference, type, municipality, today, change, before, after: {grants, grant, reasons: [code]}}]}, with
/// the first `most` changed cases.
[[nodiscard]] Value to_value(const Simulation& simulation, std::size_t most);

}  // namespace softbot
