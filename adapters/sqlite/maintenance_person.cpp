#include <algorithm>
#include <cctype>
#include <set>

#include "adapters/sqlite/durable_file.h"
#include "adapters/sqlite/maintenance.h"
#include "adapters/sqlite/maintenance_look.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {
namespace {

namespace fs = std::filesystem;

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

/// The body as it came in, unless it also holds requests that are of somebody else now.
Value submission_value(const SubmissionRecord& submission, const PersonId& person) {
  const bool own = submission.person == person;
  Value value = Value::object({{"id", submission.id.text},
                               {"channel", submission.channel},
                               {"received", format_instant(submission.received)},
                               {"body", own ? Value(submission.body) : Value()}});
  if (!own) value.set("note", "The body is left out: it also holds requests of somebody else.");
  return value;
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
      for (const auto& entry : transaction_.outbox_of(application.reference)) {
        // One to somebody whose case it was thought to be is theirs.
        if (entry.person == person_) deliveries.push(delivery_value(entry));
      }
    }
    Value sent = Value::list();
    for (const std::string& id : submissions) {
      if (id.empty()) continue;
      subjects_.insert(id);
      if (const auto submission = transaction_.submission(SubmissionId(id)))
        sent.push(submission_value(*submission, person_));
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

}  // namespace

Result<Value> export_person(SqliteStore& store, const DocumentFiles& documents, std::string_view bsn,
                            const fs::path& folder, const Asker& asker) {
  if (auto ready = need_empty_folder(folder); !ready) return fail(ready.error());
  Value file;
  std::vector<DocumentRecord> listed;
  std::string key;
  const auto gathered = store.write_rows([&](Database& database) -> Result<void> {
    SqliteTransaction transaction(database, store.context());
    const auto person = transaction.person_by_bsn(bsn);
    if (!person) return unknown_person();
    transaction.append_audit(record_of(store.context(), person->id, asker, "exported"));
    PersonFile gathering(transaction, database, person->id);
    file = gathering.gather();
    listed = gathering.documents();
    key = person->wrapped_key;
    return {};
  });
  if (!gathered) return fail(gathered.error());
  for (const DocumentRecord& document : listed) {
    const auto sealed = documents.get(document.file);
    if (!sealed) return fail(sealed.error());
    const auto plain = store.context().vault.open(key, document_context(document.file), *sealed);
    if (!plain) return fail(plain.error());
    if (auto written = write_durable(folder / safe_name(document), *plain); !written)
      return fail(written.error());
  }
  return file;
}

}  // namespace softbot::sqlite
