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

/// Sets a kill switch, with its audit row: one person's, at once. As set_kill_switch() of
/// policy/kill_switch.h; the caller checks who may.
[[nodiscard]] Result<void> throw_kill_switch(const Services& services, const KillSwitch& wanted);

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
