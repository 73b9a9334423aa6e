#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ports/store.h"

struct sqlite3;
struct sqlite3_stmt;

namespace softbot::sqlite {

/// Bytes to bind as a blob.
struct Blob {
  std::string_view bytes;
};

class Database;

/// A prepared statement on loan from its database; goes back, reset, when it ends. Must not outlive the
/// database.
class Statement {
 public:
  Statement(Database& database, sqlite3_stmt* handle) : database_(&database), handle_(handle) {}
  ~Statement();
  Statement(Statement&& other) noexcept : database_(other.database_), handle_(other.handle_) {
    other.handle_ = nullptr;
  }
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int index, std::nullptr_t);
  void bind(int index, std::int64_t number);
  void bind(int index, int number) { bind(index, std::int64_t{number}); }
  void bind(int index, bool flag) { bind(index, std::int64_t{flag ? 1 : 0}); }
  void bind(int index, std::string_view text);
  void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
  void bind(int index, const char* text) { bind(index, std::string_view(text)); }
  void bind(int index, Blob blob);
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    if (value) {
      bind(index, *value);
    } else {
      bind(index, nullptr);
    }
  }

  /// Binds the parameter of that name (":name") if the statement has it.
  template <class T>
  void bind_named(const char* name, const T& value) {
    if (const int index = index_of(name); index > 0) bind(index, value);
  }

  /// Goes to the next row; false when there is none. Throws StoreFailure.
  bool step();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;  ///< text or blob; "" for null
  [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;

 private:
  [[nodiscard]] int index_of(const char* name) const;

  Database* database_;
  sqlite3_stmt* handle_;
};

enum class Access { read, write };

/// One connection with a cache of its statements. Not thread-safe. What fails is thrown as StoreFailure, with
/// `storage` (retryable), `busy`, `conflict` (a constraint) or `damaged`; writing to a connection for reading
/// is a bug and throws std::logic_error. Messages never hold values.
class Database {
 public:
  /// Opens the file, and makes it when writing. `vfs`: SQLite's name of a file layer, "" for the system's.
  Database(const std::filesystem::path& file, Access access, const std::string& vfs);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// A statement with its parameters bound from 1 on.
  template <class... Values>
  [[nodiscard]] Statement query(std::string_view sql, const Values&... values) {
    Statement statement = prepare(sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    return statement;
  }

  /// Runs a statement whose rows do not matter; returns the number of rows changed.
  template <class... Values>
  std::int64_t run(std::string_view sql, const Values&... values) {
    query(sql, values...).step();
    return changes();
  }

  /// Runs a script of statements without parameters.
  void script(const std::string& sql);

  [[nodiscard]] Statement prepare(std::string_view sql);
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] bool in_transaction() const;
  /// Copies WAL frames into the database; `whole` also waits for readers and empties the WAL. What cannot be
  /// done now is left for later.
  enum class Checkpoint { passive, whole };
  void checkpoint(Checkpoint how);
  /// Pages in the WAL after the last commit of this connection.
  [[nodiscard]] std::size_t wal_pages() const { return *wal_pages_; }
  [[nodiscard]] sqlite3* handle() const { return handle_; }

  /// Throws what the last failed call on this connection means.
  [[noreturn]] void raise(int code) const;

 private:
  friend class Statement;
  void give_back(sqlite3_stmt* handle);

  sqlite3* handle_ = nullptr;
  std::unique_ptr<std::size_t> wal_pages_ = std::make_unique<std::size_t>(0);  ///< SQLite keeps its address
  std::unordered_map<std::string, std::vector<sqlite3_stmt*>> idle_;
};

}  // namespace softbot::sqlite
