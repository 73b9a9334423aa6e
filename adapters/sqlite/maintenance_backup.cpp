#include <sqlite3.h>

#include <fstream>
#include <iterator>

#include "adapters/sqlite/durable_file.h"
#include "adapters/sqlite/hash.h"
#include "adapters/sqlite/maintenance.h"
#include "domain/json.h"

namespace softbot::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest_format = "softbot-backup-1";
constexpr JsonLimits manifest_limits{std::size_t{4} << 30, 8, 500'000'000, 1000};

/// One document's line in the manifest.
struct Item {
  std::string id;
  std::string sha256;
  std::int64_t bytes = 0;
};

/// Frees a running copy of SQLite's.
struct FinishBackup {
  void operator()(sqlite3_backup* copy) const noexcept { sqlite3_backup_finish(copy); }
};

void copy_database(Database& from, const fs::path& file) {
  Database to(file, Access::write, "");
  {
    const std::unique_ptr<sqlite3_backup, FinishBackup> copy(
        sqlite3_backup_init(to.handle(), "main", from.handle(), "main"));
    if (!copy) to.raise(sqlite3_extended_errcode(to.handle()));
    const int code = sqlite3_backup_step(copy.get(), -1);
    if (code != SQLITE_DONE) to.raise(code);
  }
  to.script("PRAGMA journal_mode = DELETE");  // one file, whole by itself
}

std::vector<DocumentId> documents_in(const fs::path& file) {
  Database database(file, Access::read, "");
  Statement rows = database.query(
      "SELECT d.id FROM document d JOIN person p ON p.id = d.person WHERE length(p.wrapped_key) > 0 ORDER BY "
      "d.id");
  std::vector<DocumentId> ids;
  while (rows.step()) ids.emplace_back(rows.text(0));
  return ids;
}

/// Destroyed since the database was copied: then its file is rightly gone.
bool was_erased(SqliteStore& store, const DocumentId& id) {
  bool erased = false;
  const auto done = store.read([&](Transaction& transaction) {
    const auto document = transaction.document(id);
    const auto person = document ? transaction.person(document->person) : std::nullopt;
    erased = !person || person->wrapped_key.empty();
    return Result<void>();
  });
  return done && erased;
}

Result<Value> manifest_in(const fs::path& folder) {
  std::ifstream in(folder / "manifest.json", std::ios::binary);
  if (!in) {
    return fail(ErrorCode::not_found,
                "The folder " + folder.string() + " holds no finished backup: manifest.json is absent.");
  }
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  auto manifest = parse_json(text, manifest_limits);
  if (!manifest || (*manifest)["format"].text_or_empty() != manifest_format) {
    return fail(ErrorCode::damaged, "The manifest of the backup in " + folder.string() + " cannot be read.");
  }
  return manifest;
}

Value manifest_of(const std::string& database_hash, std::int64_t database_bytes,
                  const std::vector<Item>& items, Instant now) {
  Value list = Value::list();
  for (const Item& item : items) {
    list.push(Value::object({{"id", item.id}, {"sha256", item.sha256}, {"bytes", item.bytes}}));
  }
  return Value::object(
      {{"format", manifest_format},
       {"made", format_instant(now)},
       {"schema", static_cast<std::int64_t>(migrations().size())},
       {"masterKey", "Not in this backup. Without the master key file nothing in it can be read."},
       {"database",
        Value::object({{"file", "softbot.db"}, {"sha256", database_hash}, {"bytes", database_bytes}})},
       {"documents", list}});
}

Result<void> check_database(const fs::path& file, const Value& expected) {
  const auto hash = sha256_of_file(file);
  if (!hash) return fail(hash.error());
  if (*hash != expected["sha256"].text_or_empty()) {
    return fail(ErrorCode::damaged, "The database in the backup does not match its checksum.");
  }
  try {
    Database database(file, Access::read, "");
    if (const auto version = schema_version(database); !version) return fail(version.error());
    Statement check = database.query("PRAGMA quick_check(1)");
    if (!check.step() || check.text(0) != "ok") {
      return fail(ErrorCode::damaged, "The database in the backup is damaged inside.");
    }
  } catch (const StoreFailure& failure) {
    return fail(failure.error());
  }
  return {};
}

Result<void> restore_documents(const Value& manifest, const DocumentFiles& from, DocumentFiles& into) {
  for (const Value& item : manifest["documents"].items()) {
    const DocumentId id(item["id"].text_or_empty());
    const auto bytes = from.get(id);
    if (!bytes || sha256(*bytes) != item["sha256"].text_or_empty()) {
      return fail(ErrorCode::damaged,
                  "Document " + id.text + " in the backup is missing or does not match its checksum.");
    }
    if (auto put = into.put(id, *bytes); !put) return put;
  }
  return {};
}

}  // namespace

Result<BackupReport> backup(SqliteStore& store, const DocumentFiles& documents, const fs::path& target,
                            const OpenDocuments& open_documents) {
  if (auto ready = need_empty_folder(target); !ready) return fail(ready.error());
  const fs::path file = target / "softbot.db";
  const auto copied = store.read_rows([&](Database& database) {
    copy_database(database, file);
    return Result<void>();
  });
  if (!copied) return fail(copied.error());
  auto into = open_documents(target / "documents");
  if (!into) return fail(into.error());
  BackupReport report;
  std::vector<Item> items;
  for (const DocumentId& id : documents_in(file)) {
    const auto bytes = documents.get(id);
    if (!bytes && bytes.error().code != ErrorCode::not_found) return fail(bytes.error());
    if (!bytes) {
      if (!was_erased(store, id)) report.missing.push_back(id.text);
      continue;
    }
    if (auto put = (*into)->put(id, *bytes); !put) return fail(put.error());
    items.push_back({id.text, sha256(*bytes), static_cast<std::int64_t>(bytes->size())});
  }
  const auto hash = sha256_of_file(file);
  if (!hash) return fail(hash.error());
  report.documents = static_cast<std::int64_t>(items.size());
  const Value manifest =
      manifest_of(*hash, static_cast<std::int64_t>(fs::file_size(file)), items, store.context().clock.now());
  if (auto written = write_durable(target / "manifest.json", to_pretty_json(manifest)); !written) {
    return fail(written.error());
  }
  return report;
}

Result<BackupReport> restore(const fs::path& from, const fs::path& data_folder,
                             const OpenDocuments& open_documents) {
  const auto manifest = manifest_in(from);
  if (!manifest) return fail(manifest.error());
  if (auto sound = check_database(from / "softbot.db", (*manifest)["database"]); !sound)
    return fail(sound.error());
  if (auto ready = need_empty_folder(data_folder); !ready) return fail(ready.error());
  const auto source = open_documents(from / "documents");
  if (!source) return fail(source.error());
  const auto into = open_documents(data_folder / "documents");
  if (!into) return fail(into.error());
  if (auto done = restore_documents(*manifest, **source, **into); !done) return fail(done.error());
  if (auto copied = copy_durable(from / "softbot.db", database_file(data_folder)); !copied)
    return fail(copied.error());
  return BackupReport{static_cast<std::int64_t>((*manifest)["documents"].items().size()), {}};
}

}  // namespace softbot::sqlite
