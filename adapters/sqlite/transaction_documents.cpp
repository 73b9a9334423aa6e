#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"

namespace softbot::sqlite {
namespace {

constexpr std::string_view document_select =
    "SELECT id, reference, person, kind, media_type, bytes, own, for_resident, created, names FROM document ";
constexpr std::string_view outbox_select =
    "SELECT key, reference, person, channel, document, state, created, delivered, planned_date, "
    "confirmed_date, attempts, "
    "last_error, content FROM outbox ";

std::string names_context(const std::string& id) {
  return "document-names:" + id;
}

std::string outbox_context(std::string_view key) {
  return "outbox:" + std::string(key);
}

std::string provision_context(const std::string& id) {
  return "provision:" + id;
}

/// A page of the outbox, with named parameters, so that each combination is one statement in the cache. One
/// state alone is read in the order of the index.
std::string page_of_outbox(const OutboxFilter& filter, bool goes_on) {
  const bool newest_first = filter.order == OutboxOrder::newest_first;
  std::string sql = std::string(outbox_select) + "WHERE 1";
  if (!filter.channel.empty()) sql += " AND channel = :channel";
  if (filter.states.size() == 1) sql += " AND state = :state";
  if (filter.states.size() > 1) sql += " AND state IN (SELECT value FROM json_each(:states))";
  if (!filter.municipalities.empty()) {
    sql +=
        " AND EXISTS (SELECT 1 FROM application a WHERE a.reference = outbox.reference AND a.municipality IN "
        "(SELECT value FROM json_each(:municipalities)))";
  }
  if (goes_on)
    sql += std::string(" AND (created, rowid) ") + (newest_first ? "<" : ">") + " (:created, :rowid)";
  return sql + (newest_first ? " ORDER BY created DESC, rowid DESC" : " ORDER BY created, rowid") +
         " LIMIT :limit";
}

template <class T, class Make>
std::optional<T> optional_from(const std::optional<std::int64_t>& column, Make make) {
  if (!column) return std::nullopt;
  return make(*column);
}

}  // namespace

void SqliteTransaction::add_document(const DocumentRecord& document) {
  const Value names = Value::object({{"title", document.title}, {"fileName", document.file_name}});
  const std::string sealed = seal_new(document.person, names_context(document.id.text), to_json(names));
  database_.run(
      "INSERT INTO document (id, reference, person, kind, media_type, bytes, own, for_resident, created, "
      "names) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      document.id.text, text_or_null(document.reference.text), document.person.text, document.kind,
      document.media_type, document.bytes, document.own, document.for_resident, to_column(document.created),
      Blob{sealed});
}

std::optional<DocumentRecord> SqliteTransaction::document(const DocumentId& id) {
  Statement row = database_.query(std::string(document_select) + "WHERE id = ?", id.text);
  if (!row.step()) return std::nullopt;
  return document_in(row);
}

std::vector<DocumentRecord> SqliteTransaction::documents_of(const ApplicationReference& reference) {
  Statement rows = database_.query(
      std::string(document_select) + "WHERE reference = ? ORDER BY created, rowid", reference.text);
  std::vector<DocumentRecord> all;
  while (rows.step()) all.push_back(document_in(rows));
  return all;
}

DocumentRecord SqliteTransaction::document_in(const Statement& row) {
  DocumentRecord record;
  record.id = DocumentId(row.text(0));
  record.reference = ApplicationReference(row.text(1));
  record.person = PersonId(row.text(2));
  record.kind = row.text(3);
  record.media_type = row.text(4);
  record.bytes = row.integer(5);
  record.own = row.flag(6);
  record.for_resident = row.flag(7);
  record.created = instant_from(row.integer(8));
  const Value names = unseal_value(record.person, names_context(record.id.text), row.text(9));
  record.title = names["title"].text_or_empty();
  record.file_name = names["fileName"].text_or_empty();
  return record;
}

void SqliteTransaction::add_outbox(const OutboxRecord& entry) {
  const std::string content = seal_new(entry.person, outbox_context(entry.key), to_json(entry.content));
  database_.run(
      "INSERT INTO outbox (key, reference, person, channel, document, state, created, delivered, "
      "planned_date, "
      "confirmed_date, attempts, last_error, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (key) DO NOTHING",
      entry.key, text_or_null(entry.reference.text), text_or_null(entry.person.text), entry.channel,
      entry.document, entry.state, to_column(entry.created), to_column(entry.delivered),
      to_column(entry.planned_date), to_column(entry.confirmed_date), entry.attempts, entry.last_error,
      Blob{content});
}

std::optional<OutboxRecord> SqliteTransaction::outbox(std::string_view key) {
  Statement row = database_.query(std::string(outbox_select) + "WHERE key = ?", key);
  if (!row.step()) return std::nullopt;
  return outbox_row(row);
}

void SqliteTransaction::update_outbox(const OutboxRecord& entry) {
  const std::string content = seal(entry.person, outbox_context(entry.key), to_json(entry.content));
  const auto changed = database_.run(
      "UPDATE outbox SET channel = ?, state = ?, document = ?, delivered = ?, planned_date = ?, "
      "confirmed_date = ?, "
      "attempts = ?, "
      "last_error = ?, content = ? WHERE key = ?",
      entry.channel, entry.state, entry.document, to_column(entry.delivered), to_column(entry.planned_date),
      to_column(entry.confirmed_date), entry.attempts, entry.last_error, Blob{content}, entry.key);
  if (changed == 0) throw StoreFailure({ErrorCode::not_found, "There is no such delivery.", false, {}});
}

std::vector<OutboxRecord> SqliteTransaction::outbox_in(std::string_view channel,
                                                       const std::vector<std::string>& states,
                                                       std::size_t limit) {
  OutboxFilter filter;
  filter.channel = channel;
  filter.states = states;
  filter.limit = limit;
  return outbox_page(filter);
}

std::vector<OutboxRecord> SqliteTransaction::outbox_page(const OutboxFilter& filter) {
  std::int64_t created = 0;
  std::int64_t rowid = 0;
  bool goes_on = false;
  if (!filter.after.empty()) {
    Statement place = database_.query("SELECT created, rowid FROM outbox WHERE key = ?", filter.after);
    goes_on = place.step();
    if (goes_on) {
      created = place.integer(0);
      rowid = place.integer(1);
    }
  }
  Statement rows = database_.query(page_of_outbox(filter, goes_on));
  rows.bind_named(":channel", filter.channel);
  rows.bind_named(":state", filter.states.empty() ? std::string() : filter.states.front());
  rows.bind_named(":states", to_json_list(filter.states));
  rows.bind_named(":municipalities", to_json_list(filter.municipalities));
  rows.bind_named(":created", created);
  rows.bind_named(":rowid", rowid);
  rows.bind_named(":limit", static_cast<std::int64_t>(filter.limit));
  std::vector<OutboxRecord> all;
  while (rows.step()) all.push_back(outbox_row(rows));
  return all;
}

std::vector<OutboxRecord> SqliteTransaction::outbox_of(const ApplicationReference& reference) {
  Statement rows = database_.query(std::string(outbox_select) + "WHERE reference = ? ORDER BY created, rowid",
                                   reference.text);
  std::vector<OutboxRecord> all;
  while (rows.step()) all.push_back(outbox_row(rows));
  return all;
}

OutboxRecord SqliteTransaction::outbox_row(const Statement& row) {
  OutboxRecord record;
  record.key = row.text(0);
  record.reference = ApplicationReference(row.text(1));
  record.person = PersonId(row.text(2));
  record.channel = row.text(3);
  record.document = row.text(4);
  record.state = row.text(5);
  record.created = instant_from(row.integer(6));
  record.delivered = optional_from<Instant>(row.optional_integer(7), instant_from);
  record.planned_date = optional_from<Date>(row.optional_integer(8), date_from);
  record.confirmed_date = optional_from<Date>(row.optional_integer(9), date_from);
  record.attempts = static_cast<int>(row.integer(10));
  record.last_error = row.text(11);
  record.content = unseal_value(record.person, outbox_context(record.key), row.text(12));
  return record;
}

void SqliteTransaction::put_provision(const ProvisionRecord& provision) {
  const Value content =
      Value::object({{"decisionNumber", provision.decision_number}, {"details", provision.details}});
  const std::string sealed = seal_new(provision.person, provision_context(provision.id), to_json(content));
  database_.run(
      "INSERT INTO provision (id, person, type, municipality, from_date, until_date, source, content) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET person = excluded.person, type = "
      "excluded.type, "
      "municipality = excluded.municipality, from_date = excluded.from_date, until_date = "
      "excluded.until_date, "
      "source = excluded.source, content = excluded.content",
      provision.id, provision.person.text, provision.type, provision.municipality, to_column(provision.from),
      to_column(provision.until), provision.source, Blob{sealed});
}

std::vector<ProvisionRecord> SqliteTransaction::provisions_of(const PersonId& person) {
  Statement rows = database_.query(
      "SELECT id, person, type, municipality, from_date, until_date, source, content FROM provision WHERE "
      "person = ? "
      "ORDER BY from_date, rowid",
      person.text);
  std::vector<ProvisionRecord> all;
  while (rows.step()) {
    ProvisionRecord record;
    record.id = rows.text(0);
    record.person = PersonId(rows.text(1));
    record.type = rows.text(2);
    record.municipality = rows.text(3);
    record.from = date_from(rows.integer(4));
    record.until = optional_from<Date>(rows.optional_integer(5), date_from);
    record.source = rows.text(6);
    const Value content = unseal_value(record.person, provision_context(record.id), rows.text(7));
    record.decision_number = content["decisionNumber"].text_or_empty();
    record.details = content["details"];
    all.push_back(std::move(record));
  }
  return all;
}

}  // namespace softbot::sqlite
