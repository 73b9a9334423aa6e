#include <algorithm>
#include <array>

#include "domain/date.h"
#include "domain/paper.h"
#include "domain/zone.h"
#include "pipeline/asking.h"
#include "pipeline/edit.h"
#include "pipeline/every_reading.h"
#include "pipeline/granting.h"
#include "pipeline/paper_checks.h"
#include "pipeline/past.h"
#include "pipeline/sample_outcomes.h"
#include "pipeline/stages.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/group_shares.h"
#include "policy/policy_set.h"
#include "policy/provision_support.h"
#include "policy/register_check.h"
#include "policy/register_support.h"
#include "policy/replay.h"
#include "policy/safeguards.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

Result<RegisterFindings> findings_for(const Services& services, Application& application) {
  const auto person = ask_register(services, application);
  if (!person && person.error().retryable) return fail(person.error());
  if (!person) return register_unavailable();
  return findings_with(services, application, *person);
}

/// Why a person decides: what the register, the paper and the policy say against a grant.
std::vector<Reason> reasons_against(Transaction& transaction, const RegisterFindings& findings,
                                    const PolicyResult& judged, const Application& application) {
  std::vector<Reason> reasons = findings.blocking;
  for (const std::string& field : paper::unsettled(application, "decisive"))
    queue::add_reason(reasons, doubtful_field(field));
  for (const Reason& doubt : paper::open_doubts(application)) queue::add_reason(reasons, doubt);
  for (const Reason& reason : judged.reasons) queue::add_reason(reasons, reason);
  // Whose file this is was settled at receipt. With a number that came later nobody has looked at that
  // person's past.
  const auto owner = transaction.person_by_bsn(application.common["bsn"].text_or_empty());
  if (!owner || owner->id != application.person)
    queue::add_reason(reasons, queue::reason("number-came-later"));
  return reasons;
}

/// Sends the case to a person, who is not to rest on what made no difference to the bot.
void refer_with_doubts(const Services& services, Application& application, Effects& effects,
                       std::vector<Reason> reasons) {
  for (const std::string& field : paper::resting_on_every_reading(application))
    queue::add_reason(reasons, doubtful_field(field));
  paper::forget_tried(application);
  refer(services, application, effects, reasons, "bot");
}

void conclude(const Services& services, Transaction& transaction, const RegisterFindings& findings,
              const PolicyResult& judged, const std::vector<Reason>& reasons, Application& application,
              Effects& effects) {
  application.conditions = findings.conditions;
  for (const auto& settled : {support_conditions(application), provision_support_conditions(application),
                              every_reading_conditions(application)})
    application.conditions.insert(application.conditions.end(), settled.begin(), settled.end());
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

  if (!judged.grants || !reasons.empty()) {
    application.facts.set("trace", judged.trace);
    application.facts.set("policyVersion", judged.version);
    refer_with_doubts(services, application, effects, reasons);
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
    refer_with_doubts(services, application, effects, verdict.reasons);
    return;
  }
  application.decision = std::move(decision);
  if (verdict.kind == SafeguardVerdict::Kind::hold) {
    application.status = ApplicationStatus::held_for_sample;
    application.outcome.reset();
    application.decided_by.reset();
    for (const Reason& reason : verdict.reasons) queue::add_reason(application.reasons, reason);
    application.team = team_of(services, application);
    note_held(application);
    add_event(application, "held-for-sample", today(services), services.clock.now(), "bot");
    effects.audit.push_back(audit_row("bot", "held-for-sample"));
    return;
  }
  finish_grant(services, application, effects, "bot");
}

/// What stops the bot whoever asks: it says nothing about how a group fares.
bool is_stop_for_all(const Reason& reason) {
  constexpr std::array stops{"kill-switch", "daily-cap-number", "daily-cap-amount", "safeguards-missing"};
  return std::find(stops.begin(), stops.end(), reason.code) != stops.end();
}

/// Counts for the shares per group, unless the case still waits for a look or only a stop held it up.
void count_for_groups(Transaction& transaction, const RegisterFindings& findings, Application& application) {
  const bool referred = application.status == ApplicationStatus::referred;
  const bool granted = application.status == ApplicationStatus::decided ||
                       application.status == ApplicationStatus::held_for_sample;
  const bool stopped = referred && !application.reasons.empty() &&
                       std::all_of(application.reasons.begin(), application.reasons.end(), is_stop_for_all);
  if (stopped || (!referred && !granted)) return;
  const JudgedApplication judged{application.municipality, application.type, application.channel,
                                 findings.age ? std::optional<std::int64_t>(*findings.age) : std::nullopt,
                                 local_date(application.received)};
  application.facts.set("countedInGroups",
                        count_judgement(transaction, application.facts["countedInGroups"], judged,
                                        granted ? Judged::granted : Judged::referred));
}

}  // namespace

Result<void> decide_by_bot(const Services& services, const ApplicationReference& reference) {
  auto loaded = load_application(services, reference);
  if (!loaded) return fail(loaded.error());
  if (loaded->status != ApplicationStatus::deciding) return {};

  auto findings = findings_for(services, *loaded);
  if (!findings) return fail(findings.error());
  const auto grounds = grounds_of(services, *loaded, *std::move(findings));
  if (!grounds) return fail(grounds.error());
  const bool doubts_matter = !still_without_difference(services, *loaded, *grounds);
  if (doubts_matter) paper::forget_tried(*loaded);
  const Value facts = facts_of(services, *loaded, *grounds);
  const PolicyResult judged = judged_by(*grounds, *loaded, facts);

  std::optional<KillSwitch> thrown;
  const auto edited = edit_application(
      services, reference,
      [&](Transaction& transaction, Application& application, Effects& effects) -> Result<void> {
        if (application.version != loaded->version ||
            past_facts(transaction, application, today(services)) != grounds->past) {
          return fail(Error{ErrorCode::stale, "The application or its past changed meanwhile.", true, {}});
        }
        application.facts.set("registerPerson", loaded->facts["registerPerson"]);
        application.facts.set(policy_input_fact, facts);
        application.facts.set(judged_fact,
                              judgement_record(judged, loaded->type, loaded->municipality, grounds->day));
        if (doubts_matter) paper::forget_tried(application);
        const auto reasons = reasons_against(transaction, grounds->findings, judged, application);
        const Value grant = judged.grants && reasons.empty() ? judged.grant : Value();
        auto counted = count_new_judgement(services, transaction, application, effects, grant);
        if (!counted) return fail(counted.error());
        thrown = std::move(*counted);
        conclude(services, transaction, grounds->findings, judged, reasons, application, effects);
        count_for_groups(transaction, grounds->findings, application);
        return {};
      });
  if (!edited) return fail(edited.error());
  tell(services, thrown);
  return {};
}

}  // namespace softbot::pipeline
