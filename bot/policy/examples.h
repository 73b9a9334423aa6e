#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"

/// Named cases with the outcome that a policy must give them. They are files of the policy's version,
/// "<type>.examples.json" (config/policy/README.md), and run at every save: a policy whose examples fail is
/// kept as a draft and never becomes active.
namespace softbot {

class PolicySet;

/// What an example must come to: a grant, or a consultant.
struct ExpectedOutcome {
  bool grants = false;
  Value grant;                       ///< members that the grant must have; null when it must not grant
  std::vector<std::string> reasons;  ///< codes of all reasons, in any order; empty when it must grant
  bool operator==(const ExpectedOutcome&) const = default;
};

struct PolicyExample {
  std::string file;
  std::string name;  ///< plain Dutch: what is special about this case
  std::string type;
  std::string municipality;
  Date today{};
  Value facts;                               ///< whole, as facts.h
  std::vector<std::string> special_members;  ///< of the facts, what this case has otherwise than its file's
  ExpectedOutcome expected;
  bool operator==(const PolicyExample&) const = default;
};

inline constexpr std::string_view examples_extension = ".examples.json";

/// The examples of one file. Fails with `configuration`, naming the file and the example: unknown or missing
/// members, a name used twice, a fact that there is none of, an outcome that is neither grant nor refer.
[[nodiscard]] Result<std::vector<PolicyExample>> examples_from(const std::string& file,
                                                               std::string_view json);

/// A rule that had a say in what came out.
struct RuleThatApplied {
  std::string decision;
  std::size_t number = 0;  ///< from 1; 0 when the decision has no table or none of its rules applied
  std::string sentence;    ///< Dutch
  bool operator==(const RuleThatApplied&) const = default;
};

struct ExampleResult {
  PolicyExample example;
  std::vector<std::string> differences;  ///< Dutch, a sentence each; empty when it came out as expected
  Value outcome;                         ///< what came out: {"grant": {...}} or {"refer": [code]}
  std::vector<RuleThatApplied> rules;    ///< only when it came out otherwise

  [[nodiscard]] bool as_expected() const { return differences.empty(); }
};

/// Every example of the policy on the policy itself, in order of file and place. Thread-safe.
[[nodiscard]] std::vector<ExampleResult> run_examples(const PolicySet& policy);

/// Nothing when all came out as expected, else `conflict`: what differs stands in the fields, one for each
/// example that fails, named "file: name".
[[nodiscard]] Result<void> all_as_expected(const std::vector<ExampleResult>& results);

/// {file, name, type, municipality, today, asExpected, expected: {"grant"} or {"refer"}, outcome,
/// differences, rules: [{decision, number, sentence}]}.
[[nodiscard]] Value to_value(const ExampleResult& result);

}  // namespace softbot
