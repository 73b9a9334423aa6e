#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"

namespace softbot::sqlite {
namespace {

/// What we stored ourselves may be larger and deeper than what anybody may send.
constexpr JsonLimits stored_limits{std::size_t{64} << 20, 128, 5'000'000, 100'000};

constexpr std::string_view submission_columns =
    "SELECT id, person, channel, received, idempotency_scope, idempotency_key, body_commitment, "
    "applications, body "
    "FROM submission ";

PersonRecord person_in(const Statement& row) {
  return {PersonId(row.text(0)), row.text(1), row.text(2)};
}

std::string submission_context(const std::string& id) {
  return "submission:" + id;
}

}  // namespace

const std::string& SqliteTransaction::key_of(const PersonId& person) {
  if (person.empty()) return context_.identity.store_key;
  if (known_person_ == person) return known_key_;
  Statement row = database_.query("SELECT wrapped_key FROM person WHERE id = ?", person.text);
  if (!row.step()) throw StoreFailure({ErrorCode::conflict, "The store knows no such person.", false, {}});
  known_person_ = person;
  known_key_ = row.text(0);
  return known_key_;
}

std::string SqliteTransaction::seal(const PersonId& person, std::string_view context,
                                    std::string_view plain) {
  const std::string& key = key_of(person);
  return key.empty() ? std::string() : context_.vault.seal(key, context, plain);
}

std::string SqliteTransaction::seal_new(const PersonId& person, std::string_view context,
                                        std::string_view plain) {
  if (key_of(person).empty()) {
    throw StoreFailure({ErrorCode::conflict,
                        "The data of this person was destroyed; nothing can be added to it.",
                        false,
                        {}});
  }
  return seal(person, context, plain);
}

std::string SqliteTransaction::unseal(const PersonId& person, std::string_view context,
                                      std::string_view sealed) {
  const std::string& key = key_of(person);
  if (key.empty() || sealed.empty()) return {};
  auto plain = context_.vault.open(key, context, sealed);
  if (!plain) throw StoreFailure(plain.error());
  return std::move(*plain);
}

Value SqliteTransaction::unseal_value(const PersonId& person, std::string_view context,
                                      std::string_view sealed) {
  const std::string plain = unseal(person, context, sealed);
  if (plain.empty()) return {};
  auto value = parse_json(plain, stored_limits);
  if (!value)
    throw StoreFailure(
        {ErrorCode::damaged, "Stored content cannot be read: " + value.error().message, false, {}});
  return std::move(*value);
}

std::optional<PersonRecord> SqliteTransaction::person(const PersonId& id) {
  Statement row = database_.query("SELECT id, wrapped_key, bsn_lookup FROM person WHERE id = ?", id.text);
  if (!row.step()) return std::nullopt;
  return person_in(row);
}

std::optional<PersonRecord> SqliteTransaction::person_by_bsn(std::string_view bsn) {
  if (bsn.empty()) return std::nullopt;
  Statement row = database_.query("SELECT id, wrapped_key, bsn_lookup FROM person WHERE bsn_lookup = ?",
                                  context_.vault.bsn_lookup(bsn));
  if (!row.step()) return std::nullopt;
  return person_in(row);
}

PersonRecord SqliteTransaction::find_or_add_person(std::string_view bsn) {
  if (auto known = person_by_bsn(bsn)) return std::move(*known);
  PersonRecord made{PersonId(new_id(context_.vault)), context_.vault.new_wrapped_key(),
                    bsn.empty() ? std::string() : context_.vault.bsn_lookup(bsn)};
  database_.run("INSERT INTO person (id, wrapped_key, bsn_lookup) VALUES (?, ?, ?)", made.id.text,
                Blob{made.wrapped_key}, text_or_null(made.bsn_lookup));
  known_person_ = made.id;
  known_key_ = made.wrapped_key;
  return made;
}

void SqliteTransaction::destroy_person_key(const PersonId& id) {
  const std::string owner = correction_owner(context_.vault, id);
  database_.run(
      "UPDATE correction SET content = zeroblob(length(content)), picture = zeroblob(length(picture)) "
      "WHERE owner = ?",
      owner);
  database_.run("DELETE FROM correction WHERE owner = ?", owner);
  database_.run("UPDATE person SET wrapped_key = x'', bsn_lookup = NULL WHERE id = ?", id.text);
  known_person_ = {};
  known_key_.clear();
}

std::optional<SubmissionRecord> SqliteTransaction::submission_by_key(std::string_view idempotency_key) {
  Statement row =
      database_.query(std::string(submission_columns) + "WHERE idempotency_key = ?", idempotency_key);
  if (!row.step()) return std::nullopt;
  return submission_in(row);
}

std::optional<SubmissionRecord> SqliteTransaction::submission(const SubmissionId& id) {
  Statement row = database_.query(std::string(submission_columns) + "WHERE id = ?", id.text);
  if (!row.step()) return std::nullopt;
  return submission_in(row);
}

SubmissionRecord SqliteTransaction::submission_in(const Statement& row) {
  SubmissionRecord record;
  record.id = SubmissionId(row.text(0));
  record.person = PersonId(row.text(1));
  record.channel = row.text(2);
  record.received = instant_from(row.integer(3));
  record.idempotency_scope = row.text(4);
  record.idempotency_key = row.text(5);
  record.body_commitment = row.text(6);
  for (std::string& reference : texts_from(row.text(7)))
    record.applications.emplace_back(std::move(reference));
  record.body = unseal(record.person, submission_context(record.id.text), row.text(8));
  return record;
}

void SqliteTransaction::add_submission(const SubmissionRecord& submission) {
  std::vector<std::string> references;
  for (const ApplicationReference& reference : submission.applications) references.push_back(reference.text);
  const std::string body =
      seal_new(submission.person, submission_context(submission.id.text), submission.body);
  database_.run(
      "INSERT INTO submission (id, person, channel, received, idempotency_scope, idempotency_key, "
      "body_commitment, "
      "applications, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      submission.id.text, submission.person.text, submission.channel, to_column(submission.received),
      submission.idempotency_scope, submission.idempotency_key, submission.body_commitment,
      to_json_list(references), Blob{body});
}

}  // namespace softbot::sqlite
