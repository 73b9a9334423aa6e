#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/sqlite/store.h"
#include "domain/value.h"

namespace softbot::sqlite {

/// What a check of the audit chain found.
struct AuditReport {
  std::int64_t links = 0;                 ///< that fit, from the first on
  std::int64_t checkpoints = 0;           ///< that fit, the exported one included
  std::optional<std::int64_t> broken_at;  ///< number of the first link that does not fit
  std::string problem;                    ///< what is wrong with it, for people; "" when all is well
  [[nodiscard]] bool whole() const { return problem.empty(); }
};

/// Recomputes the whole chain and checks every signed checkpoint. With a checkpoint that was exported before
/// and kept elsewhere, a chain that was cut or built anew since is noticed too. Fails only when the store
/// cannot be read or `exported` is no checkpoint.
[[nodiscard]] Result<AuditReport> verify_audit(SqliteStore& store,
                                               const std::optional<Value>& exported = std::nullopt);

/// Signs the chain as it stands and returns that as data to keep elsewhere: {"format", "node", "number",
/// "hash", "at", "signature"}. Fails with `not_found` when the chain has no link yet.
[[nodiscard]] Result<Value> export_audit_checkpoint(SqliteStore& store);

}  // namespace softbot::sqlite
