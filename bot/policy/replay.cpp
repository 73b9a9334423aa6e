#include "policy/replay.h"

#include "domain/json.h"
#include "policy/content_address.h"
#include "policy/versions.h"

namespace softbot {

Value judgement_record(const PolicyResult& result, std::string_view type, std::string_view municipality,
                       Date today) {
  auto reasons = Value::list();
  for (const auto& reason : result.reasons) reasons.push(reason.code);
  auto conditions = Value::list();
  for (const auto& condition : result.conditions)
    conditions.push(Value::object({{"name", condition.name}, {"state", name_of(condition.state)}}));
  return Value::object({{"version", result.version},
                        {"type", type},
                        {"municipality", municipality},
                        {"today", format_iso(today)},
                        {"grants", result.grants},
                        {"grant", result.grant},
                        {"reasons", std::move(reasons)},
                        {"conditions", std::move(conditions)}});
}

Result<ConfigurationFiles> policy_files_of_version(Transaction& transaction, std::string_view version) {
  const auto what = policy_name();
  const auto record = transaction.configuration(what.kind, what.name, version);
  if (!record)
    return fail(ErrorCode::not_found,
                "The store has no policy of version " + std::string(version) + ". Look in a backup.");
  return files_of(record->content);
}

Result<PolicySet> policy_of_version(Transaction& transaction, std::string_view version) {
  const auto files = policy_files_of_version(transaction, version);
  if (!files) return fail(files.error());
  auto policy = PolicySet::load(*files);
  if (policy && policy->version() != version)
    return fail(ErrorCode::damaged, "The stored policy does not match its version. Restore a backup.");
  return policy;
}

Result<Value> kept_judgement(const Application& application) {
  const auto& kept = application.facts[judged_fact];
  if (!kept.is_object())
    return fail(
        ErrorCode::not_found,
        "There is nothing to judge again: no policy judged this application, or its file was erased.");
  return kept;
}

Result<Value> judge_again(const Application& application, const PolicySet& policy) {
  const auto kept = kept_judgement(application);
  if (!kept) return fail(kept.error());
  const auto today = parse_iso_date((*kept)["today"].text_or_empty());
  if (!today) return fail(ErrorCode::damaged, "The kept judgement has no day. Restore a backup.");
  const auto type = (*kept)["type"].text_or_empty();
  const auto municipality = (*kept)["municipality"].text_or_empty();
  const auto result = policy.evaluate(type, municipality, *today, application.facts[policy_input_fact]);
  return judgement_record(result, type, municipality, *today);
}

std::vector<std::string> differences_of(const Application& application, const Value& again) {
  std::vector<std::string> differences;
  const auto& kept = application.facts[judged_fact];
  for (const auto& [name, value] : kept.members())
    if (again[name] != value)
      differences.push_back(name + ": was " + to_json(value) + ", is " + to_json(again[name]));
  const auto& decision = application.decision;
  const bool by_bot = decision && decision->by == DecidedBy::bot && decision->outcome == Outcome::granted;
  if (by_bot && decision->grant != again["grant"])
    differences.push_back("the decision grants " + to_json(decision->grant) + ", the policy " +
                          to_json(again["grant"]));
  return differences;
}

}  // namespace softbot
