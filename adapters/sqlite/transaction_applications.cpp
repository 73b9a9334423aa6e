#include <array>
#include <set>
#include <utility>

#include "adapters/sqlite/columns.h"
#include "adapters/sqlite/transaction.h"
#include "domain/json.h"
#include "domain/urgency.h"

namespace softbot::sqlite {
namespace {

constexpr std::int64_t no_deadline = 9'999'999;  // a day some 27,000 years away: sorts after every real one

constexpr std::string_view application_select =
    "SELECT a.reference, a.submission, a.person, a.type, a.law, a.municipality, a.channel, a.assurance, "
    "a.status, "
    "a.outcome, a.decided_by, a.received, a.deadline, a.team, a.claim_account, a.claim_until, a.version, "
    "c.content "
    "FROM application a JOIN application_content c ON c.application = a.id ";

bool waits_for_person(const Application& application) {
  const bool by_status = application.status == ApplicationStatus::referred ||
                         application.status == ApplicationStatus::failed ||
                         application.status == ApplicationStatus::held_for_sample;
  return by_status || !application.open_tasks.empty();
}

template <class Enum>
std::optional<std::string_view> name_or_null(const std::optional<Enum>& value) {
  if (!value) return std::nullopt;
  return name_of(*value);
}

std::int64_t deadline_of(const Application& application) {
  return to_column(application.legal_deadline).value_or(no_deadline);
}

/// What comes first in the queue is 0.
std::int64_t rank_of(const Application& application) {
  return cannot_wait(application) ? 0 : 1;
}

std::string_view claim_account(const Application& application) {
  return application.claim ? std::string_view(application.claim->account) : std::string_view();
}

std::int64_t claim_until(const Application& application) {
  return application.claim ? to_column(application.claim->until) : 0;
}

/// What the plain columns say: all that is left once the person's key is destroyed.
Application plain_application(const Statement& row) {
  Application application;
  application.reference = ApplicationReference(row.text(0));
  application.submission = SubmissionId(row.text(1));
  application.person = PersonId(row.text(2));
  application.type = row.text(3);
  application.law = row.text(4);
  application.municipality = row.text(5);
  application.channel = row.text(6);
  application.assurance = assurance_from(row.text(7)).value_or(IdentityAssurance::none);
  application.status = status_from(row.text(8)).value_or(ApplicationStatus::failed);
  application.outcome = outcome_from(row.text(9));
  if (!row.is_null(10)) application.decided_by = row.text(10) == "bot" ? DecidedBy::bot : DecidedBy::person;
  application.received = instant_from(row.integer(11));
  if (row.integer(12) != no_deadline) application.legal_deadline = date_from(row.integer(12));
  application.team = row.text(13);
  if (const std::string account = row.text(14); !account.empty()) {
    application.claim = Claim{account, instant_from(row.integer(15))};
  }
  application.version = row.integer(16);
  return application;
}

}  // namespace

void SqliteTransaction::add_application(const Application& application) {
  const std::string content = seal_new(application.person, application_context(application.reference.text),
                                       to_json(to_value(application)));
  database_.run(
      "INSERT INTO application (reference, submission, person, type, law, municipality, channel, assurance, "
      "status, "
      "outcome, decided_by, received, deadline, team, claim_account, claim_until, version, waits, rank) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      application.reference.text, text_or_null(application.submission.text), application.person.text,
      application.type, application.law, application.municipality, application.channel,
      name_of(application.assurance), name_of(application.status), name_or_null(application.outcome),
      name_or_null(application.decided_by), to_column(application.received), deadline_of(application),
      application.team, claim_account(application), claim_until(application), application.version,
      waits_for_person(application), rank_of(application));
  const std::int64_t id = database_.last_row();
  database_.run("INSERT INTO application_content (application, content) VALUES (?, ?)", id, Blob{content});
  put_reasons(id, application);
  put_judgement(id, application);
}

void SqliteTransaction::put_reasons(std::int64_t application, const Application& content) {
  std::set<std::string_view> codes;
  for (const Reason& reason : content.reasons) codes.insert(reason.code);
  for (const Reason& task : content.open_tasks) codes.insert(task.code);
  for (const std::string_view code : codes) {
    database_.run("INSERT INTO application_reason (application, code) VALUES (?, ?)", application, code);
  }
}

std::optional<Application> SqliteTransaction::application(const ApplicationReference& reference) {
  Statement row = database_.query(std::string(application_select) + "WHERE a.reference = ?", reference.text);
  if (!row.step()) return std::nullopt;
  return application_in(row);
}

Application SqliteTransaction::application_in(const Statement& row) {
  Application plain = plain_application(row);
  const Value content = unseal_value(plain.person, application_context(plain.reference.text), row.text(17));
  if (content.is_null()) return plain;
  auto whole = application_from(content);
  if (!whole) throw StoreFailure(whole.error());
  whole->version = plain.version;
  return std::move(*whole);
}

Result<void> SqliteTransaction::update_application(const Application& application) {
  std::int64_t id = 0;
  {
    Statement row = database_.query("SELECT id, version FROM application WHERE reference = ?",
                                    application.reference.text);
    if (!row.step()) return fail(ErrorCode::not_found, "There is no application with this reference.");
    id = row.integer(0);
    if (row.integer(1) != application.version) {
      return fail(ErrorCode::stale, "The application has changed since it was read; read it again.");
    }
  }
  Value content = to_value(application);
  content.set("version", application.version + 1);
  const std::string sealed =
      seal(application.person, application_context(application.reference.text), to_json(content));
  database_.run(
      "UPDATE application SET type = ?, law = ?, municipality = ?, channel = ?, assurance = ?, status = ?, "
      "outcome = ?, "
      "decided_by = ?, deadline = ?, team = ?, claim_account = ?, claim_until = ?, version = ?, waits = ?, "
      "rank = ? "
      "WHERE id = ?",
      application.type, application.law, application.municipality, application.channel,
      name_of(application.assurance), name_of(application.status), name_or_null(application.outcome),
      name_or_null(application.decided_by), deadline_of(application), application.team,
      claim_account(application), claim_until(application), application.version + 1,
      waits_for_person(application), rank_of(application), id);
  database_.run("UPDATE application_content SET content = ? WHERE application = ?", Blob{sealed}, id);
  database_.run("DELETE FROM application_reason WHERE application = ?", id);
  put_reasons(id, application);
  put_judgement(id, application);
  return {};
}

std::vector<Application> SqliteTransaction::applications_of(const PersonId& person) {
  return applications_in(database_.query(
      std::string(application_select) + "WHERE a.person = ? ORDER BY a.received, a.id", person.text));
}

std::vector<Application> SqliteTransaction::applications_in(Statement rows) {
  std::vector<Application> all;
  while (rows.step()) all.push_back(application_in(rows));
  return all;
}

}  // namespace softbot::sqlite
