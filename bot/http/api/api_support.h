#pragma once

#include <string>

#include "http/api/access.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "pipeline/intake.h"
#include "pipeline/staff_actions.h"
#include "pipeline/views.h"

/// What the route files share.
namespace softbot::http {

/// The body as JSON; `malformed` when it is not JSON, `unsupported` when it says to be something else.
[[nodiscard]] tl::expected<Value, Response> json_body(const Request& request);

/// Refuses members that the route does not know, naming each.
[[nodiscard]] Result<void> only_members(const Value& body, std::initializer_list<std::string_view> known);

/// The sender of a submission or an answer, as the identity establishes it.
[[nodiscard]] pipeline::Sender sender_of(const Identity& identity);

/// The colleague who acts.
[[nodiscard]] pipeline::Staff staff_of(const Identity& identity);

/// A reference as typed in an address, in its canonical form.
[[nodiscard]] ApplicationReference reference_of(const PathParameters& path);

/// The version named by If-Match, checked for presence only; `precondition` without, `invalid_input` when it
/// is no version of ours.
[[nodiscard]] Result<std::int64_t> version_of(const Request& request);

/// The application with its documents when this identity may see it (`not_found` else), and how it may look.
struct Visible {
  Application application;
  std::vector<DocumentRecord> documents;
  pipeline::Viewer viewer = pipeline::Viewer::code;
};
[[nodiscard]] Result<Visible> visible_to(const Services& services, const Identity& identity,
                                         const ApplicationReference& reference);

/// The application as this identity sees it, with its ETag.
[[nodiscard]] Response application_response(const Services& services, const Visible& visible,
                                            int status = 200);

/// The staff's view of what an action left behind, or its problem.
[[nodiscard]] Response staff_response(const Services& services, const Result<Application>& result);

/// Reads a date member; a FieldError when it is not an ISO date.
[[nodiscard]] Result<Date> date_member(const Value& body, const std::string& name);

}  // namespace softbot::http
