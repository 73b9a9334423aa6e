#include "http/api/policy_trials.h"

#include "domain/date.h"
#include "domain/zone.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/edit.h"
#include "policy/replay.h"
#include "policy/versions.h"

namespace softbot::http {
namespace {

Error wrong_field(const std::string& field, const std::string& code, const std::string& message) {
  return {ErrorCode::invalid_input, message, false, {{field, code, message}}};
}

/// A day of the period; nothing when the member is absent.
Result<std::optional<Date>> day_member(const Value& body, const std::string& name) {
  if (body[name].is_null()) return std::optional<Date>();
  const auto day = date_member(body, name);
  if (!day) return fail(day.error());
  return std::optional<Date>(*day);
}

Result<JudgementFilter> filter_from(const Services& services, const Identity& identity, const Value& body) {
  JudgementFilter filter;
  const auto from = day_member(body, "from");
  if (!from) return fail(from.error());
  const auto to = day_member(body, "to");
  if (!to) return fail(to.error());
  if (*from) filter.from = start_of_day(**from);
  if (*to) filter.until = start_of_day(add_days(**to, 1));
  filter.municipality = body["municipality"].text_or_empty();
  filter.type = body["type"].text_or_empty();
  const auto configuration = services.configuration();
  if (!filter.municipality.empty() && !configuration->municipalities->contains(filter.municipality))
    return fail(wrong_field("municipality", "unknown", "Deze gemeente is er niet."));
  if (!filter.type.empty() && configuration->forms->find(filter.type) == nullptr)
    return fail(wrong_field("type", "unknown", "Dit soort aanvraag is er niet."));
  if (!identity.municipalities.empty() && !works_for(identity, filter.municipality))
    return fail(
        Error{ErrorCode::forbidden,
              "Dit account werkt voor een deel van de gemeenten. Noem een daarvan in \"municipality\".",
              false,
              {}});
  return filter;
}

/// The last try, when it has this id and this identity may see all that it looks at.
Result<TrialView> trial_of(const PolicyTrials& trials, const Identity& identity, std::string_view id) {
  const auto view = trials.latest();
  const bool may_see =
      view && (identity.municipalities.empty() || works_for(identity, view->request.filter.municipality));
  if (!may_see || view->request.id != id)
    return fail(ErrorCode::not_found, "Er is geen proef met dit nummer. Alleen de laatste wordt bewaard.");
  return *view;
}

Response trial_response(const PolicyTrials& trials, const Request& request, int status, std::string_view id) {
  const auto most = limit_of(request);
  if (!most) return problem_response(most.error());
  const auto view = trial_of(trials, identity_of(request), id);
  if (!view) return problem_response(view.error());
  return json_response(status, to_value(*view, *most));
}

/// The active policy and the version that is named.
Result<ComparedPolicies> policies_of(const Services& services, std::string_view version) {
  ConfigurationFiles active;
  ConfigurationFiles draft;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto record = active_configuration(transaction, policy_name());
    if (!record) return fail(ErrorCode::configuration, "There is no active policy.");
    auto files = files_of(record->content);
    if (!files) return fail(files.error());
    auto named = policy_files_of_version(transaction, version);
    if (!named) return fail(named.error());
    active = *std::move(files);
    draft = *std::move(named);
    return {};
  });
  if (!read) return fail(read.error());
  auto compiled_active = PolicyOutcomes::load(active);
  if (!compiled_active) return fail(compiled_active.error());
  auto compiled_draft = PolicyOutcomes::load(draft);
  if (!compiled_draft) return fail(compiled_draft.error());
  return ComparedPolicies{*std::move(compiled_active), *std::move(compiled_draft)};
}

Response post_trial(const Services& services, PolicyTrials& trials, const Request& request) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"version", "from", "to", "municipality", "type"}); !known)
    return problem_response(known.error());
  const Identity& identity = identity_of(request);
  auto filter = filter_from(services, identity, *body);
  if (!filter) return problem_response(filter.error());
  TrialRequest wanted{new_id(services.vault), identity.account, services.clock.now(), *std::move(filter)};
  const std::string& version = (*body)["version"].text_or_empty();
  auto policies = policies_of(services, version);
  if (!policies) return problem_response(policies.error());
  if (auto started = trials.start(wanted, *std::move(policies)); !started)
    return problem_response(started.error());
  const auto noted = services.store.write([&](Transaction& transaction) -> Result<void> {
    AuditRecord row = pipeline::audit_row(identity.account, "policy-tried", purpose_of(request));
    row.subject = version;
    row.at = wanted.at;
    transaction.append_audit(std::move(row));
    return {};
  });
  if (!noted) {
    static_cast<void>(trials.cancel(wanted.id));
    return problem_response(noted.error());
  }
  return trial_response(trials, request, 202, wanted.id)
      .with("Location", "/api/v1/policy/trials/" + wanted.id);
}

/// The last one, so that whoever comes back finds it.
Response get_trials(const PolicyTrials& trials, const Request& request) {
  Value list = Value::list();
  if (const auto last = trials.latest())
    if (const auto visible = trial_of(trials, identity_of(request), last->request.id))
      list.push(to_value(*visible, 0));
  return json_response(200, Value::object({{"trials", std::move(list)}}));
}

Response delete_trial(PolicyTrials& trials, const Request& request, std::string_view id) {
  if (const auto view = trial_of(trials, identity_of(request), id); !view)
    return problem_response(view.error());
  if (auto cancelled = trials.cancel(id); !cancelled) return problem_response(cancelled.error());
  return trial_response(trials, request, 202, id);
}

}  // namespace

void add_policy_trial_routes(Router& router, const Services& services, PolicyTrials& trials) {
  constexpr const char* all = "/api/v1/policy/trials";
  constexpr const char* one = "/api/v1/policy/trials/{trial}";
  router.add({.method = Method::post,
              .pattern = all,
              .access = {role::administrator},
              .handler = [&services, &trials](const Request& request, const PathParameters&) {
                return post_trial(services, trials, request);
              }});
  router.add({.pattern = all,
              .access = {role::administrator},
              .handler = [&trials](const Request& request, const PathParameters&) {
                return get_trials(trials, request);
              }});
  router.add({.pattern = one,
              .access = {role::administrator},
              .handler = [&trials](const Request& request, const PathParameters& path) {
                return trial_response(trials, request, 200, path["trial"]);
              }});
  router.add({.method = Method::remove,
              .pattern = one,
              .access = {role::administrator},
              .handler = [&trials](const Request& request, const PathParameters& path) {
                return delete_trial(trials, request, path["trial"]);
              }});
}

}  // namespace softbot::http
