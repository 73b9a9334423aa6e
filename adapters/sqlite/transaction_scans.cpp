#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"

namespace softbot::sqlite {
namespace {

constexpr std::string_view scan_select =
    "SELECT s.id, s.person, s.municipality, s.source, s.by, s.received, s.received_on, s.content_commitment, "
    "s.state, s.reason, s.media_type, s.bytes, s.document, s.parts, s.reader_version, s.looks_like_earlier, "
    "s.pages, s.applications, s.sheets, s.names FROM scan s ";

std::string scan_context(const std::string& id) {
  return "scan:" + id;
}

std::string names_of(const ScanRecord& scan) {
  return to_json(Value::object({{"fileName", scan.file_name}}));
}

std::string references_of(const ScanRecord& scan) {
  std::vector<std::string> texts;
  for (const ApplicationReference& reference : scan.applications) texts.push_back(reference.text);
  return to_json_list(texts);
}

std::string list_text(const Value& list) {
  return to_json(list.is_list() ? list : Value::list());
}

Value list_from(const std::string& text) {
  auto value = parse_json(text);
  if (!value) throw StoreFailure({ErrorCode::damaged, "A stored scan cannot be read.", false, {}});
  return std::move(*value);
}

std::string page_of_scans(const ScanFilter& filter) {
  std::string sql = std::string(scan_select) + "WHERE 1";
  if (!filter.state.empty()) sql += " AND s.state = :state";
  if (!filter.municipality.empty()) sql += " AND s.municipality = :municipality";
  if (!filter.municipalities.empty())
    sql += " AND s.municipality IN (SELECT value FROM json_each(:municipalities))";
  if (!filter.after.empty())
    sql += " AND (s.received, s.rowid) < (SELECT received, rowid FROM scan WHERE id = :after)";
  return sql + " ORDER BY s.received DESC, s.rowid DESC LIMIT :limit";
}

}  // namespace

void SqliteTransaction::add_scan(const ScanRecord& scan) {
  const std::string names = seal_new(scan.person, scan_context(scan.id), names_of(scan));
  database_.run(
      "INSERT INTO scan (id, person, municipality, source, by, received, received_on, content_commitment, "
      "state, reason, media_type, bytes, document, parts, reader_version, looks_like_earlier, pages, "
      "applications, sheets, names) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      scan.id, scan.person.text, scan.municipality, scan.source, scan.by, to_column(scan.received),
      to_column(scan.received_on), scan.content_commitment, scan.state, scan.reason, scan.media_type,
      scan.bytes, scan.document.text, scan.parts.text, scan.reader_version, scan.looks_like_earlier,
      list_text(scan.pages), references_of(scan), list_text(scan.sheets), Blob{names});
}

std::optional<ScanRecord> SqliteTransaction::scan(std::string_view id) {
  Statement row = database_.query(std::string(scan_select) + "WHERE s.id = ?", id);
  if (!row.step()) return std::nullopt;
  return scan_in(row);
}

std::optional<ScanRecord> SqliteTransaction::scan_by_content(std::string_view content_commitment) {
  Statement row =
      database_.query(std::string(scan_select) + "WHERE s.content_commitment = ?", content_commitment);
  if (!row.step()) return std::nullopt;
  return scan_in(row);
}

void SqliteTransaction::update_scan(const ScanRecord& scan) {
  const std::string names = seal(scan.person, scan_context(scan.id), names_of(scan));
  const auto changed = database_.run(
      "UPDATE scan SET state = ?, reason = ?, document = ?, parts = ?, reader_version = ?, "
      "looks_like_earlier = ?, pages = ?, applications = ?, sheets = ?, names = ? WHERE id = ?",
      scan.state, scan.reason, scan.document.text, scan.parts.text, scan.reader_version,
      scan.looks_like_earlier, list_text(scan.pages), references_of(scan), list_text(scan.sheets),
      Blob{names}, scan.id);
  if (changed == 0) throw StoreFailure({ErrorCode::not_found, "There is no such scan.", false, {}});
}

std::vector<ScanRecord> SqliteTransaction::scans(const ScanFilter& filter) {
  Statement rows = database_.query(page_of_scans(filter));
  rows.bind_named(":state", filter.state);
  rows.bind_named(":municipality", filter.municipality);
  rows.bind_named(":municipalities", to_json_list(filter.municipalities));
  rows.bind_named(":after", filter.after);
  rows.bind_named(":limit", static_cast<std::int64_t>(filter.limit));
  std::vector<ScanRecord> all;
  while (rows.step()) all.push_back(scan_in(rows));
  return all;
}

void SqliteTransaction::mark_scan(std::string_view id, std::string_view mark) {
  database_.run("INSERT INTO scan_mark (mark, scan) VALUES (?, ?) ON CONFLICT DO NOTHING", mark, id);
}

std::vector<ScanRecord> SqliteTransaction::scans_marked(std::string_view mark) {
  Statement rows =
      database_.query(std::string(scan_select) +
                          "JOIN scan_mark m ON m.scan = s.id WHERE m.mark = ? ORDER BY s.received, s.rowid",
                      mark);
  std::vector<ScanRecord> all;
  while (rows.step()) all.push_back(scan_in(rows));
  return all;
}

ScanRecord SqliteTransaction::scan_in(const Statement& row) {
  ScanRecord record;
  record.id = row.text(0);
  record.person = PersonId(row.text(1));
  record.municipality = row.text(2);
  record.source = row.text(3);
  record.by = row.text(4);
  record.received = instant_from(row.integer(5));
  record.received_on = date_from(row.integer(6));
  record.content_commitment = row.text(7);
  record.state = row.text(8);
  record.reason = row.text(9);
  record.media_type = row.text(10);
  record.bytes = row.integer(11);
  record.document = DocumentId(row.text(12));
  record.parts = DocumentId(row.text(13));
  record.reader_version = row.text(14);
  record.looks_like_earlier = row.flag(15);
  record.pages = list_from(row.text(16));
  for (std::string& reference : texts_from(row.text(17)))
    record.applications.emplace_back(std::move(reference));
  record.sheets = list_from(row.text(18));
  record.file_name =
      unseal_value(record.person, scan_context(record.id), row.text(19))["fileName"].text_or_empty();
  return record;
}

}  // namespace softbot::sqlite
