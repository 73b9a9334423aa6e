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
  const auto limit = limit_of(request);
  if (!limit) return problem_response(limit.error());
  OutboxFilter filter;
  filter.channel = "post";
  filter.states = {"delivered", "stuck", "waiting"};
  if (!state.empty()) filter.states = {state};
  filter.municipalities = identity_of(request).municipalities;
  if (state == "confirmed") filter.order = OutboxOrder::newest_first;
  filter.after = request.query.get("after");
  filter.limit = *limit + 1;  // one more tells whether there is a next page
  std::vector<OutboxRecord> rows;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    rows = transaction.outbox_page(filter);
    return {};
  });
  if (!read) return problem_response(read.error());
  const bool more = rows.size() > *limit;
  if (more) rows.pop_back();
  Value letters = Value::list();
  for (const OutboxRecord& row : rows) letters.push(letter_value(row));
  return json_response(
             200, Value::object({{"letters", letters}, {"next", more ? Value(rows.back().key) : Value()}}))
      .with("Cache-Control", "no-store");
}

/// `not_found` for a letter of a municipality that this identity does not work for.
Result<void> check_municipality(const Services& services, const Identity& identity, const std::string& key) {
  bool theirs = identity.municipalities.empty();
  if (theirs) return {};
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    const auto row = transaction.outbox(key);
    const auto application = row ? transaction.application(row->reference) : std::nullopt;
    theirs = application && works_for(identity, application->municipality);
    return {};
  });
  if (!read) return fail(read.error());
  if (!theirs) return fail(ErrorCode::not_found, "Er is geen brief met dit nummer.");
  return {};
}

Response post_posted(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"posted"}); !known) return problem_response(known.error());
  const auto posted = date_member(*body, "posted");
  if (!posted) return problem_response(posted.error());
  const Identity& identity = identity_of(request);
  if (auto theirs = check_municipality(services, identity, path["key"]); !theirs)
    return problem_response(theirs.error());
  const auto done = pipeline::confirm_posted(services, staff_of(identity), path["key"], *posted);
  if (!done) return problem_response(done.error());
  return empty_response();
}

Response post_deliver_again(const Services& services, const Request& request, const PathParameters& path) {
  const Identity& identity = identity_of(request);
  if (auto theirs = check_municipality(services, identity, path["key"]); !theirs)
    return problem_response(theirs.error());
  const auto done = pipeline::deliver_again(services, staff_of(identity), path["key"]);
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
  router.add({.method = Method::post,
              .pattern = "/api/v1/letters/{key}/deliver-again",
              .access = {posters},
              .handler = [&services](const Request& request, const PathParameters& path) {
                return post_deliver_again(services, request, path);
              }});
}

}  // namespace softbot::http
