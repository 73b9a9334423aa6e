#include "adapters/sqlite/schema.h"

#include <cstdint>
#include <string>

namespace softbot::sqlite {
namespace {

constexpr std::int64_t application_id = 0x73626f74;  // "sbot": marks the file as ours
constexpr std::string_view key_check = "softbot key check";

std::int64_t pragma(Database& database, const std::string& name) {
  Statement statement = database.query("PRAGMA " + name);
  return statement.step() ? statement.integer(0) : 0;
}

bool is_empty(Database& database) {
  Statement statement = database.query("SELECT count(*) FROM sqlite_schema");
  return statement.step() && statement.integer(0) == 0;
}

void apply(Database& database, const Migration& migration, int number, Instant now) {
  database.script("BEGIN IMMEDIATE");
  try {
    database.script(std::string(migration.sql));
    database.run("INSERT INTO schema_version (number, name, applied) VALUES (?, ?, ?)", number,
                 migration.name, std::int64_t{now.time_since_epoch().count()});
    database.script("PRAGMA user_version = " + std::to_string(number));
    database.script("PRAGMA application_id = " + std::to_string(application_id));
    database.script("COMMIT");
  } catch (...) {
    if (database.in_transaction()) database.script("ROLLBACK");
    throw;
  }
}

std::string fact(Database& database, std::string_view name) {
  Statement statement = database.query("SELECT value FROM store_fact WHERE name = ?", name);
  return statement.step() ? statement.text(0) : std::string();
}

}  // namespace

void prepare_connection(Database& database, Access access) {
  if (access == Access::write) {
    database.script(
        "PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL;"
        "PRAGMA foreign_keys = ON;"
        "PRAGMA secure_delete = FAST;"
        "PRAGMA cache_size = -16000;");
  } else {
    database.script("PRAGMA cache_size = -4000;");
  }
  database.script("PRAGMA temp_store = MEMORY;");
}

Result<int> schema_version(Database& database) {
  if (is_empty(database)) return 0;
  const auto known = static_cast<std::int64_t>(migrations().size());
  const std::int64_t version = pragma(database, "user_version");
  if (pragma(database, "application_id") != application_id) {
    return fail(ErrorCode::incompatible,
                "The database file is not softbot's. Choose another data folder, or move the file away.");
  }
  if (version > known) {
    return fail(ErrorCode::incompatible,
                "A newer softbot made this store (schema " + std::to_string(version) +
                    "); this one knows schemas up to " + std::to_string(known) +
                    ". Start the newer program, or restore a backup that this one made.");
  }
  if (version < 1) {
    return fail(ErrorCode::incompatible,
                "The store has no schema version: it was made by an unfinished program.");
  }
  return static_cast<int>(version);
}

Result<void> migrate(Database& database, Instant now) {
  const auto version = schema_version(database);
  if (!version) return fail(version.error());
  for (std::size_t step = static_cast<std::size_t>(*version); step < migrations().size(); ++step) {
    apply(database, migrations()[step], static_cast<int>(step) + 1, now);
  }
  return {};
}

Result<StoreIdentity> identify(Database& database, const Vault& vault) {
  StoreIdentity identity{fact(database, "node"), fact(database, "key")};
  if (identity.store_key.empty()) {
    identity = {new_id(vault), vault.new_wrapped_key()};
    const std::string sealed = vault.seal(identity.store_key, "key-check", key_check);
    database.run("INSERT INTO store_fact (name, value) VALUES ('node', ?), ('key', ?), ('key-check', ?)",
                 Blob{identity.node}, Blob{identity.store_key}, Blob{sealed});
    return identity;
  }
  const auto opened = vault.open(identity.store_key, "key-check", fact(database, "key-check"));
  if (!opened || *opened != key_check) {
    return fail(ErrorCode::configuration,
                "This store was made under another master key. Put the key file back that belongs to it; "
                "nothing can be "
                "read without it.");
  }
  return identity;
}

}  // namespace softbot::sqlite
