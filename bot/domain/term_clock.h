#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/deadlines.h"

namespace softbot {

/// A stretch of days on which the clock of a decision term stands still (Awb 4:15).
struct Suspension {
  Date from{};
  Date until{};         ///< inclusive; before `from` when not a single day is suspended
  bool open = false;    ///< still going on: `until` is only `today`
  std::string article;  ///< "Awb 4:15 lid 1 onder a"
  std::string reason;   ///< Dutch
  bool operator==(const Suspension&) const = default;
};

/// The last day of the repair term that a request gave, from the request itself or from a later
/// `repair-term-ended`.
[[nodiscard]] std::optional<Date> repair_term_of(const TermEvent& request,
                                                 const std::vector<TermEvent>& events);

/// The day on which the application was completed after a request: the first `completed` on or after it.
[[nodiscard]] std::optional<Date> completed_after(const TermEvent& request,
                                                  const std::vector<TermEvent>& events);

/// Every suspension that follows from the events, in order of their first day. They may overlap. `stop` is
/// the day from which nothing is suspended any more (the decision was published), if any.
[[nodiscard]] std::vector<Suspension> suspensions_of(const std::vector<TermEvent>& events, Date today,
                                                     std::optional<Date> stop);

/// True when a day lies in at least one of them.
[[nodiscard]] bool is_suspended(Date day, const std::vector<Suspension>& suspensions);

/// How a term ran.
struct TermRun {
  Date nominal_end{};      ///< start + days
  Date suspended_end{};    ///< after suspension, before the Algemene termijnenwet
  Date end{};              ///< as it counts
  int suspended_days = 0;  ///< days between start and end that did not count, each once
  bool operator==(const TermRun&) const = default;
};

/// Runs a term of so many days. Day one is the day after `start`; suspended days do not count; the last day
/// is moved to the next working day that is not suspended (Atw 1 lid 1).
[[nodiscard]] TermRun run_term(Date start, int days, const std::vector<Suspension>& suspensions);

/// The Dutch sentences that say how a run came about: "Zes weken ...". `length` and `article` are the rule's,
/// `basis` says after what ("na de melding").
[[nodiscard]] std::string explain_run(std::string_view length, std::string_view basis,
                                      std::string_view article, Date start, const TermRun& run,
                                      const std::vector<Suspension>& suspensions);

/// The articles of a run: the rule's, those of the suspensions that counted, and the Algemene termijnenwet
/// when it moved the end.
[[nodiscard]] std::vector<std::string> articles_of(std::string_view article, Date start, const TermRun& run,
                                                   const std::vector<Suspension>& suspensions);

}  // namespace softbot
