#include <algorithm>
#include <array>

#include "domain/date.h"
#include "domain/deadlines.h"
#include "domain/zone.h"
#include "pipeline/asking.h"
#include "pipeline/edit.h"
#include "pipeline/letters.h"
#include "pipeline/moves.h"
#include "pipeline/staff_actions.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// What comes in, and what it does: its case event and, where a person must act, the open task.
struct Incoming {
  std::string_view kind;
  std::string_view task;     ///< "" when the event itself moves the case
  bool stops_the_bot;        ///< changes what the bot would judge: a case that it works on goes to a person
  bool confirmed_by_letter;  ///< the sender gets a confirmation of receipt
};

constexpr std::array<Incoming, 14> kinds{{
    {"signed-sheet", "", false, false},
    {"objection", "objection", false, true},
    {"notice-of-default", "notice-of-default", false, true},
    {"complaint", "complaint", false, true},
    {"withdrawal", "", false, false},
    {"human-request", "", false, false},
    {"change-of-circumstances", "change-of-circumstances", true, false},
    {"explanation-request", "explanation-request", false, false},
    {"referrer-notice", "referrer-notice", true, false},
    {"documents", "documents", true, false},
    {"personal-plan", "personal-plan", false, false},
    {"suspension-consent", "", false, false},
    {"heard", "", false, false},
    {"conversation", "", false, false},
}};

const Incoming* find_kind(const std::string& kind) {
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const Incoming& one) { return one.kind == kind; });
  return found == kinds.end() ? nullptr : &*found;
}

Result<void> check_event(const Services& services, const IncomingEvent& event,
                         const Application& application) {
  const auto wrong = [](std::string field, std::string code, std::string message) {
    return fail(Error{ErrorCode::invalid_input,
                      "Deze gebeurtenis kan niet worden vastgelegd.",
                      false,
                      {{std::move(field), std::move(code), std::move(message)}}});
  };
  if (!event.received.ok())
    return wrong("received", "not-a-date", "De ontvangstdatum moet een datum zijn als 2026-12-01.");
  if (today(services) < event.received)
    return wrong("received", "in-future", "De ontvangstdatum ligt in de toekomst.");
  if (event.received < local_date(application.received)) {
    return wrong("received", "before-application", "De ontvangstdatum ligt voor die van de aanvraag.");
  }
  return {};
}

void confirm_by_letter(const Services& services, const Application& application, const IncomingEvent& event,
                       Effects& effects) {
  const auto configuration = services.configuration();
  const Date planned = planned_posting(today(services));
  const auto person = register_person_of(application);
  const bool by_post = person && person->address;
  Value context = letter_context(*configuration, application, planned);
  if (by_post) address_to(context, *person);
  const CaseEvent* published = last_event(application, "decision-published");
  const CaseEvent* decided = last_event(application, "decided");
  context.set("receivedOn", format_iso(event.received));
  context.set("isObjection", event.kind == "objection");
  context.set("isNoticeOfDefault", event.kind == "notice-of-default");
  context.set("isComplaint", event.kind == "complaint");
  context.set("isOther", false);
  context.set("what", "");
  const CaseEvent* dated = published != nullptr ? published : decided;
  context.set("decisionDate", dated == nullptr ? Value() : Value(format_iso(dated->date)));
  const TermReport terms = terms_of(application, today(services));
  const Deadline* answer =
      find_term(terms, event.kind == "objection" ? "objection-decision" : "notice-of-default");
  context.set("answerBy", answer == nullptr ? Value() : Value(format_iso(answer->end)));
  send_out(services, effects,
           letter_row(services, application, by_post ? "post" : "page", "event-confirmation",
                      "Wij hebben uw bericht ontvangen", std::move(context), planned));
}

/// A sheet confirms the answers that it repeats. When answers changed after a sheet went out, a newer one
/// follows: then the number on the sheet, or that it came in after the newest was posted, tells that it is
/// that one.
bool confirms_the_answers(const Application& application, const IncomingEvent& event) {
  if (application.facts["sheetOutdated"].as_bool().value_or(false)) return false;
  const std::int64_t newest = application.facts["sheetNumber"].as_integer().value_or(1);
  if (event.sheet) return *event.sheet == newest;
  const auto planned = parse_iso_date(application.facts["sheetPlanned"].text_or_empty());
  return newest <= 1 || (planned && *planned <= event.received);
}

Result<void> take_signed_sheet(const Services& services, const Staff& staff, const IncomingEvent& event,
                               Application& application, Effects& effects) {
  if (auto open = must_be_open(application); !open) return open;
  add_event(application, "signed-sheet", event.received, services.clock.now(), staff.account, event.note);
  if (!confirms_the_answers(application, event)) {
    queue::add_reason(application.open_tasks, queue::reason("sheet-outdated"));
    return {};
  }
  queue::remove_reason(application.open_tasks, "sheet-outdated");
  application.unconfirmed.clear();
  accept_signature(services, application, effects, IdentityAssurance::paper_signed, "sheet", event.received,
                   staff.account);
  return {};
}

Result<void> take_event(const Services& services, const Staff& staff, const IncomingEvent& event,
                        const Incoming& incoming, Application& application, Effects& effects) {
  if (event.kind == "signed-sheet") return take_signed_sheet(services, staff, event, application, effects);
  if (event.kind == "human-request") {
    to_a_person(services, application, effects, event.received, staff.account);
    return {};
  }
  if (event.kind == "withdrawal" && application.status != ApplicationStatus::decided) {
    if (auto open = must_be_open(application); !open) return open;
    take_back(services, application, effects, event.received, staff.account);
    return {};
  }
  add_event(application, event.kind, event.received, services.clock.now(), staff.account, event.note,
            event.until);
  const bool open =
      application.status != ApplicationStatus::decided && application.status != ApplicationStatus::withdrawn;
  const bool with_the_bot = application.status == ApplicationStatus::received ||
                            application.status == ApplicationStatus::deciding ||
                            application.status == ApplicationStatus::incomplete;
  if (open && (event.kind == "personal-plan" || (incoming.stops_the_bot && with_the_bot))) {
    refer(services, application, effects, {queue::reason(incoming.task)}, staff.account);
    for (const std::string_view kind : {job::plan_week, job::decide, job::complete}) {
      effects.cancelled_jobs.emplace_back(kind);
    }
  } else if (event.kind == "withdrawal") {
    queue::add_reason(application.open_tasks, queue::reason("withdrawn-after-decision"));
  } else if (!incoming.task.empty()) {
    queue::add_reason(application.open_tasks, queue::reason(incoming.task));
    if (application.team.empty()) application.team = team_of(services, application);
  }
  if (incoming.confirmed_by_letter) confirm_by_letter(services, application, event, effects);
  return {};
}

Result<void> unknown_kind() {
  std::string all;
  for (const Incoming& one : kinds) all += (all.empty() ? "" : ", ") + std::string(one.kind);
  return fail(Error{ErrorCode::invalid_input,
                    "Deze soort gebeurtenis bestaat niet.",
                    false,
                    {{"kind", "unknown-kind", "Kies uit: " + all + "."}}});
}

}  // namespace

Result<void> take_incoming(const Services& services, Transaction&, const Staff& staff,
                           const IncomingEvent& event, Application& application, Effects& effects) {
  const Incoming* incoming = find_kind(event.kind);
  if (incoming == nullptr) return unknown_kind();
  if (auto fits = check_event(services, event, application); !fits) return fits;
  effects.audit.push_back(audit_row(staff.account, "event:" + event.kind));
  return take_event(services, staff, event, *incoming, application, effects);
}

std::vector<std::string> incoming_event_kinds() {
  std::vector<std::string> names;
  for (const Incoming& one : kinds) names.emplace_back(one.kind);
  return names;
}

Result<Application> record_event(const Services& services, const Staff& staff,
                                 const ApplicationReference& reference, const IncomingEvent& event) {
  if (find_kind(event.kind) == nullptr) return fail(unknown_kind().error());
  return edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        const bool seen = staff.municipalities.empty() ||
                          std::find(staff.municipalities.begin(), staff.municipalities.end(),
                                    application.municipality) != staff.municipalities.end();
        if (!seen) return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
        return take_incoming(services, transaction, staff, event, application, effects);
      });
}

Result<void> confirm_posted(const Services& services, const Staff& staff, const std::string& outbox_key,
                            Date posted) {
  std::optional<OutboxRecord> row;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    row = transaction.outbox(outbox_key);
    return {};
  });
  if (!read) return fail(read.error());
  if (!row || row->channel != "post") return fail(ErrorCode::not_found, "Er is geen brief met dit nummer.");
  if (row->state != "delivered") {
    return fail(ErrorCode::conflict, "Deze brief is nog niet klaargezet, of de verzending is al bevestigd.");
  }
  if (!posted.ok() || today(services) < posted || posted < local_date(row->created)) {
    return fail(Error{ErrorCode::invalid_input,
                      "De dag van verzending klopt niet.",
                      false,
                      {{"posted", "out-of-range",
                        "Kies een dag vanaf de dag waarop de brief is gemaakt tot en met vandaag."}}});
  }
  const std::string& letter = row->content["letter"].text_or_empty();
  const bool decision = letter == "grant" || letter == "person-decision";
  const bool late = row->planned_date && *row->planned_date < posted;
  const auto edited = edit_application(
      services, row->reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        auto stored = transaction.outbox(outbox_key);
        if (!stored || stored->state != "delivered") {
          return fail(ErrorCode::conflict, "De verzending van deze brief is al bevestigd.");
        }
        stored->state = "confirmed";
        stored->confirmed_date = posted;
        transaction.update_outbox(*stored);
        add_event(application, decision ? "decision-published" : "posted", posted, services.clock.now(),
                  staff.account);
        if (decision) queue::remove_reason(application.open_tasks, "posting-unconfirmed");
        if (decision && late) {
          add_event(application, "late-posting", posted, services.clock.now(), staff.account);
          queue::add_reason(application.open_tasks, queue::reason("late-posting"));
          services.log.warn("letter-posted-late", {{"reference", application.reference.text}});
        }
        effects.audit.push_back(audit_row(staff.account, "posting-confirmed"));
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

Result<void> deliver_again(const Services& services, const Staff& staff, const std::string& outbox_key) {
  std::optional<OutboxRecord> row;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    row = transaction.outbox(outbox_key);
    return {};
  });
  if (!read) return fail(read.error());
  if (!row) return fail(ErrorCode::not_found, "Er is geen brief met dit nummer.");
  auto loaded = load_application(services, row->reference);
  if (!loaded) return fail(loaded.error());
  const auto person = ask_register(services, *loaded);
  if (!person) return fail(person.error());
  const auto edited = edit_application(
      services, row->reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        auto stored = transaction.outbox(outbox_key);
        if (!stored || stored->state != "stuck") {
          return fail(ErrorCode::conflict, "Deze brief staat niet vast.");
        }
        application.facts.set("registerPerson", loaded->facts["registerPerson"]);
        if (const auto now_known = register_person_of(application)) {
          stored->content.set("address", address_value(*now_known));
          if (stored->document.empty()) {
            Value context = stored->content["context"];
            address_to(context, *now_known);
            stored->content.set("context", std::move(context));
          }
        }
        stored->state = "waiting";
        transaction.update_outbox(*stored);
        queue::remove_reason(application.open_tasks, "no-postal-address");
        effects.jobs.push_back(job_for(*stored, services.clock.now()));
        effects.audit.push_back(audit_row(staff.account, "deliver-again"));
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

}  // namespace softbot::pipeline
