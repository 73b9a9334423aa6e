#include "adapters/sqlite/database.h"

#include <sqlite3.h>

#include <stdexcept>
#include <utility>

namespace softbot::sqlite {
namespace {

constexpr int busy_wait_ms = 10'000;

Error failure(int code, const std::string& detail) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorCode::storage, "The disk with the data is full: make room, then try again.", true, {}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::busy, "Another program holds the database; try again.", true, {}};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::conflict, "The store refused a row: " + detail + ".", false, {}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {
          ErrorCode::damaged, "The database file is damaged; restore a backup (" + detail + ").", false, {}};
    case SQLITE_CANTOPEN:
      return {ErrorCode::storage,
              "The database file cannot be opened: check that the folder exists and may be written.",
              true,
              {}};
    default:
      return {ErrorCode::storage,
              "The database failed: " + detail + " (SQLite code " + std::to_string(code) + ").",
              true,
              {}};
  }
}

int note_wal_pages(void* target, sqlite3*, const char*, int pages) {
  *static_cast<std::size_t*>(target) = static_cast<std::size_t>(pages);
  return SQLITE_OK;
}

}  // namespace

Statement::~Statement() {
  if (handle_ != nullptr) database_->give_back(handle_);
}

void Statement::bind(int index, std::nullptr_t) {
  if (const int code = sqlite3_bind_null(handle_, index); code != SQLITE_OK) database_->raise(code);
}

void Statement::bind(int index, std::int64_t number) {
  if (const int code = sqlite3_bind_int64(handle_, index, number); code != SQLITE_OK) database_->raise(code);
}

void Statement::bind(int index, std::string_view text) {
  const char* start = text.data() == nullptr ? "" : text.data();
  const int code =
      sqlite3_bind_text64(handle_, index, start, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);  // NOLINT
  if (code != SQLITE_OK) database_->raise(code);
}

void Statement::bind(int index, Blob blob) {
  const char* start = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  const int code = sqlite3_bind_blob64(handle_, index, start, blob.bytes.size(), SQLITE_TRANSIENT);  // NOLINT
  if (code != SQLITE_OK) database_->raise(code);
}

int Statement::index_of(const char* name) const {
  return sqlite3_bind_parameter_index(handle_, name);
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  database_->raise(code);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

std::string Statement::text(int column) const {
  const void* start = sqlite3_column_blob(handle_, column);
  const int size = sqlite3_column_bytes(handle_, column);
  if (start == nullptr) return {};
  return {static_cast<const char*>(start), static_cast<std::size_t>(size)};
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

Database::Database(const std::filesystem::path& file, Access access, const std::string& vfs) {
  const int rights =
      access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const int code =
      sqlite3_open_v2(file.c_str(), &handle_, rights | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                      vfs.empty() ? nullptr : vfs.c_str());
  if (code != SQLITE_OK) {
    const Error error = failure(code, handle_ == nullptr ? "no memory" : sqlite3_errmsg(handle_));
    sqlite3_close_v2(handle_);
    throw StoreFailure(error);
  }
  sqlite3_busy_timeout(handle_, busy_wait_ms);
  sqlite3_wal_hook(handle_, note_wal_pages, wal_pages_.get());
}

Database::~Database() {
  for (auto& [sql, statements] : idle_) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
  sqlite3_close_v2(handle_);
}

Statement Database::prepare(std::string_view sql) {
  std::string text(sql);
  if (const auto found = idle_.find(text); found != idle_.end() && !found->second.empty()) {
    sqlite3_stmt* handle = found->second.back();
    found->second.pop_back();
    return {*this, handle};
  }
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_, text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (code != SQLITE_OK) raise(code);
  return {*this, handle};
}

void Database::give_back(sqlite3_stmt* handle) {
  constexpr std::size_t most_kept = 300;
  sqlite3_reset(handle);
  sqlite3_clear_bindings(handle);
  auto& waiting = idle_[sqlite3_sql(handle)];
  if (idle_.size() > most_kept) {
    sqlite3_finalize(handle);
    return;
  }
  waiting.push_back(handle);
}

void Database::script(const std::string& sql) {
  if (const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK)
    raise(code);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle_);
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void Database::checkpoint(Checkpoint how) {
  sqlite3_wal_checkpoint_v2(handle_, nullptr,
                            how == Checkpoint::whole ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                            nullptr, nullptr);
}

void Database::raise(int code) const {
  const int primary = code & 0xff;
  const std::string detail = sqlite3_errmsg(handle_);
  if (primary == SQLITE_READONLY && sqlite3_db_readonly(handle_, "main") == 1) {
    throw std::logic_error("a unit that reads tried to write");
  }
  if (primary == SQLITE_ERROR || primary == SQLITE_MISUSE || primary == SQLITE_RANGE) {
    throw std::logic_error("wrong SQL: " + detail);
  }
  throw StoreFailure(failure(code, detail));
}

}  // namespace softbot::sqlite
