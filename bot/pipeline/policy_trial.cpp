#include "pipeline/policy_trial.h"

#include <algorithm>
#include <utility>

#include "domain/zone.h"
#include "pipeline/edit.h"

namespace softbot::pipeline {
namespace {

Error wrong_field(const std::string& field, const std::string& code, const std::string& message) {
  return {ErrorCode::invalid_input, message, false, {{field, code, message}}};
}

bool works_for(const PolicyEditor& editor, const std::string& municipality) {
  return editor.municipalities.empty() ||
         std::ranges::find(editor.municipalities, municipality) != editor.municipalities.end();
}

Result<JudgementFilter> filter_of(const Services& services, const PolicyEditor& editor,
                                  const TrialWish& wish) {
  const auto configuration = services.configuration();
  if (!wish.municipality.empty() && !configuration->municipalities->contains(wish.municipality))
    return fail(wrong_field("municipality", "unknown", "Deze gemeente is er niet."));
  if (!wish.type.empty() && configuration->forms->find(wish.type) == nullptr)
    return fail(wrong_field("type", "unknown", "Dit soort aanvraag is er niet."));
  if (wish.from && wish.to && *wish.to < *wish.from)
    return fail(wrong_field("to", "before-from", "De laatste dag ligt voor de eerste."));
  if (!works_for(editor, wish.municipality))
    return fail(Error{ErrorCode::forbidden,
                      "Dit account werkt voor een deel van de gemeenten. Kies een daarvan.",
                      false,
                      {{"municipality", "forbidden", "Kies een van uw gemeenten."}}});
  JudgementFilter filter;
  if (wish.from) filter.from = start_of_day(*wish.from);
  if (wish.to) filter.until = start_of_day(add_days(*wish.to, 1));
  filter.municipality = wish.municipality;
  filter.type = wish.type;
  return filter;
}

/// The active policy and the version that is named.
Result<ComparedPolicies> policies_of(const Services& services, std::string_view version) {
  std::optional<ConfigurationRecord> active;
  std::optional<ConfigurationRecord> draft;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    active = active_configuration(transaction, policy_name());
    draft = transaction.configuration(policy_name().kind, policy_name().name, version);
    return {};
  });
  if (!read) return fail(read.error());
  if (!active) return fail(ErrorCode::configuration, "Er is geen beleid in gebruik om mee te vergelijken.");
  if (!draft) return fail(ErrorCode::not_found, "Deze versie bestaat niet.");
  const auto compiled = [](const ConfigurationRecord& record) -> Result<PolicyOutcomes> {
    const auto files = files_of(record.content);
    if (!files) return fail(files.error());
    return PolicyOutcomes::load(*files);
  };
  auto now = compiled(*active);
  if (!now) return fail(now.error());
  auto then = compiled(*draft);
  if (!then) return fail(then.error());
  const Date values_on = day_of_values(*then, local_date(services.clock.now()));
  return ComparedPolicies{*std::move(now), *std::move(then), values_on};
}

}  // namespace

Result<std::string> start_policy_trial(const Services& services, PolicyTrials& trials,
                                       const PolicyEditor& editor, const TrialWish& wish,
                                       std::string_view purpose) {
  auto filter = filter_of(services, editor, wish);
  if (!filter) return fail(filter.error());
  auto policies = policies_of(services, wish.version);
  if (!policies) return fail(policies.error());
  const TrialRequest wanted{new_id(services.vault), editor.account, services.clock.now(), *std::move(filter)};
  if (auto started = trials.start(wanted, *std::move(policies)); !started) return fail(started.error());
  const auto noted = services.store.write([&](Transaction& transaction) -> Result<void> {
    AuditRecord row = audit_row(editor.account, "policy-tried", purpose);
    row.subject = wish.version;
    row.at = wanted.at;
    transaction.append_audit(std::move(row));
    return {};
  });
  if (!noted) {
    static_cast<void>(trials.cancel(wanted.id));
    return fail(noted.error());
  }
  return wanted.id;
}

std::optional<TrialView> last_policy_trial(const PolicyTrials& trials, const PolicyEditor& editor) {
  auto view = trials.latest();
  return view && works_for(editor, view->request.filter.municipality) ? std::move(view) : std::nullopt;
}

Result<TrialView> policy_trial(const PolicyTrials& trials, const PolicyEditor& editor, std::string_view id) {
  auto view = last_policy_trial(trials, editor);
  if (!view || view->request.id != id)
    return fail(ErrorCode::not_found, "Er is geen proef met dit nummer. Alleen de laatste wordt bewaard.");
  return *std::move(view);
}

Result<void> cancel_policy_trial(PolicyTrials& trials, const PolicyEditor& editor, std::string_view id) {
  if (const auto view = policy_trial(trials, editor, id); !view) return fail(view.error());
  return trials.cancel(id);
}

}  // namespace softbot::pipeline
