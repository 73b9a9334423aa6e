#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"

namespace softbot::sqlite {
namespace {

constexpr std::string_view account_select =
    "SELECT name, display_name, person, password_hash, roles, municipalities, teams, active, demo FROM "
    "account ";
constexpr std::string_view machine_key_select =
    "SELECT name, key_commitment, roles, municipalities, may_assert_identity, active FROM machine_key ";

AccountRecord account_in(const Statement& row) {
  return {AccountName(row.text(0)),
          row.text(1),
          row.text(2),
          row.text(3),
          texts_from(row.text(4)),
          texts_from(row.text(5)),
          texts_from(row.text(6)),
          row.flag(7),
          row.flag(8)};
}

MachineKeyRecord machine_key_in(const Statement& row) {
  return {row.text(0), row.text(1), texts_from(row.text(2)), texts_from(row.text(3)),
          row.flag(4), row.flag(5)};
}

std::string session_context(std::string_view token_commitment) {
  return "session:" + std::string(token_commitment);
}

}  // namespace

void SqliteTransaction::put_account(const AccountRecord& account) {
  database_.run(
      "INSERT OR REPLACE INTO account (name, display_name, person, password_hash, roles, municipalities, "
      "teams, active, demo) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      account.name.text, account.display_name, account.person, account.password_hash,
      to_json_list(account.roles), to_json_list(account.municipalities), to_json_list(account.teams),
      account.active, account.demo);
}

std::optional<AccountRecord> SqliteTransaction::account(const AccountName& name) {
  Statement row = database_.query(std::string(account_select) + "WHERE name = ?", name.text);
  if (!row.step()) return std::nullopt;
  return account_in(row);
}

std::vector<AccountRecord> SqliteTransaction::accounts() {
  Statement rows = database_.query(std::string(account_select) + "ORDER BY name");
  std::vector<AccountRecord> all;
  while (rows.step()) all.push_back(account_in(rows));
  return all;
}

void SqliteTransaction::put_machine_key(const MachineKeyRecord& key) {
  database_.run(
      "INSERT INTO machine_key (name, key_commitment, roles, municipalities, may_assert_identity, active) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET key_commitment = excluded.key_commitment, "
      "roles = excluded.roles, municipalities = excluded.municipalities, "
      "may_assert_identity = excluded.may_assert_identity, active = excluded.active",
      key.name, key.key_commitment, to_json_list(key.roles), to_json_list(key.municipalities),
      key.may_assert_identity, key.active);
}

std::optional<MachineKeyRecord> SqliteTransaction::machine_key(std::string_view key_commitment) {
  Statement row =
      database_.query(std::string(machine_key_select) + "WHERE key_commitment = ?", key_commitment);
  if (!row.step()) return std::nullopt;
  return machine_key_in(row);
}

std::vector<MachineKeyRecord> SqliteTransaction::machine_keys() {
  Statement rows = database_.query(std::string(machine_key_select) + "ORDER BY name");
  std::vector<MachineKeyRecord> all;
  while (rows.step()) all.push_back(machine_key_in(rows));
  return all;
}

void SqliteTransaction::add_session(const SessionRecord& session) {
  const std::string bsn =
      session.bsn.empty() ? std::string() : seal({}, session_context(session.token_commitment), session.bsn);
  database_.run(
      "INSERT INTO session (token_commitment, kind, account, bsn, csrf, created, expires) VALUES (?, ?, ?, "
      "?, ?, ?, ?)",
      session.token_commitment, session.kind, session.account, Blob{bsn}, session.csrf,
      to_column(session.created), to_column(session.expires));
}

std::optional<SessionRecord> SqliteTransaction::session(std::string_view token_commitment) {
  Statement row = database_.query(
      "SELECT token_commitment, kind, account, bsn, csrf, created, expires FROM session WHERE "
      "token_commitment = ?",
      token_commitment);
  if (!row.step()) return std::nullopt;
  return SessionRecord{row.text(0),
                       row.text(1),
                       row.text(2),
                       unseal({}, session_context(token_commitment), row.text(3)),
                       row.text(4),
                       instant_from(row.integer(5)),
                       instant_from(row.integer(6))};
}

void SqliteTransaction::remove_session(std::string_view token_commitment) {
  database_.run("DELETE FROM session WHERE token_commitment = ?", token_commitment);
}

void SqliteTransaction::remove_expired_sessions(Instant now) {
  database_.run("DELETE FROM session WHERE expires <= ?", to_column(now));
}

}  // namespace softbot::sqlite
