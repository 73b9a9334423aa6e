#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"
#include "domain/time.h"
#include "ports/store.h"

namespace softbot {

/// Stops the bot from granting: one application type, or all of them ("all"). Kept as the setting
/// "kill-switch:<type|all>", so that it holds on every node at once.
struct KillSwitch {
  std::string subject;  ///< a type, or "all"
  bool on = false;
  std::string by;   ///< account that set it last; "" when nobody ever did
  std::string why;  ///< what that person wrote
  Instant at{};
  bool operator==(const KillSwitch&) const = default;
};

inline constexpr std::string_view kill_switch_for_all = "all";

/// How the switch stands. Never set: off. A row that cannot be read counts as on.
[[nodiscard]] KillSwitch kill_switch(Transaction& transaction, std::string_view subject);

/// The switches of "all" and of these types, in that order.
[[nodiscard]] std::vector<KillSwitch> kill_switches(Transaction& transaction,
                                                    const std::vector<std::string>& types);

/// Sets it: one person is enough and it counts at once. Fails with `invalid_input` without a person or a
/// reason. The caller writes the audit row (action "kill-switch", subject the type).
[[nodiscard]] Result<void> set_kill_switch(Transaction& transaction, const KillSwitch& wanted);

}  // namespace softbot
