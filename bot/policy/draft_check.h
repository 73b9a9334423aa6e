#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "policy/content_address.h"

namespace softbot {

/// What a finding stands in the way of.
enum class Obstacle {
  nothing,   ///< it may be right, a person looks
  approval,  ///< the draft is kept, but cannot become active
  keeping    ///< the files are not taken at all
};

/// Something that is wrong, or may be, with the files of a policy.
struct DraftFinding {
  std::string file;
  /// gap, overlap, never-fires, type-error, broken, not-loaded, too-large, as dmn/check.h has them;
  /// policy-rule for what config/policy/README.md asks of a policy; example-fails.
  std::string code;
  Obstacle obstacle = Obstacle::keeping;
  std::string message;             ///< in English; of an example in Dutch
  std::string element;             ///< `decision "Norm"`, the name of an example; "" for the file as a whole
  std::size_t line = 0;            ///< from 1; 0: nowhere in particular
  std::vector<std::size_t> rules;  ///< numbers from 1
  std::string example;             ///< "Age = 17, Points = 3"; "" for none
  bool operator==(const DraftFinding&) const = default;

  /// "line 74, decision "Norm", rules 1 and 2: ... For example Age = 17."
  [[nodiscard]] std::string text() const;
};

/// Everything that is wrong with a policy: each model by itself, as `softbot dmn check` tells, then the whole
/// as PolicySet::load has it, then its examples. Takes some tens of milliseconds a model.
[[nodiscard]] std::vector<DraftFinding> check_draft(const ConfigurationFiles& files);

}  // namespace softbot
