#include <algorithm>
#include <utility>

#include "domain/date.h"
#include "pipeline/granting.h"
#include "pipeline/hearing.h"
#include "pipeline/moves.h"
#include "pipeline/past.h"
#include "pipeline/sample_outcomes.h"
#include "pipeline/staff_actions.h"
#include "pipeline/staff_edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/replay.h"
#include "queue/claims.h"

namespace softbot::pipeline {
namespace {

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

/// "[datum]" of a standard text, still to be filled in.
bool has_gap(const std::string& reasons) {
  const std::size_t open = reasons.find('[');
  return open != std::string::npos && reasons.find(']', open) != std::string::npos;
}

std::vector<FieldError> mistakes_in(const PersonDecision& decision, const Application& application,
                                    Date today) {
  std::vector<FieldError> errors;
  const bool grants = decision.outcome == Outcome::granted || decision.outcome == Outcome::granted_in_part;
  if (is_blank(decision.written_reasons)) {
    errors.push_back({"writtenReasons", "missing",
                      "Schrijf waarom u zo beslist: het besluit moet dat zeggen (Awb 3:46)."});
  } else if (has_gap(decision.written_reasons)) {
    errors.push_back({"writtenReasons", "unfilled",
                      "Vul in wat tussen vierkante haken staat, of haal het weg: dit komt in de brief."});
  }
  if (decision.outcome == Outcome::asked) {
    errors.push_back({"outcome", "not-a-decision", "Kies granted, granted-in-part, refused of untreated."});
  }
  if (grants) add_mistakes_in_grant(decision.grant, errors);
  for (FieldError& mistake : mistakes_in_hearing(decision, application, today))
    errors.push_back(std::move(mistake));
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

std::string name_in_letters(const Staff& staff) {
  return staff.display_name.empty() ? staff.account : staff.display_name;
}

Decision made_by(const Services& services, const Staff& staff, const PersonDecision& decision) {
  Decision made;
  made.outcome = decision.outcome;
  made.by = DecidedBy::person;
  made.account = staff.account;
  made.at = services.clock.now();
  made.grant = decision.grant;
  made.written_reasons = decision.written_reasons;
  made.trace = considerations_of(decision);
  return made;
}

Result<void> must_be_complete(const PersonDecision& decision, const Application& application, Date today) {
  auto mistakes = mistakes_in(decision, application, today);
  if (mistakes.empty()) return {};
  return fail(
      Error{ErrorCode::invalid_input, "Het besluit is nog niet compleet.", false, std::move(mistakes)});
}

}  // namespace

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
        if (auto whole = must_be_complete(decision, application, today(services)); !whole) return whole;
        Decision made = made_by(services, staff, decision);
        note_hearing(services, staff, decision, application);
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
        finish_person_decision(services, application, effects, name_in_letters(staff));
        queue::let_go(application);
        return {};
      });
  if (decided) tell(services, thrown);
  return decided;
}

Result<LetterToSend> letter_of_decision(const Services& services, const Staff& staff,
                                        const ApplicationReference& reference, std::int64_t version,
                                        const PersonDecision& decision) {
  const Value person = register_person_for(services, reference);
  LetterToSend letter;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    auto found = transaction.application(reference);
    if (!found) return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk.");
    if (auto seen = must_see(staff, *found); !seen) return seen;
    if (auto may = queue::may_change(*found, staff.account, services.clock.now(), version); !may) return may;
    if (auto open = must_be_undecided(*found); !open) return open;
    if (person.is_object()) found->facts.set("registerPerson", person);
    if (is_release(*found, decision)) {
      if (auto same = must_be_unchanged(transaction, *found, today(services)); !same) return same;
      letter = {"grant", context_of_grant(services, *found)};
      return {};
    }
    if (auto whole = must_be_complete(decision, *found, today(services)); !whole) return whole;
    found->decision = made_by(services, staff, decision);
    note_hearing(services, staff, decision, *found);
    letter = {"person-decision", context_of_person_decision(services, *found, name_in_letters(staff))};
    return {};
  });
  if (!read) return fail(read.error());
  return letter;
}

}  // namespace softbot::pipeline
