#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/sqlite/database.h"
#include "ports/records.h"

namespace softbot::sqlite {

/// SHA-256 over the link's node, every field and the hash before it, each as LENGTH:TEXT, so that no two
/// links read the same.
[[nodiscard]] std::string audit_hash(std::string_view node, const AuditRecord& link);

/// What a checkpoint signs: this chain had this hash at this link.
[[nodiscard]] std::string checkpoint_text(std::string_view node, std::int64_t number, std::string_view hash,
                                          Instant at);

/// A link out of a row of all columns of `audit`, in their order.
[[nodiscard]] AuditRecord audit_row(const Statement& row);

}  // namespace softbot::sqlite
