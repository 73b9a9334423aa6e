#include <array>
#include <chrono>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/maintenance.h"
#include "adapters/sqlite/maintenance_look.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {
namespace {

void remove_sessions(Database& database, SqliteTransaction& transaction, std::string_view bsn) {
  std::vector<std::string> tokens;
  Statement rows = database.query("SELECT token_commitment FROM session WHERE length(bsn) > 0");
  while (rows.step()) tokens.push_back(rows.text(0));
  for (const std::string& token : tokens) {
    const auto session = transaction.session(token);
    if (session && session->bsn == bsn) transaction.remove_session(token);
  }
}

/// Of these cases, whatever person a row is sealed for: letters to somebody whose case it was thought to be
/// hold this person's answers too.
constexpr std::string_view their_cases = "(SELECT reference FROM application WHERE person = ?1)";

std::string of_their_cases(std::string_view sql) {
  std::string whole(sql);
  return whole.replace(whole.find("THEIRS"), std::string_view("THEIRS").size(), their_cases);
}

std::vector<std::string> texts(Statement rows) {
  std::vector<std::string> all;
  while (rows.step()) all.push_back(rows.text(0));
  return all;
}

/// What lies outside the database, by the job that removes it.
struct Outside {
  std::vector<std::string> documents;     ///< their files
  std::vector<std::string> unused_files;  ///< of no document
  std::vector<std::string> outbox;        ///< keys of letters and orders
};

/// Stores the jobs that remove it, leased by this erasure: if it is cut off, the daemon carries on. Files
/// that wait to be discarded anyway go along, as they may hold a copy.
Outside note_outside(Database& database, const PersonId& person, Instant now) {
  constexpr std::chrono::minutes lease{1};
  Outside outside;
  outside.documents = texts(database.query(
      of_their_cases("SELECT coalesce(file, id) FROM document WHERE person = ?1 OR reference IN THEIRS"),
      person.text));
  outside.outbox = texts(database.query(
      of_their_cases("SELECT key FROM outbox WHERE person = ?1 OR reference IN THEIRS"), person.text));
  const auto note = [&](std::string_view kind, const std::string& subject) {
    database.run("INSERT INTO job (kind, subject, run_at, due, leased) VALUES (?, ?, ?, ?, 1)", kind, subject,
                 to_column(now), to_column(now + lease));
  };
  for (const std::string& file : outside.documents) note(discard_file_job, file);
  for (const std::string& key : outside.outbox) note(take_back_job, key);
  outside.unused_files =
      texts(database.query("SELECT subject FROM job WHERE kind = ? AND leased = 0", discard_file_job));
  database.run("UPDATE job SET leased = 1, due = ? WHERE kind = ? AND leased = 0", to_column(now + lease),
               discard_file_job);
  return outside;
}

/// Work and deliveries that wait have nothing left to work on; open cases have nothing left to decide on.
std::int64_t close_cases(Database& database, const PersonId& person) {
  database.run(of_their_cases("DELETE FROM job WHERE subject IN THEIRS"), person.text);
  database.run(
      of_their_cases("DELETE FROM job WHERE kind <> 'take-back' AND subject IN (SELECT key FROM outbox "
                     "WHERE reference IN THEIRS)"),
      person.text);
  database.run(of_their_cases("DELETE FROM outbox WHERE delivered IS NULL AND reference IN THEIRS"),
               person.text);
  const auto closed = database.run(
      "UPDATE application SET status = 'withdrawn', version = version + 1 WHERE person = ? "
      "AND status NOT IN ('decided', 'withdrawn')",
      person.text);
  database.run("UPDATE application SET waits = 0, claim_account = '', claim_until = 0 WHERE person = ?",
               person.text);
  return closed;
}

/// What was sealed under the key goes too, so that no copy of the key can bring it back.
void empty_content(Database& database, const PersonId& person) {
  static constexpr std::array<std::string_view, 5> emptyings{
      "UPDATE submission SET body = x'' WHERE person = ?1 OR id IN (SELECT submission FROM application WHERE "
      "reference IN THEIRS)",
      "UPDATE application_content SET content = x'' WHERE application IN (SELECT id FROM application WHERE "
      "reference IN THEIRS)",
      "UPDATE document SET names = x'' WHERE person = ?1 OR reference IN THEIRS",
      "UPDATE outbox SET content = x'', state = iif(state = 'confirmed', state, 'cancelled') WHERE person = "
      "?1 "
      "OR reference IN THEIRS",
      "UPDATE provision SET content = x'' WHERE person = ?1 OR source IN THEIRS"};
  for (const std::string_view sql : emptyings) database.run(of_their_cases(sql), person.text);
}

void note_taken_back(const TakenBack& taken, Erasure& erasure) {
  if (taken.kind == TakenBack::Kind::taken_back) ++erasure.taken_back;
  if (taken.kind == TakenBack::Kind::gone) erasure.gone_before.push_back(taken.where);
}

/// Removes it. What cannot be removed now stays with its job.
void remove_outside(const Outside& outside, DocumentFiles& documents, const Deliverers& deliverers,
                    Erasure& erasure, std::vector<std::string>& done) {
  for (const std::string& file : outside.documents) {
    const bool removed = documents.remove(DocumentId(file)).has_value();
    ++(removed ? erasure.documents : erasure.files_left);
    if (removed) done.push_back(file);
  }
  for (const std::string& file : outside.unused_files) {
    if (documents.remove(DocumentId(file))) done.push_back(file);
  }
  for (const std::string& key : outside.outbox) {
    bool removed = true;
    for (Deliverer* outbox : {&deliverers.post, &deliverers.provider_orders}) {
      const auto taken = outbox->take_back(key);
      if (taken) note_taken_back(*taken, erasure);
      removed = removed && taken;
    }
    if (removed) done.push_back(key);
    if (!removed) ++erasure.files_left;
  }
}

}  // namespace

Result<Erasure> destroy_person(SqliteStore& store, DocumentFiles& documents, const Deliverers& deliverers,
                               std::string_view bsn, const Asker& asker) {
  Erasure erasure;
  Outside outside;
  const auto destroyed = store.write_rows([&](Database& database) -> Result<void> {
    SqliteTransaction transaction(database, store.context());
    const auto person = transaction.person_by_bsn(bsn);
    if (!person) return unknown_person();
    erasure.person = person->id;
    outside = note_outside(database, person->id, store.context().clock.now());
    remove_sessions(database, transaction, bsn);
    erasure.cases_closed = close_cases(database, person->id);
    empty_content(database, person->id);
    transaction.destroy_person_key(person->id);
    transaction.append_audit(record_of(store.context(), person->id, asker, "destroyed"));
    return {};
  });
  if (!destroyed) return fail(destroyed.error());
  std::vector<std::string> done;
  remove_outside(outside, documents, deliverers, erasure, done);
  const auto noted = store.write_rows([&](Database& database) -> Result<void> {
    for (const std::string& subject : done) {
      database.run("DELETE FROM job WHERE subject = ?1 AND kind IN (?2, ?3)", subject, discard_file_job,
                   take_back_job);
    }
    return {};
  });
  if (!noted) return fail(noted.error());
  store.empty_wal();
  return erasure;
}

}  // namespace softbot::sqlite
