#pragma once

#include <string>
#include <string_view>

#include "domain/date.h"
#include "pipeline/services.h"

/// What a municipality publishes of its active policy, generated from that version.
namespace softbot::pipeline {

/// The entries for the Algoritmeregister by its publication standard 1.0, one per type of application that
/// the bot may grant: a list of objects with the standard's own field names. README.md says where each comes
/// from. `not_found` for an unknown municipality or one without "algorithmRegister", `configuration` when
/// there is no active policy.
[[nodiscard]] Result<Value> register_entries(Transaction& transaction, const Configuration& configuration,
                                             std::string_view municipality, Date day);

/// The policy in plain Dutch as data: {version, since, municipality, types: [{type, title, description,
/// conditions: [{name, sentence, met, refers, values}], steps: [{sentence, lines, values}]}]}.
[[nodiscard]] Result<Value> policy_explanation(Transaction& transaction, const Configuration& configuration,
                                               std::string_view municipality, Date day);

/// The same as text.
[[nodiscard]] Result<std::string> policy_explanation_text(Transaction& transaction,
                                                          const Configuration& configuration,
                                                          std::string_view municipality, Date day);

}  // namespace softbot::pipeline
