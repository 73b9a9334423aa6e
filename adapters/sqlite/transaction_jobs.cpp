#include <algorithm>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"

namespace softbot::sqlite {
namespace {

/// All three take kinds, so that they are asked alike.
std::string due_jobs_of(JobKinds::Which which) {
  std::string condition = "?3 = ?3";
  if (which == JobKinds::Which::only) condition = "kind IN (SELECT value FROM json_each(?3))";
  if (which == JobKinds::Which::all_but) condition = "kind NOT IN (SELECT value FROM json_each(?3))";
  return "SELECT id, kind, subject, run_at, attempts, last_error FROM job WHERE due <= ?1 AND " + condition +
         " ORDER BY due, id LIMIT ?2";
}

}  // namespace

/// What is due now stays due (0), also when the clock is set back later.
void SqliteTransaction::add_job(std::string_view kind, std::string_view subject, Instant run_at) {
  const std::int64_t due = run_at <= context_.clock.now() ? 0 : to_column(run_at);
  database_.run("INSERT INTO job (kind, subject, run_at, due) VALUES (?, ?, ?, ?)", kind, subject,
                to_column(run_at), due);
}

std::vector<Job> SqliteTransaction::claim_jobs(std::size_t count, Instant now,
                                               std::chrono::milliseconds lease, const JobKinds& kinds) {
  Value names = Value::list();
  for (const std::string& kind : kinds.kinds) names.push(kind);
  std::vector<Job> jobs;
  {
    Statement rows = database_.query(due_jobs_of(kinds.which), to_column(now),
                                     static_cast<std::int64_t>(count), to_json(names));
    while (rows.step()) {
      jobs.push_back({rows.integer(0), rows.text(1), rows.text(2), instant_from(rows.integer(3)),
                      static_cast<int>(rows.integer(4)), rows.text(5)});
    }
  }
  for (const Job& job : jobs) {  // counted at the claim: a job that ends the process counts too
    database_.run("UPDATE job SET leased = 1, due = ?, attempts = attempts + 1 WHERE id = ?",
                  to_column(now + lease), job.id);
  }
  return jobs;
}

void SqliteTransaction::finish_job(std::int64_t id) {
  database_.run("DELETE FROM job WHERE id = ?", id);
}

void SqliteTransaction::retry_job(std::int64_t id, Instant run_at, std::string_view error) {
  const std::int64_t due = run_at <= context_.clock.now() ? 0 : to_column(run_at);
  database_.run("UPDATE job SET leased = 0, run_at = ?, due = ?, last_error = ? WHERE id = ?",
                to_column(run_at), due, error, id);
}

void SqliteTransaction::cancel_jobs(std::string_view kind, std::string_view subject) {
  database_.run("DELETE FROM job WHERE subject = ? AND kind = ? AND leased = 0", subject, kind);
}

std::int64_t SqliteTransaction::waiting_jobs(Instant now) {
  Statement row = database_.query(
      "SELECT (SELECT count(*) FROM job WHERE due <= ?1) + "
      "(SELECT count(*) FROM job INDEXED BY job_leased WHERE leased = 1 AND due > ?1)",
      to_column(now));
  return row.step() ? row.integer(0) : 0;
}

std::optional<Instant> SqliteTransaction::next_job_at() {
  Statement row = database_.query("SELECT min(due) FROM job");
  if (!row.step() || row.is_null(0)) return std::nullopt;
  return instant_from(row.integer(0));
}

bool SqliteTransaction::add_within(std::string_view counter, std::int64_t amount, std::int64_t bound) {
  if (amount > bound) return false;
  return database_.run(
             "INSERT INTO counter (name, value) VALUES (?1, ?2) "
             "ON CONFLICT (name) DO UPDATE SET value = value + ?2 WHERE value + ?2 <= ?3",
             counter, amount, bound) == 1;
}

std::int64_t SqliteTransaction::counter(std::string_view counter) {
  Statement row = database_.query("SELECT value FROM counter WHERE name = ?", counter);
  return row.step() ? row.integer(0) : 0;
}

std::optional<Value> SqliteTransaction::setting(std::string_view name) {
  Statement row = database_.query("SELECT value FROM setting WHERE name = ?", name);
  if (!row.step()) return std::nullopt;
  auto value = parse_json(row.text(0));
  if (!value) throw StoreFailure({ErrorCode::damaged, "A stored setting cannot be read.", false, {}});
  return std::move(*value);
}

void SqliteTransaction::put_setting(std::string_view name, const Value& value) {
  database_.run(
      "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
      "excluded.value",
      name, to_json(value));
}

/// The content of a version never changes; its state does.
void SqliteTransaction::put_configuration(const ConfigurationRecord& record) {
  {
    Statement stored =
        database_.query("SELECT content FROM configuration WHERE kind = ? AND name = ? AND version = ?",
                        record.kind, record.name, record.version);
    if (stored.step() && stored.text(0) != record.content) {
      throw StoreFailure({ErrorCode::conflict,
                          "Another content is stored under this version; versions never change.",
                          false,
                          {}});
    }
  }
  database_.run(
      "INSERT INTO configuration (kind, name, version, content, state, by, why, created) VALUES (?, ?, ?, ?, "
      "?, ?, ?, ?) "
      "ON CONFLICT (kind, name, version) DO UPDATE SET state = excluded.state, by = excluded.by, why = "
      "excluded.why",
      record.kind, record.name, record.version, record.content, record.state, record.by, record.why,
      to_column(record.created));
}

namespace {

ConfigurationRecord configuration_from(const Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.text(3),
          row.text(4), row.text(5), row.text(6), instant_from(row.integer(7))};
}

}  // namespace

std::vector<ConfigurationRecord> SqliteTransaction::configurations(std::string_view kind) {
  Statement rows = database_.query(
      "SELECT kind, name, version, content, state, by, why, created FROM configuration WHERE kind = ? ORDER "
      "BY name, id",
      kind);
  std::vector<ConfigurationRecord> all;
  while (rows.step()) all.push_back(configuration_from(rows));
  return all;
}

std::optional<ConfigurationRecord> SqliteTransaction::configuration(std::string_view kind,
                                                                    std::string_view name,
                                                                    std::string_view version) {
  Statement row = database_.query(
      "SELECT kind, name, version, content, state, by, why, created FROM configuration WHERE kind = ? AND "
      "name = ? AND version = ?",
      kind, name, version);
  if (!row.step()) return std::nullopt;
  return configuration_from(row);
}

}  // namespace softbot::sqlite
