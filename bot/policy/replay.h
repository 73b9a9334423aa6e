#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "domain/date.h"
#include "policy/policy_set.h"
#include "ports/judgement_history.h"
#include "ports/store.h"

/// A judgement of the bot made again from what is kept beside it, to show that the same input and the same
/// version give the same outcome.
namespace softbot {

/// What a policy said, to be kept: {version, type, municipality, today, grants, grant, reasons: [code],
/// conditions: [{name, state}]}.
[[nodiscard]] Value judgement_record(const PolicyResult& result, std::string_view type,
                                     std::string_view municipality, Date today);

/// The policy of a stored version, compiled. `not_found` without that version, `damaged` when its content is
/// another one.
[[nodiscard]] Result<PolicySet> policy_of_version(Transaction& transaction, std::string_view version);

/// The files of a stored version; `not_found` without it.
[[nodiscard]] Result<ConfigurationFiles> policy_files_of_version(Transaction& transaction,
                                                                 std::string_view version);

/// The record that an application keeps; `not_found` when no policy judged it, or its file was erased.
[[nodiscard]] Result<Value> kept_judgement(const Application& application);

/// The same judgement made again by `policy`; `damaged` when the record has no day.
[[nodiscard]] Result<Value> judge_again(const Application& application, const PolicySet& policy);

/// What differs between the kept record and the one made again, and between it and the grant of the bot's
/// decision: a line each. Empty when all is the same.
[[nodiscard]] std::vector<std::string> differences_of(const Application& application, const Value& again);

}  // namespace softbot
