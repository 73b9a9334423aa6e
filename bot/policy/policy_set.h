#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "domain/date.h"
#include "domain/result.h"
#include "policy/content_address.h"
#include "policy/examples.h"
#include "policy/parameters.h"

namespace softbot {

/// What a policy says: grant, or refer. There is nothing else that it can say.
struct PolicyResult {
  bool grants = false;                ///< every condition met and the grant complete and certain
  std::vector<Condition> conditions;  ///< each condition of the policy with its Dutch sentence
  std::vector<Reason> reasons;        ///< why it does not grant; empty when it does
  std::vector<Reason> advice;         ///< general provisions pointed to; never an outcome
  Value grant;  ///< null unless it grants: {minutesPerWeek or aid, from, until?, provider, contributionCents
                ///< (a month per household), amountCentsPerYear, provisionForm?, note?, extends?}
  Value trace;  ///< {version, type, municipality, today, parameters, decisions[]}, see dmn_values.h
  std::string version;  ///< of the policy

  /// What the grant costs the municipality in a year, for the caps.
  [[nodiscard]] std::optional<std::int64_t> amount_cents_per_year() const {
    return grant["amountCentsPerYear"].as_integer();
  }
  bool operator==(const PolicyResult&) const = default;
};

/// The rules of one organisation: a DMN model per application type and the parameters that they share.
/// Immutable and cheap to copy; any number of threads may evaluate one at the same time.
/// config/policy/README.md says how a model is made.
class PolicySet {
 public:
  /// Compiles "<type>.dmn" files and "parameters.json", and reads "<type>.examples.json" (which it does not
  /// run). Fails with `configuration`, naming file and place: a model that does not compile, without decision
  /// `grant` or without conditions, a condition without a description, a condition that is met when nothing
  /// is known, a type that is always a person's, examples that cannot be read, a file that is none of these.
  [[nodiscard]] static Result<PolicySet> load(const ConfigurationFiles& files);

  /// Content address of the files (content_address.h).
  [[nodiscard]] const std::string& version() const;
  /// Types that have a model.
  [[nodiscard]] std::vector<std::string> types() const;
  [[nodiscard]] const std::vector<PolicyParameter>& parameters() const;
  /// In order of file and of place in it. run_examples() tries them.
  [[nodiscard]] const std::vector<PolicyExample>& examples() const;
  /// The answers of a form that a type's model reads, to hold against fact_names() of the form.
  [[nodiscard]] std::vector<std::string> answers_read(std::string_view type) const;

  /// Same facts, same day, same version: same result. `facts` as in facts.h; what is absent is unknown, and
  /// unknown never grants. Codes of `reasons`: always-a-person, no-policy, "<condition>-unknown", what a
  /// model's column `reason` gives, else
  /// "<condition>-unmet", grant-uncertain, policy-output-invalid.
  [[nodiscard]] PolicyResult evaluate(std::string_view type, std::string_view municipality, Date today,
                                      const Value& facts) const;

 private:
  struct Compiled;
  explicit PolicySet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace softbot
