#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/durable_file.h"
#include "adapters/sqlite/maintenance.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view activity = "person-file";

tl::unexpected<Error> unknown_person() {
  return fail(ErrorCode::not_found, "Nothing is kept under this citizen service number.");
}

AuditRecord record_of(const StoreContext& context, const PersonId& person, const Asker& asker,
                      std::string action) {
  AuditRecord record;
  record.at = context.clock.now();
  record.actor = asker.actor;
  record.action = std::move(action);
  record.subject = person.text;
  record.purpose = asker.purpose;
  record.activity = activity;
  return record;
}

std::vector<DocumentId> document_ids(Database& database, const PersonId& person) {
  Statement rows =
      database.query("SELECT id FROM document WHERE person = ? ORDER BY created, rowid", person.text);
  std::vector<DocumentId> ids;
  while (rows.step()) ids.emplace_back(rows.text(0));
  return ids;
}

/// A document's file name as it may stand in a folder of ours.
std::string safe_name(const DocumentRecord& document) {
  std::string name = document.id.text + "-";
  for (const char c : document.file_name.substr(0, 80)) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
    name += plain ? c : '_';
  }
  return name;
}

Value document_value(const DocumentRecord& document) {
  return Value::object({{"id", document.id.text},
                        {"application", document.reference.text},
                        {"kind", document.kind},
                        {"title", document.title},
                        {"fileName", document.file_name},
                        {"mediaType", document.media_type},
                        {"created", format_instant(document.created)},
                        {"file", safe_name(document)}});
}

Value submission_value(const SubmissionRecord& submission) {
  return Value::object({{"id", submission.id.text},
                        {"channel", submission.channel},
                        {"received", format_instant(submission.received)},
                        {"body", submission.body}});
}

Value delivery_value(const OutboxRecord& entry) {
  return Value::object({{"channel", entry.channel},
                        {"application", entry.reference.text},
                        {"document", entry.document},
                        {"state", entry.state},
                        {"created", format_instant(entry.created)},
                        {"content", entry.content}});
}

Value provision_value(const ProvisionRecord& provision) {
  return Value::object({{"type", provision.type},
                        {"municipality", provision.municipality},
                        {"decisionNumber", provision.decision_number},
                        {"details", provision.details},
                        {"from", format_iso(provision.from)},
                        {"until", provision.until ? Value(format_iso(*provision.until)) : Value()},
                        {"source", provision.source}});
}

Value audit_value(const AuditRecord& link) {
  return Value::object({{"number", link.number},
                        {"at", format_instant(link.at)},
                        {"actor", link.actor},
                        {"action", link.action},
                        {"subject", link.subject},
                        {"purpose", link.purpose},
                        {"activity", link.activity}});
}

std::string picture_name(const CorrectionRecord& correction) {
  return "correction-" + correction.id + (correction.picture_type == "image/jpeg" ? ".jpg" : ".png");
}

Value correction_value(const CorrectionRecord& correction) {
  return Value::object({{"keptOn", format_iso(correction.kept_on)},
                        {"municipality", correction.municipality},
                        {"read", correction.content["raw"]},
                        {"value", correction.content["value"]},
                        {"file", picture_name(correction)}});
}

/// What was kept of this person to learn from.
std::vector<CorrectionRecord> corrections_of(Transaction& transaction, const StoreContext& context,
                                             const PersonId& person) {
  CorrectionFilter filter;
  filter.owner = correction_owner(context.vault, person);
  filter.limit = 10'000;
  return transaction.corrections(filter);
}

/// Gathers what the rows say of one person.
class PersonFile {
 public:
  PersonFile(Transaction& transaction, Database& database, const PersonId& person)
      : transaction_(transaction), database_(database), person_(person) {}

  Value gather() {
    Value file = Value::object({{"person", person_.text}});
    subjects_.insert(person_.text);
    gather_cases(file);
    Value documents = Value::list();
    for (const DocumentId& id : document_ids(database_, person_)) {
      subjects_.insert(id.text);
      if (auto document = transaction_.document(id)) {
        documents.push(document_value(*document));
        documents_.push_back(std::move(*document));
      }
    }
    file.set("documents", documents);
    Value provisions = Value::list();
    for (const auto& provision : transaction_.provisions_of(person_))
      provisions.push(provision_value(provision));
    file.set("provisions", provisions);
    file.set("audit", audit());
    return file;
  }

  [[nodiscard]] const std::vector<DocumentRecord>& documents() const { return documents_; }

 private:
  void gather_cases(Value& file) {
    Value applications = Value::list();
    Value deliveries = Value::list();
    std::set<std::string> submissions;
    for (const Application& application : transaction_.applications_of(person_)) {
      subjects_.insert(application.reference.text);
      submissions.insert(application.submission.text);
      applications.push(to_value(application));
      for (const auto& entry : transaction_.outbox_of(application.reference))
        deliveries.push(delivery_value(entry));
    }
    Value sent = Value::list();
    for (const std::string& id : submissions) {
      if (id.empty()) continue;
      subjects_.insert(id);
      if (const auto submission = transaction_.submission(SubmissionId(id)))
        sent.push(submission_value(*submission));
    }
    file.set("applications", applications);
    file.set("submissions", sent);
    file.set("deliveries", deliveries);
  }

  Value audit() {
    std::vector<AuditRecord> links;
    for (const std::string& subject : subjects_) {
      for (AuditRecord& link : transaction_.audit_of(subject)) links.push_back(std::move(link));
    }
    std::sort(links.begin(), links.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    Value list = Value::list();
    for (const AuditRecord& link : links) list.push(audit_value(link));
    return list;
  }

  Transaction& transaction_;
  Database& database_;
  const PersonId& person_;
  std::set<std::string> subjects_;
  std::vector<DocumentRecord> documents_;
};

void remove_sessions(Database& database, SqliteTransaction& transaction, std::string_view bsn) {
  std::vector<std::string> tokens;
  Statement rows = database.query("SELECT token_commitment FROM session WHERE length(bsn) > 0");
  while (rows.step()) tokens.push_back(rows.text(0));
  for (const std::string& token : tokens) {
    const auto session = transaction.session(token);
    if (session && session->bsn == bsn) transaction.remove_session(token);
  }
}

/// Work and deliveries that wait have nothing left to work on; open cases have nothing left to decide on.
std::int64_t close_cases(Database& database, const PersonId& person) {
  database.run(
      "DELETE FROM job WHERE subject IN (SELECT reference FROM application WHERE person = ?1) "
      "OR subject IN (SELECT key FROM outbox WHERE reference IN (SELECT reference FROM application WHERE "
      "person = ?1))",
      person.text);
  database.run(
      "DELETE FROM outbox WHERE delivered IS NULL AND reference IN (SELECT reference FROM application WHERE "
      "person = ?)",
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
  static constexpr std::array<std::string_view, 6> emptyings{
      "UPDATE submission SET body = x'' WHERE person = ?",
      "UPDATE application_content SET content = x'' WHERE application IN (SELECT id FROM application WHERE "
      "person = ?)",
      "UPDATE judgement SET content = x'' WHERE application IN (SELECT id FROM application WHERE person = ?)",
      "UPDATE document SET names = x'' WHERE person = ?",
      "UPDATE outbox SET content = x'' WHERE person = ?",
      "UPDATE provision SET content = x'' WHERE person = ?"};
  for (const std::string_view sql : emptyings) database.run(sql, person.text);
}

}  // namespace

Result<Value> export_person(SqliteStore& store, const DocumentFiles& documents, std::string_view bsn,
                            const fs::path& folder, const Asker& asker) {
  if (auto ready = need_empty_folder(folder); !ready) return fail(ready.error());
  Value file;
  std::vector<DocumentRecord> listed;
  std::vector<CorrectionRecord> corrections;
  std::string key;
  const auto gathered = store.write_rows([&](Database& database) -> Result<void> {
    SqliteTransaction transaction(database, store.context());
    const auto person = transaction.person_by_bsn(bsn);
    if (!person) return unknown_person();
    transaction.append_audit(record_of(store.context(), person->id, asker, "exported"));
    PersonFile gathering(transaction, database, person->id);
    file = gathering.gather();
    listed = gathering.documents();
    corrections = corrections_of(transaction, store.context(), person->id);
    Value kept = Value::list();
    for (const CorrectionRecord& correction : corrections) kept.push(correction_value(correction));
    file.set("corrections", std::move(kept));
    key = person->wrapped_key;
    return {};
  });
  if (!gathered) return fail(gathered.error());
  for (const DocumentRecord& document : listed) {
    const auto sealed = documents.get(document.id);
    if (!sealed) return fail(sealed.error());
    const auto plain = store.context().vault.open(key, document_context(document.id), *sealed);
    if (!plain) return fail(plain.error());
    if (auto written = write_durable(folder / safe_name(document), *plain); !written)
      return fail(written.error());
  }
  for (const CorrectionRecord& correction : corrections) {
    if (auto written = write_durable(folder / picture_name(correction), correction.picture); !written)
      return fail(written.error());
  }
  return file;
}

Result<Erasure> destroy_person(SqliteStore& store, DocumentFiles& documents, std::string_view bsn,
                               const Asker& asker) {
  Erasure erasure;
  std::vector<DocumentId> files;
  const auto destroyed = store.write_rows([&](Database& database) -> Result<void> {
    SqliteTransaction transaction(database, store.context());
    const auto person = transaction.person_by_bsn(bsn);
    if (!person) return unknown_person();
    erasure.person = person->id;
    files = document_ids(database, person->id);
    remove_sessions(database, transaction, bsn);
    erasure.cases_closed = close_cases(database, person->id);
    empty_content(database, person->id);
    transaction.destroy_person_key(person->id);
    transaction.append_audit(record_of(store.context(), person->id, asker, "destroyed"));
    return {};
  });
  if (!destroyed) return fail(destroyed.error());
  for (const DocumentId& id : files) {
    ++(documents.remove(id) ? erasure.documents : erasure.files_left);
  }
  store.empty_wal();
  return erasure;
}

}  // namespace softbot::sqlite
