#pragma once

#include <string>

#include "domain/application.h"
#include "policy/replay.h"
#include "unit/policy/shipped_policy.h"

namespace softbot {

/// An application for household help as it is kept after the shipped policy judged these facts.
inline Application judged(const std::string& reference, const Value& facts) {
  Application application;
  application.reference = ApplicationReference(reference);
  application.type = "household-help";
  application.municipality = "voorbeeld";
  application.facts = Value::object();
  application.facts.set(policy_input_fact, facts);
  application.facts.set(judged_fact, judgement_record(evaluate("household-help", facts), application.type,
                                                      application.municipality, a_saturday));
  return application;
}

}  // namespace softbot
