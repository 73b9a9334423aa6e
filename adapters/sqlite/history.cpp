#include "adapters/sqlite/history.h"

#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {

Result<std::int64_t> SqliteHistory::last_row() {
  std::int64_t last = 0;
  const auto read = store_.read_rows([&](Database& database) -> Result<void> {
    Statement row = database.query("SELECT coalesce(max(id), 0) FROM application");
    if (row.step()) last = row.integer(0);
    return {};
  });
  if (!read) return fail(read.error());
  return last;
}

Result<std::vector<KeptJudgement>> SqliteHistory::judgements(std::int64_t after, std::int64_t last,
                                                             const JudgementFilter& filter) {
  std::vector<KeptJudgement> kept;
  const auto read = store_.read_rows([&](Database& database) -> Result<void> {
    kept = SqliteTransaction(database, store_.context()).judgements_between(after, last, filter);
    return {};
  });
  if (!read) return fail(read.error());
  return kept;
}

}  // namespace softbot::sqlite
