#include <algorithm>
#include <charconv>

#include "http/problem.h"
#include "pipeline/policy_trial.h"
#include "web/list_filters.h"
#include "web/policy_pages.h"
#include "web/policy_trial_view.h"
#include "web/policy_view.h"
#include "web/words.h"

/// A version tried on past applications, from its own page.
namespace softbot::web {
namespace {

constexpr std::size_t page_size = 50;  ///< changed cases
constexpr const char* seconds_until_next_look = "2";

std::string trial_address(const std::string& version) {
  return policy_address(version) + "/proef";
}

/// What was asked and is not right, with what was typed.
struct Refused {
  Error problem;
  PostedForm typed;
};

std::string problem_of(const Error& error, std::string_view field) {
  const auto found = std::ranges::find(error.fields, field, &FieldError::field);
  return found == error.fields.end() ? std::string() : found->message;
}

void add_form(Value& context, const Visit& visit, const Refused& refused) {
  std::vector<FilterValue> types;
  for (const std::string& type : visit.configuration().forms->types())
    types.push_back({type, type_title(visit, type, "")});
  Value choices = Value::list();
  choices.push(
      filter_view("gemeente", "Gemeente", refused.typed.get("gemeente"), municipality_filter(visit)));
  choices.push(filter_view("soort", "Soort aanvraag", refused.typed.get("soort"), types));
  context.set("choices", std::move(choices));
  context.set("from", refused.typed.get("van"));
  context.set("to", refused.typed.get("tot"));
  context.set("fromProblem", problem_of(refused.problem, "from"));
  context.set("toProblem", problem_of(refused.problem, "to"));
}

Result<TrialWords> words_of_both(const Visit& visit, const TrialView& trial) {
  const auto now = pipeline::policy_version(visit.services(), trial.active);
  if (!now) return fail(now.error());
  const auto then = pipeline::policy_version(visit.services(), trial.draft);
  if (!then) return fail(then.error());
  auto now_words = PolicyWords::from(now->files);
  if (!now_words) return fail(now_words.error());
  auto then_words = PolicyWords::from(then->files);
  if (!then_words) return fail(then_words.error());
  return TrialWords{*std::move(now_words), *std::move(then_words)};
}

std::size_t first_shown(const Visit& visit) {
  const std::string_view text = visit.request().query.get("vanaf");
  std::size_t first = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), first);
  return read.ec == std::errc() ? first : 0;
}

/// The last try, when it is one of this version; else only that another one is under way.
Result<void> add_trial(Value& context, const Visit& visit, const TrialView& trial,
                       const std::string& version) {
  const bool running = trial.state == TrialState::running;
  context.set("trialId", trial.request.id);
  context.set("scope", trial_scope_words(visit, trial.request.filter));
  context.set("comparedWith", short_version(trial.active));
  context.set("valuesOn", date_words(format_iso(trial.values_on), "nl"));
  if (trial.draft != version) {
    context.set("otherRuns", running ? short_version(trial.draft) : std::string());
    context.set("otherAddress", trial_address(trial.draft));
    return {};
  }
  if (running) add_trial_progress(context, trial.progress);
  context.set("wasCancelled", trial.state == TrialState::cancelled);
  context.set("hasFailed", trial.state == TrialState::failed);
  if (!trial.result) return {};
  const auto words = words_of_both(visit, trial);
  if (!words) return fail(words.error());
  add_trial_result(context, visit, *trial.result, *words, first_shown(visit), page_size);
  return {};
}

http::Response show_trial(const Visit& visit, const std::string& version, const Refused& refused) {
  const auto record = pipeline::policy_version(visit.services(), version);
  if (!record) return policy_problem(visit, record.error());
  const auto trial = pipeline::last_policy_trial(*visit.site().options.trials, policy_editor(visit));
  Value context = Value::object();
  add_version_names(context, record->record);
  context.set("trialAddress", trial_address(version));
  context.set("isActive", record->active == version);
  add_form(context, visit, refused);
  if (trial) {
    if (const auto added = add_trial(context, visit, *trial, version); !added)
      return visit.sorry(added.error(), Audience::staff);
  }
  Frame frame;
  frame.title = "Proef met versie " + short_version(version);
  frame.audience = Audience::staff;
  frame.menu = "policy";
  const bool wrong = !refused.problem.message.empty();
  if (wrong) {
    const bool of_to = !problem_of(refused.problem, "to").empty();
    const bool of_municipality = !problem_of(refused.problem, "municipality").empty();
    add_summary(context, "nl",
                {{of_municipality ? "f-gemeente"
                  : of_to         ? "to"
                                  : "from",
                  refused.problem.message}});
    frame.with_errors = true;
  }
  auto response = visit.show(wrong ? http::status_of(refused.problem.code) : 200, "staff/policy_trial", frame,
                             std::move(context));
  if (!wrong && trial && trial->draft == version && trial->state == TrialState::running)
    response.headers.set("Refresh", seconds_until_next_look);
  return response;
}

Error not_a_day(const std::string& field, const std::string& message) {
  return {ErrorCode::invalid_input, message, false, {{field, "not-a-date", message}}};
}

/// A day of the period; nothing when it was left open.
Result<std::optional<Date>> typed_day(const PostedForm& posted, const std::string& name,
                                      const std::string& field, const std::string& what) {
  const std::string text = posted.get(name);
  if (text.empty()) return std::optional<Date>();
  const auto day = parse_iso_date(text);
  if (!day) return fail(not_a_day(field, what + " is geen dag die bestaat."));
  return std::optional<Date>(*day);
}

Result<std::string> start(const Visit& visit, const std::string& version, const PostedForm& posted) {
  const auto from = typed_day(posted, "van", "from", "De eerste dag");
  if (!from) return fail(from.error());
  const auto to = typed_day(posted, "tot", "to", "De laatste dag");
  if (!to) return fail(to.error());
  return pipeline::start_policy_trial(visit.services(), *visit.site().options.trials, policy_editor(visit),
                                      {version, *from, *to, posted.get("gemeente"), posted.get("soort")},
                                      "policy");
}

http::Response post_trial(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const std::string version(path["version"]);
  const auto started = start(visit, version, *posted);
  if (!started && started.error().code == ErrorCode::not_found) return policy_problem(visit, started.error());
  if (!started) return show_trial(visit, version, {started.error(), *posted});
  return http::see_other(trial_address(version));
}

http::Response stop_trial(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto stopped =
      pipeline::cancel_policy_trial(*visit.site().options.trials, policy_editor(visit), posted->get("proef"));
  if (!stopped) return policy_problem(visit, stopped.error());
  return http::see_other(trial_address(std::string(path["version"])));
}

}  // namespace

void add_policy_trial_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  constexpr std::uint64_t administrator = http::role::administrator;
  const std::string pattern = "/staff/beleid/{version}/proef";
  add_page(router, site, Method::get, pattern, administrator,
           [](Visit& visit, const http::PathParameters& path) {
             return show_trial(visit, std::string(path["version"]), {});
           });
  add_page(router, site, Method::post, pattern, administrator, post_trial);
  add_page(router, site, Method::post, pattern + "/stop", administrator, stop_trial);
}

}  // namespace softbot::web
