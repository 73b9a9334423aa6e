#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/services.h"
#include "policy/versions.h"

namespace softbot::pipeline {

/// Who changes what the bot may grant: a policy, the safeguards.
struct PolicyEditor {
  std::string account;
  std::string person;  ///< AccountRecord::person
  std::vector<std::string> municipalities;
};

/// Only a person (`forbidden` else: a machine is nobody for four eyes) who says why (`invalid_input` else).
[[nodiscard]] Result<void> may_sign(const PolicyEditor& editor, const std::string& why);

/// Only a person with an account for all municipalities (`forbidden` else: it holds in every municipality)
/// who may sign.
[[nodiscard]] Result<void> may_change(const PolicyEditor& editor, const std::string& why);

/// Who, why and when, as the versions keep it.
[[nodiscard]] ConfigurationChange signed_change(const Services& services, const PolicyEditor& editor,
                                                const std::string& why);

/// The audit row of a change of a version.
void append_row(Transaction& transaction, const PolicyEditor& editor, std::string_view action,
                std::string_view version, const ConfigurationChange& change);

}  // namespace softbot::pipeline
