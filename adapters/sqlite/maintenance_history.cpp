#include "adapters/sqlite/maintenance.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {

Result<void> note_look(SqliteStore& store, const Asker& asker, std::string_view action,
                       std::string_view subject) {
  return store.write_rows([&](Database& database) -> Result<void> {
    AuditRecord record;
    record.at = store.context().clock.now();
    record.actor = asker.actor;
    record.action = action;
    record.subject = subject;
    record.purpose = asker.purpose;
    record.activity = "policy-review";
    SqliteTransaction(database, store.context()).append_audit(std::move(record));
    return {};
  });
}

}  // namespace softbot::sqlite
