#pragma once

#include <string>

#include "pipeline/edit.h"
#include "pipeline/staff_actions.h"

namespace softbot::pipeline {

/// What every action of a consultant begins with.

/// `not_found` when the case is of a municipality that they do not work for.
[[nodiscard]] Result<void> must_see(const Staff& staff, const Application& application);

/// `conflict` when the case was decided or withdrawn.
[[nodiscard]] Result<void> must_be_undecided(const Application& application);

/// An edit by a consultant: sees it, nobody else holds it, it is the version they looked at; then they hold
/// it.
[[nodiscard]] Result<Application> edit_claimed(const Services& services, const Staff& staff,
                                               const ApplicationReference& reference, std::int64_t version,
                                               const Edit& edit);

/// The register's answer for this case as its facts hold it, asked now when it is not there yet: a letter
/// needs an address. Null when the register does not answer; then the letter waits for a person.
[[nodiscard]] Value register_person_for(const Services& services, const ApplicationReference& reference);

/// True for a text of white space alone.
[[nodiscard]] bool is_blank(const std::string& text);

/// Nothing that the bot still planned for this case happens.
void cancel_bot(Effects& effects);

}  // namespace softbot::pipeline
