#include "http/api/api_support.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "domain/date.h"
#include "domain/json.h"
#include "http/negotiation.h"
#include "http/problem.h"

namespace softbot::http {

tl::expected<Value, Response> json_body(const Request& request) {
  return json_body(request, JsonLimits{}.values);
}

tl::expected<Value, Response> json_body(const Request& request, std::size_t most_values) {
  const std::string type = request.content_type();
  if (type != "application/json" && !type.ends_with("+json")) {
    return tl::unexpected(problem_response(
        Error{ErrorCode::unsupported, "Send JSON with Content-Type: application/json.", false, {}}));
  }
  JsonLimits limits;
  limits.bytes = request.body.size() + 1;  // the route's own limit has been applied to the body
  limits.values = most_values;
  auto parsed = parse_json(request.body, limits);
  if (!parsed) {
    return tl::unexpected(parsed.error().code == ErrorCode::too_large ? problem_response(parsed.error())
                                                                      : malformed_response(parsed.error()));
  }
  if (!parsed->is_object()) {
    return tl::unexpected(
        malformed_response(Error{ErrorCode::invalid_input, "The body must be a JSON object.", false, {}}));
  }
  return std::move(*parsed);
}

Value decimal(double number) {
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.4f", number);
  return Number{std::string(text.data(), static_cast<std::size_t>(length))};
}

Result<void> only_members(const Value& body, std::initializer_list<std::string_view> known) {
  std::vector<FieldError> errors;
  for (const Value::Member& member : body.members()) {
    if (std::find(known.begin(), known.end(), member.name) == known.end()) {
      errors.push_back({member.name, "unknown-field", "This member is not known here."});
    }
  }
  if (errors.empty()) return {};
  return fail(
      Error{ErrorCode::invalid_input, "The body has members that are not known here.", false, errors});
}

pipeline::Sender sender_of(const Identity& identity) {
  pipeline::Sender sender;
  switch (identity.kind) {
    case Identity::Kind::resident:
      sender.scope = "resident:" + identity.account;
      sender.assurance = IdentityAssurance::digid;
      sender.bsn = identity.bsn;
      break;
    case Identity::Kind::staff:
      sender.scope = "account:" + identity.account;
      sender.assurance =
          (identity.roles & role::clerk) != 0 ? IdentityAssurance::counter : IdentityAssurance::none;
      sender.account = identity.account;
      break;
    case Identity::Kind::machine:
      sender.scope = "machine:" + identity.account;
      sender.account = identity.account;
      break;
    case Identity::Kind::code:
    case Identity::Kind::nobody:
      break;
  }
  return sender;
}

pipeline::Staff staff_of(const Identity& identity) {
  return {identity.account, identity.display_name, identity.municipalities};
}

pipeline::PolicyEditor editor_of(const Identity& identity) {
  return {identity.account, identity.person, identity.municipalities};
}

ApplicationReference reference_of(const PathParameters& path) {
  return ApplicationReference(normalise_reference(path["reference"]));
}

Result<std::int64_t> version_of(const Request& request) {
  const auto header = request.headers.find("If-Match");
  if (!header) {
    return fail(ErrorCode::precondition, "Send If-Match with the ETag of the version that you looked at.");
  }
  const auto tags = parse_entity_tags(*header, WeakTags::leave_out);
  std::int64_t version = 0;
  if (tags && tags->tags.size() == 1) {
    const std::string& tag = tags->tags.front();
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (error == std::errc() && end == tag.data() + tag.size()) return version;
  }
  return std::int64_t{-1};  // a tag that no version of ours has: stale
}

Result<std::size_t> limit_of(const Request& request) {
  const std::string_view text = request.query.get("limit");
  std::size_t limit = 100;
  if (text.empty()) return limit;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc() && end == text.data() + text.size() && limit >= 1 && limit <= 500) return limit;
  return fail(Error{ErrorCode::invalid_input,
                    "The limit is a number from 1 to 500.",
                    false,
                    {{"limit", "out-of-range", "Give a number from 1 to 500."}}});
}

bool works_for(const Identity& identity, std::string_view municipality) {
  const auto& allowed = identity.municipalities;
  return allowed.empty() || std::find(allowed.begin(), allowed.end(), municipality) != allowed.end();
}

bool has_role(const Identity& identity, std::uint64_t roles) {
  return (identity.roles & roles) != 0;
}

std::string_view purpose_of(const Request& request) {
  const std::string_view purpose = request.headers.get("Processing-Purpose");
  return purpose.empty() ? "behandelen" : purpose.substr(0, 100);
}

Result<Visible> visible_to(const Services& services, const Identity& identity,
                           const ApplicationReference& reference) {
  Visible visible;
  bool found = false;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    auto application = transaction.application(reference);
    if (!application) return {};
    visible.application = std::move(*application);
    visible.documents = transaction.documents_of(reference);
    found = true;
    return {};
  });
  if (!read) return fail(read.error());
  const auto hidden = [] { return fail(ErrorCode::not_found, "Er is geen aanvraag met dit kenmerk."); };
  if (!found) return hidden();
  switch (identity.kind) {
    case Identity::Kind::resident:
      if (identity.bsn != visible.application.common["bsn"].text_or_empty()) return hidden();
      visible.viewer = pipeline::Viewer::resident;
      break;
    case Identity::Kind::code:
      if (identity.account != reference.text) return hidden();
      visible.viewer = pipeline::Viewer::code;
      break;
    case Identity::Kind::staff:
    case Identity::Kind::machine:
      if (!works_for(identity, visible.application.municipality)) return hidden();
      visible.viewer = pipeline::Viewer::staff;
      break;
    case Identity::Kind::nobody:
      return hidden();
  }
  return visible;
}

Response application_response(const Services& services, const Visible& visible, int status) {
  Response response = json_response(status, pipeline::view_of(services, visible.application,
                                                              visible.documents, visible.viewer))
                          .with("Cache-Control", "no-store");
  if (visible.viewer == pipeline::Viewer::code) return response;
  return std::move(response).with("ETag", etag_of(std::to_string(visible.application.version)));
}

Response staff_response(const Services& services, const Result<Application>& result) {
  if (!result) return problem_response(result.error());
  Visible visible{*result, {}, pipeline::Viewer::staff};
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    visible.documents = transaction.documents_of(result->reference);
    return {};
  });
  if (!read) return problem_response(read.error());
  return application_response(services, visible);
}

Response action_response(const Services& services, const Request& request, const Result<Application>& result,
                         std::uint64_t file_readers) {
  if (!result) return problem_response(result.error());
  const Identity& identity = identity_of(request);
  const auto visible = visible_to(services, identity, result->reference);
  if (!visible) return problem_response(visible.error());
  if (visible->viewer != pipeline::Viewer::staff) return application_response(services, *visible);
  // The action is done: when the look cannot be recorded, only the file stays closed.
  const bool opened =
      has_role(identity, file_readers) &&
      pipeline::record_look(services, identity.account, result->reference, purpose_of(request));
  if (opened) return application_response(services, *visible);
  const Application& application = visible->application;
  return json_response(200, Value::object({{"reference", application.reference.text},
                                           {"type", application.type},
                                           {"status", name_of(application.status)},
                                           {"version", application.version}}))
      .with("ETag", etag_of(std::to_string(application.version)))
      .with("Cache-Control", "no-store");
}

Result<Date> date_member(const Value& body, const std::string& name) {
  auto date = parse_iso_date(body[name].text_or_empty());
  if (!date) {
    return fail(Error{ErrorCode::invalid_input,
                      "A date is missing or is not one.",
                      false,
                      {{name, "not-a-date", "Give a date as 2026-12-01."}}});
  }
  return date;
}

void add_route(Router& router, const Services& services, Method method, std::string pattern,
               std::uint64_t roles, Answering answering, std::size_t body_limit) {
  router.add({.method = method,
              .pattern = std::move(pattern),
              .access = {roles},
              .body_limit = body_limit,
              .handler = [&services, answering](const Request& request, const PathParameters& path) {
                return answering(services, request, path);
              }});
}

}  // namespace softbot::http
