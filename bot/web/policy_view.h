#pragma once

#include <string>
#include <string_view>

#include "pipeline/policy_life.h"

namespace softbot::web {

/// Versions of the policy as pages show them, in Dutch.

/// "Actief", "Concept, wacht op goedkeuring", ...
[[nodiscard]] std::string policy_state_words(std::string_view state);
/// neutral, safe or warning: the colour beside the words.
[[nodiscard]] std::string policy_state_badge(std::string_view state);
/// The first twelve digits: what people compare.
[[nodiscard]] std::string short_version(std::string_view version);
/// Who proposed a version and when, or that it came with the program.
[[nodiscard]] std::string origin_words(const pipeline::PolicyLife& life, const ConfigurationRecord& record);
/// The name of a person by AccountRecord::person.
[[nodiscard]] std::string person_words(const pipeline::PolicyLife& life, const std::string& person);
/// A value of a parameter: "65", "20,50", "De Molenzorg, Thuishulp Voorbeeld"; "niets" for null.
[[nodiscard]] std::string parameter_words(const Value& value);

/// [{address, short, stateWords, badge, origin, why, lastWords}].
[[nodiscard]] Value versions_view(const pipeline::PolicyLife& life);
/// What happened to one version, oldest first: [{eventWords, eventBy, eventAt, eventWhy}].
[[nodiscard]] Value events_view(const pipeline::PolicyLife& life, std::string_view version);
/// Sets hasDifferences, changedParameters, changedFiles.
void add_differences(Value& context, const PolicyDifferences& differences);
/// {findingFile, findingWords, findingText, findingDetail, mayStay, blocksApproval}.
[[nodiscard]] Value finding_view(const DraftFinding& finding);
[[nodiscard]] Value findings_view(const std::vector<DraftFinding>& findings);

}  // namespace softbot::web
