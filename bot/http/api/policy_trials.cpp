#include "http/api/policy_trials.h"

#include "domain/date.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/policy_trial.h"

namespace softbot::http {
namespace {

/// A day of the period; nothing when the member is absent.
Result<std::optional<Date>> day_member(const Value& body, const std::string& name) {
  if (body[name].is_null()) return std::optional<Date>();
  const auto day = date_member(body, name);
  if (!day) return fail(day.error());
  return std::optional<Date>(*day);
}

Result<pipeline::TrialWish> wish_from(const Value& body) {
  const auto from = day_member(body, "from");
  if (!from) return fail(from.error());
  const auto to = day_member(body, "to");
  if (!to) return fail(to.error());
  return pipeline::TrialWish{body["version"].text_or_empty(), *from, *to,
                             body["municipality"].text_or_empty(), body["type"].text_or_empty()};
}

Response trial_response(const PolicyTrials& trials, const Request& request, int status, std::string_view id) {
  const auto most = limit_of(request);
  if (!most) return problem_response(most.error());
  const auto view = pipeline::policy_trial(trials, editor_of(identity_of(request)), id);
  if (!view) return problem_response(view.error());
  return json_response(status, to_value(*view, *most));
}

Response post_trial(const Services& services, PolicyTrials& trials, const Request& request) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"version", "from", "to", "municipality", "type"}); !known)
    return problem_response(known.error());
  const auto wish = wish_from(*body);
  if (!wish) return problem_response(wish.error());
  const auto id = pipeline::start_policy_trial(services, trials, editor_of(identity_of(request)), *wish,
                                               purpose_of(request));
  if (!id) return problem_response(id.error());
  return trial_response(trials, request, 202, *id).with("Location", "/api/v1/policy/trials/" + *id);
}

/// The last one, so that whoever comes back finds it.
Response get_trials(const PolicyTrials& trials, const Request& request) {
  Value list = Value::list();
  if (const auto last = pipeline::last_policy_trial(trials, editor_of(identity_of(request))))
    list.push(to_value(*last, 0));
  return json_response(200, Value::object({{"trials", std::move(list)}}));
}

Response delete_trial(PolicyTrials& trials, const Request& request, std::string_view id) {
  const auto cancelled = pipeline::cancel_policy_trial(trials, editor_of(identity_of(request)), id);
  if (!cancelled) return problem_response(cancelled.error());
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
