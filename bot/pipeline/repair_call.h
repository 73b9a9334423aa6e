#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/edit.h"
#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// Papers that do not come back: often "cannot", seldom "will not". Some working days before a repair term
/// ends, and once per term, a task asks a consultant to call. It holds up nothing, and the term runs on.

/// Code of the task, and of the event that says how the call went.
inline constexpr std::string_view repair_call = "repair-call";

/// Plans what happens in a repair term that ends on `until`: the proposal to call, and its end.
void plan_repair_term(const Services& services, const Application& application, Effects& effects, Date until);

/// An open repair request is answered: nothing is waited for any more.
void close_repair(const Services& services, Application& application, Effects& effects);

/// Takes the task away when there is nothing left to call about: something came back, or the case is over.
void settle_repair_call(Application& application);

/// The stage: the task, when the time has come and nothing came back.
[[nodiscard]] Result<void> propose_repair_call(const Services& services,
                                               const ApplicationReference& reference);

/// How the call went.
enum class CallOutcome {
  longer,       ///< they get until `until`: a letter says so
  received,     ///< everything is there after all: a consultant goes on
  not_reached,  ///< the task stays, to try again
  cannot        ///< they cannot: a letter names who helps them, and a consultant goes on without the papers
};
[[nodiscard]] std::string_view name_of(CallOutcome outcome);
[[nodiscard]] std::optional<CallOutcome> call_outcome_from(std::string_view name);

struct RepairCall {
  CallOutcome outcome = CallOutcome::not_reached;
  std::optional<Date> until = std::nullopt;  ///< of `longer`: the new last day, moved on to a working day
  std::string note = {};
};

/// Records the call in the case and does what follows from it. `not_found` when there is no such task,
/// `invalid_input` for a new last day that is not later than the one it replaces.
[[nodiscard]] Result<Application> record_repair_call(const Services& services, const Staff& staff,
                                                     const ApplicationReference& reference,
                                                     std::int64_t version, const RepairCall& call);

}  // namespace softbot::pipeline
