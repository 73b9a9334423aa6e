#include "pipeline/case_actions.h"

#include <algorithm>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/text.h"
#include "domain/zone.h"
#include "pipeline/announce.h"
#include "pipeline/asking.h"
#include "pipeline/attachment_reading.h"
#include "pipeline/edit.h"
#include "pipeline/field_changes.h"
#include "pipeline/letters.h"
#include "pipeline/moves.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

bool is_signed_in_as(const Sender& sender, const Application& application) {
  return !sender.bsn.empty() && sender.bsn == application.common["bsn"].text_or_empty();
}

bool is_trusted(const Sender& sender, const Application& application) {
  return sender.assurance == IdentityAssurance::counter || is_signed_in_as(sender, application);
}

std::string actor_of(const Sender& sender) {
  return sender.account.empty() ? "resident" : sender.account;
}

/// Decisive answers changed by somebody who has not signed count only after a signature.
void note_unconfirmed(Application& application, const std::vector<FieldChange>& changes,
                      const Sender& sender) {
  const bool trusted = is_trusted(sender, application);
  note_mail_changed(application, changes, trusted ? WhoChanged::trusted : WhoChanged::unknown);
  for (const FieldChange& change : changes) {
    if (!change.decisive || !change.changes) continue;
    std::erase(application.unconfirmed, change.path());
    if (!trusted) {
      if (!application.signed_by.empty()) application.unconfirmed.push_back(change.path());
    }
    application.facts.set("sheetOutdated", true);
  }
}

}  // namespace

Result<Application> answer(const Services& services, const ApplicationReference& reference,
                           const Sender& sender, const Value& fields) {
  const auto configuration = services.configuration();
  return edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        if (auto open = must_be_open(application); !open) return fail(open.error());
        auto changes = field_changes(*configuration, application, fields);
        if (!changes) return fail(changes.error());
        for (const FieldChange& change : *changes) {
          if (change.common && change.name == "bsn" && change.changes &&
              !application.common["bsn"].is_null() && parse_bsn(application.common["bsn"].text_or_empty())) {
            return fail(
                Error{ErrorCode::invalid_input,
                      "Het burgerservicenummer kan niet veranderen.",
                      false,
                      {{"fields.common.bsn", "fixed", "Dien een nieuwe aanvraag in voor iemand anders."}}});
          }
        }
        note_unconfirmed(application, *changes, sender);
        apply_changes(application, *changes);
        add_event(application, "answers", today(services), services.clock.now(), actor_of(sender));
        effects.audit.push_back(audit_row(actor_of(sender), "answered"));
        go_on_after_input(services, application, effects, "corrected-by-applicant");
        return {};
      });
}

Result<Application> hand_in(const Services& services, const ApplicationReference& reference,
                            const Sender& sender, const Attachment& attachment) {
  auto loaded = load_application(services, reference);
  if (!loaded) return fail(loaded.error());
  if (loaded->status == ApplicationStatus::withdrawn) return fail(must_be_open(*loaded).error());
  std::optional<PersonRecord> person;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    person = transaction.person(loaded->person);
    return {};
  });
  if (!read) return fail(read.error());
  if (!person || person->wrapped_key.empty()) {
    return fail(ErrorCode::conflict, "De gegevens van deze aanvraag zijn vernietigd.");
  }
  Application scratch = *loaded;
  scratch.attachments = Value::list();
  auto kept = keep_attachment(services, *person, scratch, attachment);
  if (!kept) return fail(kept.error());
  const Value listed = scratch.attachments.items().front();
  return edit_application(services, reference,
                          [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                            if (application.status == ApplicationStatus::withdrawn)
                              return fail(must_be_open(application).error());
                            application.attachments.push(listed);
                            for (NewJob& job : jobs_to_read(application, services.clock.now()))
                              effects.jobs.push_back(std::move(job));
                            effects.documents.push_back(*kept);
                            const bool plan = attachment.kind == "personal-plan";
                            add_event(application, plan ? "personal-plan" : "documents", today(services),
                                      services.clock.now(), actor_of(sender));
                            effects.audit.push_back(audit_row(actor_of(sender), "handed-in"));
                            if (application.status == ApplicationStatus::decided) {
                              queue::add_reason(application.open_tasks, queue::reason("documents"));
                            } else if (plan) {
                              refer(services, application, effects, {queue::reason("personal-plan")}, "bot");
                            } else {
                              go_on_after_input(services, application, effects, "documents");
                            }
                            return {};
                          });
}

Result<Application> withdraw(const Services& services, const ApplicationReference& reference,
                             const Sender& sender) {
  return edit_application(services, reference,
                          [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                            if (auto open = must_be_open(application); !open) return fail(open.error());
                            take_back(services, application, effects, today(services), actor_of(sender));
                            return {};
                          });
}

Result<Application> ask_for_person(const Services& services, const ApplicationReference& reference,
                                   const Sender& sender) {
  return edit_application(services, reference,
                          [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                            to_a_person(services, application, effects, today(services), actor_of(sender));
                            return {};
                          });
}

Result<Application> sign(const Services& services, const ApplicationReference& reference,
                         const Sender& sender) {
  return edit_application(services, reference,
                          [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
                            if (auto open = must_be_open(application); !open) return fail(open.error());
                            if (!is_signed_in_as(sender, application)) {
                              return fail(ErrorCode::forbidden,
                                          "U bent ingelogd als iemand anders dan voor wie deze aanvraag is.");
                            }
                            application.facts.erase("sheetOutdated");
                            application.unconfirmed.clear();
                            accept_signature(services, application, effects, IdentityAssurance::digid,
                                             "digid", today(services), "resident");
                            return {};
                          });
}

Result<Application> object_to_decision(const Services& services, const ApplicationReference& reference,
                                       const Sender& sender, const std::string& words) {
  const std::string said(trim(words));
  if (said.empty() || said.size() > longest_objection) {
    return fail(Error{ErrorCode::invalid_input,
                      "Dit bezwaar kan niet worden aangenomen.",
                      false,
                      {{"words", said.empty() ? "missing" : "too-long",
                        "Schrijf in het kort waarom u het niet eens bent met het besluit."}}});
  }
  return edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (!is_signed_in_as(sender, application))
          return fail(ErrorCode::forbidden, "Alleen wie de aanvraag deed, kan hier bezwaar maken.");
        if (application.status != ApplicationStatus::decided)
          return fail(ErrorCode::conflict, "Er is nog geen besluit om bezwaar tegen te maken.");
        const Date day = today(services);
        const CaseEvent* before = last_event(application, "objection");
        if (before != nullptr && before->date == day && before->note == said) return {};
        return take_incoming(services, transaction, Staff{"resident", "", {}},
                             {.kind = "objection", .received = day, .note = said}, application, effects);
      });
}

}  // namespace softbot::pipeline
