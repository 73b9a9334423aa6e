#pragma once

#include <vector>

#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// Whom a consultant can give cases: active consultants, themselves among them, who work for one of the same
/// municipalities; by the name that people read.
[[nodiscard]] Result<std::vector<AccountRecord>> colleagues_of(const Services& services, const Staff& staff);

/// Gives the case to a colleague or to oneself, who holds it until the end of the next working day. Checks
/// what every action of staff_actions.h checks; `invalid_input` for an account that is no active consultant
/// of the case's municipality and team.
[[nodiscard]] Result<Application> assign(const Services& services, const Staff& staff,
                                         const AccountName& colleague, const ApplicationReference& reference,
                                         std::int64_t version);

}  // namespace softbot::pipeline
