#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dmn/dmn.h"
#include "domain/date.h"
#include "policy/policy_set.h"

namespace softbot {

/// What a policy says, without sentences and without a trace.
struct PolicyOutcome {
  bool grants = false;
  Value grant;                       ///< as PolicyResult::grant
  std::vector<std::string> reasons;  ///< codes, in order
  bool operator==(const PolicyOutcome&) const = default;
};

/// The days of one evaluation.
struct OutcomeDays {
  Date today{};   ///< of the case: ages, terms, what a grant begins on
  Date values{};  ///< on which the parameters count; the same day when a case is judged for real
};

/// A policy compiled for the outcome alone: the same that PolicySet::evaluate() says, many times faster, for
/// who asks about many cases. Cheap to copy. Not thread-safe, as it keeps the parameters that it used: each
/// thread has a copy of its own.
class PolicyOutcomes {
 public:
  /// Fails as PolicySet::load().
  [[nodiscard]] static Result<PolicyOutcomes> load(const ConfigurationFiles& files);

  [[nodiscard]] const std::string& version() const { return version_; }
  [[nodiscard]] PolicyOutcome of(std::string_view type, std::string_view municipality,
                                 const OutcomeDays& days, const Value& facts);
  /// Whether every parameter has the same value on both days.
  [[nodiscard]] bool has_same_values(std::string_view type, std::string_view municipality,
                                     const OutcomeDays& days);
  /// The day on which the last of its values begins to count.
  [[nodiscard]] Date last_value_day() const;

 private:
  /// What is known of one type before any case.
  struct Rules {
    dmn::Model model;
    std::vector<std::size_t> conditions = {};  ///< places in Model::decisions()
    std::size_t grant = 0;
    std::map<std::string, std::map<Date, dmn::Value>, std::less<>> parameters =
        {};  ///< by municipality and step
    std::map<std::string, std::map<std::pair<Date, Date>, bool>, std::less<>> same = {};  ///< of two steps
  };

  explicit PolicyOutcomes(std::string version) : version_(std::move(version)) {}
  void add_rules(const std::string& type, dmn::Model model);
  [[nodiscard]] Date step_of(Date day) const;
  const dmn::Value& parameters_from(Rules& rules, std::string_view municipality, Date step);

  std::string version_;
  std::vector<PolicyParameter> parameters_;
  std::vector<Date> steps_;  ///< days on which some value begins to count, in order
  std::map<std::string, Rules, std::less<>> rules_;
};

}  // namespace softbot
