#include <algorithm>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/deadlines.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/asking.h"
#include "pipeline/attachment_reading.h"
#include "pipeline/edit.h"
#include "pipeline/every_reading.h"
#include "pipeline/judging.h"
#include "pipeline/letters.h"
#include "pipeline/moves.h"
#include "pipeline/paper_checks.h"
#include "pipeline/repair_call.h"
#include "pipeline/stages.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/provision_support.h"
#include "policy/register_check.h"
#include "policy/register_support.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

bool is_yes(const Value& answer) {
  return answer.as_bool().value_or(false);
}

/// Types that are never decided by the bot; a notification needs no signature, the allowance does.
bool is_notification(const Application& application) {
  return application.type == "general-notification";
}

bool never_by_bot(const Application& application) {
  return is_notification(application) || application.law != "wmo2015";
}

bool only_signature(const std::vector<Asked>& asked) {
  return std::all_of(asked.begin(), asked.end(), [](const Asked& item) { return item.field == "signature"; });
}

/// What the register says against going on, and against sending answers to the address that it gives.
std::vector<Reason> register_objections(const Services& services, const Application& application,
                                        const std::optional<RegisterPerson>& person,
                                        const std::vector<Asked>& asked) {
  if (!parse_bsn(usable_answers(application, "common")["bsn"].text_or_empty())) return {};
  const auto configuration = services.configuration();
  if (!configuration->municipalities->contains(application.municipality)) return {};
  auto blocking = findings_with(services, application, person).blocking;
  // What is being asked anyway may differ: the answer is still to come.
  std::erase_if(blocking, [&](const Reason& reason) {
    return reason.code == "register-data-differs" &&
           std::any_of(asked.begin(), asked.end(),
                       [&](const Asked& item) { return item.field == reason.field; });
  });
  return blocking;
}

/// A receipt goes by post to who wrote the form, at an address that the register vouches for.
bool may_be_written_to(const Services& services, const Application& application,
                       const std::optional<RegisterPerson>& person) {
  const RegisterFindings findings =
      check_register(usable_answers(application, "common"), person, today(services), "");
  if (!person || !person->address || !findings.bsn_supported) return false;
  return !person->deceased && !person->emigrated && !person->record_suspended && !person->secret_address &&
         !person->address_under_investigation;
}

/// Everything that sends the case to a person whatever else is missing.
std::vector<Reason> immediate_reasons(const Application& application) {
  std::vector<Reason> reasons;
  if (is_yes(application.common["urgent"])) reasons.push_back(queue::reason("urgent"));
  if (is_notification(application)) reasons.push_back(queue::reason("always-a-person"));
  if (has_event(application, "human-request")) reasons.push_back(queue::reason("human-request"));
  if (has_event(application, "personal-plan")) reasons.push_back(queue::reason("personal-plan"));
  return reasons;
}

/// Said on the form that there will be no personal plan. No answer is not the same as no, nor is one that was
/// not read with certainty.
bool declines_plan(const Application& application) {
  return usable_answers(application, "common")["personalPlan"].as_bool() == std::optional<bool>(false);
}

/// The last day on which the resident may hand in a personal plan (Wmo 2015 2.3.2 lid 2), while we wait for
/// one.
std::optional<Date> plan_week_end(const Services& services, const Application& application) {
  if (application.law != "wmo2015" || declines_plan(application) || has_event(application, "personal-plan")) {
    return std::nullopt;
  }
  const TermReport terms = terms_of(application, today(services));
  const Deadline* plan = find_term(terms, "personal-plan");
  return plan == nullptr ? std::nullopt : std::optional<Date>(plan->end);
}

void go_on(const Services& services, Application& application, Effects& effects) {
  const Instant now = services.clock.now();
  application.status = ApplicationStatus::deciding;
  application.outcome.reset();
  application.decided_by.reset();
  close_repair(services, application, effects);
  const auto plan_end = plan_week_end(services, application);
  if (plan_end && today(services) <= *plan_end) {
    effects.jobs.push_back(
        {std::string(job::plan_week), application.reference.text, start_of_day(add_days(*plan_end, 1))});
    return;
  }
  if (application.law == "wmo2015" && declines_plan(application) &&
      !has_event(application, "personal-plan-declined")) {
    add_event(application, "personal-plan-declined", today(services), now, "resident");
  }
  effects.jobs.push_back({std::string(job::decide), application.reference.text, now});
}

/// Waits for what was asked, with a timer that runs and a letter that went out, whatever happened to the case
/// in between.
void wait_for_answers(const Services& services, Application& application, Effects& effects) {
  const Date until = *last_event(application, "repair-request")->until;
  application.status = ApplicationStatus::incomplete;
  application.outcome = Outcome::asked;
  application.decided_by = DecidedBy::bot;
  plan_repair_term(services, application, effects, until);
  if (!is_yes(application.facts["repairLetterSent"])) {
    send_repair_letters(services, application, effects, until);
  } else if (only_signature(application.asked) && is_yes(application.facts["sheetOutdated"])) {
    send_sign_sheet(services, application, effects);
  }
}

/// Asks for the first time, or goes on waiting; a case whose register answer stands in the way goes to a
/// person.
void ask_applicant(const Services& services, const std::vector<Reason>& register_blocking,
                   Application& application, Effects& effects) {
  const int days = services.configuration()->repair_term_days;
  const CaseEvent* asked = last_event(application, "repair-request");
  if (!register_blocking.empty()) {
    // No letter can go to an address that the register does not vouch for: a person finds out. Outsiders keep
    // seeing what is asked, and until when.
    application.register_blocks = true;
    application.facts.set("askedOnScreenUntil", format_iso(repair_term_end(today(services), days)));
    refer(services, application, effects, register_blocking, "bot");
  } else if (asked == nullptr) {
    send_repair_request(services, application, effects,
                        repair_term_end(planned_posting(today(services)), days), "bot");
  } else if (repair_is_open(application) && asked->until && today(services) <= *asked->until) {
    wait_for_answers(services, application, effects);
  } else {
    refer(services, application, effects, {queue::reason("still-incomplete")}, "bot");
  }
  for (const Asked& item : application.asked) {
    const bool signature = item.field == "signature";
    Reason why = queue::reason(signature ? "signature-missing" : "incomplete");
    why.field = item.field;
    if (!signature) why.text = item.text;
    queue::add_reason(application.reasons, why);
  }
}

/// Completes one application inside the transaction; the register's answer was fetched before.
void take_stock(const Services& services, const std::vector<Reason>& register_blocking,
                Application& application, Effects& effects) {
  const auto configuration = services.configuration();
  const bool first = application.status == ApplicationStatus::received;
  note_signals(*configuration, application);
  note_what_applies(*configuration, application);
  application.team = team_of(services, application);
  application.asked = what_to_ask(*configuration, application);
  if (is_notification(application)) {
    std::erase_if(application.asked, [](const Asked& item) { return item.field == "signature"; });
  }
  if (first) {
    effects.jobs.push_back({std::string(job::receipt), application.reference.text, services.clock.now()});
  }

  std::vector<Reason> reasons = immediate_reasons(application);
  for (Reason& why : reasons_to_look(application, application.asked)) reasons.push_back(std::move(why));
  if (!reasons.empty()) {
    if (!application.asked.empty()) reasons.push_back(queue::reason("incomplete"));
    refer(services, application, effects, reasons, "bot");
    return;
  }
  if (!application.asked.empty()) {
    ask_applicant(services, register_blocking, application, effects);
    return;
  }
  queue::remove_reason(application.reasons, "incomplete");
  queue::remove_reason(application.reasons, "signature-missing");
  if (never_by_bot(application)) {
    close_repair(services, application, effects);
    refer(services, application, effects, {queue::reason("always-a-person")}, "bot");
    return;
  }
  go_on(services, application, effects);
}

Result<std::vector<ProvisionRecord>> earlier_provisions(const Services& services,
                                                        const Application& application) {
  std::vector<ProvisionRecord> provisions;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    provisions = transaction.provisions_of(application.person);
    return {};
  });
  if (!read) return fail(read.error());
  return provisions;
}

/// What is known of the resident settles what they wrote and was not read with certainty.
void support(Application& application, const RegisterPerson& person,
             const std::vector<ProvisionRecord>& earlier) {
  support_by_register(application, person);
  if (is_their_own_number(application, person)) support_by_provisions(application, earlier);
}

/// Doubts that may be left as they are, since the policy grants the same whatever was meant. Only where
/// nothing is asked and nothing else needs a person.
std::vector<OpenField> doubts_to_leave(const Services& services, Application application,
                                       const RegisterPerson& person) {
  const auto configuration = services.configuration();
  note_what_applies(*configuration, application);
  if (never_by_bot(application) || !immediate_reasons(application).empty() ||
      !paper::open_doubts(application).empty() || !what_to_ask(*configuration, application).empty())
    return {};
  const auto grounds = grounds_of(services, application, findings_with(services, application, person));
  if (!grounds) return {};  // then it is decided when policy and store are there again
  return open_without_difference(services, application, *grounds);
}

}  // namespace

Result<void> complete(const Services& services, const ApplicationReference& reference) {
  auto loaded = load_application(services, reference);
  if (!loaded) return fail(loaded.error());
  const bool waits_for_consultant =
      loaded->status == ApplicationStatus::incomplete && is_yes(loaded->facts["askedByConsultant"]);
  if (waits_for_consultant ||
      (loaded->status != ApplicationStatus::received && loaded->status != ApplicationStatus::incomplete)) {
    return {};
  }
  if (waits_for_reading(*loaded, services.clock.now()) && immediate_reasons(*loaded).empty())
    return {};  // reading comes back here

  // A letter needs the register's address, so the register is asked before the transaction, and only when
  // something will be asked; for a form on paper also because its receipt goes by post, and because the
  // register, or what was granted before, may settle what is not certain.
  const auto configuration = services.configuration();
  std::vector<Reason> blocking;
  Value register_person = loaded->facts["registerPerson"];
  std::optional<RegisterPerson> known;
  std::vector<ProvisionRecord> earlier;
  std::vector<OpenField> left_open;
  note_what_applies(*configuration, *loaded);
  const bool on_paper = paper::is_on_paper(*loaded);
  support_by_receipt(*loaded);
  const bool will_ask = !what_to_ask(*configuration, *loaded).empty() && immediate_reasons(*loaded).empty() &&
                        !is_yes(loaded->facts["repairLetterSent"]);
  if (will_ask || on_paper) {
    const auto person = ask_register(services, *loaded);
    if (!person && person.error().retryable) return fail(person.error());
    if (person) {  // without a register nothing can be posted: it is asked on the screen, and a person is
                   // told
      known = *person;
      register_person = loaded->facts["registerPerson"];
      if (on_paper && known) {
        auto granted = earlier_provisions(services, *loaded);
        if (!granted) return fail(granted.error());
        earlier = *std::move(granted);
        support(*loaded, *known, earlier);
        left_open = doubts_to_leave(services, *loaded, *known);
      }
      const std::vector<Asked> asked = what_to_ask(*configuration, *loaded);
      if (will_ask) blocking = register_objections(services, *loaded, known, asked);
    }
  }
  const auto edited = edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        if (application.version != loaded->version) {
          return fail(Error{ErrorCode::stale, "The application changed meanwhile.", true, {}});
        }
        support_by_receipt(application);
        if (!register_person.is_null()) application.facts.set("registerPerson", register_person);
        if (on_paper && known) {
          note_what_applies(*configuration, application);
          support(application, *known, earlier);
          rest_on_every_reading(application, left_open);
          application.facts.set("receiptByPost", may_be_written_to(services, application, known));
        }
        take_stock(services, blocking, application, effects);
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

Result<void> end_repair_term(const Services& services, const ApplicationReference& reference) {
  const auto edited = edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        if (application.status != ApplicationStatus::incomplete) return {};
        const CaseEvent* asked = last_event(application, "repair-request");
        if (asked == nullptr || !asked->until) return {};
        if (today(services) <=
            *asked->until) {  // a clock that was set back: look again when the term is really over
          effects.jobs.push_back({std::string(job::repair_term), application.reference.text,
                                  start_of_day(add_days(*asked->until, 1))});
          return {};
        }
        if (waits_for_reading(application, services.clock.now())) {  // handed in at the last moment
          effects.jobs.push_back({std::string(job::repair_term), application.reference.text,
                                  services.clock.now() + std::chrono::minutes(5)});
          return {};
        }
        add_event(application, "repair-term-ended", *asked->until, services.clock.now(), "bot");
        refer(services, application, effects, {queue::reason("repair-term-ended")}, "bot");
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

Result<void> end_plan_week(const Services& services, const ApplicationReference& reference) {
  const auto edited = edit_application(
      services, reference, [&](Transaction&, Application& application, Effects& effects) -> Result<void> {
        if (application.status != ApplicationStatus::deciding) return {};
        go_on(services, application, effects);
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

}  // namespace softbot::pipeline
