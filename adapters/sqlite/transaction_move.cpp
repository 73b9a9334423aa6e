#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/contexts.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"

namespace softbot::sqlite {

std::vector<DocumentId> SqliteTransaction::move_case(const CaseMove& move) {
  std::int64_t row_id = 0;
  std::string submission;
  PersonId from;
  std::string content;
  {
    Statement row = database_.query(
        "SELECT a.id, a.submission, a.person, c.content FROM application a "
        "JOIN application_content c ON c.application = a.id WHERE a.reference = ?",
        move.reference.text);
    if (!row.step()) throw StoreFailure({ErrorCode::not_found, "There is no such application.", false, {}});
    row_id = row.integer(0);
    submission = row.text(1);
    from = PersonId(row.text(2));
    content = row.text(3);
  }
  if (from == move.to) return {};
  Value opened = unseal_value(from, application_context(move.reference.text), content);
  if (opened.is_null()) {
    throw StoreFailure({ErrorCode::conflict, "The data of this case were destroyed.", false, {}});
  }
  opened.set("person", move.to.text);
  const std::string sealed = seal_new(move.to, application_context(move.reference.text), to_json(opened));
  database_.run("UPDATE application SET person = ? WHERE id = ?", move.to.text, row_id);
  database_.run("UPDATE application_content SET content = ? WHERE application = ?", Blob{sealed}, row_id);
  std::vector<DocumentId> left_over = move_documents(move);
  if (move.letters == CaseMove::Letters::go_along) move_outbox(move, from);
  move_provisions(move, from);
  move_submission(submission, from, move.to);
  forget_if_nothing_is_left(from, submission);
  return left_over;
}

std::vector<DocumentId> SqliteTransaction::move_documents(const CaseMove& move) {
  std::vector<DocumentId> left_over;
  for (const DocumentRecord& document : documents_of(move.reference)) {
    const auto file = move.files.find(document.id);
    if (file == move.files.end()) {
      database_.run("UPDATE document SET own = 0, for_resident = 0 WHERE id = ?", document.id.text);
      continue;
    }
    const Value names = Value::object({{"title", document.title}, {"fileName", document.file_name}});
    const std::string sealed = seal_new(move.to, names_context(document.id.text), to_json(names));
    database_.run("UPDATE document SET person = ?, names = ?, file = ? WHERE id = ?", move.to.text,
                  Blob{sealed}, file->second.text, document.id.text);
    left_over.push_back(document.file);
  }
  return left_over;
}

void SqliteTransaction::move_outbox(const CaseMove& move, const PersonId& from) {
  for (const OutboxRecord& entry : outbox_of(move.reference)) {
    if (entry.person != from) continue;
    const std::string sealed = seal_new(move.to, outbox_context(entry.key), to_json(entry.content));
    database_.run("UPDATE outbox SET person = ?, content = ? WHERE key = ?", move.to.text, Blob{sealed},
                  entry.key);
  }
}

void SqliteTransaction::move_provisions(const CaseMove& move, const PersonId& from) {
  for (ProvisionRecord& provision : provisions_of(from)) {
    if (provision.source != move.reference.text) continue;
    provision.person = move.to;
    put_provision(provision);
  }
}

/// The body holds the common part of all its requests: it follows the last of them.
void SqliteTransaction::move_submission(const std::string& id, const PersonId& from, const PersonId& to) {
  if (id.empty()) return;
  const auto record = submission(SubmissionId(id));
  if (!record || record->person != from) return;
  {
    Statement others = database_.query(
        "SELECT 1 FROM json_each((SELECT applications FROM submission WHERE id = ?1)) one "
        "JOIN application a ON a.reference = one.value WHERE a.person <> ?2",
        id, to.text);
    if (others.step()) return;
  }
  const std::string sealed = seal_new(to, submission_context(id), record->body);
  database_.run("UPDATE submission SET person = ?, body = ? WHERE id = ?", to.text, Blob{sealed}, id);
}

/// Somebody without a citizen number exists for one submission only. Whoever is known by a number may have
/// more than this store's cases, and stays.
void SqliteTransaction::forget_if_nothing_is_left(const PersonId& person, const std::string& submission) {
  {
    Statement left = database_.query(
        "SELECT 1 FROM person WHERE id = ?1 AND bsn_lookup IS NOT NULL "
        "UNION ALL SELECT 1 FROM submission WHERE id = ?2 AND person = ?1 "
        "UNION ALL SELECT 1 FROM application WHERE person = ?1 "
        "UNION ALL SELECT 1 FROM document WHERE person = ?1",
        person.text, submission);
    if (left.step()) return;
  }
  destroy_person_key(person);
}

}  // namespace softbot::sqlite
