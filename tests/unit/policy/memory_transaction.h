#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "ports/store.h"

namespace softbot {

/// Counters, settings and configuration versions in memory; whatever else is asked of it is a mistake of the
/// test.
class MemoryTransaction final : public Transaction {
 public:
  bool add_within(std::string_view counter, std::int64_t amount, std::int64_t bound) override {
    auto& value = counters[std::string(counter)];
    if (value + amount > bound) return false;
    value += amount;
    return true;
  }
  std::int64_t counter(std::string_view name) override { return counters[std::string(name)]; }
  std::optional<Value> setting(std::string_view name) override {
    const auto found = settings.find(std::string(name));
    return found == settings.end() ? std::nullopt : std::optional(found->second);
  }
  void put_setting(std::string_view name, const Value& value) override {
    settings[std::string(name)] = value;
  }
  void put_configuration(const ConfigurationRecord& record) override {
    for (auto& known : records) {
      if (known.kind == record.kind && known.name == record.name && known.version == record.version) {
        known = record;
        return;
      }
    }
    records.push_back(record);
  }
  std::vector<ConfigurationRecord> configurations(std::string_view kind) override {
    std::vector<ConfigurationRecord> result;
    for (const auto& record : records) {
      if (record.kind == kind) result.push_back(record);
    }
    return result;
  }

  std::optional<ConfigurationRecord> configuration(std::string_view kind, std::string_view name,
                                                   std::string_view version) override {
    for (const auto& record : records) {
      if (record.kind == kind && record.name == name && record.version == version) return record;
    }
    return std::nullopt;
  }

  std::map<std::string, std::int64_t> counters;
  std::map<std::string, Value> settings;
  std::vector<ConfigurationRecord> records;

 private:
  [[noreturn]] static void not_here() { throw std::logic_error("the policy has no business here"); }

 public:
  void add_scan(const ScanRecord&) override { not_here(); }
  std::optional<ScanRecord> scan(std::string_view) override { not_here(); }
  std::optional<ScanRecord> scan_by_content(std::string_view) override { not_here(); }
  void update_scan(const ScanRecord&) override { not_here(); }
  std::vector<ScanRecord> scans(const ScanFilter&) override { not_here(); }
  void mark_scan(std::string_view, std::string_view) override { not_here(); }
  std::vector<ScanRecord> scans_marked(std::string_view) override { not_here(); }
  void keep_correction(const CorrectionRecord&) override { not_here(); }
  void drop_correction(std::string_view) override { not_here(); }
  std::vector<CorrectionRecord> corrections(const CorrectionFilter&) override { not_here(); }
  std::vector<CorrectionDay> correction_days() override { not_here(); }
  std::int64_t destroy_corrections(std::string_view, Date) override { not_here(); }
  std::optional<PersonRecord> person(const PersonId&) override { not_here(); }
  std::optional<PersonRecord> person_by_bsn(std::string_view) override { not_here(); }
  PersonRecord find_or_add_person(std::string_view) override { not_here(); }
  void destroy_person_key(const PersonId&) override { not_here(); }
  std::optional<SubmissionRecord> submission_by_key(std::string_view) override { not_here(); }
  std::optional<SubmissionRecord> submission(const SubmissionId&) override { not_here(); }
  void add_submission(const SubmissionRecord&) override { not_here(); }
  void add_application(const Application&) override { not_here(); }
  std::optional<Application> application(const ApplicationReference&) override { not_here(); }
  Result<void> update_application(const Application&) override { not_here(); }
  std::vector<Application> applications_of(const PersonId&) override { not_here(); }
  QueuePage queue(const QueueFilter&) override { not_here(); }
  std::string queue_place(const ApplicationReference&) override { not_here(); }
  QueueNeighbours queue_around(const QueueFilter&, std::string_view) override { not_here(); }
  std::vector<Figure> caseload() override { not_here(); }
  std::vector<Figure> figures(Instant) override { not_here(); }
  void add_job(std::string_view, std::string_view, Instant) override { not_here(); }
  std::vector<Job> claim_jobs(std::size_t, Instant, std::chrono::milliseconds, const JobKinds&) override {
    not_here();
  }
  void finish_job(std::int64_t) override { not_here(); }
  void retry_job(std::int64_t, Instant, std::string_view) override { not_here(); }
  void cancel_jobs(std::string_view, std::string_view) override { not_here(); }
  std::int64_t waiting_jobs(Instant) override { not_here(); }
  std::optional<Instant> next_job_at() override { not_here(); }
  void add_document(const DocumentRecord&) override { not_here(); }
  std::optional<DocumentRecord> document(const DocumentId&) override { not_here(); }
  std::vector<DocumentRecord> documents_of(const ApplicationReference&) override { not_here(); }
  void add_outbox(const OutboxRecord&) override { not_here(); }
  std::optional<OutboxRecord> outbox(std::string_view) override { not_here(); }
  void update_outbox(const OutboxRecord&) override { not_here(); }
  std::vector<OutboxRecord> outbox_in(std::string_view, const std::vector<std::string>&,
                                      std::size_t) override {
    not_here();
  }
  std::vector<OutboxRecord> outbox_page(const OutboxFilter&) override { not_here(); }
  std::vector<OutboxRecord> outbox_of(const ApplicationReference&) override { not_here(); }
  void put_provision(const ProvisionRecord&) override { not_here(); }
  std::vector<ProvisionRecord> provisions_of(const PersonId&) override { not_here(); }
  void put_account(const AccountRecord&) override { not_here(); }
  std::optional<AccountRecord> account(const AccountName&) override { not_here(); }
  std::vector<AccountRecord> accounts() override { not_here(); }
  void put_machine_key(const MachineKeyRecord&) override { not_here(); }
  std::optional<MachineKeyRecord> machine_key(std::string_view) override { not_here(); }
  std::vector<MachineKeyRecord> machine_keys() override { not_here(); }
  void add_session(const SessionRecord&) override { not_here(); }
  std::optional<SessionRecord> session(std::string_view) override { not_here(); }
  void remove_session(std::string_view) override { not_here(); }
  void remove_expired_sessions(Instant) override { not_here(); }
  void append_audit(AuditRecord) override { not_here(); }
  std::vector<AuditRecord> audit_of(std::string_view) override { not_here(); }
};

}  // namespace softbot
