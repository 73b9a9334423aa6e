#include <algorithm>

#include "domain/json.h"
#include "domain/zone.h"
#include "http/page_headers.h"
#include "http/problem.h"
#include "web/finding_words.h"
#include "web/policy_pages.h"
#include "web/policy_view.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::uint64_t readers = http::role::administrator | http::role::auditor;

Frame policy_frame(std::string title) {
  Frame frame;
  frame.title = std::move(title);
  frame.audience = Audience::staff;
  frame.menu = "policy";
  return frame;
}

std::string done_words(std::string_view done) {
  if (done == "concept") return "Het concept is bewaard. Iemand anders moet het goedkeuren voordat het telt.";
  if (done == "goedgekeurd") return "Deze versie is goedgekeurd. De bot beslist er vanaf nu mee.";
  if (done == "gepland")
    return "Deze versie is goedgekeurd. De bot gaat er vanaf de gekozen dag mee beslissen.";
  if (done == "ingetrokken") return "Deze versie is weer een concept. Zij gaat niet vanzelf gelden.";
  if (done == "weggegooid") return "Het concept is weggegooid.";
  if (done == "terug") return "De vorige versie telt weer. De bot beslist er vanaf nu mee.";
  return {};
}

/// The error summary beside one field, or nothing.
void add_problem(Value& context, Frame& frame, const std::string& field, const std::string& problem) {
  if (problem.empty()) return;
  add_summary(context, "nl", {{field, problem}});
  frame.with_errors = true;
}

/// "1 januari 2027"; "" when no version waits for its day.
std::string planned_words(const pipeline::PolicyLife& life) {
  return life.planned ? date_words(format_iso(life.planned->from), "nl") : std::string();
}

/// `typed`: the reason of a step back that was refused just now.
http::Response show_list(const Visit& visit, const Error& problem, const std::string& typed) {
  const auto life = pipeline::policy_life(visit.services());
  if (!life) return visit.sorry(life.error(), Audience::staff);
  Value context =
      Value::object({{"done", done_words(visit.request().query.get("gedaan"))},
                     {"versions", versions_view(*life)},
                     {"active", life->active},
                     {"activeShort", short_version(life->active)},
                     {"activeAddress", policy_address(life->active)},
                     {"plannedShort", life->planned ? short_version(life->planned->version) : ""},
                     {"plannedAddress", life->planned ? policy_address(life->planned->version) : ""},
                     {"plannedFrom", planned_words(*life)},
                     {"hasEarlier", !life->earlier.empty()},
                     {"earlierShort", short_version(life->earlier)},
                     {"earlierAddress", policy_address(life->earlier)},
                     {"refusal", refusal_to_change(visit)},
                     {"typedWhy", typed}});
  Frame frame = policy_frame("Beleid");
  add_problem(context, frame, "why-back", problem.message);
  return visit.show(frame.with_errors ? http::status_of(problem.code) : 200, "staff/policy_list", frame,
                    std::move(context));
}

Value files_view(const pipeline::PolicyVersion& version) {
  Value files = Value::list();
  for (const auto& [name, text] : version.files) {
    const std::string place = policy_address(version.record.version) + "/bestand/" + name;
    files.push(Value::object({{"file", name},
                              {"fileAddress", place},
                              {"download", place + "/download"},
                              {"size", size_words(static_cast<std::int64_t>(text.size()))},
                              {"isModel", name.ends_with(".dmn")}}));
  }
  return files;
}

/// What was refused just now: at which field, why, and what was typed there.
struct Refused {
  std::string field;
  Error problem;
  std::string typed;
  std::string from = {};  ///< the day on which it was to begin
};

http::Response show_version(const Visit& visit, const std::string& id, const Refused& refused) {
  const Error& problem = refused.problem;
  const auto version = pipeline::policy_version(visit.services(), id);
  if (!version) return policy_problem(visit, version.error());
  const auto life = pipeline::policy_life(visit.services());
  if (!life) return visit.sorry(life.error(), Audience::staff);
  const auto& record = version->record;
  Value context = Value::object();
  add_version_names(context, record);
  const bool draft = record.state == "draft";
  const bool own = record.by == visit.identity().person;
  const auto findings = check_draft(version->files);
  const bool blocked = std::ranges::any_of(
      findings, [](const DraftFinding& finding) { return finding.obstacle != Obstacle::nothing; });
  context.set("done", done_words(visit.request().query.get("gedaan")));
  context.set("stateWords", policy_state_words(record.state));
  context.set("badge", policy_state_badge(record.state));
  context.set("origin", origin_words(*life, record));
  context.set("why", record.by == "shipped" ? std::string() : record.why);
  context.set("isActive", record.state == "active");
  context.set("isDraft", draft);
  context.set("isPlanned", record.state == "planned");
  context.set("plannedFrom", planned_words(*life));
  context.set("plannedShort", life->planned ? short_version(life->planned->version) : "");
  context.set("today", format_iso(local_date(visit.services().clock.now())));
  context.set("activeShort", short_version(version->active));
  context.set("events", events_view(*life, id));
  add_differences(context, version->differences);
  context.set("findings", findings_view(findings));
  context.set("hasFindings", !findings.empty());
  context.set("files", files_view(*version));
  context.set("refusal", refusal_to_change(visit));
  context.set("mayChange", refusal_to_change(visit).empty());
  context.set("mayTry", (visit.identity().roles & http::role::administrator) != 0);
  context.set("isOwn", own);
  context.set("isBlocked", blocked);
  context.set("mayApprove", draft && !own && !blocked);
  Frame frame = policy_frame("Beleid " + short_version(id));
  add_problem(context, frame, refused.field, problem.message);
  context.set("typedApprove", refused.field == "why-approve" || refused.field == "from" ? refused.typed : "");
  context.set("fromProblem", refused.field == "from" ? problem.message : "");
  context.set("typedWithdraw", refused.field == "why-withdraw" ? refused.typed : "");
  context.set("typedFrom", refused.from);
  context.set("typedThrow", refused.field == "why-throw" ? refused.typed : "");
  const bool of_files = std::ranges::any_of(
      problem.fields, [](const FieldError& one) { return one.field != "why" && one.field != "from"; });
  if (of_files) add_refusal(context, problem, findings);
  return visit.show(frame.with_errors ? http::status_of(problem.code) : 200, "staff/policy_version", frame,
                    std::move(context));
}

http::Response approve_version(Visit& visit, const http::PathParameters& path) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  pipeline::Approval approval{"policy", path["version"], posted->get("why")};
  const std::string typed_from = posted->get("from");
  if (!typed_from.empty()) {
    const auto from = parse_iso_date(typed_from);
    if (!from) {
      const Error no_day{
          ErrorCode::invalid_input, "Vul een dag in die bestaat, of laat hem leeg.", false, {}};
      return show_version(visit, path["version"], {"from", no_day, posted->get("why"), typed_from});
    }
    approval.from = *from;
  }
  const auto done = pipeline::approve_configuration(visit.services(), policy_editor(visit), approval);
  if (!done) {
    const bool of_day = !done.error().fields.empty() && done.error().fields.front().field == "from";
    return show_version(visit, path["version"],
                        {of_day ? "from" : "why-approve", done.error(), posted->get("why"), typed_from});
  }
  const bool later = approval.from && *approval.from > local_date(visit.services().clock.now());
  return http::see_other(policy_address(path["version"]) + "?gedaan=" + (later ? "gepland" : "goedgekeurd"));
}

http::Response withdraw_version(Visit& visit, const http::PathParameters& path) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto done =
      pipeline::withdraw_policy(visit.services(), policy_editor(visit), path["version"], posted->get("why"));
  if (!done) return show_version(visit, path["version"], {"why-withdraw", done.error(), posted->get("why")});
  return http::see_other(policy_address(path["version"]) + "?gedaan=ingetrokken");
}

http::Response throw_version_away(Visit& visit, const http::PathParameters& path) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto done = pipeline::throw_away_policy(visit.services(), policy_editor(visit), path["version"],
                                                posted->get("why"));
  if (!done) return show_version(visit, path["version"], {"why-throw", done.error(), posted->get("why")});
  return http::see_other(policy_address(path["version"]) + "?gedaan=weggegooid");
}

http::Response step_back(Visit& visit, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto version = pipeline::go_back_policy(visit.services(), policy_editor(visit), posted->get("active"),
                                                posted->get("why"));
  if (!version) return show_list(visit, version.error(), posted->get("why"));
  return http::see_other("/staff/beleid?gedaan=terug");
}

http::Response download_all(Visit& visit, const http::PathParameters& path) {
  const auto version = pipeline::policy_version(visit.services(), path["version"]);
  if (!version) return policy_problem(visit, version.error());
  Value files = Value::object();
  for (const auto& [name, text] : version->files) files.set(name, text);
  http::Response response = http::bytes_response(
      "application/json",
      to_pretty_json(Value::object({{"version", version->record.version}, {"files", std::move(files)}})));
  response.headers.add("Content-Disposition",
                       http::attachment_disposition("beleid-" + short_version(path["version"]) + ".json"));
  http::add_common_headers(visit.request(), response);
  return response;
}

}  // namespace

std::string policy_address(const std::string& version) {
  return "/staff/beleid/" + version;
}

pipeline::PolicyEditor policy_editor(const Visit& visit) {
  const auto& identity = visit.identity();
  return {identity.account, identity.person, identity.municipalities};
}

std::string refusal_to_change(const Visit& visit) {
  if ((visit.identity().roles & http::role::administrator) == 0)
    return "U kunt dit bekijken. Een functioneel beheerder kan het veranderen.";
  if (!visit.identity().municipalities.empty())
    return "U kunt dit bekijken. Het geldt voor alle gemeenten en uw account werkt voor een deel "
           "daarvan: vraag een beheerder die voor alle gemeenten werkt om het te veranderen.";
  return {};
}

void add_version_names(Value& context, const ConfigurationRecord& record) {
  context.set("policyVersion", record.version);
  context.set("shortVersion", short_version(record.version));
  context.set("versionAddress", policy_address(record.version));
}

void add_refusal(Value& context, const Error& error, const std::vector<DraftFinding>& findings) {
  Value list = Value::list();
  for (const DraftFinding& finding : findings) {
    if (finding.obstacle == Obstacle::keeping) list.push(finding_view(finding));
  }
  if (list.items().empty()) {
    for (const FieldError& one : error.fields) {
      list.push(Value::object({{"findingFile", one.field},
                               {"findingWords", finding_heading(one.code)},
                               {"findingText", one.message}}));
    }
  }
  context.set("hasRefused", !list.items().empty());
  context.set("refused", std::move(list));
}

http::Response to_draft(const pipeline::ProposedPolicy& proposed) {
  return http::see_other(policy_address(proposed.version) + "?gedaan=concept");
}

http::Response policy_problem(const Visit& visit, const Error& error) {
  const bool in_words = error.code == ErrorCode::not_found || error.code == ErrorCode::conflict ||
                        error.code == ErrorCode::forbidden || error.code == ErrorCode::invalid_input;
  if (!in_words) return visit.sorry(error, Audience::staff);
  return visit.message(http::status_of(error.code), "Dat kan niet", error.message, Audience::staff);
}

void add_policy_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  constexpr std::uint64_t administrator = http::role::administrator;
  add_page(router, site, Method::get, "/staff/beleid", readers,
           [](Visit& visit, const http::PathParameters&) { return show_list(visit, {}, ""); });
  add_page(router, site, Method::post, "/staff/beleid/terug", administrator, step_back);
  add_page(router, site, Method::get, "/staff/beleid/{version}", readers,
           [](Visit& visit, const http::PathParameters& path) {
             return show_version(visit, path["version"], {});
           });
  add_page(router, site, Method::get, "/staff/beleid/{version}/alles", readers, download_all);
  add_page(router, site, Method::post, "/staff/beleid/{version}/goedkeuren", administrator, approve_version);
  add_page(router, site, Method::post, "/staff/beleid/{version}/intrekken", administrator, withdraw_version);
  add_page(router, site, Method::post, "/staff/beleid/{version}/weggooien", administrator,
           throw_version_away);
  add_policy_parameter_pages(router, site);
  add_policy_file_pages(router, site);
  add_policy_trial_pages(router, site);
}

}  // namespace softbot::web
