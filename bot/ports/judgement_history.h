#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/time.h"
#include "domain/value.h"

namespace softbot {

/// Where an application keeps, in its facts, what the policy was given and what it said.
inline constexpr std::string_view policy_input_fact = "policyInput";
inline constexpr std::string_view judged_fact = "judged";

/// Which applications count.
struct JudgementFilter {
  Instant from{};                  ///< received then or later
  Instant until = Instant::max();  ///< received before
  std::string municipality;        ///< "": all
  std::string type;                ///< "": all
};

/// What is kept of the last judgement of one application.
struct KeptJudgement {
  std::int64_t row = 0;  ///< of the application: in order of arrival
  ApplicationReference reference;
  std::string type;
  std::string municipality;
  Value input;   ///< facts of the policy; null when no policy judged it, or its file was erased
  Value judged;  ///< as judgement_record() of policy/replay.h, at least {version, today, grants, grant,
                 ///< reasons}
};

/// Past judgements in order of arrival, for who goes through many of them. Thread-safe.
class JudgementHistory {
 public:
  virtual ~JudgementHistory() = default;

  /// The highest row; 0 when there is no application.
  [[nodiscard]] virtual Result<std::int64_t> last_row() = 0;

  /// Of rows behind `after` up to `last`: those that count. Each call sees one view of the store, no longer
  /// than the call, so that whoever goes through all of them holds up nobody.
  [[nodiscard]] virtual Result<std::vector<KeptJudgement>> judgements(std::int64_t after, std::int64_t last,
                                                                      const JudgementFilter& filter) = 0;
};

}  // namespace softbot
