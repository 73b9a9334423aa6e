#include "bench/raw_sqlite.h"

#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cmath>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace softbot::bench {
namespace {

constexpr const char* settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = "
    "FAST;"
    "PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;";

/// How one table is copied: which column holds what must be another one in every row, and which names the
/// submission's own person, row or reference.
struct Table {
  const char* name;
  const char* select;  ///< rows that intake wrote, newest content first
};

constexpr std::array<Table, 6> tables{{
    {"person", "SELECT * FROM person"},
    {"submission", "SELECT * FROM submission"},
    {"application", "SELECT * FROM application WHERE status = 'received'"},
    {"application_content",
     "SELECT c.* FROM application_content c JOIN application a ON a.id = c.application WHERE a.status = "
     "'received'"},
    {"job", "SELECT * FROM job WHERE kind = 'complete'"},
    {"audit", "SELECT * FROM audit WHERE action = 'received'"},
}};

class Handle {
 public:
  Handle(const std::filesystem::path& file, int flags) {
    if (sqlite3_open_v2(file.c_str(), &database_, flags, nullptr) != SQLITE_OK)
      throw std::runtime_error("cannot open " + file.string());
    sqlite3_busy_timeout(database_, 5'000);
  }
  ~Handle() { sqlite3_close_v2(database_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  void run(const std::string& sql) {
    if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw std::runtime_error(std::string("raw SQLite: ") + sqlite3_errmsg(database_));
    }
  }
  [[nodiscard]] sqlite3* get() const { return database_; }

 private:
  sqlite3* database_ = nullptr;
};

class Prepared {
 public:
  Prepared(const Handle& database, const std::string& sql) : database_(database.get()) {
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database_));
  }
  ~Prepared() { sqlite3_finalize(statement_); }
  Prepared(Prepared&& other) noexcept : database_(other.database_), statement_(other.statement_) {
    other.statement_ = nullptr;
  }
  Prepared& operator=(Prepared&&) = delete;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  [[nodiscard]] bool step() {
    const int result = sqlite3_step(statement_);
    if (result != SQLITE_ROW && result != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(database_));
    return result == SQLITE_ROW;
  }
  void reset() { sqlite3_reset(statement_); }
  [[nodiscard]] sqlite3_stmt* get() const { return statement_; }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

/// One column of a sample row.
struct Cell {
  int type = SQLITE_NULL;
  sqlite3_int64 number = 0;
  std::string bytes;
};

struct Sample {
  std::string insert;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  double share = 1;  ///< rows for each submission
};

Sample sample_of(const Handle& store, const Table& table, double submissions) {
  Sample sample;
  Prepared rows(store, std::string(table.select) + " LIMIT 2000");
  const int columns = sqlite3_column_count(rows.get());
  sample.insert = std::string("INSERT INTO ") + table.name + " VALUES (";
  for (int i = 0; i < columns; ++i) {
    sample.columns.emplace_back(sqlite3_column_name(rows.get(), i));
    sample.insert += i == 0 ? "?" : ", ?";
  }
  sample.insert += ")";
  while (rows.step()) {
    std::vector<Cell> row;
    for (int i = 0; i < columns; ++i) {
      Cell cell{sqlite3_column_type(rows.get(), i), sqlite3_column_int64(rows.get(), i), {}};
      if (cell.type == SQLITE_TEXT || cell.type == SQLITE_BLOB) {
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows.get(), i));
        if (size > 0) cell.bytes.assign(static_cast<const char*>(sqlite3_column_blob(rows.get(), i)), size);
      }
      row.push_back(std::move(cell));
    }
    sample.rows.push_back(std::move(row));
  }
  if (sample.rows.empty())
    throw std::runtime_error(std::string("raw SQLite: intake left no rows in ") + table.name);
  if (std::string(table.name) == "person") {
    Prepared count(store, "SELECT count(*) FROM person");
    static_cast<void>(count.step());
    sample.share = std::min(1.0, static_cast<double>(sqlite3_column_int64(count.get(), 0)) / submissions);
  }
  return sample;
}

void copy_schema(const Handle& store, Handle& target) {
  Prepared rows(store,
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY "
                "type = 'index', rowid");
  while (rows.step()) {
    // SQLite's own text of its own schema.
    const auto* sql = static_cast<const char*>(sqlite3_column_blob(rows.get(), 0));
    target.run(std::string(sql, static_cast<std::size_t>(sqlite3_column_bytes(rows.get(), 0))));
  }
}

/// Writes whole submissions, each with keys of its own.
class Writer {
 public:
  Writer(Handle& target, const std::vector<Sample>& samples) : samples_(samples) {
    for (const Sample& sample : samples) statements_.emplace_back(target, sample.insert);
  }

  void write() {
    ++count_;
    const bool new_person = std::floor(static_cast<double>(count_) * samples_[0].share) >
                            std::floor(static_cast<double>(count_ - 1) * samples_[0].share);
    if (new_person || person_.empty()) {
      person_.clear();
      insert(0);
    }
    submission_ = fresh(26);
    reference_ = fresh(14);
    for (std::size_t table = 1; table < samples_.size(); ++table) insert(table);
  }

  [[nodiscard]] double rows() const { return static_cast<double>(rows_) / static_cast<double>(count_); }
  [[nodiscard]] double bytes() const { return static_cast<double>(bytes_) / static_cast<double>(count_); }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::string fresh(std::size_t length) {
    static constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string text(length, '0');
    for (char& letter : text) letter = letters[random_() % letters.size()];
    return text;
  }

  /// What this column must hold so that keys are unique and references fit; nothing when the sample's own
  /// value does.
  const std::string* replaced(std::size_t table, const std::string& column, const Cell& sample) {
    const std::string name = tables[table].name;
    if (column == "person" || (name == "person" && column == "id")) {
      if (person_.empty()) person_ = fresh(sample.bytes.size());
      return &person_;
    }
    if (column == "submission" || (name == "submission" && column == "id")) return &submission_;
    if (column == "reference" || (column == "subject" && name != "person")) return &reference_;
    if (column == "idempotency_key" || column == "bsn_lookup" || column == "hash")
      return &(unique_ = fresh(sample.bytes.size()));
    return nullptr;
  }

  void insert(std::size_t table) {
    const Sample& sample = samples_[table];
    const std::vector<Cell>& row = sample.rows[count_ % sample.rows.size()];
    sqlite3_stmt* statement = statements_[table].get();
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string& column = sample.columns[i];
      const int index = static_cast<int>(i) + 1;
      if (row[i].type == SQLITE_INTEGER) {
        const bool key =
            (i == 0);  // application.id, application_content.application, job.id, audit.number: counted up
        sqlite3_bind_int64(statement, index, key ? static_cast<sqlite3_int64>(count_) : row[i].number);
      } else if (row[i].type == SQLITE_NULL) {
        sqlite3_bind_null(statement, index);
      } else {
        const std::string* other = row[i].type == SQLITE_TEXT ? replaced(table, column, row[i]) : nullptr;
        const std::string& bytes = other != nullptr ? *other : row[i].bytes;
        bytes_ += bytes.size();
        const int size = static_cast<int>(bytes.size());
        if (row[i].type == SQLITE_TEXT) {
          sqlite3_bind_text(statement, index, bytes.data(), size, SQLITE_TRANSIENT);
        } else {
          sqlite3_bind_blob(statement, index, bytes.data(), size, SQLITE_TRANSIENT);
        }
      }
    }
    static_cast<void>(statements_[table].step());
    statements_[table].reset();
    ++rows_;
  }

  const std::vector<Sample>& samples_;
  std::vector<Prepared> statements_;
  std::mt19937_64 random_{42};
  std::string person_;
  std::string submission_;
  std::string reference_;
  std::string unique_;
  std::size_t count_ = 0;
  std::size_t rows_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

RawResult measure_raw(const std::filesystem::path& store, const std::filesystem::path& folder,
                      std::size_t per_commit, double seconds) {
  const Handle source(store, SQLITE_OPEN_READWRITE);
  Prepared submissions(source, "SELECT count(*) FROM submission");
  static_cast<void>(submissions.step());
  const auto count = static_cast<double>(sqlite3_column_int64(submissions.get(), 0));
  std::vector<Sample> samples;
  for (const Table& table : tables) samples.push_back(sample_of(source, table, count));

  std::filesystem::create_directories(folder);
  Handle target(folder / "raw.db", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  target.run(settings);
  copy_schema(source, target);
  Writer writer(target, samples);
  const auto begin = std::chrono::steady_clock::now();
  double taken = 0;
  while (taken < seconds) {
    target.run("BEGIN IMMEDIATE");
    for (std::size_t i = 0; i < per_commit; ++i) writer.write();
    target.run("COMMIT");
    taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  return {static_cast<double>(writer.count()) / taken, writer.rows(), writer.bytes()};
}

}  // namespace softbot::bench
