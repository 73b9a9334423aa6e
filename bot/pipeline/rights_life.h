#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/policy_editor.h"

namespace softbot::pipeline {

/// What an account may do changes like a policy: one person proposes, another approves
/// (approve_configuration() of policy_life.h, kind "rights"), and nobody approves their own rights. Taking
/// rights away is one person's, at once.

struct Rights {
  std::vector<std::string> roles;           ///< of account_roles()
  std::vector<std::string> municipalities;  ///< empty: all
  bool active = true;
  bool operator==(const Rights&) const = default;
};

/// consultant, clerk, mail-room, administrator, auditor.
[[nodiscard]] const std::vector<std::string>& account_roles();

/// True when `after` gives nothing that `before` did not.
[[nodiscard]] bool is_only_less(const Rights& before, const Rights& after);

struct RightsChange {
  std::string account;
  Rights rights;
  std::string why;
};

enum class RightsOutcome { changed, proposed };

/// Changes the rights at once when they become less, else keeps a draft. `not_found` without such an account,
/// `invalid_input` for a role or a municipality that is none, `conflict` when nothing changes or when nobody
/// would be left who may change anything.
[[nodiscard]] Result<RightsOutcome> change_rights(const Services& services, const PolicyEditor& editor,
                                                  const RightsChange& change);

/// Ends a draft that nobody wants to approve; any one person.
[[nodiscard]] Result<void> throw_away_rights(const Services& services, const PolicyEditor& editor,
                                             std::string_view version, const std::string& why);

/// Puts an approved draft to work, in the unit of its approval. `forbidden` when the approver is whose
/// account it is.
[[nodiscard]] Result<void> use_rights(Transaction& transaction, const PolicyEditor& editor,
                                      const ConfigurationRecord& record);

/// Rights that wait for approval.
struct ProposedRights {
  ConfigurationRecord record;  ///< without its content; `name` is the account
  Rights rights;
};

struct RightsLife {
  std::vector<AccountRecord> accounts;  ///< by name, without password hashes
  std::vector<ProposedRights> drafts;   ///< the newest first
};
[[nodiscard]] Result<RightsLife> rights_life(const Services& services);

[[nodiscard]] Rights rights_of(const AccountRecord& account);

}  // namespace softbot::pipeline
