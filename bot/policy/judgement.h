#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dmn/dmn.h"
#include "domain/application.h"

namespace softbot {

/// One condition of a model: a decision whose id begins with "condition-". Its result is a boolean, or a
/// context {met: boolean, reason: string}; the annotation of the rule that applied is the sentence, and the
/// decision's description the sentence when no rule did.
struct Judgement {
  Condition condition;
  Reason reason;  ///< why it is not met; empty code when it is
};

inline constexpr std::string_view condition_prefix = "condition-";

[[nodiscard]] bool is_condition(const dmn::Variable& decision);

/// True when nothing that is unknown could have changed this: no rule that might have applied is unknown,
/// nothing became null by an error. A table that answers although it does not know enough is not believed.
[[nodiscard]] bool is_certain(const dmn::Trace& trace);

/// Whether a condition is met: only when that is certain.
[[nodiscard]] ConditionState state_of_condition(const dmn::Value& result, bool certain);

/// Why it is not met: "<name>-unknown", what the column `reason` gives, else "<name>-unmet".
[[nodiscard]] std::string reason_code(const dmn::Variable& decision, const dmn::Value& result,
                                      ConditionState state);

/// What one evaluation of a condition means. Met only when it is certain. `unknown_answer` is a field that is
/// missing, or "".
[[nodiscard]] Judgement judge(const dmn::Variable& decision, const dmn::Evaluation& evaluation,
                              std::string_view unknown_answer);

/// The list that the decision "advice" gives: contexts {code, text}, one or more.
[[nodiscard]] std::vector<Reason> advice_from(const dmn::Value& result);

/// True for what a grant may have: minutesPerWeek, aid, from, until, ...
[[nodiscard]] bool is_member_of_grant(std::string_view name);

/// Why this is no complete and sensible grant; "" when it is. `today` is the first day on which it may begin.
[[nodiscard]] std::string flaw_of_grant(const Value& grant, Date today);

}  // namespace softbot
