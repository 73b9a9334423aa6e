#include "pipeline/staff_actions.h"

#include <algorithm>

#include "domain/date.h"
#include "domain/deadlines.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/asking.h"
#include "pipeline/edit.h"
#include "pipeline/field_changes.h"
#include "pipeline/granting.h"
#include "pipeline/learning.h"
#include "pipeline/letters.h"
#include "pipeline/moves.h"
#include "pipeline/paper_checks.h"
#include "pipeline/past.h"
#include "pipeline/sample_outcomes.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/replay.h"
#include "queue/claims.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

bool may_see(const Staff& staff, const Application& application) {
  return staff.municipalities.empty() || std::find(staff.municipalities.begin(), staff.municipalities.end(),
                                                   application.municipality) != staff.municipalities.end();
}

Result<void> must_see(const Staff& staff, const Application& application) {
  if (may_see(staff, application)) return {};
  return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
}

/// An edit by a consultant: sees it, nobody else holds it, it is the version they looked at; then they hold
/// it.
Result<Application> edit_claimed(const Services& services, const Staff& staff,
                                 const ApplicationReference& reference, std::int64_t version,
                                 const Edit& edit) {
  return edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (auto seen = must_see(staff, application); !seen) return seen;
        const Instant now = services.clock.now();
        if (auto may = queue::may_change(application, staff.account, now, version); !may) return may;
        queue::hold(application, staff.account, now);
        return edit(transaction, application, effects);
      });
}

/// Old and new values of a correction as a note; sealed with the case.
std::string note_of(const Application& application, const std::vector<FieldChange>& changes,
                    const std::string& why) {
  const auto as_text = [](const Value& value) {
    if (const Number* number = value.as_number()) return number->text;
    if (const auto flag = value.as_bool()) return std::string(*flag ? "ja" : "nee");
    return value.text_or_empty();
  };
  std::string note;
  for (const FieldChange& change : changes) {
    if (!change.changes) continue;
    const Value& before = (change.common ? application.common : application.fields)[change.name];
    note += change.path() + ": \"" + as_text(before) + "\" -> \"" + as_text(change.value) + "\"; ";
  }
  return note + why;
}

/// The register's address is needed for a letter. When the register does not answer the letter waits for a
/// person.
Value register_person_for(const Services& services, const ApplicationReference& reference) {
  auto loaded = load_application(services, reference);
  if (!loaded) return {};
  if (register_person_of(*loaded)) return loaded->facts["registerPerson"];
  const auto person = ask_register(services, *loaded);
  return person ? loaded->facts["registerPerson"] : Value();
}

bool is_blank(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
}

void add_mistakes_in_grant(const Value& grant, std::vector<FieldError>& errors) {
  constexpr std::int64_t minutes_in_a_week = 7 * 24 * 60;
  const auto minutes = grant["minutesPerWeek"].as_integer();
  const std::string& aid = grant["aid"].text_or_empty();
  const auto from = parse_iso_date(grant["from"].text_or_empty());
  const auto until = parse_iso_date(grant["until"].text_or_empty());
  if (minutes.has_value() != aid.empty()) {
    errors.push_back({"grant", "missing", "Zeg wat er wordt toegekend: minutesPerWeek, of anders aid."});
  }
  if (minutes && (*minutes < 1 || *minutes > minutes_in_a_week)) {
    errors.push_back(
        {"grant.minutesPerWeek", "out-of-range", "Geef een aantal minuten per week van 1 tot 10080."});
  }
  if (!from) errors.push_back({"grant.from", "missing", "Zeg vanaf welke dag: een datum als 2026-12-01."});
  if (!grant["until"].is_null() && (!until || (from && *until < *from))) {
    errors.push_back({"grant.until", "invalid", "De laatste dag is een datum na de eerste, of ontbreekt."});
  }
  for (const char* name : {"aid", "provider", "note"}) {
    const Value& value = grant[name];
    if (!value.is_null() && (!value.is_text() || value.text_or_empty().size() > 500)) {
      errors.push_back({"grant." + std::string(name), "invalid", "Dit is een tekst van hooguit 500 tekens."});
    }
  }
  const Value& contribution = grant["contributionCents"];
  if (!contribution.is_null() && contribution.as_integer().value_or(-1) < 0) {
    errors.push_back(
        {"grant.contributionCents", "invalid", "De eigen bijdrage is een aantal centen, nul of meer."});
  }
}

std::vector<FieldError> mistakes_in(const PersonDecision& decision, const Application& application,
                                    Date today) {
  std::vector<FieldError> errors;
  const bool grants = decision.outcome == Outcome::granted || decision.outcome == Outcome::granted_in_part;
  if (is_blank(decision.written_reasons)) {
    errors.push_back({"writtenReasons", "missing",
                      "Schrijf waarom u zo beslist: het besluit moet dat zeggen (Awb 3:46)."});
  }
  if (decision.outcome == Outcome::asked) {
    errors.push_back({"outcome", "not-a-decision", "Kies granted, granted-in-part, refused of untreated."});
  }
  if (grants) add_mistakes_in_grant(decision.grant, errors);
  const CaseEvent* asked = last_event(application, "repair-request");
  const CaseEvent* completed = last_event(application, "completed");
  const bool answered =
      asked != nullptr && completed != nullptr && asked < completed;  // in the order of the case
  if (decision.outcome == Outcome::untreated &&
      (asked == nullptr || answered || !asked->until || today <= *asked->until)) {
    errors.push_back({"outcome", "repair-term-not-over",
                      "Buiten behandeling laten mag pas nadat een hersteltermijn voorbij is (Awb 4:5)."});
  }
  return errors;
}

Result<void> must_be_undecided(const Application& application) {
  if (application.status == ApplicationStatus::decided ||
      application.status == ApplicationStatus::withdrawn) {
    return fail(ErrorCode::conflict, "Over deze aanvraag is al beslist, of hij is ingetrokken.");
  }
  return {};
}

/// A person looked at these fields and at these doubts about the paper.
Result<void> confirm(const Services& services, const Staff& staff, const std::vector<std::string>& confirmed,
                     Application& application, Effects& effects) {
  const paper::Look look{staff.account, services.clock.now()};
  std::vector<FieldError> errors;
  for (const std::string& name : confirmed) {
    if (name == "signature" && paper::is_on_paper(application)) {
      paper::settle_doubt(application, "signature-doubtful", look);
      if (!application.signed_by.empty()) continue;
      application.paper.set("signature", "found");
      accept_signature(services, application, effects, IdentityAssurance::paper_signed, "form",
                       local_date(application.received), staff.account);
    } else if (!paper::mark_checked(application, name, look) &&
               !paper::settle_doubt(application, name, look)) {
      errors.push_back({"confirmed", "unknown-field",
                        "This form has no field and no doubt with the name that is confirmed."});
    }
  }
  if (errors.empty()) return {};
  return fail(Error{ErrorCode::invalid_input, "Not everything can be confirmed.", false, errors});
}

/// Everything that was corrected was looked at, rows of a list included.
void mark_corrected(const Services& services, const Staff& staff, const std::vector<FieldChange>& changes,
                    Application& application) {
  const paper::Look look{staff.account, services.clock.now()};
  for (const FieldChange& change : changes) {
    std::vector<std::string> read;
    for (const Value::Member& member : application.readings.members()) {
      if (member.name == change.name || member.name.starts_with(change.name + "["))
        read.push_back(member.name);
    }
    for (const std::string& name : read) {
      paper::mark_checked(application, name, look);
      paper::mark_looked_at(application, name, look);
    }
  }
}

bool is_release(const Application& application, const PersonDecision& decision) {
  return application.status == ApplicationStatus::held_for_sample && decision.outcome == Outcome::granted &&
         !decision.grant.is_object() && application.decision.has_value();
}

/// A grant that lies ready is released only over the answers and the past that the bot judged.
Result<void> must_be_unchanged(Transaction& transaction, const Application& application, Date today) {
  const Value& judged = application.facts[policy_input_fact];
  const Value past = past_facts(transaction, application, today);
  const bool answers_changed =
      is_in_doubt(application) || !application.unconfirmed.empty() ||
      std::any_of(application.reasons.begin(), application.reasons.end(),
                  [](const Reason& reason) { return reason.code == "corrected-by-applicant"; });
  if (!answers_changed && past["provisions"] == judged["provisions"] && past["history"] == judged["history"])
    return {};
  return fail(
      ErrorCode::conflict,
      "Er is iets veranderd sinds de bot dit klaarzette. Laat de bot opnieuw oordelen, of beslis zelf.");
}

void cancel_bot(Effects& effects) {
  for (const std::string_view kind : {job::complete, job::decide, job::plan_week, job::repair_term}) {
    effects.cancelled_jobs.emplace_back(kind);
  }
}

}  // namespace

Result<Application> claim(const Services& services, const Staff& staff, const ApplicationReference& reference,
                          std::int64_t version) {
  return edit_claimed(services, staff, reference, version,
                      [&](Transaction&, Application&, Effects& effects) -> Result<void> {
                        effects.audit.push_back(audit_row(staff.account, "claimed"));
                        return {};
                      });
}

Result<Application> release(const Services& services, const Staff& staff,
                            const ApplicationReference& reference, std::int64_t version) {
  return edit_claimed(services, staff, reference, version,
                      [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                        queue::let_go(application);
                        effects.audit.push_back(audit_row(staff.account, "released-claim"));
                        return {};
                      });
}

Result<Application> correct(const Services& services, const Staff& staff,
                            const ApplicationReference& reference, std::int64_t version,
                            const Correction& correction) {
  const auto configuration = services.configuration();
  const Lesson lesson = lesson_in(services, reference, correction);
  return edit_claimed(
      services, staff, reference, version,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (auto open = must_be_undecided(application); !open) return open;
        if (correction.fields.is_object() && !correction.fields.members().empty()) {
          auto changes = field_changes(*configuration, application, correction.fields);
          if (!changes) return fail(changes.error());
          add_event(application, "corrected", today(services), services.clock.now(), staff.account,
                    note_of(application, *changes, correction.why));
          apply_changes(application, *changes);
          mark_corrected(services, staff, *changes, application);
          for (const FieldChange& change : *changes) {
            std::erase(application.unconfirmed, change.path());
            if (!change.decisive || !change.changes) continue;
            application.facts.set("sheetOutdated", true);
            note_in_doubt(application);
          }
          effects.audit.push_back(audit_row(staff.account, "corrected"));
        }
        if (auto done = confirm(services, staff, correction.confirmed, application, effects); !done)
          return done;
        if (!correction.confirmed.empty())
          effects.audit.push_back(audit_row(staff.account, "confirmed-reading"));
        keep_lesson(services, transaction, lesson, application, effects);
        if (correction.judge_again) judge_again(services, application, effects, staff.account);
        return {};
      });
}

Result<Application> ask(const Services& services, const Staff& staff, const ApplicationReference& reference,
                        std::int64_t version, const Question& question) {
  if (question.items.empty()) {
    return fail(Error{ErrorCode::invalid_input,
                      "Zeg wat u van de inwoner vraagt.",
                      false,
                      {{"items", "missing", "Noem ten minste één ding dat u vraagt."}}});
  }
  const Value person = register_person_for(services, reference);
  const auto configuration = services.configuration();
  return edit_claimed(services, staff, reference, version,
                      [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                        if (auto open = must_be_undecided(application); !open) return open;
                        const Date day = today(services);
                        const Date until =
                            question.until.value_or(repair_term_end(day, configuration->repair_term_days));
                        if (until <= day) {
                          return fail(Error{ErrorCode::invalid_input,
                                            "De termijn moet in de toekomst liggen.",
                                            false,
                                            {{"until", "too-early", "Kies een dag na vandaag."}}});
                        }
                        if (person.is_object()) application.facts.set("registerPerson", person);
                        cancel_bot(effects);
                        note_in_doubt(application);
                        application.register_blocks = false;
                        application.asked = question.items;
                        application.facts.set("askedByConsultant", true);
                        queue::add_reason(application.reasons, queue::reason("asked-by-consultant"));
                        send_repair_request(services, application, effects, until, staff.account);
                        application.decided_by = DecidedBy::person;
                        return {};
                      });
}

Result<Application> decide(const Services& services, const Staff& staff,
                           const ApplicationReference& reference, std::int64_t version,
                           const PersonDecision& decision) {
  const Value person = register_person_for(services, reference);
  const auto configuration = services.configuration();
  std::optional<KillSwitch> thrown;
  auto decided = edit_claimed(
      services, staff, reference, version,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (auto open = must_be_undecided(application); !open) return open;
        if (person.is_object()) application.facts.set("registerPerson", person);
        if (is_release(application, decision)) {
          if (auto same = must_be_unchanged(transaction, application, today(services)); !same) {
            return same;
          }
          add_event(application, "released", today(services), services.clock.now(), staff.account,
                    decision.written_reasons);
          effects.audit.push_back(audit_row(staff.account, "released-sample"));
          auto counted = count_release(services, transaction, application, effects);
          if (!counted) return fail(counted.error());
          thrown = std::move(*counted);
          finish_grant(services, application, effects, staff.account);
          queue::let_go(application);
          return {};
        }
        auto mistakes = mistakes_in(decision, application, today(services));
        if (!mistakes.empty()) {
          return fail(Error{ErrorCode::invalid_input, "Het besluit is nog niet compleet.", false,
                            std::move(mistakes)});
        }
        Decision made;
        made.outcome = decision.outcome;
        made.by = DecidedBy::person;
        made.account = staff.account;
        made.at = services.clock.now();
        made.grant = decision.grant;
        made.written_reasons = decision.written_reasons;
        if (application.status == ApplicationStatus::held_for_sample) {
          const bool upheld = upholds_held_grant(*configuration, application, made, today(services));
          effects.audit.push_back(audit_row(staff.account, upheld ? "upheld-sample" : "overturned-sample"));
        }
        const bool same = must_be_unchanged(transaction, application, today(services)).has_value();
        auto counted = count_person_decision(services, transaction, application, effects, made,
                                             same ? PastIsSame::yes : PastIsSame::no);
        if (!counted) return fail(counted.error());
        thrown = std::move(*counted);
        cancel_bot(effects);
        application.decision = std::move(made);
        application.register_blocks = false;
        finish_person_decision(services, application, effects,
                               staff.display_name.empty() ? staff.account : staff.display_name);
        queue::let_go(application);
        return {};
      });
  if (decided) tell(services, thrown);
  return decided;
}

namespace {

/// What a person saw in ink that was not read: nothing special, a reason to talk, or words to type over.
Result<void> look_at_ink(const Services& services, const Staff& staff, const TaskEnd& end,
                         Application& application) {
  const auto configuration = services.configuration();
  if (!end.text.empty()) {
    const bool common = paper::reading_of(application, end.field)["part"].text_or_empty() == "common";
    Value fields = Value::object();
    fields.set((common ? "common." : "") + end.field, end.text);
    auto changes = field_changes(*configuration, application, fields);
    if (!changes) return fail(changes.error());
    apply_changes(application, *changes);
    note_signals(*configuration, application);
  }
  paper::mark_looked_at(application, end.field, {staff.account, services.clock.now()});
  if (end.conversation) queue::add_reason(application.open_tasks, queue::reason("signal-conversation"));
  return {};
}

bool remove_tasks(Application& application, const std::string& code, const std::string& field) {
  const auto before = application.open_tasks.size();
  std::erase_if(application.open_tasks, [&](const Reason& task) {
    return task.code == code && (field.empty() || task.field == field);
  });
  return application.open_tasks.size() != before;
}

}  // namespace

Result<Application> finish_task(const Services& services, const Staff& staff,
                                const ApplicationReference& reference, std::int64_t version,
                                const std::string& code, const TaskEnd& end) {
  return edit_claimed(
      services, staff, reference, version,
      [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        if (!remove_tasks(application, code, end.field)) {
          return fail(ErrorCode::not_found, "Deze aanvraag heeft geen open taak met deze naam.");
        }
        if (code == "look-at-crop") {
          if (auto looked = look_at_ink(services, staff, end, application); !looked) return looked;
        }
        add_event(application, "task-finished", today(services), services.clock.now(), staff.account,
                  code + ": " + end.note);
        effects.audit.push_back(audit_row(staff.account, "task-finished"));
        if (holds_up_grant(code) && application.status == ApplicationStatus::deciding &&
            !waits_for_a_look(application)) {
          // By way of the week for a personal plan: where that is not over, the bot still waits.
          effects.cancelled_jobs.emplace_back(job::plan_week);
          effects.jobs.push_back({std::string(job::plan_week), reference.text, services.clock.now()});
        }
        return {};
      });
}

Result<void> record_look(const Services& services, std::string_view actor,
                         const ApplicationReference& reference, std::string_view purpose) {
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    AuditRecord row = audit_row(actor, "looked", purpose);
    row.subject = reference.text;
    row.at = services.clock.now();
    transaction.append_audit(std::move(row));
    return {};
  });
}

}  // namespace softbot::pipeline
