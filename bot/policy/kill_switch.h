#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/time.h"
#include "ports/store.h"

namespace softbot {

/// What somebody says about the release of a switch.
struct ReleaseWord {
  std::string by;      ///< account
  std::string person;  ///< AccountRecord::person: two accounts of one person are one
  std::string why;
  Instant at{};
  bool operator==(const ReleaseWord&) const = default;
};

/// Stops the bot from granting: one application type, one type in one municipality, or all ("all"). Kept as
/// the setting "kill-switch:<subject>", so that it holds on every node at once. One person throws it; two
/// release it.
struct KillSwitch {
  std::string subject;  ///< a type, "<municipality>:<type>", or "all"
  bool on = false;
  std::string by;   ///< account that threw or released it, or `thrown_by_system`; "" when nobody ever did
  std::string why;  ///< what that person wrote
  Instant at{};
  std::optional<ReleaseWord> release = {};  ///< who proposed to release it: waits, or was confirmed
  bool operator==(const KillSwitch&) const = default;
};

inline constexpr std::string_view kill_switch_for_all = "all";
/// Who threw one that the alarm on the sample threw (sample_alarm.h).
inline constexpr std::string_view thrown_by_system = "system";

/// "household-help", or "molendam:household-help" of one municipality.
[[nodiscard]] std::string kill_switch_subject(std::string_view type, std::string_view municipality);

/// The municipality of such a subject; nothing when it is not one of these types in one of these
/// municipalities.
[[nodiscard]] std::optional<std::string> municipality_of_switch(
    std::string_view subject, const std::vector<std::string>& types,
    const std::vector<std::string>& municipalities);

/// How the switch stands. Never set: off. A row that cannot be read counts as on.
[[nodiscard]] KillSwitch kill_switch(Transaction& transaction, std::string_view subject);

/// The switches of "all" and of these types, in that order; behind them those of a type in one of these
/// municipalities that was ever set.
[[nodiscard]] std::vector<KillSwitch> kill_switches(Transaction& transaction,
                                                    const std::vector<std::string>& types,
                                                    const std::vector<std::string>& municipalities);

/// Throws it: one person is enough and it counts at once. A release that waits falls away. Fails with
/// `invalid_input` without a person or a reason, or when `wanted.on` is false. The caller writes the audit
/// row, here and below.
[[nodiscard]] Result<void> set_kill_switch(Transaction& transaction, const KillSwitch& wanted);

/// Proposes to release it; it stays on until another person confirms. `invalid_input` without a person or a
/// reason; `conflict` when it does not stand, or when a release waits already.
[[nodiscard]] Result<void> propose_release(Transaction& transaction, std::string_view subject,
                                           const ReleaseWord& proposal);

/// Ends a release that waits; it stays on. Any one person. `invalid_input` without a person or a reason;
/// `conflict` when none waits. The proposal that it ended.
[[nodiscard]] Result<ReleaseWord> end_release(Transaction& transaction, std::string_view subject,
                                              const ReleaseWord& ending);

/// Releases it at once. `proposed_at`: when the release was proposed that this person saw. `invalid_input`
/// without a person or a reason; `conflict` when that one does not wait (any more); `forbidden` when the same
/// person proposed it.
[[nodiscard]] Result<void> confirm_release(Transaction& transaction, std::string_view subject,
                                           const ReleaseWord& confirmation, Instant proposed_at);

}  // namespace softbot
