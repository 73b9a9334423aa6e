#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/date.h"
#include "pipeline/policy_life.h"
#include "policy/trials.h"

namespace softbot::pipeline {

/// A version of the policy tried on past applications, as an administrator asks for it. Somebody whose
/// account is for a part of the municipalities names one of those, and sees only tries of those.

struct TrialWish {
  std::string version;       ///< of the policy
  std::optional<Date> from;  ///< received on this day or later
  std::optional<Date> to;    ///< received on this day or earlier
  std::string municipality;  ///< "": all
  std::string type;          ///< "": all
};

/// Starts it in the background, with its audit row, and gives its id. `invalid_input` for a period, a
/// municipality or a type that is none (with its FieldError), `not_found` without such a version, `forbidden`
/// for a municipality that is not this person's, `conflict` while another one runs.
[[nodiscard]] Result<std::string> start_policy_trial(const Services& services, PolicyTrials& trials,
                                                     const PolicyEditor& editor, const TrialWish& wish,
                                                     std::string_view purpose);

/// The last one, when this person may see all that it looks at; nothing else.
[[nodiscard]] std::optional<TrialView> last_policy_trial(const PolicyTrials& trials,
                                                         const PolicyEditor& editor);

/// The same by its id; `not_found` when that is not the last one.
[[nodiscard]] Result<TrialView> policy_trial(const PolicyTrials& trials, const PolicyEditor& editor,
                                             std::string_view id);

/// Asks it to stop, which takes a moment; `not_found` as above.
[[nodiscard]] Result<void> cancel_policy_trial(PolicyTrials& trials, const PolicyEditor& editor,
                                               std::string_view id);

}  // namespace softbot::pipeline
