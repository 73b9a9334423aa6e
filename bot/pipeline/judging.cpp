#include "pipeline/judging.h"

#include "domain/zone.h"
#include "forms/facts.h"
#include "pipeline/paper_checks.h"
#include "pipeline/past.h"
#include "pipeline/policy_life.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "policy/facts.h"

namespace softbot::pipeline {

RegisterFindings findings_with(const Services& services, const Application& application,
                               const std::optional<RegisterPerson>& person) {
  const auto configuration = services.configuration();
  const auto municipality = configuration->municipalities->find(application.municipality);
  const std::string code = municipality == configuration->municipalities->end()
                               ? std::string()
                               : municipality->second.register_code;
  return check_register(usable_answers(application, "common"), person, today(services), code);
}

Result<Grounds> grounds_of(const Services& services, const Application& application,
                           RegisterFindings findings) {
  Grounds grounds;
  grounds.findings = std::move(findings);
  grounds.day = today(services);
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    grounds.past = past_facts(transaction, application, grounds.day);
    return {};
  });
  if (!read) return fail(read.error());
  if (auto begun = begin_planned_policy(services); !begun) return fail(begun.error());
  auto policy = services.policy.get(services.store);
  if (!policy) return fail(policy.error());
  grounds.policy = *std::move(policy);
  return grounds;
}

Value facts_of(const Services& services, const Application& application, const Grounds& grounds) {
  const auto configuration = services.configuration();
  const FormDefinition* definition = configuration->forms->find(application.type, application.municipality);
  Value facts = Value::object();
  facts.set(fact::answers, definition == nullptr ? Value::object()
                                                 : facts_from(configuration->forms->common(), *definition,
                                                              usable_answers(application, "common"),
                                                              usable_answers(application, application.type)));
  facts.set(fact::of_register, register_facts(grounds.findings));
  facts.set(fact::provisions, grounds.past["provisions"]);
  facts.set(fact::history, grounds.past["history"]);
  facts.set(fact::application, Value::object({{"received", format_iso(local_date(application.received))},
                                              {"channel", application.channel},
                                              {"assurance", name_of(application.assurance)}}));
  return facts;
}

PolicyResult judged_by(const Grounds& grounds, const Application& application, const Value& facts) {
  return grounds.policy->evaluate(application.type, application.municipality, grounds.day, facts);
}

}  // namespace softbot::pipeline
