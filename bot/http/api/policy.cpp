#include <algorithm>

#include "domain/date.h"
#include "domain/json.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/multipart.h"
#include "http/problem.h"
#include "pipeline/edit.h"
#include "pipeline/provisions.h"

/// The life of a policy: drafts, what they differ in, one step back. Approval is administration.cpp's.
namespace softbot::http {
namespace {

constexpr std::uint64_t watchers = role::administrator | role::auditor;
constexpr std::size_t policy_bytes = std::size_t{16} << 20;

Value event_value(const ConfigurationEvent& event) {
  Value value = Value::object({{"kind", event.kind},
                               {"by", event.change.person},
                               {"why", event.change.why},
                               {"at", format_instant(event.change.at)}});
  if (!event.before.empty()) value.set("before", event.before);
  if (event.from) value.set("from", format_iso(*event.from));
  return value;
}

Value version_value(const ConfigurationRecord& record, const std::vector<ConfigurationEvent>& events) {
  Value list = Value::list();
  for (const auto& event : events) {
    if (event.version == record.version) list.push(event_value(event));
  }
  return Value::object({{"kind", record.kind},
                        {"name", record.name},
                        {"version", record.version},
                        {"state", record.state},
                        {"by", record.by},
                        {"why", record.why},
                        {"created", format_instant(record.created)},
                        {"events", std::move(list)}});
}

Value planned_value(const std::optional<PlannedVersion>& planned) {
  if (!planned) return {};
  return Value::object({{"version", planned->version}, {"from", format_iso(planned->from)}});
}

Response get_policy(const Services& services, const Request&, const PathParameters&) {
  const auto active = services.policy.get(services.store);
  const auto life = pipeline::policy_life(services);
  if (!life) return problem_response(life.error());
  Value types = Value::list();
  if (active) {
    for (const std::string& type : (*active)->types()) types.push(type);
  }
  Value versions = Value::list();
  for (const auto& record : life->versions) versions.push(version_value(record, life->events));
  return json_response(200,
                       Value::object({{"active", active ? Value((*active)->version()) : Value()},
                                      {"earlier", life->earlier.empty() ? Value() : Value(life->earlier)},
                                      {"planned", planned_value(life->planned)},
                                      {"types", std::move(types)},
                                      {"versions", std::move(versions)}}));
}

Value obstacle_value(Obstacle obstacle) {
  if (obstacle == Obstacle::nothing) return {};
  return obstacle == Obstacle::approval ? "approval" : "keeping";
}

Value findings_value(const std::vector<DraftFinding>& findings) {
  Value list = Value::list();
  for (const auto& finding : findings) {
    Value rules = Value::list();
    for (const auto rule : finding.rules) rules.push(static_cast<std::uint64_t>(rule));
    list.push(Value::object({{"file", finding.file},
                             {"code", finding.code},
                             {"blocks", obstacle_value(finding.obstacle)},
                             {"message", finding.message},
                             {"element", finding.element},
                             {"line", static_cast<std::uint64_t>(finding.line)},
                             {"rules", std::move(rules)},
                             {"example", finding.example}}));
  }
  return list;
}

Response get_version(const Services& services, const Request&, const PathParameters& path) {
  const auto version = pipeline::policy_version(services, path["version"]);
  if (!version) return problem_response(version.error());
  const auto life = pipeline::policy_life(services);
  if (!life) return problem_response(life.error());
  Value answer = version_value(version->record, life->events);
  Value files = Value::list();
  for (const auto& [name, text] : version->files) {
    files.push(Value::object({{"file", name}, {"bytes", static_cast<std::uint64_t>(text.size())}}));
  }
  answer.set("files", std::move(files));
  answer.set("active", version->active);
  answer.set("differences", to_value(version->differences));
  answer.set("findings", findings_value(check_draft(version->files)));
  return json_response(200, answer);
}

Response get_files(const Services& services, const Request&, const PathParameters& path) {
  const auto version = pipeline::policy_version(services, path["version"]);
  if (!version) return problem_response(version.error());
  Value files = Value::object();
  for (const auto& [name, text] : version->files) files.set(name, text);
  return json_response(200, Value::object({{"version", version->record.version}, {"files", files}}));
}

Response get_file(const Services& services, const Request&, const PathParameters& path) {
  const auto version = pipeline::policy_version(services, path["version"]);
  if (!version) return problem_response(version.error());
  const auto file = version->files.find(path["file"]);
  if (file == version->files.end())
    return problem_response(Error{ErrorCode::not_found, "Deze versie heeft dit bestand niet.", false, {}});
  return bytes_response(file->first.ends_with(".dmn") ? "application/xml" : "application/json", file->second)
      .with("Content-Disposition", attachment_disposition(file->first));
}

std::string member_place(const std::string& list, std::size_t index, const std::string& member) {
  return list + "[" + std::to_string(index) + "]." + member;
}

/// Files as an object name -> text, or null for a file that goes.
void read_files(const Value& body, pipeline::PolicyChange& change, std::vector<FieldError>& errors) {
  if (!body["files"].is_null() && !body["files"].is_object())
    errors.push_back({"files", "not-an-object", "Give an object of file names and texts."});
  for (const auto& [name, text] : body["files"].members()) {
    if (!text.is_null() && !text.is_text()) {
      errors.push_back(
          {"files." + name, "not-a-text", "Give the whole file as a text, or null to take it out."});
    }
    change.files[name] = text.is_null() ? std::nullopt : std::optional(text.text_or_empty());
  }
}

void read_parameters(const Value& body, Date today, pipeline::PolicyChange& change,
                     std::vector<FieldError>& errors) {
  if (!body["parameters"].is_null() && !body["parameters"].is_list())
    errors.push_back({"parameters", "not-a-list", "Give a list of {name, value, from, municipality}."});
  for (const Value& one : body["parameters"].items()) {
    const auto index = change.parameters.size();
    const auto from =
        one["from"].is_null() ? Result<Date>(today) : parse_iso_date(one["from"].text_or_empty());
    if (!from)
      errors.push_back(
          {member_place("parameters", index, "from"), "not-a-date", "Give a date as 2027-01-01."});
    if (auto known = only_members(one, {"name", "municipality", "from", "value"}); !known) {
      for (const FieldError& error : known.error().fields)
        errors.push_back({member_place("parameters", index, error.field), error.code, error.message});
    }
    if (!one.contains("value")) {
      errors.push_back({member_place("parameters", index, "value"), "missing",
                        "Give the value, or null to take away the one that begins on this day."});
    }
    change.parameters.push_back({one["name"].text_or_empty(), one["municipality"].text_or_empty(),
                                 from.value_or(today), one["value"]});
  }
}

Result<pipeline::PolicyChange> change_from(const Value& body, Date today) {
  if (auto known = only_members(body, {"base", "files", "parameters", "why"}); !known)
    return fail(known.error());
  pipeline::PolicyChange change;
  change.base = body["base"].text_or_empty();
  change.why = body["why"].text_or_empty();
  std::vector<FieldError> errors;
  read_files(body, change, errors);
  read_parameters(body, today, change, errors);
  if (!errors.empty())
    return fail(Error{ErrorCode::invalid_input, "The draft is not complete.", false, errors});
  return change;
}

Response proposed_response(const Result<pipeline::ProposedPolicy>& proposed) {
  if (!proposed) return problem_response(proposed.error());
  return json_response(201, Value::object({{"version", proposed->version},
                                           {"state", "draft"},
                                           {"remarks", findings_value(proposed->remarks)}}))
      .with("Location", "/api/v1/policy/versions/" + proposed->version);
}

Response post_version(const Services& services, const Request& request, const PathParameters&) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  const auto change = change_from(*body, pipeline::today(services));
  if (!change) return problem_response(change.error());
  return proposed_response(pipeline::propose_policy(services, editor_of(identity_of(request)), *change));
}

/// The file and the reason for it, as fields of a form: a reason may say something about a person, so it
/// stands in no address.
Result<pipeline::PolicyChange> uploaded_change(const Request& request, const PathParameters& path) {
  MultipartLimits limits;
  limits.file_bytes = policy_bytes;  // how large a file of the policy may be is for its check to say
  auto form = parse_multipart(request.headers.get("Content-Type"), request.body, limits);
  if (!form) return fail(form.error());
  if (form->files.size() != 1) {
    return fail(Error{ErrorCode::invalid_input,
                      "The draft is not complete.",
                      false,
                      {{"file", "missing", "Send one file, and `why` beside it."}}});
  }
  pipeline::PolicyChange change;
  change.base = path["version"];
  change.files[path["file"]] = std::move(form->files.front().content);
  change.why = form->fields.get("why");
  return change;
}

/// A changed file, as an editor saved it.
Response post_file(const Services& services, const Request& request, const PathParameters& path) {
  const auto change = uploaded_change(request, path);
  if (!change) return problem_response(change.error());
  return proposed_response(pipeline::propose_policy(services, editor_of(identity_of(request)), *change));
}

Response post_throw_away(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"why"}); !known) return problem_response(known.error());
  const auto done = pipeline::throw_away_policy(services, editor_of(identity_of(request)), path["version"],
                                                (*body)["why"].text_or_empty());
  if (!done) return problem_response(done.error());
  return get_policy(services, request, path);
}

Response post_withdrawal(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"why"}); !known) return problem_response(known.error());
  const auto done = pipeline::withdraw_policy(services, editor_of(identity_of(request)), path["version"],
                                              (*body)["why"].text_or_empty());
  if (!done) return problem_response(done.error());
  return get_policy(services, request, path);
}

Response post_back(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"active", "why"}); !known) return problem_response(known.error());
  const auto done =
      pipeline::go_back_policy(services, editor_of(identity_of(request)), (*body)["active"].text_or_empty(),
                               (*body)["why"].text_or_empty());
  if (!done) return problem_response(done.error());
  return get_policy(services, request, path);
}

}  // namespace

void add_policy_routes(Router& router, const Services& services) {
  const std::string versions = "/api/v1/policy/versions";
  const std::string one = versions + "/{version}";
  add_route(router, services, Method::get, "/api/v1/policy", watchers, get_policy, policy_bytes);
  add_route(router, services, Method::post, versions, role::administrator, post_version, policy_bytes);
  add_route(router, services, Method::get, one, watchers, get_version, policy_bytes);
  add_route(router, services, Method::get, one + "/files", watchers, get_files, policy_bytes);
  add_route(router, services, Method::get, one + "/files/{file}", watchers, get_file, policy_bytes);
  add_route(router, services, Method::post, one + "/files/{file}", role::administrator, post_file,
            policy_bytes);
  add_route(router, services, Method::post, one + "/throw-away", role::administrator, post_throw_away,
            policy_bytes);
  add_route(router, services, Method::post, one + "/withdrawal", role::administrator, post_withdrawal,
            policy_bytes);
  add_route(router, services, Method::post, "/api/v1/policy/back", role::administrator, post_back,
            policy_bytes);
}

}  // namespace softbot::http
