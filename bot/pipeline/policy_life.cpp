#include "pipeline/policy_life.h"

#include <algorithm>
#include <utility>

#include "domain/json.h"
#include "domain/text.h"
#include "domain/zone.h"
#include "forms/catalogue.h"
#include "pipeline/edit.h"
#include "pipeline/policy_findings.h"
#include "pipeline/rights_life.h"
#include "policy/safeguard_versions.h"

namespace softbot::pipeline {
namespace {

constexpr std::size_t largest_file = std::size_t{4} << 20;
constexpr std::size_t longest_name = 80;
constexpr const char* parameters_file = "parameters.json";

Result<ConfigurationRecord> record_of(const Services& services, std::string_view kind,
                                      std::string_view version) {
  std::optional<ConfigurationRecord> record;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (auto& one : transaction.configurations(kind)) {
      if (one.version == version) record = std::move(one);
    }
    return {};
  });
  if (!read) return fail(read.error());
  if (!record) return fail(ErrorCode::not_found, "Deze versie bestaat niet.");
  return *std::move(record);
}

Result<ConfigurationFiles> base_files(const Services& services, const std::string& base) {
  std::optional<ConfigurationRecord> record;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    record = base.empty() ? active_configuration(transaction, policy_name())
                          : transaction.configuration(policy_name().kind, policy_name().name, base);
    return {};
  });
  if (!read) return fail(read.error());
  if (!record) return fail(ErrorCode::not_found, "De versie waarvan u uitgaat bestaat niet.");
  return files_of(record->content);
}

std::optional<FieldError> flaw_of_file(const std::string& name, const std::optional<std::string>& text) {
  if (!is_policy_file_name(name)) {
    return FieldError{name, "file-name",
                      "Gebruik kleine letters, cijfers en streepjes, met .dmn of .json aan het eind."};
  }
  if (!text) return std::nullopt;
  if (text->size() > largest_file)
    return FieldError{
        name, "file-too-large",
        "Dit bestand is groter dan 4 MiB. Haal eruit wat niet nodig is, of verdeel het over meer bestanden."};
  if (!is_utf8(*text))
    return FieldError{name, "not-utf8",
                      "Dit bestand is geen UTF-8. Sla het in uw editor op als UTF-8 en kies het opnieuw."};
  return std::nullopt;
}

Result<ConfigurationFiles> changed_files(const Services& services, ConfigurationFiles files,
                                         const PolicyChange& change) {
  std::vector<FieldError> flaws;
  const auto municipalities = services.configuration()->municipalities;
  for (const auto& edit : change.parameters) {
    if (!edit.municipality.empty() && !municipalities->contains(edit.municipality))
      flaws.push_back({edit.name, "unknown-municipality", "Deze gemeente bestaat hier niet."});
  }
  for (const auto& [name, text] : change.files) {
    if (auto flaw = flaw_of_file(name, text)) flaws.push_back(*std::move(flaw));
    if (text) files[name] = *text;
    if (!text) files.erase(name);
  }
  if (!flaws.empty())
    return fail(Error{ErrorCode::invalid_input, "Het concept is niet bewaard.", false, std::move(flaws)});
  if (change.parameters.empty()) return files;
  const auto parameters = files.find(parameters_file);
  if (parameters == files.end())
    return fail(ErrorCode::invalid_input, "Het concept is niet bewaard: parameters.json ontbreekt.");
  auto changed = with_parameter_values(parameters->second, change.parameters);
  if (!changed && changed.error().code == ErrorCode::configuration) return files;  // check_draft says what
  if (!changed) return fail(changed.error());
  parameters->second = *std::move(changed);
  return files;
}

/// The remarks, when nothing of it blocks.
Result<std::vector<DraftFinding>> sound(const ConfigurationFiles& files) {
  auto findings = check_draft(files);
  std::vector<FieldError> flaws;
  for (const auto& finding : findings) {
    if (finding.obstacle == Obstacle::keeping) flaws.push_back({finding.file, finding.code, finding.text()});
  }
  if (flaws.empty()) return findings;
  return fail(Error{ErrorCode::invalid_input,
                    "De bestanden van dit beleid zijn niet goed. Er is niets veranderd.", false,
                    std::move(flaws)});
}

/// Letters were checked with their examples before they became a draft.
Result<void> is_usable(const ConfigurationRecord& record) {
  const auto files = files_of(record.content);
  if (!files) return fail(files.error());
  if (record.kind == policy_name().kind) {
    if (const auto checked = sound(*files); !checked) return fail(checked.error());
  } else if (record.kind == safeguards_name().kind) {
    if (const auto settings = safeguards_in(*files); !settings) return fail(settings.error());
  } else if (record.kind == "form") {
    if (const auto forms = load_catalogue(*files); !forms) return fail(forms.error());
  }
  return {};
}

}  // namespace

bool is_policy_file_name(std::string_view name) {
  const auto dot = std::min(name.find('.'), name.size());
  const auto stem = name.substr(0, dot);
  const auto ending = name.substr(dot);
  return !stem.empty() && name.size() <= longest_name &&
         (ending == ".dmn" || ending == ".json" || ending == examples_extension) &&
         std::ranges::all_of(stem, [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
         });
}

Result<ProposedPolicy> propose_policy(const Services& services, const PolicyEditor& editor,
                                      const PolicyChange& change) {
  if (auto may = may_change(editor, change.why); !may) return fail(may.error());
  const auto base = base_files(services, change.base);
  if (!base) return fail(base.error());
  const auto files = changed_files(services, *base, change);
  if (!files) return fail(files.error());
  if (*files == *base) return fail(ErrorCode::conflict, "Er is niets veranderd.");
  auto remarks = sound(*files);
  if (!remarks) return fail(remarks.error());
  const auto by = signed_change(services, editor, change.why);
  ProposedPolicy proposed{{}, *std::move(remarks)};
  const auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto version = propose(transaction, policy_name(), *files, by);
    if (!version) return fail(version.error());
    append_row(transaction, editor, "policy-proposed", *version, by);
    proposed.version = *std::move(version);
    return {};
  });
  if (!done) return fail(done.error());
  return proposed;
}

std::vector<DraftFinding> findings_of(const Services& services, const PolicyChange& change) {
  const auto base = base_files(services, change.base);
  if (!base) return {};
  const auto files = changed_files(services, *base, change);
  return files ? check_draft(*files) : std::vector<DraftFinding>();
}

Result<void> approve_configuration(const Services& services, const PolicyEditor& editor,
                                   const Approval& approval) {
  if (auto may = may_change(editor, approval.why); !may) return may;
  const auto record = record_of(services, approval.kind, approval.version);
  if (!record) return fail(record.error());
  if (approval.from && record->kind != policy_name().kind) {
    return fail(Error{ErrorCode::invalid_input,
                      "Alleen een versie van het beleid kan op een latere dag beginnen.",
                      false,
                      {{"from", "not-for-this-kind", "Laat de dag weg."}}});
  }
  if (auto usable = is_usable(*record); !usable) return usable;
  const auto by = signed_change(services, editor, approval.why);
  auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto approved = approve(transaction, {record->kind, record->name}, record->version, by, approval.from);
    if (!approved) return approved;
    append_row(transaction, editor, "configuration-approved", record->version, by);
    if (record->kind == safeguards_name().kind) return use_active_safeguards(transaction);
    if (record->kind == "rights") return use_rights(transaction, editor, *record);
    if (approval.from) transaction.add_job(job::begin_policy, record->version, start_of_day(*approval.from));
    return {};
  });
  if (done)
    services.log.warn("configuration-approved", {{"kind", record->kind}, {"version", record->version}});
  return done;
}

Result<void> begin_planned_policy(const Services& services) {
  const Instant now = services.clock.now();
  bool due = false;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto planned = planned_version(transaction, policy_name());
    due = planned && planned->from <= local_date(now);
    return {};
  });
  if (!read || !due) return read;
  std::optional<std::string> begun;
  auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    begun = begin_planned(transaction, policy_name(), now);
    if (!begun) return {};
    AuditRecord row = audit_row("bot", "policy-began", "planned");
    row.subject = *begun;
    row.at = now;
    transaction.append_audit(std::move(row));
    return {};
  });
  if (done && begun) services.log.warn("policy-began", {{"version", *begun}});
  return done;
}

Result<void> withdraw_policy(const Services& services, const PolicyEditor& editor, std::string_view version,
                             const std::string& why) {
  if (auto may = may_change(editor, why); !may) return may;
  const auto by = signed_change(services, editor, why);
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    auto withdrawn = withdraw(transaction, policy_name(), version, by);
    if (withdrawn) append_row(transaction, editor, "policy-withdrawn", version, by);
    return withdrawn;
  });
}

Result<std::string> go_back_policy(const Services& services, const PolicyEditor& editor,
                                   std::string_view leaving, const std::string& why) {
  if (auto may = may_change(editor, why); !may) return fail(may.error());
  const auto by = signed_change(services, editor, why);
  std::string version;
  const auto done = services.store.write([&](Transaction& transaction) -> Result<void> {
    auto earlier = go_back(transaction, policy_name(), leaving, by);
    if (!earlier) return fail(earlier.error());
    // Compiles anew only what was compiled when it was approved; a program that can no longer read it must
    // not leave the municipality without a policy.
    if (const auto usable = services.policy.get(transaction); !usable) return fail(usable.error());
    append_row(transaction, editor, "policy-gone-back", *earlier, by);
    version = *std::move(earlier);
    return {};
  });
  if (!done) return fail(done.error());
  services.log.warn("policy-gone-back", {{"version", version}});
  return version;
}

Result<void> throw_away_policy(const Services& services, const PolicyEditor& editor, std::string_view version,
                               const std::string& why) {
  if (auto may = may_change(editor, why); !may) return may;
  const auto by = signed_change(services, editor, why);
  return services.store.write([&](Transaction& transaction) -> Result<void> {
    auto thrown = throw_away(transaction, policy_name(), version, by);
    if (thrown) append_row(transaction, editor, "policy-thrown-away", version, by);
    return thrown;
  });
}

Result<PolicyLife> policy_life(const Services& services) {
  PolicyLife life;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    life.versions = transaction.configurations(policy_name().kind);
    life.events = events_of(transaction, policy_name());
    life.earlier = earlier_version(transaction, policy_name()).value_or("");
    life.planned = planned_version(transaction, policy_name());
    for (const auto& account : transaction.accounts())
      life.persons.emplace(account.person, account.display_name);
    return {};
  });
  if (!read) return fail(read.error());
  std::erase_if(life.versions, [](const auto& record) { return record.name != policy_name().name; });
  for (auto& record : life.versions) {
    record.content.clear();
    if (record.state == "active") life.active = record.version;
  }
  std::ranges::reverse(life.versions);
  return life;
}

Result<PolicyVersion> policy_version(const Services& services, std::string_view version) {
  PolicyVersion result;
  std::optional<ConfigurationRecord> record;
  std::optional<ConfigurationRecord> active;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    record = transaction.configuration(policy_name().kind, policy_name().name, version);
    active = active_configuration(transaction, policy_name());
    return {};
  });
  if (!read) return fail(read.error());
  if (!record) return fail(ErrorCode::not_found, "Deze versie bestaat niet.");
  auto files = files_of(record->content);
  if (!files) return fail(files.error());
  if (active) {
    const auto active_files = files_of(active->content);
    if (!active_files) return fail(active_files.error());
    result.active = active->version;
    result.differences = differences_of(*active_files, *files);
  }
  result.record = *std::move(record);
  result.record.content.clear();
  result.files = *std::move(files);
  return result;
}

}  // namespace softbot::pipeline
