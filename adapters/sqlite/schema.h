#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.h"
#include "domain/time.h"
#include "ports/vault.h"

namespace softbot::sqlite {

/// One step of the schema, from migrations/NNNN_name.sql. Steps are never changed once released, only added.
struct Migration {
  std::string_view name;
  std::string_view sql;
};

/// All steps in order; the version of a schema is how many of them it has had.
[[nodiscard]] const std::vector<Migration>& migrations();

/// Sets what a connection needs: WAL, a commit that is on disk when it returns, foreign keys.
void prepare_connection(Database& database, Access access);

/// The schema version of this file; 0 for an empty one. Fails with `incompatible` when it is another
/// program's file or a newer softbot made it.
[[nodiscard]] Result<int> schema_version(Database& database);

/// Brings the schema up to this program's. Each step is one transaction.
[[nodiscard]] Result<void> migrate(Database& database, Instant now);

/// What a store knows of itself.
struct StoreIdentity {
  std::string node;       ///< name of this node's audit chain
  std::string store_key;  ///< wrapped by the master key; seals what belongs to no person
};

/// Reads the identity, or makes it in a new store. Fails with `configuration` when the store was made under
/// another master key.
[[nodiscard]] Result<StoreIdentity> identify(Database& database, const Vault& vault);

}  // namespace softbot::sqlite
