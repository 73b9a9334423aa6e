#pragma once

#include "adapters/sqlite/store.h"
#include "ports/judgement_history.h"

namespace softbot::sqlite {

/// Past judgements out of a store that outlives it. Reads the table that is made for it; what was judged
/// before there was one comes out of the whole file, which takes longer.
class SqliteHistory final : public JudgementHistory {
 public:
  explicit SqliteHistory(SqliteStore& store) : store_(store) {}

  [[nodiscard]] Result<std::int64_t> last_row() override;
  [[nodiscard]] Result<std::vector<KeptJudgement>> judgements(std::int64_t after, std::int64_t last,
                                                              const JudgementFilter& filter) override;

 private:
  SqliteStore& store_;
};

}  // namespace softbot::sqlite
