#include "pipeline/staff_actions.h"

#include <algorithm>

#include "domain/date.h"
#include "domain/deadlines.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/announce.h"
#include "pipeline/asking.h"
#include "pipeline/edit.h"
#include "pipeline/field_changes.h"
#include "pipeline/learning.h"
#include "pipeline/letters.h"
#include "pipeline/moves.h"
#include "pipeline/paper_checks.h"
#include "pipeline/sample_outcomes.h"
#include "pipeline/staff_edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/claims.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

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
          note_mail_changed(application, *changes, WhoChanged::trusted);
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
