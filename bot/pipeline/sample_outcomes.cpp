#include "pipeline/sample_outcomes.h"

#include <algorithm>
#include <array>

#include "domain/text.h"
#include "domain/zone.h"
#include "forms/catalogue.h"
#include "pipeline/safeguard_life.h"

namespace softbot::pipeline {
namespace {

constexpr std::string_view held_fact = "sampleHeld";

Result<std::optional<KillSwitch>> count(const Services& services, Transaction& transaction,
                                        Application& application, Effects& effects, LookedAt::Found found) {
  const Value held = application.facts[held_fact];
  application.facts.erase(held_fact);
  const auto active = services.policy.get(transaction);
  if (!active) return std::nullopt;  // nothing is granted without one
  LookedAt looked_at;
  looked_at.municipality = application.municipality;
  looked_at.type = application.type;
  looked_at.policy_version = held["policyVersion"].text_or_empty();
  if (const auto prepared = parse_instant(held["preparedAt"].text_or_empty()))
    looked_at.prepared_at = *prepared;
  looked_at.found = found;
  looked_at.now = services.clock.now();
  auto thrown = count_looked_at(transaction, looked_at, (*active)->version());
  if (thrown && *thrown) {
    AuditRecord row = audit_row((*thrown)->by, switch_action::thrown, (*thrown)->why);
    row.subject = (*thrown)->subject;
    effects.audit.push_back(std::move(row));
  }
  return thrown;
}

/// What is granted, whatever the day on which it begins.
bool same_help(const Value& left, const Value& right) {
  constexpr std::array parts{"minutesPerWeek", "aid", "provisionForm"};
  return left.is_object() && right.is_object() &&
         std::all_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return left[part] == right[part]; });
}

/// By its code, or by its words on the form.
bool is_same_aid(const Configuration& configuration, const Application& application, const Value& held,
                 const Value& typed) {
  const std::string& code = held.text_or_empty();
  if (code.empty() || typed.text_or_empty().empty()) return held.is_null() && typed.text_or_empty().empty();
  const auto* definition = configuration.forms->find(application.type, application.municipality);
  const Field* field = definition == nullptr ? nullptr : definition->find("aid");
  const Option* option = field == nullptr ? nullptr : field->option(code);
  return same_name(typed.text_or_empty(), code) ||
         (option != nullptr && same_name(typed.text_or_empty(), option->label.nl));
}

bool begins_as_held(std::string_view held, std::string_view typed, Date today) {
  const auto first = parse_iso_date(held);
  const auto begins = parse_iso_date(typed);
  return first && begins && *begins >= *first && *begins <= std::max(*first, today);
}

}  // namespace

void note_held(Application& application) {
  application.facts.set(held_fact, Value::object({{"policyVersion", application.decision->policy_version},
                                                  {"preparedAt", format_instant(application.decision->at)},
                                                  {"grant", application.decision->grant}}));
}

void note_in_doubt(Application& application) {
  Value held = application.facts[held_fact];
  if (!held.is_object() || application.status != ApplicationStatus::held_for_sample) return;
  held.set("inDoubt", true);
  application.facts.set(held_fact, held);
}

bool is_in_doubt(const Application& application) {
  return application.facts[held_fact]["inDoubt"].as_bool().value_or(false);
}

Result<std::optional<KillSwitch>> count_release(const Services& services, Transaction& transaction,
                                                Application& application, Effects& effects) {
  if (!application.facts[held_fact].is_object()) return std::nullopt;
  return count(services, transaction, application, effects, LookedAt::Found::confirmed);
}

bool upholds_held_grant(const Configuration& configuration, const Application& application,
                        const Decision& decision, Date today) {
  const Value& held = application.facts[held_fact]["grant"];
  const Value& typed = decision.grant;
  if (!held.is_object() || !typed.is_object() || decision.outcome != Outcome::granted) return false;
  const auto is_same_when_typed = [&](std::string_view part) {
    return typed[part].is_null() || typed[part] == held[part];
  };
  return typed["minutesPerWeek"].as_integer() == held["minutesPerWeek"].as_integer() &&
         is_same_aid(configuration, application, held["aid"], typed["aid"]) &&
         same_name(held["provider"].text_or_empty(), typed["provider"].text_or_empty()) &&
         is_same_when_typed("provisionForm") && is_same_when_typed("contributionCents") &&
         held["until"] == typed["until"] &&
         begins_as_held(held["from"].text_or_empty(), typed["from"].text_or_empty(), today);
}

Result<std::optional<KillSwitch>> count_person_decision(const Services& services, Transaction& transaction,
                                                        Application& application, Effects& effects,
                                                        const Decision& decision, PastIsSame past_is_same) {
  if (!application.facts[held_fact].is_object()) return std::nullopt;
  const bool lies_ready = application.status == ApplicationStatus::held_for_sample;
  const bool says_something = is_in_doubt(application) || past_is_same == PastIsSame::yes;
  if (lies_ready && says_something) {
    const bool upheld =
        upholds_held_grant(*services.configuration(), application, decision, local_date(decision.at));
    return count(services, transaction, application, effects,
                 upheld ? LookedAt::Found::confirmed : LookedAt::Found::overturned);
  }
  // One that no longer lies ready was granted the same again, and something else sent it to a person.
  if (!lies_ready && is_in_doubt(application) && decision.outcome != Outcome::granted)
    return count(services, transaction, application, effects, LookedAt::Found::overturned);
  application.facts.erase(held_fact);
  return std::nullopt;
}

Result<std::optional<KillSwitch>> count_new_judgement(const Services& services, Transaction& transaction,
                                                      Application& application, Effects& effects,
                                                      const Value& grant) {
  const Value& held = application.facts[held_fact];
  if (!held.is_object() || same_help(held["grant"], grant)) return std::nullopt;
  if (is_in_doubt(application))
    return count(services, transaction, application, effects, LookedAt::Found::overturned);
  application.facts.erase(held_fact);
  return std::nullopt;
}

void tell(const Services& services, const std::optional<KillSwitch>& thrown) {
  if (thrown) services.log.error("bot-stopped-by-sample", {{"subject", thrown->subject}});
}

}  // namespace softbot::pipeline
