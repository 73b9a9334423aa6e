#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/result.h"
#include "ports/correction_record.h"
#include "ports/records.h"
#include "ports/scan_record.h"

namespace softbot {

/// Storage itself failed, or holds what cannot be read: carries the Error that `Store::write` and
/// `Store::read` return.
class StoreFailure final : public std::runtime_error {
 public:
  explicit StoreFailure(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

/// What happens inside one unit of work. Reads see the unit's own writes. When storage itself fails (disk
/// full, I/O, damaged file) the implementation throws `StoreFailure`, which `Store::write` and `Store::read`
/// turn into an Error: units need not handle it. Not thread-safe; lives only during the unit.
class Transaction {
 public:
  virtual ~Transaction() = default;

  // Persons
  [[nodiscard]] virtual std::optional<PersonRecord> person(const PersonId& id) = 0;
  [[nodiscard]] virtual std::optional<PersonRecord> person_by_bsn(std::string_view bsn) = 0;
  /// Finds the person by BSN or makes one; an empty BSN always makes one.
  virtual PersonRecord find_or_add_person(std::string_view bsn) = 0;
  /// Destroys the person's key: all that is sealed with it can never be read again. Rows stay, empty of
  /// content. Corrections that were kept of this person go altogether.
  virtual void destroy_person_key(const PersonId& id) = 0;

  // Submissions
  [[nodiscard]] virtual std::optional<SubmissionRecord> submission_by_key(
      std::string_view idempotency_key) = 0;
  [[nodiscard]] virtual std::optional<SubmissionRecord> submission(const SubmissionId& id) = 0;
  virtual void add_submission(const SubmissionRecord& submission) = 0;

  // Applications
  virtual void add_application(const Application& application) = 0;
  [[nodiscard]] virtual std::optional<Application> application(const ApplicationReference& reference) = 0;
  /// Stores the application when the stored version is still `application.version`, and raises it by one;
  /// else `stale`.
  [[nodiscard]] virtual Result<void> update_application(const Application& application) = 0;
  [[nodiscard]] virtual std::vector<Application> applications_of(const PersonId& person) = 0;
  /// Everything referred, failed, held for sample, or with an open task. Reason codes (filter and counts) are
  /// those of `reasons` and `open_tasks` together.
  [[nodiscard]] virtual QueuePage queue(const QueueFilter& filter) = 0;
  /// Where a case stands in the queue now, opaque, for queue_around(); "" when it does not wait there.
  [[nodiscard]] virtual std::string queue_place(const ApplicationReference& reference) = 0;
  /// Around a place, under the filter's conditions; nothing around a place that was not ours.
  [[nodiscard]] virtual QueueNeighbours queue_around(const QueueFilter& filter, std::string_view place) = 0;
  /// Open cases claimed or assigned per account, municipality and law, for the caseload.
  [[nodiscard]] virtual std::vector<Figure> caseload() = 0;
  /// Applications received since `since`, counted by municipality, type, status, outcome, decidedBy and (one
  /// row each) reason.
  [[nodiscard]] virtual std::vector<Figure> figures(Instant since) = 0;

  // Jobs
  virtual void add_job(std::string_view kind, std::string_view subject, Instant run_at) = 0;
  /// Leases up to `count` due jobs of these kinds for `lease`; a job whose lease ran out is due again.
  [[nodiscard]] virtual std::vector<Job> claim_jobs(std::size_t count, Instant now,
                                                    std::chrono::milliseconds lease,
                                                    const JobKinds& kinds) = 0;
  [[nodiscard]] std::vector<Job> claim_jobs(std::size_t count, Instant now, std::chrono::milliseconds lease) {
    return claim_jobs(count, now, lease, JobKinds{});
  }
  virtual void finish_job(std::int64_t id) = 0;
  virtual void retry_job(std::int64_t id, Instant run_at, std::string_view error) = 0;
  /// Removes jobs of this kind and subject that wait.
  virtual void cancel_jobs(std::string_view kind, std::string_view subject) = 0;
  [[nodiscard]] virtual std::int64_t waiting_jobs(Instant now) = 0;  ///< due and not yet done: the backlog
  /// When the next job becomes due, if any waits.
  [[nodiscard]] virtual std::optional<Instant> next_job_at() = 0;

  // Documents
  virtual void add_document(const DocumentRecord& document) = 0;
  [[nodiscard]] virtual std::optional<DocumentRecord> document(const DocumentId& id) = 0;
  [[nodiscard]] virtual std::vector<DocumentRecord> documents_of(const ApplicationReference& reference) = 0;

  // Outbox
  /// Adds the entry unless its key is there already.
  virtual void add_outbox(const OutboxRecord& entry) = 0;
  [[nodiscard]] virtual std::optional<OutboxRecord> outbox(std::string_view key) = 0;
  virtual void update_outbox(const OutboxRecord& entry) = 0;
  /// Entries of this channel ("": any) in these states (empty: all), oldest first.
  [[nodiscard]] virtual std::vector<OutboxRecord> outbox_in(std::string_view channel,
                                                            const std::vector<std::string>& states,
                                                            std::size_t limit) = 0;
  /// The same as a page, for lists that people read.
  [[nodiscard]] virtual std::vector<OutboxRecord> outbox_page(const OutboxFilter& filter) = 0;
  [[nodiscard]] virtual std::vector<OutboxRecord> outbox_of(const ApplicationReference& reference) = 0;

  // Scans
  virtual void add_scan(const ScanRecord& scan) = 0;
  [[nodiscard]] virtual std::optional<ScanRecord> scan(std::string_view id) = 0;
  [[nodiscard]] virtual std::optional<ScanRecord> scan_by_content(std::string_view content_commitment) = 0;
  virtual void update_scan(const ScanRecord& scan) = 0;
  /// Newest first.
  [[nodiscard]] virtual std::vector<ScanRecord> scans(const ScanFilter& filter) = 0;
  /// Something that a scan can be known by again: nothing personal, or a keyed hash of it. Once per scan.
  virtual void mark_scan(std::string_view id, std::string_view mark) = 0;
  [[nodiscard]] virtual std::vector<ScanRecord> scans_marked(std::string_view mark) = 0;  ///< oldest first

  // Corrections, kept to learn from
  /// Seals it under the key of its municipality and day, which is made with the first of that day. What was
  /// kept about the same reading is replaced.
  virtual void keep_correction(const CorrectionRecord& correction) = 0;
  virtual void drop_correction(std::string_view about) = 0;
  /// By day, within a day in no order that says anything.
  [[nodiscard]] virtual std::vector<CorrectionRecord> corrections(const CorrectionFilter& filter) = 0;
  [[nodiscard]] virtual std::vector<CorrectionDay> correction_days() = 0;
  /// Destroys the keys of all days of this municipality before `first_kept`, and what they sealed; how many
  /// corrections that were.
  virtual std::int64_t destroy_corrections(std::string_view municipality, Date first_kept) = 0;

  // Provisions
  virtual void put_provision(const ProvisionRecord& provision) = 0;  ///< replaces one with the same id
  [[nodiscard]] virtual std::vector<ProvisionRecord> provisions_of(const PersonId& person) = 0;

  // Accounts, machine keys, sessions
  virtual void put_account(const AccountRecord& account) = 0;
  [[nodiscard]] virtual std::optional<AccountRecord> account(const AccountName& name) = 0;
  [[nodiscard]] virtual std::vector<AccountRecord> accounts() = 0;
  virtual void put_machine_key(const MachineKeyRecord& key) = 0;
  [[nodiscard]] virtual std::optional<MachineKeyRecord> machine_key(std::string_view key_commitment) = 0;
  [[nodiscard]] virtual std::vector<MachineKeyRecord> machine_keys() = 0;
  virtual void add_session(const SessionRecord& session) = 0;
  [[nodiscard]] virtual std::optional<SessionRecord> session(std::string_view token_commitment) = 0;
  virtual void remove_session(std::string_view token_commitment) = 0;
  virtual void remove_expired_sessions(Instant now) = 0;

  // Counters and settings
  /// Adds `amount` to the counter when the sum stays within `bound`; says whether it did. One row per name.
  [[nodiscard]] virtual bool add_within(std::string_view counter, std::int64_t amount,
                                        std::int64_t bound) = 0;
  [[nodiscard]] virtual std::int64_t counter(std::string_view counter) = 0;
  [[nodiscard]] virtual std::optional<Value> setting(std::string_view name) = 0;
  virtual void put_setting(std::string_view name, const Value& value) = 0;

  // Configuration versions
  virtual void put_configuration(const ConfigurationRecord& record) = 0;
  [[nodiscard]] virtual std::vector<ConfigurationRecord> configurations(std::string_view kind) = 0;
  /// One version, without reading the others.
  [[nodiscard]] virtual std::optional<ConfigurationRecord> configuration(std::string_view kind,
                                                                         std::string_view name,
                                                                         std::string_view version) = 0;

  // Audit
  /// Appends to this node's chain; number, previous and hash are filled in here.
  virtual void append_audit(AuditRecord record) = 0;
  [[nodiscard]] virtual std::vector<AuditRecord> audit_of(std::string_view subject) = 0;
};

/// The durable memory. Thread-safe.
class Store {
 public:
  virtual ~Store() = default;

  using Unit = std::function<Result<void>(Transaction&)>;

  /// Runs the unit in a transaction and returns once it is durable. A unit that returns an Error or throws
  /// leaves nothing behind. Units of many callers may share one commit; each is a savepoint of its own. The
  /// unit may run on another thread while the caller waits; it must not call the store again.
  [[nodiscard]] virtual Result<void> write(const Unit& unit) = 0;

  /// Runs the unit over one consistent view, in parallel with others. Writing in it is a bug.
  [[nodiscard]] virtual Result<void> read(const Unit& unit) = 0;

  /// Bytes free where the data lies, and whether the last commit worked: for readiness.
  [[nodiscard]] virtual Result<void> healthy() = 0;
};

}  // namespace softbot
