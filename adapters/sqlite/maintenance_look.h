#pragma once

#include <string>
#include <utility>

#include "adapters/sqlite/maintenance.h"

/// What export and erasure of a person share; for the files beside it only.
namespace softbot::sqlite {

[[nodiscard]] inline tl::unexpected<Error> unknown_person() {
  return fail(ErrorCode::not_found, "Nothing is kept under this citizen service number.");
}

/// The link of the audit chain for a look at a person's file, or its erasure.
[[nodiscard]] inline AuditRecord record_of(const StoreContext& context, const PersonId& person,
                                           const Asker& asker, std::string action) {
  AuditRecord record;
  record.at = context.clock.now();
  record.actor = asker.actor;
  record.action = std::move(action);
  record.subject = person.text;
  record.purpose = asker.purpose;
  record.activity = "person-file";
  return record;
}

}  // namespace softbot::sqlite
