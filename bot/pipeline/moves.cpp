#include "pipeline/moves.h"

#include "domain/date.h"
#include "forms/signals.h"
#include "pipeline/asking.h"
#include "pipeline/letters.h"
#include "pipeline/repair_call.h"
#include "pipeline/staff_edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

void start_anew(const Services& services, Application& application, Effects& effects) {
  application.status = ApplicationStatus::received;
  application.outcome.reset();
  application.decided_by.reset();
  application.decision.reset();
  application.reasons.clear();
  application.conditions.clear();
  application.advice.clear();
  application.facts.erase("askedByConsultant");
  application.register_blocks = false;
  for (const std::string_view kind : {job::complete, job::decide, job::plan_week}) {
    effects.cancelled_jobs.emplace_back(kind);
  }
  effects.jobs.push_back({std::string(job::complete), application.reference.text, services.clock.now()});
}

}  // namespace

void note_signals(const Configuration& configuration, Application& application) {
  const FormDefinition* definition = configuration.forms->find(application.type, application.municipality);
  if (definition == nullptr) return;
  application.signals = find_signals(
      configuration.forms->signals(),
      free_texts(configuration.forms->common(), *definition, application.common, application.fields));
  if (!application.signals.empty()) {
    queue::add_reason(application.open_tasks, queue::reason("signal-conversation"));
  }
}

Result<void> must_be_open(const Application& application) {
  if (application.status == ApplicationStatus::decided) {
    return fail(ErrorCode::conflict,
                "Over deze aanvraag is al beslist. U kunt wel om een mens vragen of bezwaar maken.");
  }
  if (application.status == ApplicationStatus::withdrawn) {
    return fail(ErrorCode::conflict, "Deze aanvraag is ingetrokken. Dien een nieuwe aanvraag in.");
  }
  return {};
}

void go_on_after_input(const Services& services, Application& application, Effects& effects,
                       std::string_view reason_code) {
  const bool asked_by_consultant = application.facts["askedByConsultant"].as_bool().value_or(false);
  switch (application.status) {
    case ApplicationStatus::incomplete:
      if (asked_by_consultant) {
        application.facts.erase("askedByConsultant");
        close_repair(services, application, effects);
        refer(services, application, effects, {queue::reason("answer-received")}, "bot");
      } else {
        effects.jobs.push_back(
            {std::string(job::complete), application.reference.text, services.clock.now()});
      }
      return;
    case ApplicationStatus::deciding:
      start_anew(services, application, effects);
      return;
    case ApplicationStatus::referred:
      // From outside a case that the register holds up must go on like any other.
      if (application.register_blocks)
        application.asked = what_to_ask(*services.configuration(), application);
      queue::add_reason(application.reasons, queue::reason(reason_code));
      return;
    case ApplicationStatus::failed:
    case ApplicationStatus::held_for_sample:
      queue::add_reason(application.reasons, queue::reason(reason_code));
      return;
    default:
      return;
  }
}

void judge_again(const Services& services, Application& application, Effects& effects, std::string_view by) {
  start_anew(services, application, effects);
  add_event(application, "judged-again", today(services), services.clock.now(), by);
  effects.audit.push_back(audit_row(by, "judged-again"));
}

void accept_signature(const Services& services, Application& application, Effects& effects,
                      IdentityAssurance assurance, std::string_view how, Date day, std::string_view by) {
  application.assurance = assurance;
  const bool first = application.signed_by.empty();
  application.signed_by = how;
  if (first) add_event(application, "application-signed", day, services.clock.now(), by);
  effects.audit.push_back(audit_row(by, "signed"));
  queue::remove_reason(application.reasons, "signature-missing");
  if (application.register_blocks && application.status == ApplicationStatus::referred) {
    close_repair(services, application, effects);
    start_anew(services, application, effects);
  } else if (application.status == ApplicationStatus::incomplete &&
             !application.facts["askedByConsultant"].as_bool().value_or(false)) {
    effects.jobs.push_back({std::string(job::complete), application.reference.text, services.clock.now()});
  }
}

void take_back(const Services& services, Application& application, Effects& effects, Date day,
               std::string_view by) {
  const auto configuration = services.configuration();
  application.status = ApplicationStatus::withdrawn;
  application.outcome.reset();
  application.decided_by.reset();
  application.decision.reset();
  application.reasons.clear();
  application.asked.clear();
  add_event(application, "withdrawn", day, services.clock.now(), by);
  cancel_bot(effects);
  effects.audit.push_back(audit_row(by, "withdrawn"));
  const Date planned = planned_posting(today(services));
  Value context = letter_context(*configuration, application, planned);
  context.set("withdrawnOn", format_iso(day));
  const auto person = register_person_of(application);
  const bool by_post = person && person->address;
  if (by_post) address_to(context, *person);
  send_out(services, effects,
           letter_row(services, application, by_post ? "post" : "page", "withdrawal-confirmation",
                      "Uw aanvraag is ingetrokken", std::move(context), planned));
}

void to_a_person(const Services& services, Application& application, Effects& effects, Date day,
                 std::string_view by) {
  add_event(application, "human-request", day, services.clock.now(), by);
  effects.audit.push_back(audit_row(by, "human-request"));
  const Reason why = queue::reason("human-request");
  if (application.status == ApplicationStatus::decided ||
      application.status == ApplicationStatus::withdrawn) {
    queue::add_reason(application.open_tasks, why);
    return;
  }
  application.register_blocks = false;
  for (const std::string_view kind : {job::complete, job::decide, job::plan_week}) {
    effects.cancelled_jobs.emplace_back(kind);
  }
  if (application.status == ApplicationStatus::received) {
    effects.jobs.push_back({std::string(job::receipt), application.reference.text, services.clock.now()});
  }
  refer(services, application, effects, {why}, by);
}

}  // namespace softbot::pipeline
