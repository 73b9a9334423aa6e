#pragma once

#include <string>

#include "http/api/access.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "pipeline/intake.h"
#include "pipeline/policy_life.h"
#include "pipeline/staff_actions.h"
#include "pipeline/views.h"

/// What the route files share.
namespace softbot::http {

/// The body as JSON; `malformed` when it is not JSON, `unsupported` when it says to be something else.
[[nodiscard]] tl::expected<Value, Response> json_body(const Request& request);

/// The same for long lists: so many scalars, lists and objects together.
[[nodiscard]] tl::expected<Value, Response> json_body(const Request& request, std::size_t most_values);

/// Refuses members that the route does not know, naming each.
[[nodiscard]] Result<void> only_members(const Value& body, std::initializer_list<std::string_view> known);

/// A share or another measure, as a JSON number with four decimals.
[[nodiscard]] Value decimal(double number);

/// The sender of a submission or an answer, as the identity establishes it.
[[nodiscard]] pipeline::Sender sender_of(const Identity& identity);

/// The colleague who acts.
[[nodiscard]] pipeline::Staff staff_of(const Identity& identity);

/// The same person as somebody who changes the policy.
[[nodiscard]] pipeline::PolicyEditor editor_of(const Identity& identity);

/// A reference as typed in an address, in its canonical form.
[[nodiscard]] ApplicationReference reference_of(const PathParameters& path);

/// The version named by If-Match, checked for presence only; `precondition` without, `invalid_input` when it
/// is no version of ours.
[[nodiscard]] Result<std::int64_t> version_of(const Request& request);

/// The query's `limit`: 1 to 500, 100 when it is absent.
[[nodiscard]] Result<std::size_t> limit_of(const Request& request);

/// True when this identity works for that municipality.
[[nodiscard]] bool works_for(const Identity& identity, std::string_view municipality);

/// True when this identity has one of these roles.
[[nodiscard]] bool has_role(const Identity& identity, std::uint64_t roles);

/// What the header Processing-Purpose says, for the audit.
[[nodiscard]] std::string_view purpose_of(const Request& request);

/// The application with its documents when this identity may see it (`not_found` else), and how it may look.
struct Visible {
  Application application;
  std::vector<DocumentRecord> documents;
  pipeline::Viewer viewer = pipeline::Viewer::code;
};
[[nodiscard]] Result<Visible> visible_to(const Services& services, const Identity& identity,
                                         const ApplicationReference& reference);

/// The application as this identity sees it. With its ETag, except for whoever only has the code: versions
/// would show them moves that they may not see.
[[nodiscard]] Response application_response(const Services& services, const Visible& visible,
                                            int status = 200);

/// The staff's view of what an action left behind, or its problem.
[[nodiscard]] Response staff_response(const Services& services, const Result<Application>& result);

/// What an action left behind, for whoever did it: the applicant's own view; the whole file, with the look
/// recorded, for colleagues with one of `file_readers`; else only its reference, type, status and version.
[[nodiscard]] Response action_response(const Services& services, const Request& request,
                                       const Result<Application>& result, std::uint64_t file_readers);

/// Reads a date member; a FieldError when it is not an ISO date.
[[nodiscard]] Result<Date> date_member(const Value& body, const std::string& name);

/// A function that answers one route.
using Answering = Response (*)(const Services&, const Request&, const PathParameters&);
/// Adds a route for these roles (access.h). `services` outlive the router.
void add_route(Router& router, const Services& services, Method method, std::string pattern,
               std::uint64_t roles, Answering answering, std::size_t body_limit = default_body_limit);

}  // namespace softbot::http
