#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/store.h"
#include "ports/judgement_history.h"
#include "ports/store.h"

namespace softbot::sqlite {

/// What binds the sealed content of an application to its place.
[[nodiscard]] inline std::string application_context(const std::string& reference) {
  return "application:" + reference;
}

/// The unit of work over one connection. Each table family has a file of its own: transaction_*.cpp.
class SqliteTransaction final : public Transaction {
 public:
  SqliteTransaction(Database& database, const StoreContext& context)
      : database_(database), context_(context) {}

  // transaction_persons.cpp
  std::optional<PersonRecord> person(const PersonId& id) override;
  std::optional<PersonRecord> person_by_bsn(std::string_view bsn) override;
  PersonRecord find_or_add_person(std::string_view bsn) override;
  void destroy_person_key(const PersonId& id) override;
  std::optional<SubmissionRecord> submission_by_key(std::string_view idempotency_key) override;
  std::optional<SubmissionRecord> submission(const SubmissionId& id) override;
  void add_submission(const SubmissionRecord& submission) override;

  // transaction_applications.cpp
  void add_application(const Application& application) override;
  std::optional<Application> application(const ApplicationReference& reference) override;
  Result<void> update_application(const Application& application) override;
  std::vector<Application> applications_of(const PersonId& person) override;

  // transaction_judgements.cpp
  /// By row, behind `after` up to `last`: what is kept of the last judgement of each.
  std::vector<KeptJudgement> judgements_between(std::int64_t after, std::int64_t last,
                                                const JudgementFilter& filter);

  // transaction_queue.cpp
  QueuePage queue(const QueueFilter& filter) override;
  std::string queue_place(const ApplicationReference& reference) override;
  QueueNeighbours queue_around(const QueueFilter& filter, std::string_view place) override;
  std::vector<Figure> caseload() override;
  std::vector<Figure> figures(Instant since) override;

  // transaction_jobs.cpp
  void add_job(std::string_view kind, std::string_view subject, Instant run_at) override;
  using Transaction::claim_jobs;
  std::vector<Job> claim_jobs(std::size_t count, Instant now, std::chrono::milliseconds lease,
                              const JobKinds& kinds) override;
  void finish_job(std::int64_t id) override;
  void retry_job(std::int64_t id, Instant run_at, std::string_view error) override;
  void cancel_jobs(std::string_view kind, std::string_view subject) override;
  std::int64_t waiting_jobs(Instant now) override;
  std::optional<Instant> next_job_at() override;
  bool add_within(std::string_view counter, std::int64_t amount, std::int64_t bound) override;
  std::int64_t counter(std::string_view counter) override;
  std::optional<Value> setting(std::string_view name) override;
  void put_setting(std::string_view name, const Value& value) override;
  void put_configuration(const ConfigurationRecord& record) override;
  std::vector<ConfigurationRecord> configurations(std::string_view kind) override;
  [[nodiscard]] std::optional<ConfigurationRecord> configuration(std::string_view kind, std::string_view name,
                                                                 std::string_view version) override;

  // transaction_documents.cpp
  void add_document(const DocumentRecord& document) override;
  std::optional<DocumentRecord> document(const DocumentId& id) override;
  std::vector<DocumentRecord> documents_of(const ApplicationReference& reference) override;
  void add_outbox(const OutboxRecord& entry) override;
  std::optional<OutboxRecord> outbox(std::string_view key) override;
  void update_outbox(const OutboxRecord& entry) override;
  std::vector<OutboxRecord> outbox_in(std::string_view channel, const std::vector<std::string>& states,
                                      std::size_t limit) override;
  std::vector<OutboxRecord> outbox_page(const OutboxFilter& filter) override;
  std::vector<OutboxRecord> outbox_of(const ApplicationReference& reference) override;
  void put_provision(const ProvisionRecord& provision) override;
  std::vector<ProvisionRecord> provisions_of(const PersonId& person) override;

  // transaction_scans.cpp
  void add_scan(const ScanRecord& scan) override;
  std::optional<ScanRecord> scan(std::string_view id) override;
  std::optional<ScanRecord> scan_by_content(std::string_view content_commitment) override;
  void update_scan(const ScanRecord& scan) override;
  std::vector<ScanRecord> scans(const ScanFilter& filter) override;
  void mark_scan(std::string_view id, std::string_view mark) override;
  std::vector<ScanRecord> scans_marked(std::string_view mark) override;

  // transaction_corrections.cpp
  void keep_correction(const CorrectionRecord& correction) override;
  void drop_correction(std::string_view about) override;
  std::vector<CorrectionRecord> corrections(const CorrectionFilter& filter) override;
  std::vector<CorrectionDay> correction_days() override;
  std::int64_t destroy_corrections(std::string_view municipality, Date first_kept) override;

  // transaction_accounts.cpp
  void put_account(const AccountRecord& account) override;
  std::optional<AccountRecord> account(const AccountName& name) override;
  std::vector<AccountRecord> accounts() override;
  void put_machine_key(const MachineKeyRecord& key) override;
  std::optional<MachineKeyRecord> machine_key(std::string_view key_commitment) override;
  std::vector<MachineKeyRecord> machine_keys() override;
  void add_session(const SessionRecord& session) override;
  std::optional<SessionRecord> session(std::string_view token_commitment) override;
  void remove_session(std::string_view token_commitment) override;
  void remove_expired_sessions(Instant now) override;

  // transaction_audit.cpp
  void append_audit(AuditRecord record) override;
  std::vector<AuditRecord> audit_of(std::string_view subject) override;

 private:
  /// The wrapped key of a person, "" once destroyed; the store's own key for nobody. Throws StoreFailure when
  /// there is no such person.
  const std::string& key_of(const PersonId& person);
  /// Sealed under that key; "" when it is destroyed, as nothing of that person may be kept.
  std::string seal(const PersonId& person, std::string_view context, std::string_view plain);
  /// As seal(), but a destroyed key is a `conflict`: nothing new may begin for that person.
  std::string seal_new(const PersonId& person, std::string_view context, std::string_view plain);
  /// Opened; "" when the key is destroyed. Throws StoreFailure with `damaged` when it should open and does
  /// not.
  std::string unseal(const PersonId& person, std::string_view context, std::string_view sealed);
  Value unseal_value(const PersonId& person, std::string_view context, std::string_view sealed);

  SubmissionRecord submission_in(const Statement& row);
  Application application_in(const Statement& row);
  std::vector<Application> applications_in(Statement rows);
  void put_reasons(std::int64_t application, const Application& content);
  void put_judgement(std::int64_t application, const Application& content);
  KeptJudgement judgement_in(const Statement& row);
  DocumentRecord document_in(const Statement& row);
  OutboxRecord outbox_row(const Statement& row);
  ScanRecord scan_in(const Statement& row);
  CorrectionRecord correction_in(const Statement& row);
  /// The wrapped key of that municipality's day, made when there is none.
  std::string correction_key(std::string_view municipality, Date kept_on);

  Database& database_;
  const StoreContext& context_;
  PersonId known_person_;  ///< the last person asked for, and its key
  std::string known_key_;
};

}  // namespace softbot::sqlite
