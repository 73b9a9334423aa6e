#include "policy/draft_check.h"

#include <algorithm>
#include <string_view>

#include "dmn/check.h"
#include "policy/examples.h"
#include "policy/policy_set.h"

namespace softbot {
namespace {

constexpr std::string_view place_of_policies = "policy/";

std::string code_of(dmn::Finding::Kind kind) {
  switch (kind) {
    case dmn::Finding::Kind::not_loaded:
      return "not-loaded";
    case dmn::Finding::Kind::broken:
      return "broken";
    case dmn::Finding::Kind::gap:
      return "gap";
    case dmn::Finding::Kind::overlap:
      return "overlap";
    case dmn::Finding::Kind::never_fires:
      return "never-fires";
    case dmn::Finding::Kind::type_error:
      return "type-error";
    case dmn::Finding::Kind::too_large:
      return "too-large";
  }
  return "broken";
}

DraftFinding finding_of(const std::string& file, const dmn::Finding& found) {
  const bool error = found.severity == dmn::Severity::error;
  return {file,
          code_of(found.kind),
          error ? Obstacle::keeping : Obstacle::nothing,
          found.message,
          found.element,
          found.line,
          found.rules,
          found.example.empty() ? std::string() : dmn::text_of(found.example)};
}

void add_failing_examples(std::vector<DraftFinding>& findings, const PolicySet& policy) {
  for (const auto& result : run_examples(policy)) {
    if (result.as_expected()) continue;
    DraftFinding finding;
    finding.file = result.example.file;
    finding.code = "example-fails";
    finding.obstacle = Obstacle::approval;
    finding.element = result.example.name;
    for (const auto& difference : result.differences)
      finding.message += (finding.message.empty() ? "" : " ") + difference;
    findings.push_back(std::move(finding));
  }
}

/// What PolicySet::load refuses: "policy/FILE: what" or "parameters.json: place: what".
DraftFinding refusal(const ConfigurationFiles& files, std::string message) {
  if (message.starts_with(place_of_policies)) message.erase(0, place_of_policies.size());
  DraftFinding finding;
  finding.code = "policy-rule";
  const auto end = message.find(": ");
  const auto file = message.substr(0, end);
  const bool named = end != std::string::npos && (files.contains(file) || file == "parameters.json");
  if (named) finding.file = file;
  finding.message = named ? message.substr(end + 2) : message;
  return finding;
}

std::string rules_text(const std::vector<std::size_t>& rules) {
  std::string text = rules.size() == 1 ? "rule " : "rules ";
  for (std::size_t index = 0; index < rules.size(); ++index) {
    if (index > 0) text += index + 1 == rules.size() ? " and " : ", ";
    text += std::to_string(rules[index]);
  }
  return text;
}

}  // namespace

std::string DraftFinding::text() const {
  std::vector<std::string> place;
  if (line > 0) place.push_back("line " + std::to_string(line));
  if (!element.empty()) place.push_back(element);
  if (!rules.empty()) place.push_back(rules_text(rules));
  std::string result;
  for (const auto& part : place) result += (result.empty() ? "" : ", ") + part;
  result += (result.empty() ? "" : ": ") + message;
  if (!example.empty())
    result += (message.ends_with('.') ? " For example " : ". For example ") + example + ".";
  return result;
}

std::vector<DraftFinding> check_draft(const ConfigurationFiles& files) {
  std::vector<DraftFinding> findings;
  for (const auto& [file, text] : files) {
    if (!file.ends_with(".dmn")) continue;
    for (const auto& found : dmn::check(text, {dmn::BrokenExpression::becomes_null}))
      findings.push_back(finding_of(file, found));
  }
  const auto keeps_out = [](const DraftFinding& finding) { return finding.obstacle == Obstacle::keeping; };
  if (std::ranges::any_of(findings, keeps_out)) return findings;
  const auto loaded = PolicySet::load(files);
  if (loaded) add_failing_examples(findings, *loaded);
  if (!loaded) findings.push_back(refusal(files, loaded.error().message));
  return findings;
}

}  // namespace softbot
