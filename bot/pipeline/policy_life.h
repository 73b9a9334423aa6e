#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/policy_editor.h"
#include "pipeline/services.h"
#include "policy/differences.h"
#include "policy/draft_check.h"
#include "policy/parameters.h"

namespace softbot::pipeline {

/// What people do with versions of the policy, each in one transaction with its audit row; who may do it says
/// policy_editor.h.

/// What is to be different from an existing version.
struct PolicyChange {
  std::string base;                                         ///< version; "": the active one
  std::map<std::string, std::optional<std::string>> files;  ///< whole texts; nothing: the file is taken out
  std::vector<ParameterEdit> parameters;                    ///< after the files
  std::string why;
};

struct ProposedPolicy {
  std::string version;
  std::vector<DraftFinding> remarks;  ///< what may be right, and what stands in the way of approval
};

/// Keeps a draft. `invalid_input` when it is not sound, with a FieldError for each finding (field: the file;
/// code and message as policy/draft_check.h has them) or each parameter; `not_found` without such a base;
/// `conflict` when nothing differs from it. Nothing is kept then.
[[nodiscard]] Result<ProposedPolicy> propose_policy(const Services& services, const PolicyEditor& editor,
                                                    const PolicyChange& change);

/// What somebody approves.
struct Approval {
  std::string kind = "policy";
  std::string version;
  std::string why;
  std::optional<Date> from = {};  ///< of a policy: the day on which it begins; nothing: at once
};

/// Makes a draft of a policy, of safeguards, of an account's rights, of forms or of letters active; as
/// approve() in policy/versions.h. A policy is checked once more and counts from the next decision on, or
/// from its day; safeguards at once; forms and letters from the next start of a node, so that a day is
/// `invalid_input` for them.
[[nodiscard]] Result<void> approve_configuration(const Services& services, const PolicyEditor& editor,
                                                 const Approval& approval);

/// Puts the planned policy to work when its day has come, with its audit row; nothing happens else. Before
/// each judgement, so that no case of that day is decided by the version before.
[[nodiscard]] Result<void> begin_planned_policy(const Services& services);

/// As withdraw() in policy/versions.h.
[[nodiscard]] Result<void> withdraw_policy(const Services& services, const PolicyEditor& editor,
                                           std::string_view version, const std::string& why);

/// One step back to the policy that was active before `leaving`; gives its version. As go_back() in
/// policy/versions.h.
[[nodiscard]] Result<std::string> go_back_policy(const Services& services, const PolicyEditor& editor,
                                                 std::string_view leaving, const std::string& why);

/// As throw_away() in policy/versions.h.
[[nodiscard]] Result<void> throw_away_policy(const Services& services, const PolicyEditor& editor,
                                             std::string_view version, const std::string& why);

/// All versions of the policy.
struct PolicyLife {
  std::vector<ConfigurationRecord> versions;   ///< the newest first, without their content
  std::vector<ConfigurationEvent> events;      ///< oldest first
  std::string active;                          ///< "" for none
  std::string earlier;                         ///< where one step back goes; "" for none
  std::optional<PlannedVersion> planned;       ///< what waits for its day
  std::map<std::string, std::string> persons;  ///< who they are, by AccountRecord::person
};
[[nodiscard]] Result<PolicyLife> policy_life(const Services& services);

/// One version in full.
struct PolicyVersion {
  ConfigurationRecord record;  ///< without its content
  ConfigurationFiles files;
  std::string active;             ///< the version that counts now
  PolicyDifferences differences;  ///< from the active version to this one
};
/// `not_found` without such a version.
[[nodiscard]] Result<PolicyVersion> policy_version(const Services& services, std::string_view version);

/// Whether a file of a policy may have this name: small letters, digits and hyphens, then .dmn, .json or
/// .examples.json.
[[nodiscard]] bool is_policy_file_name(std::string_view name);

}  // namespace softbot::pipeline
