#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/maintenance.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {

Result<std::int64_t> last_application_row(SqliteStore& store) {
  std::int64_t last = 0;
  const auto read = store.read_rows([&](Database& database) -> Result<void> {
    Statement row = database.query("SELECT coalesce(max(id), 0) FROM application");
    if (row.step()) last = row.integer(0);
    return {};
  });
  if (!read) return fail(read.error());
  return last;
}

Result<std::vector<Application>> applications_in_stretch(SqliteStore& store, const Stretch& stretch) {
  std::vector<Application> applications;
  const auto read = store.read_rows([&](Database& database) -> Result<void> {
    SqliteTransaction transaction(database, store.context());
    applications = transaction.applications_between(stretch.after, stretch.last, stretch.from, stretch.until);
    return {};
  });
  if (!read) return fail(read.error());
  return applications;
}

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
