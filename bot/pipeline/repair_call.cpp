#include "pipeline/repair_call.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/date.h"
#include "domain/working_days.h"
#include "domain/zone.h"
#include "pipeline/asking.h"
#include "pipeline/letters.h"
#include "pipeline/staff_edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view proposed = "repair-call-proposed";
constexpr int longest_days = 91;

constexpr std::array<std::pair<CallOutcome, std::string_view>, 4> outcome_names{
    {{CallOutcome::longer, "longer"},
     {CallOutcome::received, "received"},
     {CallOutcome::not_reached, "not-reached"},
     {CallOutcome::cannot, "cannot"}}};

/// So many working days before the last day, which counts as one when it is one.
Date working_days_before(Date last, int days) {
  Date day = last;
  for (int left = days; left > 0;) {
    day = add_days(day, -1);
    if (is_working_day(day)) --left;
  }
  return day;
}

std::optional<Date> day_to_call(const Services& services, Date until) {
  const int days = services.configuration()->repair_call_working_days;
  return days == 0 ? std::nullopt : std::optional<Date>(working_days_before(until, days));
}

/// Anything of what was asked, or an answer that makes the question another one.
bool is_answer(const CaseEvent& event) {
  static constexpr std::array<std::string_view, 8> kinds{"documents",      "answers",  "reply-on-paper",
                                                         "signed-sheet",   "signed",   "application-signed",
                                                         "sheet-unsigned", "completed"};
  return std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
}

bool came_back(const Application& application) {
  const auto asked = std::find_if(application.events.rbegin(), application.events.rend(),
                                  [](const CaseEvent& event) { return event.kind == "repair-request"; });
  return std::any_of(application.events.rbegin(), asked, is_answer);
}

bool was_proposed(const Application& application, Date until) {
  return std::any_of(application.events.begin(), application.events.end(),
                     [&](const CaseEvent& event) { return event.kind == proposed && event.until == until; });
}

/// The last day of the term in which nothing came back and of which nobody was told yet.
std::optional<Date> term_to_call_about(const Application& application) {
  const CaseEvent* asked = last_event(application, "repair-request");
  const bool waits = application.status == ApplicationStatus::incomplete && repair_is_open(application) &&
                     !application.asked.empty();
  if (!waits || asked == nullptr || !asked->until) return std::nullopt;
  if (came_back(application) || was_proposed(application, *asked->until)) return std::nullopt;
  return asked->until;
}

Reason task_of(const Application& application, Date until) {
  Reason task = queue::reason(repair_call);
  task.text += " De termijn eindigt op " + format_dutch(until) + ". Nog niet ontvangen:";
  for (const Asked& item : application.asked) task.text += " " + item.text;
  return task;
}

bool has_task(const Application& application) {
  return std::any_of(application.open_tasks.begin(), application.open_tasks.end(),
                     [](const Reason& task) { return task.code == repair_call; });
}

std::string words_of(const RepairCall& call) {
  std::string words = call.note;
  const auto begin = [&](const std::string& outcome) {
    words = outcome + (words.empty() ? "" : " " + words);
  };
  switch (call.outcome) {
    case CallOutcome::longer:
      begin("Meer tijd, tot en met " + format_dutch(*call.until) + ".");
      break;
    case CallOutcome::received:
      begin("Alles is binnen.");
      break;
    case CallOutcome::not_reached:
      begin("Niet bereikt.");
      break;
    case CallOutcome::cannot:
      begin("Het lukt de inwoner niet.");
      break;
  }
  return words;
}

/// A letter to the register's address, or to the resident's page alone when there is none.
void write_to(const Services& services, const Application& application, Effects& effects,
              std::string_view letter, std::string_view title, const Value& more) {
  const Date planned = planned_posting(today(services));
  Value context = letter_context(*services.configuration(), application, planned);
  const auto person = register_person_of(application);
  const bool by_post = person && person->address;
  if (by_post) address_to(context, *person);
  for (const Value::Member& member : more.members()) context.set(member.name, member.value);
  send_out(services, effects,
           letter_row(services, application, by_post ? "post" : "page", letter, title, std::move(context),
                      planned));
}

void give_more_time(const Services& services, const Staff& staff, Application& application, Effects& effects,
                    Date until) {
  const Date day = today(services);
  queue::remove_reason(application.reasons, "repair-term-ended");
  if (application.reasons.empty()) {  // else a person still has to see it, for another reason
    application.status = ApplicationStatus::incomplete;
    application.outcome = Outcome::asked;
    application.decided_by = DecidedBy::person;
  }
  queue::remove_reason(application.open_tasks, repair_call);
  add_event(application, "repair-request", day, services.clock.now(), staff.account,
            "De termijn is langer gemaakt.", until);
  plan_repair_term(services, application, effects, until);
  write_to(services, application, effects, "repair-extension", "U heeft meer tijd",
           Value::object({{"asked", texts_of(application.asked)},
                          {"until", format_iso(until)},
                          {"suspendedFrom", format_iso(add_days(day, 1))}}));
}

/// Also when the term is over: the clock goes on, and nobody leaves it untreated for what was asked.
void nothing_more_is_asked(const Services& services, Application& application, Effects& effects) {
  if (repair_is_open(application)) return close_repair(services, application, effects);
  add_event(application, "completed", today(services), services.clock.now(), "bot");
}

void help_along(const Services& services, const Staff& staff, Application& application, Effects& effects) {
  queue::remove_reason(application.open_tasks, repair_call);
  nothing_more_is_asked(services, application, effects);
  refer(services, application, effects, {queue::reason("resident-cannot")}, staff.account);
  const auto& deadline = application.legal_deadline;
  const bool ahead = deadline && today(services) <= *deadline;
  const std::string& name = staff.display_name.empty() ? staff.account : staff.display_name;
  write_to(services, application, effects, "advice", "Een consulent kijkt naar uw aanvraag",
           Value::object({{"consultant", name},
                          {"decideBy", ahead ? Value(format_iso(*deadline)) : Value()},
                          {"advice", texts_of(application.advice)}}));
}

void go_on_with_all(const Services& services, const Staff& staff, Application& application,
                    Effects& effects) {
  queue::remove_reason(application.open_tasks, repair_call);
  queue::remove_reason(application.reasons, "repair-term-ended");
  application.facts.erase("askedByConsultant");
  nothing_more_is_asked(services, application, effects);
  refer(services, application, effects, {queue::reason("documents")}, staff.account);
}

Result<void> must_be_later(const Services& services, const Application& application, const RepairCall& call) {
  if (call.outcome != CallOutcome::longer) return {};
  const CaseEvent* asked = last_event(application, "repair-request");
  const bool later = call.until && call.until->ok() && today(services) < *call.until &&
                     (asked == nullptr || !asked->until || *asked->until < *call.until);
  const bool too_late = later && add_days(today(services), longest_days) < *call.until;
  if (too_late) {
    return fail(
        Error{ErrorCode::invalid_input,
              "De nieuwe termijn klopt niet.",
              false,
              {{"until", "too-late", "Kies een dag binnen 13 weken: zo lang staat ook onze termijn stil."}}});
  }
  if (later) return {};
  const bool missing = !call.until || !call.until->ok();
  return fail(Error{ErrorCode::invalid_input,
                    "De nieuwe termijn klopt niet.",
                    false,
                    {{"until", missing ? "missing" : "too-early",
                      "Kies een dag na vandaag, en later dan de termijn die nu loopt."}}});
}

}  // namespace

std::string_view name_of(CallOutcome outcome) {
  return std::find_if(outcome_names.begin(), outcome_names.end(),
                      [&](const auto& one) { return one.first == outcome; })
      ->second;
}

std::optional<CallOutcome> call_outcome_from(std::string_view name) {
  for (const auto& [outcome, its_name] : outcome_names) {
    if (its_name == name) return outcome;
  }
  return std::nullopt;
}

void plan_repair_term(const Services& services, const Application& application, Effects& effects,
                      Date until) {
  const std::string& subject = application.reference.text;
  effects.cancelled_jobs.emplace_back(job::repair_term);
  effects.cancelled_jobs.emplace_back(job::repair_call);
  effects.jobs.push_back({std::string(job::repair_term), subject, start_of_day(add_days(until, 1))});
  if (const auto day = day_to_call(services, until))
    effects.jobs.push_back({std::string(job::repair_call), subject, start_of_day(*day)});
}

void close_repair(const Services& services, Application& application, Effects& effects) {
  if (!repair_is_open(application)) return;
  add_event(application, "completed", today(services), services.clock.now(), "bot");
  effects.cancelled_jobs.emplace_back(job::repair_term);
  effects.cancelled_jobs.emplace_back(job::repair_call);
}

void settle_repair_call(Application& application) {
  const bool over =
      application.status == ApplicationStatus::decided || application.status == ApplicationStatus::withdrawn;
  if (over || came_back(application)) queue::remove_reason(application.open_tasks, repair_call);
}

Result<void> propose_repair_call(const Services& services, const ApplicationReference& reference) {
  const auto loaded = load_application(services, reference);
  if (!loaded) return fail(loaded.error());
  if (!term_to_call_about(*loaded)) return {};
  const auto edited = edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        const auto until = term_to_call_about(application);
        const auto day = until ? day_to_call(services, *until) : std::nullopt;
        const Date now = today(services);
        if (!day || *until < now) return {};  // the end of the term has its own job
        if (now < *day) {                     // a clock that was set back
          effects.jobs.push_back({std::string(job::repair_call), reference.text, start_of_day(*day)});
          return {};
        }
        queue::add_reason(application.open_tasks, task_of(application, *until));
        if (application.team.empty()) application.team = team_of(services, application);
        add_event(application, proposed, now, services.clock.now(), "bot", "", until);
        effects.audit.push_back(audit_row("bot", proposed));
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

Result<Application> record_repair_call(const Services& services, const Staff& staff,
                                       const ApplicationReference& reference, std::int64_t version,
                                       const RepairCall& told) {
  RepairCall call = told;
  if (call.until && call.until->ok()) call.until = end_of_term(*call.until);
  const Value person = register_person_for(services, reference);
  return edit_claimed(services, staff, reference, version,
                      [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                        if (auto open = must_be_undecided(application); !open) return open;
                        if (!has_task(application))
                          return fail(ErrorCode::not_found, "Bij deze aanvraag staat geen telefoontje open.");
                        if (auto later = must_be_later(services, application, call); !later) return later;
                        if (person.is_object()) application.facts.set("registerPerson", person);
                        add_event(application, repair_call, today(services), services.clock.now(),
                                  staff.account, words_of(call));
                        effects.audit.push_back(
                            audit_row(staff.account, "repair-call:" + std::string(name_of(call.outcome))));
                        if (call.outcome == CallOutcome::longer)
                          give_more_time(services, staff, application, effects, *call.until);
                        if (call.outcome == CallOutcome::received)
                          go_on_with_all(services, staff, application, effects);
                        if (call.outcome == CallOutcome::cannot)
                          help_along(services, staff, application, effects);
                        return {};
                      });
}

}  // namespace softbot::pipeline
