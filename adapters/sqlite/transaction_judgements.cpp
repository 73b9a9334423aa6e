#include <utility>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"

namespace softbot::sqlite {
namespace {

constexpr std::string_view input_member = "input";
constexpr std::string_view judged_member = "judged";
constexpr std::string_view states_of_conditions = "conditions";

std::string judgement_context(const std::string& reference) {
  return "judgement:" + reference;
}

}  // namespace

/// A copy of what the file itself keeps, apart from the trace and everything else that makes it large. The
/// states of the conditions follow from the rest.
void SqliteTransaction::put_judgement(std::int64_t application, const Application& content) {
  const Value& input = content.facts[policy_input_fact];
  if (!input.is_object()) return;
  Value judged = content.facts[judged_fact];
  judged.erase(states_of_conditions);
  const std::string sealed =
      seal(content.person, judgement_context(content.reference.text),
           to_json(Value::object({{input_member, input}, {judged_member, std::move(judged)}})));
  database_.run("INSERT OR REPLACE INTO judgement (application, content) VALUES (?, ?)", application,
                Blob{sealed});
}

std::vector<KeptJudgement> SqliteTransaction::judgements_between(std::int64_t after, std::int64_t last,
                                                                 const JudgementFilter& filter) {
  // "+": by row, never by the index on the day of receipt. The whole content only where there is no
  // judgement.
  Statement rows = database_.query(
      "SELECT a.id, a.reference, a.person, a.type, a.municipality, j.content, CASE WHEN j.application IS "
      "NULL "
      "THEN (SELECT c.content FROM application_content c WHERE c.application = a.id) END "
      "FROM application a LEFT JOIN judgement j ON j.application = a.id "
      "WHERE a.id > ?1 AND a.id <= ?2 AND +a.received >= ?3 AND +a.received < ?4 "
      "AND (?5 = '' OR a.municipality = ?5) AND (?6 = '' OR a.type = ?6) ORDER BY a.id",
      after, last, to_column(filter.from), to_column(filter.until), filter.municipality, filter.type);
  std::vector<KeptJudgement> all;
  while (rows.step()) all.push_back(judgement_in(rows));
  return all;
}

KeptJudgement SqliteTransaction::judgement_in(const Statement& row) {
  KeptJudgement kept{row.integer(0), ApplicationReference(row.text(1)), row.text(3), row.text(4), {}, {}};
  const PersonId person(row.text(2));
  if (!row.is_null(5)) {
    Value both = unseal_value(person, judgement_context(kept.reference.text), row.text(5));
    kept.input = both.take(input_member);
    kept.judged = both.take(judged_member);
    return kept;
  }
  const Value whole = unseal_value(person, application_context(kept.reference.text), row.text(6));
  kept.input = whole["facts"][policy_input_fact];
  kept.judged = whole["facts"][judged_fact];
  return kept;
}

}  // namespace softbot::sqlite
