#include "pipeline/past.h"

#include <algorithm>
#include <vector>

#include "domain/date.h"
#include "pipeline/terms.h"

namespace softbot::pipeline {
namespace {

Value provision_facts(const std::vector<ProvisionRecord>& provisions) {
  Value list = Value::list();
  for (const ProvisionRecord& provision : provisions) {
    Value fact = provision.details.is_object() ? provision.details : Value::object();
    fact.set("type", provision.type);
    fact.set("from", format_iso(provision.from));
    if (provision.until) fact.set("until", format_iso(*provision.until));
    fact.set("decisionNumber", provision.decision_number);
    list.push(std::move(fact));
  }
  return list;
}

/// Another application of the same type that came earlier and is still under way, or for which a grant lies
/// ready. What nobody signed does not count: anybody can send something with another's number.
bool is_earlier_and_open(const Application& other, const Application& application) {
  if (other.reference == application.reference || other.type != application.type || other.signed_by.empty())
    return false;
  if (other.status == ApplicationStatus::decided || other.status == ApplicationStatus::withdrawn)
    return false;
  if (other.status == ApplicationStatus::held_for_sample) return true;
  if (other.received != application.received) return other.received < application.received;
  return other.reference < application.reference;
}

Value history_facts(const std::vector<Application>& others, const Application& application, Date today) {
  bool open = false;
  std::optional<Date> refused;
  for (const Application& other : others) {
    open = open || is_earlier_and_open(other, application);
    const CaseEvent* decided = last_event(other, "decided");
    if (other.type == application.type && other.outcome == Outcome::refused && decided != nullptr &&
        (!refused || *refused < decided->date)) {
      refused = decided->date;
    }
  }
  const bool recent = refused && today < add_months(*refused, 12);
  return Value::object({{"openSameType", open},
                        {"refusedWithin12Months", recent},
                        {"lastRefusalDate", refused ? Value(format_iso(*refused)) : Value()}});
}

}  // namespace

Value past_facts(Transaction& transaction, const Application& application, Date today) {
  return Value::object(
      {{"provisions", provision_facts(transaction.provisions_of(application.person))},
       {"history", history_facts(transaction.applications_of(application.person), application, today)}});
}

bool was_held_before(Transaction& transaction, const Application& application) {
  const std::vector<Application> all = transaction.applications_of(application.person);
  return std::any_of(all.begin(), all.end(), [&](const Application& other) {
    return other.type == application.type && other.status != ApplicationStatus::decided &&
           other.sample["held"].as_bool().value_or(false);
  });
}

}  // namespace softbot::pipeline
