#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"

namespace softbot::sqlite {
namespace {

constexpr std::string_view correction_select =
    "SELECT c.id, c.municipality, c.kept_on, c.about, c.owner, c.picture_type, c.content, c.picture, "
    "k.wrapped_key FROM correction c JOIN correction_key k USING (municipality, kept_on) ";

std::string content_context(const std::string& id) {
  return "correction:" + id;
}

std::string picture_context(const std::string& id) {
  return "correction-picture:" + id;
}

std::string page_of_corrections(const CorrectionFilter& filter) {
  std::string sql = std::string(correction_select) + "WHERE 1";
  if (!filter.municipality.empty()) sql += " AND c.municipality = :municipality";
  if (!filter.owner.empty()) sql += " AND c.owner = :owner";
  if (!filter.after.empty()) {
    sql +=
        " AND (c.municipality, c.kept_on, c.id) > "
        "(SELECT municipality, kept_on, id FROM correction WHERE id = :after)";
  }
  return sql + " ORDER BY c.municipality, c.kept_on, c.id LIMIT :limit";
}

}  // namespace

std::string SqliteTransaction::correction_key(std::string_view municipality, Date kept_on) {
  {
    Statement row =
        database_.query("SELECT wrapped_key FROM correction_key WHERE municipality = ? AND kept_on = ?",
                        municipality, to_column(kept_on));
    if (row.step()) return row.text(0);
  }
  const std::string made = context_.vault.new_wrapped_key();
  database_.run("INSERT INTO correction_key (municipality, kept_on, wrapped_key) VALUES (?, ?, ?)",
                municipality, to_column(kept_on), Blob{made});
  return made;
}

void SqliteTransaction::keep_correction(const CorrectionRecord& correction) {
  const std::string key = correction_key(correction.municipality, correction.kept_on);
  const std::string content =
      context_.vault.seal(key, content_context(correction.id), to_json(correction.content));
  const std::string picture = context_.vault.seal(key, picture_context(correction.id), correction.picture);
  drop_correction(correction.about);
  database_.run(
      "INSERT INTO correction (id, municipality, kept_on, about, owner, picture_type, content, picture) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      correction.id, correction.municipality, to_column(correction.kept_on), correction.about,
      correction.owner, correction.picture_type, Blob{content}, Blob{picture});
}

void SqliteTransaction::drop_correction(std::string_view about) {
  // Their key serves others of that day, so they are overwritten: a row that is deleted may stay readable.
  database_.run(
      "UPDATE correction SET content = zeroblob(length(content)), picture = zeroblob(length(picture)) "
      "WHERE about = ?",
      about);
  database_.run("DELETE FROM correction WHERE about = ?", about);
}

std::vector<CorrectionRecord> SqliteTransaction::corrections(const CorrectionFilter& filter) {
  Statement rows = database_.query(page_of_corrections(filter));
  rows.bind_named(":municipality", filter.municipality);
  rows.bind_named(":owner", filter.owner);
  rows.bind_named(":after", filter.after);
  rows.bind_named(":limit", static_cast<std::int64_t>(filter.limit));
  std::vector<CorrectionRecord> all;
  while (rows.step()) all.push_back(correction_in(rows));
  return all;
}

CorrectionRecord SqliteTransaction::correction_in(const Statement& row) {
  CorrectionRecord record;
  record.id = row.text(0);
  record.municipality = row.text(1);
  record.kept_on = date_from(row.integer(2));
  record.about = row.text(3);
  record.owner = row.text(4);
  record.picture_type = row.text(5);
  const std::string key = row.text(8);
  auto content = context_.vault.open(key, content_context(record.id), row.text(6));
  if (!content) throw StoreFailure(content.error());
  auto value = parse_json(*content);
  if (!value) throw StoreFailure({ErrorCode::damaged, "A kept correction cannot be read.", false, {}});
  record.content = std::move(*value);
  auto picture = context_.vault.open(key, picture_context(record.id), row.text(7));
  if (!picture) throw StoreFailure(picture.error());
  record.picture = std::move(*picture);
  return record;
}

std::vector<CorrectionDay> SqliteTransaction::correction_days() {
  Statement rows = database_.query(
      "SELECT municipality, kept_on, count(*) FROM correction GROUP BY municipality, kept_on "
      "ORDER BY municipality, kept_on");
  std::vector<CorrectionDay> days;
  while (rows.step()) days.push_back({rows.text(0), date_from(rows.integer(1)), rows.integer(2)});
  return days;
}

std::int64_t SqliteTransaction::destroy_corrections(std::string_view municipality, Date first_kept) {
  const auto destroyed = database_.run("DELETE FROM correction WHERE municipality = ? AND kept_on < ?",
                                       municipality, to_column(first_kept));
  // Overwritten first: a row that is only deleted may stay readable in its page.
  database_.run(
      "UPDATE correction_key SET wrapped_key = zeroblob(length(wrapped_key)) WHERE municipality = ? AND "
      "kept_on < ?",
      municipality, to_column(first_kept));
  database_.run("DELETE FROM correction_key WHERE municipality = ? AND kept_on < ?", municipality,
                to_column(first_kept));
  return destroyed;
}

}  // namespace softbot::sqlite
