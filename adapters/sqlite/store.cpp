#include "adapters/sqlite/store.h"

#include <utility>
#include <vector>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/durable_file.h"
#include "adapters/sqlite/reader_pool.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {
namespace {

namespace fs = std::filesystem;

Result<void> make_folder(const fs::path& folder) {
  std::error_code problem;
  const bool made = fs::create_directories(folder, problem);
  if (problem) {
    return fail(ErrorCode::storage,
                "The data folder " + folder.string() + " cannot be made: " + problem.message() + ".");
  }
  if (made) fs::permissions(folder, fs::perms::owner_all, problem);
  return {};
}

/// A node takes the folder. A tool does so only while it must not meet a node: to make or raise the schema.
Result<std::unique_ptr<FolderLock>> lock_for(const fs::path& folder, Role role) {
  auto lock = FolderLock::take(folder);
  if (!lock && role == Role::tool && lock.error().code == ErrorCode::conflict)
    return std::unique_ptr<FolderLock>();
  return lock;
}

Result<void> expect_current_schema(Database& database) {
  const auto version = schema_version(database);
  if (!version) return fail(version.error());
  if (static_cast<std::size_t>(*version) == migrations().size()) return {};
  return fail(ErrorCode::incompatible,
              "The node that runs on this store is of another version than this command. Use the command "
              "that belongs to it.");
}

constexpr std::int64_t suspect_after = 5;             // attempts
constexpr std::int64_t pause_between_suspects = 500;  // milliseconds

/// Whoever held these leases is gone: this node has the folder alone. A job that was under way again and
/// again when the process ended may be what ends it. Many are leased together and only one of them is to
/// blame, so these come back one after the other: the guilty one is soon alone when it strikes, and the
/// others are done.
void free_leases(Database& database, Instant now) {
  std::vector<std::int64_t> suspects;
  {
    Statement rows =
        database.query("SELECT id FROM job WHERE leased = 1 AND attempts >= ? ORDER BY id", suspect_after);
    while (rows.step()) suspects.push_back(rows.integer(0));
  }
  database.run("UPDATE job SET leased = 0, due = 0 WHERE leased = 1");
  std::int64_t due = to_column(now);
  for (const std::int64_t id : suspects) {
    due += pause_between_suspects;
    database.run("UPDATE job SET due = ? WHERE id = ?", due, id);
  }
}

}  // namespace

fs::path database_file(const fs::path& data_folder) {
  return data_folder / "softbot.db";
}

bool store_exists(const fs::path& data_folder) {
  std::error_code ignored;
  return fs::exists(database_file(data_folder), ignored);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const fs::path& data_folder, const Vault& vault,
                                                       const Clock& clock, const SqliteOptions& options) {
  if (auto made = make_folder(data_folder); !made) return fail(made.error());
  auto lock = lock_for(data_folder, options.role);
  if (!lock) return fail(lock.error());
  try {
    auto database = std::make_unique<Database>(database_file(data_folder), Access::write, options.vfs);
    if (auto known = schema_version(*database); !known) return fail(known.error());
    prepare_connection(*database, Access::write);
    auto ready = *lock ? migrate(*database, clock.now()) : expect_current_schema(*database);
    if (!ready) return fail(ready.error());
    sync_folder(data_folder);
    auto identity = identify(*database, vault);
    if (!identity) return fail(identity.error());
    if (options.role == Role::node) {
      free_leases(*database, clock.now());
    } else {
      lock->reset();
    }
    auto checkpoints = std::make_unique<Database>(database_file(data_folder), Access::write, options.vfs);
    prepare_connection(*checkpoints, Access::write);
    StoreContext context{vault, clock, std::move(*identity), options.audit_checkpoint_every};
    return std::unique_ptr<SqliteStore>(  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory)
        new SqliteStore(data_folder, std::move(context), options, std::move(*lock), std::move(database),
                        std::move(checkpoints)));
  } catch (const StoreFailure& failure) {
    return fail(failure.error());
  }
}

SqliteStore::SqliteStore(fs::path folder, StoreContext context, const SqliteOptions& options,
                         std::unique_ptr<FolderLock> lock, std::unique_ptr<Database> writer,
                         std::unique_ptr<Database> checkpoints)
    : folder_(std::move(folder)),
      context_(std::move(context)),
      free_bytes_wanted_(options.free_bytes_wanted),
      lock_(std::move(lock)),
      writer_(std::make_unique<GroupWriter>(std::move(writer), std::move(checkpoints), options.writing)),
      readers_(std::make_unique<ReaderPool>(database_file(folder_), options.vfs, options.readers)) {
}

SqliteStore::~SqliteStore() {
  readers_.reset();
  writer_.reset();
}

Result<void> SqliteStore::write(const Unit& unit) {
  return write_rows([&](Database& database) {
    SqliteTransaction transaction(database, context_);
    return unit(transaction);
  });
}

Result<void> SqliteStore::read(const Unit& unit) {
  return read_rows([&](Database& database) {
    SqliteTransaction transaction(database, context_);
    return unit(transaction);
  });
}

SqliteStore::Written SqliteStore::written() const {
  return {writer_->commits(), writer_->units()};
}

Result<void> SqliteStore::read_rows(const std::function<Result<void>(Database&)>& work) {
  return readers_->read(work);
}

Result<void> SqliteStore::write_rows(const std::function<Result<void>(Database&)>& work) {
  return writer_->write(work);
}

void SqliteStore::empty_wal() {
  writer_->empty_wal();
}

Result<void> SqliteStore::healthy() {
  std::error_code problem;
  const fs::space_info space = fs::space(folder_, problem);
  if (problem)
    return fail(ErrorCode::storage, "The data folder cannot be reached: " + problem.message() + ".");
  if (space.available < free_bytes_wanted_) {
    return fail(ErrorCode::storage, "The disk with the data has " + std::to_string(space.available >> 20U) +
                                        " MiB free; make room.");
  }
  if (writer_->last_commit_worked()) return {};
  return write_rows([](Database& database) {  // is it over? Only another commit can tell
    database.run(
        "INSERT INTO counter (name, value) VALUES ('store-probe', 1) ON CONFLICT (name) DO UPDATE SET value "
        "= value + 1");
    return Result<void>();
  });
}

}  // namespace softbot::sqlite
