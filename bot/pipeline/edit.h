#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/services.h"

namespace softbot::pipeline {

/// A job to add, with the moment from which it may run.
struct NewJob {
  std::string kind;
  std::string subject;
  Instant run_at{};
};

/// What goes with a change of an application: stored in the same transaction, or not at all.
struct Effects {
  std::vector<OutboxRecord> outbox;
  std::vector<NewJob> jobs;
  std::vector<std::string> cancelled_jobs;  ///< kinds, for this application
  std::vector<DocumentRecord> documents;    ///< whose bytes are durable already
  std::vector<ProvisionRecord> provisions;
  std::vector<AuditRecord> audit;  ///< subject and time are filled in when empty
};

/// Changes an application inside the write transaction. Runs on the store's writer thread: no slow work in
/// here.
using Edit = std::function<Result<void>(Transaction&, Application&, Effects&)>;

/// Loads, changes and stores one application with its effects in one transaction; the stored result. The
/// legal deadline is computed anew each time, and a call that is no longer needed is taken from the tasks.
/// `not_found` when there is none; an Error of the edit leaves nothing behind. Wakes the job runner.
[[nodiscard]] Result<Application> edit_application(const Services& services,
                                                   const ApplicationReference& reference, const Edit& edit);

/// The job that brings an entry outside.
[[nodiscard]] NewJob job_for(const OutboxRecord& entry, Instant run_at);

/// Puts an entry in the outbox together with the job that delivers it.
void send_out(const Services& services, Effects& effects, OutboxRecord entry);

/// One application as it stands.
[[nodiscard]] Result<Application> load_application(const Services& services,
                                                   const ApplicationReference& reference);

/// An audit row about an application.
[[nodiscard]] AuditRecord audit_row(std::string_view actor, std::string_view action,
                                    std::string_view purpose = "");

/// Seals bytes under the person's key and stores them durably under a new id; the row to add in a
/// transaction.
[[nodiscard]] Result<DocumentRecord> keep_document(const Services& services, const PersonRecord& person,
                                                   DocumentRecord record, std::string_view bytes);

/// Job kinds.
namespace job {
inline constexpr std::string_view complete = "complete";
inline constexpr std::string_view decide = "decide";
inline constexpr std::string_view receipt = "receipt";
inline constexpr std::string_view deliver = "deliver";
inline constexpr std::string_view announce = "announce";  ///< of an entry in the outbox for channel "mail"
inline constexpr std::string_view repair_term = "repair-term";
inline constexpr std::string_view repair_call = "repair-call";
inline constexpr std::string_view plan_week = "plan-week";
inline constexpr std::string_view begin_policy = "begin-policy";  ///< of a version
inline constexpr std::string_view posting = "posting";
inline constexpr std::string_view term = "term";
inline constexpr std::string_view read_scan = "read-scan";      ///< subject: a scan's id
inline constexpr std::string_view gather_set = "gather-set";    ///< subject: a printed form's set number
inline constexpr std::string_view place_pages = "place-pages";  ///< subject: a scan's id
inline constexpr std::string_view correction_terms = "correction-terms";
inline constexpr std::string_view read_attachments = "read-attachments";
}  // namespace job

}  // namespace softbot::pipeline
