#include "pipeline/granting.h"

#include "domain/date.h"
#include "domain/working_days.h"
#include "domain/zone.h"
#include "pipeline/announce.h"
#include "pipeline/hearing.h"
#include "pipeline/letters.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// The rules of the policy. What the register check and the safeguards looked at one by one belongs in the
/// file, not in a letter.
bool is_for_letter(const Condition& condition) {
  const bool about_register = condition.name == "register" && condition.state != ConditionState::met;
  return !about_register && !condition.text.empty() && !condition.name.starts_with("register-") &&
         !condition.name.starts_with("safeguard-");
}

Value met_conditions(const Application& application) {
  Value list = Value::list();
  for (const Condition& condition : application.conditions) {
    if (condition.state == ConditionState::met && is_for_letter(condition)) {
      list.push(Value::object({{"text", condition.text}}));
    }
  }
  return list;
}

Value all_conditions(const Application& application) {
  Value list = Value::list();
  for (const Condition& condition : application.conditions) {
    if (!is_for_letter(condition)) continue;
    const char* result = condition.state == ConditionState::met     ? "ja"
                         : condition.state == ConditionState::unmet ? "nee"
                                                                    : "niet bekend";
    list.push(Value::object({{"text", condition.text}, {"result", result}}));
  }
  return list;
}

Value steps_of(const Application& application) {
  Value steps = Value::list();
  for (const CaseEvent& event : application.events) {
    if (event.kind == "decision-published" || event.kind == "judged-again" ||
        event.kind == "repair-call-proposed" || is_about_mail(event.kind))
      continue;
    steps.push(Value::object(
        {{"date", format_iso(event.date)}, {"title", event_in_words(event.kind)}, {"text", Value()}}));
  }
  return steps;
}

/// What all letters of a decision say: to whom, about what, from which day.
Value decision_context(const Services& services, const Configuration& configuration,
                       const Application& application, Date planned) {
  Value context = letter_context(configuration, application, planned);
  if (const auto person = register_person_of(application)) address_to(context, *person);
  context.set("decidedOn", format_iso(today(services)));
  context.set("legalBasis", legal_basis_of(application));
  context.set("advice", texts_of(application.advice));
  context.set("objection", objection_in_words(configuration, application, planned));
  return context;
}

void send_report(const Services& services, const Configuration& configuration, const Application& application,
                 Effects& effects, Value context, Date planned, bool automatic) {
  context.set("automatic", automatic);
  context.set("steps", steps_of(application));
  context.set("answers", answers_in_words(configuration, application, Which::all));
  context.set("conditions", all_conditions(application));
  context.set("conclusion",
              automatic ? "U voldoet aan alle voorwaarden. Daarom krijgt u wat u vroeg."
                        : "Een consulent heeft uw aanvraag beoordeeld. De uitkomst staat in het besluit.");
  send_out(services, effects,
           letter_row(services, application, "post", "investigation-report", "Verslag van het onderzoek",
                      std::move(context), planned));
}

void note_provision(const Application& application, const Value& grant, Effects& effects) {
  ProvisionRecord provision;
  provision.id = application.reference.text;
  provision.person = application.person;
  provision.type = application.type == "extension" ? "household-help" : application.type;
  provision.municipality = application.municipality;
  provision.decision_number = application.reference.text;
  provision.details = grant;
  provision.from = parse_iso_date(grant["from"].text_or_empty()).value_or(application.events.back().date);
  if (const auto until = parse_iso_date(grant["until"].text_or_empty())) provision.until = *until;
  provision.source = application.reference.text;
  effects.provisions.push_back(std::move(provision));
}

void order(const Services& services, const Configuration& configuration, const Application& application,
           const Value& grant, Effects& effects) {
  const auto person = register_person_of(application);
  OutboxRecord row;
  row.key = application.reference.text + "-order-" + std::to_string(application.version + 1);
  row.reference = application.reference;
  row.person = application.person;
  row.channel = "provider-order";
  row.state = "waiting";
  row.created = services.clock.now();
  row.content = Value::object({{"provider", grant["provider"]},
                               {"municipality", application.municipality},
                               {"reference", application.reference.text},
                               {"type", application.type},
                               {"title", title_of(configuration, application)},
                               {"aid", grant["aid"]},
                               {"minutesPerWeek", grant["minutesPerWeek"]},
                               {"from", grant["from"]},
                               {"until", grant["until"]},
                               {"bsn", application.common["bsn"]},
                               {"phone", application.common["phone"]},
                               {"birthDate", application.common["birthDate"]},
                               {"address", person ? address_value(*person) : Value()}});
  send_out(services, effects, std::move(row));
}

}  // namespace

void expect_posting(const OutboxRecord& row, Effects& effects) {
  if (row.channel != "post") return;
  effects.jobs.push_back({std::string(job::posting), row.key,
                          start_of_day(add_days(add_working_days(*row.planned_date, 1), 1))});
}

Value context_of_grant(const Services& services, const Application& application) {
  const auto configuration = services.configuration();
  const Date planned = planned_posting(today(services));
  Value context = decision_context(services, *configuration, application, planned);
  context.set("granted", granted_in_words(*configuration, application, application.decision->grant));
  context.set("conditions", met_conditions(application));
  context.set("policyVersion", application.decision->policy_version);
  context.set("enclosures", Value(Value::List{Value("Verslag van het onderzoek")}));
  return context;
}

Value context_of_person_decision(const Services& services, const Application& application,
                                 const std::string& display_name) {
  const auto configuration = services.configuration();
  const Decision& decision = *application.decision;
  const bool grants = decision.outcome == Outcome::granted || decision.outcome == Outcome::granted_in_part;
  Value context = decision_context(services, *configuration, application, planned_posting(today(services)));
  context.set("isGranted", decision.outcome == Outcome::granted);
  context.set("isGrantedInPart", decision.outcome == Outcome::granted_in_part);
  context.set("isRefused", decision.outcome == Outcome::refused);
  context.set("isUntreated", decision.outcome == Outcome::untreated);
  context.set("granted", grants ? granted_in_words(*configuration, application, decision.grant) : Value());
  Value reasons = Value::list();
  reasons.push(Value::object({{"text", decision.written_reasons}}));
  if (std::string hearing = hearing_in_letter(decision); !hearing.empty())
    reasons.push(Value::object({{"text", std::move(hearing)}}));
  context.set("reasons", std::move(reasons));
  const CaseEvent* heard = last_event(application, "heard");
  const bool not_now = !decision.trace["hearing"]["exception"].text_or_empty().empty();
  context.set("heardOn", heard == nullptr || not_now ? Value() : Value(format_iso(heard->date)));
  const CaseEvent* asked = last_event(application, "repair-request");
  context.set("repair", asked == nullptr || !asked->until
                            ? Value()
                            : Value::object({{"askedOn", format_iso(asked->date)},
                                             {"until", format_iso(*asked->until)}}));
  context.set("decidedBy", Value::object({{"name", display_name}, {"role", "consulent"}}));
  Value enclosures = Value::list();
  if (application.law == "wmo2015") enclosures.push("Verslag van het onderzoek");
  context.set("enclosures", std::move(enclosures));
  return context;
}

void finish_grant(const Services& services, Application& application, Effects& effects, std::string_view by) {
  const auto configuration = services.configuration();
  const Instant now = services.clock.now();
  const Date day = today(services);
  const Date planned = planned_posting(day);
  application.status = ApplicationStatus::decided;
  application.outcome = Outcome::granted;
  application.decided_by = DecidedBy::bot;
  application.reasons.clear();
  add_event(application, "investigation-finished", day, now, by);
  add_event(application, "decided", day, now, by);
  services.metrics.histogram("softbot_decision_seconds", "From receipt to a grant by the bot.", {})
      .observe(std::chrono::duration<double>(now - application.received).count());

  const Value& grant = application.decision->grant;
  Value report = decision_context(services, *configuration, application, planned);
  Value context = context_of_grant(services, application);
  OutboxRecord letter = letter_row(services, application, "post", "grant", "Besluit op uw aanvraag",
                                   std::move(context), planned);
  expect_posting(letter, effects);
  send_out(services, effects, std::move(letter));
  send_report(services, *configuration, application, effects, std::move(report), planned, true);
  note_provision(application, grant, effects);
  order(services, *configuration, application, grant, effects);
  AuditRecord row = audit_row(by, "decided");
  row.commitment = services.vault.commitment("decision", application.decision->policy_version + "granted");
  effects.audit.push_back(std::move(row));
}

void finish_person_decision(const Services& services, Application& application, Effects& effects,
                            const std::string& display_name) {
  const auto configuration = services.configuration();
  const Instant now = services.clock.now();
  const Date day = today(services);
  const Date planned = planned_posting(day);
  const Decision& decision = *application.decision;
  application.status = ApplicationStatus::decided;
  application.outcome = decision.outcome;
  application.decided_by = DecidedBy::person;
  if (application.law == "wmo2015" && !has_event(application, "investigation-finished")) {
    add_event(application, "investigation-finished", day, now, decision.account);
  }
  add_event(application, "decided", day, now, decision.account);

  const bool grants = decision.outcome == Outcome::granted || decision.outcome == Outcome::granted_in_part;
  Value report = decision_context(services, *configuration, application, planned);
  Value context = context_of_person_decision(services, application, display_name);
  OutboxRecord letter = letter_row(services, application, "post", "person-decision", "Besluit op uw aanvraag",
                                   std::move(context), planned);
  expect_posting(letter, effects);
  send_out(services, effects, std::move(letter));
  if (application.law == "wmo2015") {
    send_report(services, *configuration, application, effects, std::move(report), planned, false);
  }
  if (grants) {
    note_provision(application, decision.grant, effects);
    order(services, *configuration, application, decision.grant, effects);
  }
  AuditRecord row = audit_row(decision.account, "decided");
  row.commitment = services.vault.commitment(
      "decision", std::string(name_of(decision.outcome)) + decision.written_reasons);
  effects.audit.push_back(std::move(row));
}

}  // namespace softbot::pipeline
