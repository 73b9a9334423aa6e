#include <algorithm>

#include "domain/date.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/staff_actions.h"

namespace softbot::http {
namespace {

constexpr std::uint64_t posters = role::mail_room | role::administrator;

Value letter_value(const OutboxRecord& row) {
  return Value::object({{"key", row.key},
                        {"reference", row.reference.text},
                        {"letter", row.content["letter"]},
                        {"title", row.content["title"]},
                        {"state", row.state},
                        {"document", row.document},
                        {"plannedDate", row.planned_date ? Value(format_iso(*row.planned_date)) : Value()},
                        {"postedDate", row.confirmed_date ? Value(format_iso(*row.confirmed_date)) : Value()},
                        {"lastError", row.last_error}});
}

Response get_letters(const Services& services, const Request& request, const PathParameters&) {
  const std::string state(request.query.get("state"));
  std::vector<std::string> states{"delivered", "stuck", "waiting"};
  if (!state.empty()) states = {state};
  Value letters = Value::list();
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (const OutboxRecord& row : transaction.outbox_in(states, 500)) {
      if (row.channel == "post") letters.push(letter_value(row));
    }
    return {};
  });
  if (!read) return problem_response(read.error());
  return json_response(200, Value::object({{"letters", letters}})).with("Cache-Control", "no-store");
}

Response post_posted(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"posted"}); !known) return problem_response(known.error());
  const auto posted = date_member(*body, "posted");
  if (!posted) return problem_response(posted.error());
  const auto done = pipeline::confirm_posted(services, staff_of(identity_of(request)), path["key"], *posted);
  if (!done) return problem_response(done.error());
  return empty_response();
}

}  // namespace

void add_mail_room_routes(Router& router, const Services& services) {
  router.add({.pattern = "/api/v1/letters",
              .access = {posters},
              .handler = [&services](const Request& request, const PathParameters& path) {
                return get_letters(services, request, path);
              }});
  router.add({.method = Method::post,
              .pattern = "/api/v1/letters/{key}/posted",
              .access = {posters},
              .handler = [&services](const Request& request, const PathParameters& path) {
                return post_posted(services, request, path);
              }});
}

}  // namespace softbot::http
