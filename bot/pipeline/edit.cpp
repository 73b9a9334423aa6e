#include "pipeline/edit.h"

#include "domain/zone.h"
#include "pipeline/repair_call.h"
#include "pipeline/terms.h"
#include "policy/weekly_figures.h"

namespace softbot::pipeline {
namespace {

void store_effects(const Services& services, Transaction& transaction, const Application& application,
                   const Effects& effects) {
  const std::string& subject = application.reference.text;
  for (const std::string& kind : effects.cancelled_jobs) transaction.cancel_jobs(kind, subject);
  for (const DocumentRecord& document : effects.documents) transaction.add_document(document);
  for (const OutboxRecord& entry : effects.outbox) transaction.add_outbox(entry);
  for (const ProvisionRecord& provision : effects.provisions) transaction.put_provision(provision);
  for (const NewJob& job : effects.jobs) transaction.add_job(job.kind, job.subject, job.run_at);
  for (AuditRecord row : effects.audit) {
    if (row.subject.empty()) row.subject = subject;
    if (row.at == Instant{}) row.at = services.clock.now();
    transaction.append_audit(std::move(row));
  }
}

void count_move(const Services& services, const Application& application) {
  const std::string outcome(application.outcome ? name_of(*application.outcome) : std::string_view("none"));
  services.metrics
      .counter("softbot_application_moves_total", "Applications that came into a status.",
               {{"type", application.type},
                {"status", std::string(name_of(application.status))},
                {"outcome", outcome}})
      .add();
}

}  // namespace

Result<Application> edit_application(const Services& services, const ApplicationReference& reference,
                                     const Edit& edit) {
  Application stored;
  ApplicationStatus before{};
  const auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto found = transaction.application(reference);
    if (!found) return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
    before = found->status;
    Effects effects;
    if (auto edited = edit(transaction, *found, effects); !edited) return fail(edited.error());
    settle_repair_call(*found);
    found->legal_deadline = first_binding_end(terms_of(*found, local_date(services.clock.now())));
    if (auto updated = transaction.update_application(*found); !updated) return fail(updated.error());
    ++found->version;
    store_effects(services, transaction, *found, effects);
    if (found->status == ApplicationStatus::decided && before != found->status)
      count_decided(transaction, *found, local_date(services.clock.now()));
    stored = std::move(*found);
    return {};
  });
  if (!done) return fail(done.error());
  if (stored.status != before) count_move(services, stored);
  if (services.wake) services.wake();
  return stored;
}

NewJob job_for(const OutboxRecord& entry, Instant run_at) {
  return {std::string(entry.channel == "mail" ? job::announce : job::deliver), entry.key, run_at};
}

void send_out(const Services& services, Effects& effects, OutboxRecord entry) {
  effects.jobs.push_back(job_for(entry, services.clock.now()));
  effects.outbox.push_back(std::move(entry));
}

Result<Application> load_application(const Services& services, const ApplicationReference& reference) {
  std::optional<Application> found;
  const auto done = services.store.read([&](Transaction& transaction) -> Result<void> {
    found = transaction.application(reference);
    return {};
  });
  if (!done) return fail(done.error());
  if (!found) return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
  return std::move(*found);
}

AuditRecord audit_row(std::string_view actor, std::string_view action, std::string_view purpose) {
  AuditRecord row;
  row.actor = actor;
  row.action = action;
  row.purpose = purpose;
  row.activity = "aanvragen-sociaal-domein";
  return row;
}

Result<DocumentRecord> keep_document(const Services& services, const PersonRecord& person,
                                     DocumentRecord record, std::string_view bytes) {
  record.id = DocumentId(new_id(services.vault));
  record.person = person.id;
  record.bytes = static_cast<std::int64_t>(bytes.size());
  record.created = services.clock.now();
  const std::string sealed = services.vault.seal(person.wrapped_key, document_context(record.id), bytes);
  if (auto stored = services.files.put(record.id, sealed); !stored) return fail(stored.error());
  return record;
}

}  // namespace softbot::pipeline
