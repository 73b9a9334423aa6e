#include <algorithm>
#include <iostream>

#include "daemon/commands.h"
#include "daemon/tool_store.h"
#include "domain/json.h"
#include "policy/policy_set.h"
#include "policy/versions.h"

namespace softbot::daemon {
namespace {

std::string outcome_in_words(const Value& outcome) {
  if (outcome.contains("grant")) return "grants " + to_json(outcome["grant"]);
  std::string words = "refers:";
  for (const auto& code : outcome["refer"].items()) words += " " + code.text_or_empty();
  return words;
}

void print_failure(const ExampleResult& result) {
  const auto& example = result.example;
  std::cout << example.file << ": " << example.name << '\n';
  for (const auto& difference : result.differences) std::cout << "  " << difference << '\n';
  std::cout << "  came out: " << outcome_in_words(result.outcome) << '\n';
  for (const auto& rule : result.rules) {
    std::cout << "  " << rule.decision;
    if (rule.number > 0) std::cout << ", rule " << rule.number;
    std::cout << ": " << rule.sentence << '\n';
  }
}

}  // namespace

ExitCode policy_examples(const std::filesystem::path& folder, bool as_json) {
  const auto files = read_configuration_folder(folder, {".dmn", ".json"});
  if (!files) return report(files.error());
  const auto policy = PolicySet::load(*files);
  if (!policy) return report(policy.error());
  const auto results = run_examples(*policy);
  const auto failed = std::ranges::count_if(results, [](const auto& one) { return !one.as_expected(); });
  const auto code = failed == 0 ? ExitCode::done : ExitCode::failed;
  if (as_json) {
    auto list = Value::list();
    for (const auto& result : results) list.push(to_value(result));
    std::cout << to_pretty_json(
        Value::object({{"policy", policy->version()}, {"failed", failed}, {"examples", std::move(list)}}));
    return code;
  }
  for (const auto& result : results)
    if (!result.as_expected()) print_failure(result);
  std::cout << results.size() << " examples, " << failed << " failed\n";
  return code;
}

}  // namespace softbot::daemon
