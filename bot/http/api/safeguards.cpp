#include <algorithm>
#include <functional>
#include <optional>

#include "forms/catalogue.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/edit.h"
#include "pipeline/safeguard_life.h"
#include "policy/kill_switch.h"
#include "policy/safeguards.h"
#include "policy/sample_alarm.h"
#include "policy/share.h"

namespace softbot::http {
namespace {

constexpr std::uint64_t watchers = role::administrator | role::auditor;

std::string version_of_active(const Services& services) {
  const auto active = services.policy.get(services.store);
  return active ? (*active)->version() : std::string();
}

std::vector<std::string> municipalities_of(const Services& services) {
  std::vector<std::string> ids;
  for (const auto& [id, municipality] : *services.configuration()->municipalities) ids.push_back(id);
  return ids;
}

Value release_value(const ReleaseWord& release) {
  return Value::object(
      {{"by", release.by}, {"why", release.why}, {"proposedAt", format_instant(release.at)}});
}

Value history_value(const std::vector<AuditRecord>& rows) {
  Value list = Value::list();
  for (const AuditRecord& row : rows) {
    list.push(Value::object(
        {{"at", format_instant(row.at)}, {"by", row.actor}, {"action", row.action}, {"why", row.purpose}}));
  }
  return list;
}

Value switch_value(const KillSwitch& one, const std::vector<AuditRecord>& history) {
  return Value::object({{"subject", one.subject},
                        {"on", one.on},
                        {"by", one.by},
                        {"why", one.why},
                        {"at", one.at == Instant{} ? Value() : Value(format_instant(one.at))},
                        {"release", one.release ? release_value(*one.release) : Value()},
                        {"history", history_value(history)}});
}

Value cap_value(const std::string& municipality, const std::string& type, const CapUse& use) {
  return Value::object({{"municipality", municipality},
                        {"type", type},
                        {"grantsPerDay", use.cap.number},
                        {"centsPerDay", use.cap.amount_cents},
                        {"grantsToday", use.used.number},
                        {"centsToday", use.used.amount_cents}});
}

Value course_value(const SequentialTest& test, std::int64_t per_million) {
  const auto course = test.course(static_cast<double>(per_million) / static_cast<double>(whole_share));
  return Value::object({{"perMillion", per_million},
                        {"stops", decimal(course.stops)},
                        {"casesOnAverage", decimal(course.cases)}});
}

/// What the test is and how good it is.
Value test_value(const SampleTestSettings& settings) {
  const SequentialTest test(settings);
  return Value::object({{"acceptable", course_value(test, settings.acceptable)},
                        {"unacceptable", course_value(test, settings.unacceptable)},
                        {"falseAlarmPerMillion", settings.false_alarm},
                        {"missedPerMillion", settings.missed},
                        {"stopAt", decimal(test.stop_at())},
                        {"passAt", decimal(test.pass_at())},
                        {"passAfter", test.pass_after()},
                        {"stopAfter", test.stop_after()}});
}

Value count_value(const SampleCount& count) {
  return Value::object({{"confirmed", count.confirmed}, {"overturned", count.overturned}});
}

Value sample_test_value(const SampleTest& test) {
  return Value::object(
      {{"subject", test.scope.subject()},
       {"type", test.scope.type},
       {"municipality", test.scope.municipality.empty() ? Value() : Value(test.scope.municipality)},
       {"policyVersion", test.policy_version},
       {"round", count_value(test.round)},
       {"sinceBegin", count_value(test.all)},
       {"passes", test.passes},
       {"evidence", decimal(SequentialTest(test.settings).evidence(test.round))},
       {"stoppedAt", test.stopped_at ? Value(format_instant(*test.stopped_at)) : Value()}});
}

Value version_value(const pipeline::SafeguardVersion& version) {
  Value differences = Value::list();
  for (const auto& one : version.differences) {
    differences.push(Value::object({{"municipality", one.municipality},
                                    {"type", one.type},
                                    {"what", one.what},
                                    {"before", one.before},
                                    {"after", one.after}}));
  }
  return Value::object({{"version", version.record.version},
                        {"state", version.record.state},
                        {"by", version.record.by},
                        {"why", version.record.why},
                        {"created", format_instant(version.record.created)},
                        {"differences", std::move(differences)}});
}

Response get_safeguards(const Services& services, const Request& request, const PathParameters&) {
  const Identity& identity = identity_of(request);
  const auto configuration = services.configuration();
  const std::vector<std::string> types = configuration->forms->types();
  Value switches = Value::list();
  Value caps = Value::list();
  Value samples = Value::list();
  Value tests = Value::list();
  Value about_tests;
  const std::string active = version_of_active(services);
  std::vector<std::string> municipalities = municipalities_of(services);
  std::erase_if(municipalities, [&](const std::string& id) { return !works_for(identity, id); });
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (const KillSwitch& one : kill_switches(transaction, types, municipalities))
      switches.push(switch_value(one, pipeline::history_of_switch(transaction, one.subject)));
    for (const SampleTest& test : sample_tests(transaction, types, municipalities, active))
      tests.push(sample_test_value(test));
    const auto stored = transaction.setting("safeguards");
    const auto settings =
        stored ? safeguard_settings_from(*stored) : Result<SafeguardSettings>(SafeguardSettings{});
    about_tests = test_value(settings ? settings->sample_test : SampleTestSettings{});
    for (const std::string& id : municipalities) {
      for (const std::string& type : types) {
        if (const auto use = cap_use(transaction, id, type, pipeline::today(services)))
          caps.push(cap_value(id, type, *use));
        const auto share = settings ? settings->sample(id, type) : std::nullopt;
        if (share)
          samples.push(Value::object({{"municipality", id}, {"type", type}, {"perMillion", *share}}));
      }
    }
    return {};
  });
  if (!read) return problem_response(read.error());
  const auto life = pipeline::safeguard_life(services);
  if (!life) return problem_response(life.error());
  Value versions = Value::list();
  for (const auto& version : life->versions) versions.push(version_value(version));
  return json_response(200, Value::object({{"settings", life->settings},
                                           {"version", life->active},
                                           {"versions", std::move(versions)},
                                           {"killSwitches", switches},
                                           {"caps", caps},
                                           {"samples", samples},
                                           {"sampleTest", about_tests},
                                           {"sampleTests", tests}}));
}

Response post_version(const Services& services, const Request& request, const PathParameters&) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"settings", "why"}); !known) return problem_response(known.error());
  const auto version = pipeline::propose_safeguards(services, editor_of(identity_of(request)),
                                                    (*body)["settings"], (*body)["why"].text_or_empty());
  if (!version) return problem_response(version.error());
  return json_response(201, Value::object({{"version", *version}, {"state", "draft"}}));
}

Response post_throw_away(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"why"}); !known) return problem_response(known.error());
  const auto done = pipeline::throw_away_safeguards(services, editor_of(identity_of(request)),
                                                    path["version"], (*body)["why"].text_or_empty());
  if (!done) return problem_response(done.error());
  return get_safeguards(services, request, path);
}

Response put_kill_switch(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"on", "why"}); !known) return problem_response(known.error());
  const auto on = (*body)["on"].as_bool();
  if (!on) {
    return problem_response(Error{ErrorCode::invalid_input,
                                  "Say whether the switch is on.",
                                  false,
                                  {{"on", "missing", "Give true or false."}}});
  }
  const Identity& identity = identity_of(request);
  const std::string& subject = path["subject"];
  if (auto may = pipeline::may_set_switch(*services.configuration(), subject, identity.municipalities); !may)
    return problem_response(may.error());
  const KillSwitch wanted{subject, *on, identity.account, (*body)["why"].text_or_empty(),
                          services.clock.now()};
  if (const auto done = pipeline::throw_kill_switch(services, wanted); !done)
    return problem_response(done.error());
  return get_safeguards(services, request, path);
}

/// What a person does with the release of a switch.
using ReleaseAct = std::function<Result<void>(const pipeline::PolicyEditor&, const Value& body)>;

Response act_on_release(const Services& services, const Request& request, const PathParameters& path,
                        std::initializer_list<std::string_view> members, const ReleaseAct& act) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, members); !known) return problem_response(known.error());
  const auto editor = editor_of(identity_of(request));
  if (auto may = pipeline::may_sign(editor, (*body)["why"].text_or_empty()); !may)
    return problem_response(may.error());
  if (auto may = pipeline::may_set_switch(*services.configuration(), path["subject"], editor.municipalities);
      !may)
    return problem_response(may.error());
  if (const auto done = act(editor, *body); !done) return problem_response(done.error());
  return get_safeguards(services, request, path);
}

Response post_release(const Services& services, const Request& request, const PathParameters& path) {
  return act_on_release(services, request, path, {"why"}, [&](const auto& editor, const Value& body) {
    return pipeline::propose_release(services, editor, path["subject"], body["why"].text_or_empty());
  });
}

Response post_end_of_release(const Services& services, const Request& request, const PathParameters& path) {
  return act_on_release(services, request, path, {"why"}, [&](const auto& editor, const Value& body) {
    return pipeline::end_release(services, editor, path["subject"], body["why"].text_or_empty());
  });
}

Response post_confirmation(const Services& services, const Request& request, const PathParameters& path) {
  return act_on_release(
      services, request, path, {"why", "proposedAt"},
      [&](const auto& editor, const Value& body) -> Result<void> {
        const auto proposed_at = parse_instant(body["proposedAt"].text_or_empty());
        if (!proposed_at) {
          return fail(Error{ErrorCode::invalid_input,
                            "Say which proposal is confirmed.",
                            false,
                            {{"proposedAt", "missing", "Give the proposedAt that GET showed."}}});
        }
        return pipeline::confirm_release(services, editor, path["subject"], body["why"].text_or_empty(),
                                         *proposed_at);
      });
}

}  // namespace

void add_safeguard_routes(Router& router, const Services& services) {
  add_route(router, services, Method::get, "/api/v1/safeguards", watchers, get_safeguards);
  add_route(router, services, Method::post, "/api/v1/safeguards/versions", role::administrator, post_version);
  add_route(router, services, Method::post, "/api/v1/safeguards/versions/{version}/throw-away",
            role::administrator, post_throw_away);
  add_route(router, services, Method::put, "/api/v1/safeguards/kill-switches/{subject}", role::administrator,
            put_kill_switch);
  add_route(router, services, Method::post, "/api/v1/safeguards/kill-switches/{subject}/release",
            role::administrator, post_release);
  add_route(router, services, Method::post, "/api/v1/safeguards/kill-switches/{subject}/release/end",
            role::administrator, post_end_of_release);
  add_route(router, services, Method::post, "/api/v1/safeguards/kill-switches/{subject}/release/confirmation",
            role::administrator, post_confirmation);
}

}  // namespace softbot::http
