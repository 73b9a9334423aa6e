#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/policy_editor.h"
#include "policy/kill_switch.h"
#include "policy/safeguard_versions.h"

namespace softbot::pipeline {

/// What people do with the daily caps, the sample shares and the test on the sample: one proposes, another
/// approves (approve_configuration() of policy_life.h).

/// Keeps a draft of these settings and gives its version. `invalid_input` when they are not right (with what
/// is wrong), `conflict` when they are those that count.
[[nodiscard]] Result<std::string> propose_safeguards(const Services& services, const PolicyEditor& editor,
                                                     const Value& settings, const std::string& why);

/// Ends a draft that nobody wants to approve; any one person.
[[nodiscard]] Result<void> throw_away_safeguards(const Services& services, const PolicyEditor& editor,
                                                 std::string_view version, const std::string& why);

/// Whether somebody who works for these municipalities (empty: all) may throw or release this switch:
/// `not_found` when there is no such type or municipality, `forbidden` when it reaches further.
[[nodiscard]] Result<void> may_set_switch(const Configuration& configuration, std::string_view subject,
                                          const std::vector<std::string>& municipalities);

/// What the audit calls what happens to a kill switch.
namespace switch_action {
inline constexpr std::string_view thrown = "kill-switch-on";
inline constexpr std::string_view release_proposed = "kill-switch-release-proposed";
inline constexpr std::string_view release_taken_back = "kill-switch-release-taken-back";  ///< by who proposed
inline constexpr std::string_view release_declined = "kill-switch-release-declined";      ///< by another
inline constexpr std::string_view released = "kill-switch-off";
}  // namespace switch_action

/// Throws a kill switch, with its audit row: one person's or machine's, at once. As set_kill_switch() of
/// policy/kill_switch.h. The caller asks may_set_switch() first, here and below.
[[nodiscard]] Result<void> throw_kill_switch(const Services& services, const KillSwitch& wanted);

/// Releasing one takes two persons: as the functions of these names in policy/kill_switch.h, each with its
/// audit row. `forbidden` for a machine.
[[nodiscard]] Result<void> propose_release(const Services& services, const PolicyEditor& editor,
                                           std::string_view subject, const std::string& why);
[[nodiscard]] Result<void> end_release(const Services& services, const PolicyEditor& editor,
                                       std::string_view subject, const std::string& why);
[[nodiscard]] Result<void> confirm_release(const Services& services, const PolicyEditor& editor,
                                           std::string_view subject, const std::string& why,
                                           Instant proposed_at);

/// What happened to a switch, oldest first: the rows of its audit.
[[nodiscard]] std::vector<AuditRecord> history_of_switch(Transaction& transaction, std::string_view subject);

/// One version, with what it changes.
struct SafeguardVersion {
  ConfigurationRecord record;                    ///< without its content
  std::vector<SafeguardDifference> differences;  ///< from what counts now
};

struct SafeguardLife {
  Value settings;                              ///< what counts now
  std::string active;                          ///< its version
  std::vector<SafeguardVersion> versions;      ///< the newest first
  std::map<std::string, std::string> persons;  ///< who they are, by AccountRecord::person
};
[[nodiscard]] Result<SafeguardLife> safeguard_life(const Services& services);

}  // namespace softbot::pipeline
