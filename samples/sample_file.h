#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"

namespace softbot::samples {

/// What should come of one application: the outcome, or the status where there is none, and codes of reasons
/// that must be among its reasons.
struct Expected {
  std::string result;
  std::vector<std::string> reasons;
};

/// What happens after the submission: one action on one of its applications, once that has the result `when`.
struct Step {
  std::string when;  ///< a result as in Expected; waits for it
  std::size_t application = 0;
  std::string action;  ///< answers, documents, withdrawal, human-request, event or decision
  std::string by;      ///< a demo account, for a decision
  Value body;
};

/// One file of samples/submissions (see samples/README.md).
struct Sample {
  std::string name;  ///< of the file, without .json
  std::string title;
  Value provisions;  ///< granted before; null without
  Value submission;  ///< the body to send
  std::vector<Step> steps;
  std::vector<Expected> expected;  ///< one per application
};

/// Puts days and files in the place of their marks, everywhere in the value: "@today", "@today-95d",
/// "@today+2m" (days d, weeks w, months m, years y) become a date; "@file:NAME" becomes the file in base64,
/// found in `folder`. `invalid_input` for a mark that means nothing.
[[nodiscard]] Result<Value> resolve_marks(const Value& value, Date today,
                                          const std::filesystem::path& folder);

/// Reads every *.json of the folder, by name. Attachments lie in the folder `attachments` beside it. Errors
/// name the file.
[[nodiscard]] Result<std::vector<Sample>> read_samples(const std::filesystem::path& folder, Date today);

}  // namespace softbot::samples
