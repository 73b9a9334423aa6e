#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "domain/application.h"
#include "domain/result.h"

namespace softbot::queue {

/// How long a claim holds without being prolonged.
inline constexpr std::chrono::minutes claim_length{30};

/// True when somebody holds the case at this moment.
[[nodiscard]] bool is_claimed(const Application& application, Instant now);

/// May this account change the case, having looked at `version`? `conflict` when another holds it, `stale`
/// when it has changed since. Pure.
[[nodiscard]] Result<void> may_change(const Application& application, const std::string& account, Instant now,
                                      std::int64_t version);

/// Holds the case for the account, or prolongs the hold; a longer one of the same account stays.
void hold(Application& application, const std::string& account, Instant now);

/// Holds it for the account until the end of the next working day.
void assign(Application& application, const std::string& account, Instant now);

/// Lets go.
void let_go(Application& application);

}  // namespace softbot::queue
