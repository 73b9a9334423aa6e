#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/folder_lock.h"
#include "adapters/sqlite/group_writer.h"
#include "adapters/sqlite/schema.h"
#include "ports/clock.h"
#include "ports/store.h"
#include "ports/vault.h"

namespace softbot::sqlite {

class ReaderPool;

/// Who opens the store.
enum class Role {
  node,  ///< the daemon: holds the data folder alone, frees the leases of who was there before
  tool,  ///< a command (backup, account add): may work beside a running node of the same schema
};

struct SqliteOptions {
  Role role = Role::node;
  GroupLimits writing;
  std::size_t readers = 4;                     ///< connections that read at the same time
  std::int64_t audit_checkpoint_every = 1000;  ///< links between signed checkpoints
  std::uintmax_t free_bytes_wanted = std::uintmax_t{64}
                                     << 20;  ///< below it the store says that it is not healthy
  std::string vfs;                           ///< SQLite's file layer by name; "" is the system's
};

/// What a transaction needs beside its connection. The references outlive the store.
struct StoreContext {
  const Vault& vault;
  const Clock& clock;
  StoreIdentity identity;
  std::int64_t audit_checkpoint_every;
};

/// The name of the database within its data folder, and whether there is one already.
[[nodiscard]] std::filesystem::path database_file(const std::filesystem::path& data_folder);
[[nodiscard]] bool store_exists(const std::filesystem::path& data_folder);

/// Store on one SQLite file, for one node. Thread-safe: writes go through one thread with group commit, reads
/// run on the caller's thread over a connection of their own.
class SqliteStore final : public Store {
 public:
  /// Opens the store in this folder, and makes folder and store when there are none. Fails with `conflict`
  /// when another node holds the folder, `incompatible` when another program made the store, `configuration`
  /// when another master key sealed it, `damaged` or `storage`. `vault` and `clock` must outlive the store.
  [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& data_folder,
                                                                 const Vault& vault, const Clock& clock,
                                                                 const SqliteOptions& options = {});
  /// Finishes the units that wait, then closes.
  ~SqliteStore() override;

  [[nodiscard]] Result<void> write(const Unit& unit) override;
  [[nodiscard]] Result<void> read(const Unit& unit) override;
  [[nodiscard]] Result<void> healthy() override;

  /// What was written since the start, for metrics.
  struct Written {
    std::uint64_t commits = 0;
    std::uint64_t units = 0;  ///< that shared these commits
  };
  [[nodiscard]] Written written() const;

  /// For maintenance: the bare connections, one consistent view or one unit.
  [[nodiscard]] Result<void> read_rows(const std::function<Result<void>(Database&)>& work);
  [[nodiscard]] Result<void> write_rows(const std::function<Result<void>(Database&)>& work);
  /// Leaves nothing in the WAL: after an erasure.
  void empty_wal();

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const StoreContext& context() const { return context_; }

 private:
  SqliteStore(std::filesystem::path folder, StoreContext context, const SqliteOptions& options,
              std::unique_ptr<FolderLock> lock, std::unique_ptr<Database> writer,
              std::unique_ptr<Database> checkpoints);

  const std::filesystem::path folder_;
  const StoreContext context_;
  const std::uintmax_t free_bytes_wanted_;
  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<GroupWriter> writer_;
  std::unique_ptr<ReaderPool> readers_;
};

}  // namespace softbot::sqlite

namespace softbot {
using sqlite::SqliteOptions;
using sqlite::SqliteStore;
}  // namespace softbot
