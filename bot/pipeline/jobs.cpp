#include <array>
#include <utility>

#include "pipeline/announce.h"
#include "pipeline/asking.h"
#include "pipeline/attachment_reading.h"
#include "pipeline/edit.h"
#include "pipeline/learning.h"
#include "pipeline/paper_stages.h"
#include "pipeline/policy_life.h"
#include "pipeline/repair_call.h"
#include "pipeline/stages.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/register_check.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

using Stage = Result<void> (*)(const Services&, const std::string&);

template <Result<void> (*Run)(const Services&, const ApplicationReference&)>
Result<void> for_reference(const Services& services, const std::string& subject) {
  return Run(services, ApplicationReference(subject));
}

Result<void> begin_policy(const Services& services, const std::string&) {
  return begin_planned_policy(services);
}

constexpr std::array<std::pair<std::string_view, Stage>, 15> stages{{
    {job::complete, for_reference<complete>},
    {job::decide, for_reference<decide_by_bot>},
    {job::receipt, for_reference<write_receipt>},
    {job::deliver, deliver},
    {job::announce, announce},
    {job::repair_term, for_reference<end_repair_term>},
    {job::repair_call, for_reference<propose_repair_call>},
    {job::plan_week, for_reference<end_plan_week>},
    {job::posting, check_posting},
    {job::begin_policy, begin_policy},
    {job::read_scan, read_scan},
    {job::gather_set, gather_set},
    {job::place_pages, place_pages},
    {job::correction_terms, end_terms_of_corrections},
    {job::read_attachments, for_reference<read_attachments>},
}};

bool is_about_outbox(const Job& job) {
  return job.kind == job::deliver || job.kind == job::posting;
}

/// Marks the entry as stuck; the application that it belongs to.
Result<ApplicationReference> mark_stuck(const Services& services, const Job& job) {
  ApplicationReference reference;
  const auto written = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto row = transaction.outbox(job.subject);
    if (!row) return fail(ErrorCode::not_found, "There is no such entry in the outbox.");
    reference = row->reference;
    if (job.kind != job::deliver || row->state != "waiting") return {};
    row->state = "stuck";
    row->last_error = job.last_error;
    transaction.update_outbox(*row);
    return {};
  });
  if (!written) return fail(written.error());
  return reference;
}

}  // namespace

Result<void> run_job(const Services& services, const Job& job) {
  for (const auto& [kind, stage] : stages) {
    if (kind == job.kind) return stage(services, job.subject);
  }
  return fail(ErrorCode::internal, "There is no stage for this kind of job.");
}

Result<void> give_up(const Services& services, const Job& job) {
  if (job.kind == job::read_scan || job.kind == job::gather_set || job.kind == job::place_pages)
    return give_up_paper(services, job);
  if (job.kind == job::read_attachments)
    return give_up_attachments(services, ApplicationReference(job.subject));
  if (job.kind == job::announce) return post_instead(services, job.subject, by_post::too_late);
  if (job.kind == job::begin_policy) return {};  // the next judgement begins it
  if (job.kind == job::correction_terms) return plan_terms_of_corrections(services);
  ApplicationReference reference(job.subject);
  if (is_about_outbox(job)) {
    auto owner = mark_stuck(services, job);
    if (!owner) return fail(owner.error());
    reference = std::move(*owner);
  }
  const auto edited = edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        const bool waiting = application.status == ApplicationStatus::received ||
                             application.status == ApplicationStatus::deciding;
        if (is_about_outbox(job) || job.kind == job::receipt || !waiting) {
          queue::add_reason(application.open_tasks, queue::reason("processing-failed"));
          return {};
        }
        application.asked = what_to_ask(*services.configuration(), application);
        std::vector<Reason> reasons{queue::reason("processing-failed")};
        if (job.last_error == "register-unavailable") reasons = register_unavailable().blocking;
        refer(services, application, effects, reasons, "bot");
        if (job.last_error != "register-unavailable") application.status = ApplicationStatus::failed;
        add_event(application, "failed", today(services), services.clock.now(), "bot");
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

}  // namespace softbot::pipeline
