#include <algorithm>

#include "domain/date.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "forms/facts.h"
#include "pipeline/asking.h"
#include "pipeline/edit.h"
#include "pipeline/granting.h"
#include "pipeline/paper_checks.h"
#include "pipeline/past.h"
#include "pipeline/stages.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/facts.h"
#include "policy/policy_set.h"
#include "policy/register_check.h"
#include "policy/register_support.h"
#include "policy/replay.h"
#include "policy/safeguards.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

Value facts_of(const Services& services, const Application& application, const RegisterFindings& findings,
               const Value& past) {
  const auto configuration = services.configuration();
  const FormDefinition* definition = configuration->forms->find(application.type, application.municipality);
  Value facts = Value::object();
  facts.set(fact::answers, definition == nullptr ? Value::object()
                                                 : facts_from(configuration->forms->common(), *definition,
                                                              usable_answers(application, "common"),
                                                              usable_answers(application, application.type)));
  facts.set(fact::of_register, register_facts(findings));
  facts.set(fact::provisions, past["provisions"]);
  facts.set(fact::history, past["history"]);
  facts.set(fact::application, Value::object({{"received", format_iso(local_date(application.received))},
                                              {"channel", application.channel},
                                              {"assurance", name_of(application.assurance)}}));
  return facts;
}

Result<RegisterFindings> findings_for(const Services& services, Application& application) {
  const auto person = ask_register(services, application);
  if (!person && person.error().retryable) return fail(person.error());
  if (!person) return register_unavailable();
  const auto configuration = services.configuration();
  const auto municipality = configuration->municipalities->find(application.municipality);
  const std::string code = municipality == configuration->municipalities->end()
                               ? std::string()
                               : municipality->second.register_code;
  return check_register(usable_answers(application, "common"), *person, today(services), code);
}

void conclude(const Services& services, Transaction& transaction, const RegisterFindings& findings,
              const PolicyResult& judged, Application& application, Effects& effects) {
  application.conditions = findings.conditions;
  const std::vector<Condition> supported = support_conditions(application);
  application.conditions.insert(application.conditions.end(), supported.begin(), supported.end());
  application.conditions.insert(application.conditions.end(), judged.conditions.begin(),
                                judged.conditions.end());
  application.advice = judged.advice;
  Decision decision;
  decision.outcome = Outcome::granted;
  decision.by = DecidedBy::bot;
  decision.at = services.clock.now();
  decision.policy_version = judged.version;
  decision.grant = judged.grant;
  decision.trace = judged.trace;

  std::vector<Reason> reasons = findings.blocking;
  for (const Reason& doubt : paper::open_doubts(application)) queue::add_reason(reasons, doubt);
  for (const Reason& reason : judged.reasons) queue::add_reason(reasons, reason);
  // Whose file this is was settled at receipt. With a number that came later nobody has looked at that
  // person's past.
  const auto owner = transaction.person_by_bsn(application.common["bsn"].text_or_empty());
  if (!owner || owner->id != application.person)
    queue::add_reason(reasons, queue::reason("number-came-later"));
  if (!judged.grants || !reasons.empty()) {
    application.facts.set("trace", judged.trace);
    application.facts.set("policyVersion", judged.version);
    refer(services, application, effects, reasons, "bot");
    return;
  }
  // What somebody wrote in their own words, or enclosed, is looked at first. The case is in the queue by its
  // open task, and the bot decides when that is finished.
  if (waits_for_a_look(application)) return;
  const SafeguardInput input{.application = application,
                             .findings = findings,
                             .amount_cents_per_year = judged.amount_cents_per_year(),
                             .random_bytes = services.vault.random_bytes(8),
                             .now = services.clock.now()};
  SafeguardVerdict verdict = Safeguards::check(transaction, input);
  application.conditions.insert(application.conditions.end(), verdict.conditions.begin(),
                                verdict.conditions.end());
  application.sample = verdict.draw;
  if (verdict.kind == SafeguardVerdict::Kind::allow && was_held_before(transaction, application)) {
    verdict.kind = SafeguardVerdict::Kind::hold;
    verdict.reasons = {queue::reason("sample")};
  }
  if (verdict.kind == SafeguardVerdict::Kind::refer) {
    application.facts.set("trace", judged.trace);
    application.facts.set("policyVersion", judged.version);
    refer(services, application, effects, verdict.reasons, "bot");
    return;
  }
  application.decision = std::move(decision);
  if (verdict.kind == SafeguardVerdict::Kind::hold) {
    application.status = ApplicationStatus::held_for_sample;
    application.outcome.reset();
    application.decided_by.reset();
    for (const Reason& reason : verdict.reasons) queue::add_reason(application.reasons, reason);
    application.team = team_of(services, application);
    add_event(application, "held-for-sample", today(services), services.clock.now(), "bot");
    effects.audit.push_back(audit_row("bot", "held-for-sample"));
    return;
  }
  finish_grant(services, application, effects, "bot");
}

}  // namespace

Result<void> decide_by_bot(const Services& services, const ApplicationReference& reference) {
  auto loaded = load_application(services, reference);
  if (!loaded) return fail(loaded.error());
  if (loaded->status != ApplicationStatus::deciding) return {};

  const auto findings = findings_for(services, *loaded);
  if (!findings) return fail(findings.error());
  Value past;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    past = past_facts(transaction, *loaded, today(services));
    return {};
  });
  if (!read) return fail(read.error());
  const auto policy = services.policy.get(services.store);
  if (!policy) return fail(policy.error());
  const Value facts = facts_of(services, *loaded, *findings, past);
  const Date day = today(services);
  const PolicyResult judged = (*policy)->evaluate(loaded->type, loaded->municipality, day, facts);

  const auto edited = edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (application.version != loaded->version ||
            past_facts(transaction, application, today(services)) != past) {
          return fail(Error{ErrorCode::stale, "The application or its past changed meanwhile.", true, {}});
        }
        application.facts.set("registerPerson", loaded->facts["registerPerson"]);
        application.facts.set(policy_input_fact, facts);
        application.facts.set(judged_fact, judgement_record(judged, loaded->type, loaded->municipality, day));
        conclude(services, transaction, *findings, judged, application, effects);
        return {};
      });
  if (!edited) return fail(edited.error());
  return {};
}

}  // namespace softbot::pipeline
