#include <algorithm>

#include "domain/date.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/assignment.h"
#include "pipeline/incoming_post.h"
#include "pipeline/repair_call.h"
#include "pipeline/staff_actions.h"

namespace softbot::http {
namespace {

constexpr std::uint64_t queue_readers = role::consultant | role::administrator | role::auditor;

Result<QueuePart> part_of(const Request& request) {
  const std::string_view part = request.query.get("part");
  if (part.empty() || part == "all") return QueuePart::all;
  if (part == "pressing") return QueuePart::pressing;
  if (part == "within-week") return QueuePart::within_week;
  return fail(ErrorCode::invalid_input, "part is all, pressing or within-week.");
}

Value counts_view(const QueueCounts& counts) {
  return Value::object({{"all", static_cast<std::uint64_t>(counts.all)},
                        {"own", static_cast<std::uint64_t>(counts.own)},
                        {"pressing", static_cast<std::uint64_t>(counts.pressing)},
                        {"withinWeek", static_cast<std::uint64_t>(counts.within_week)}});
}

Response get_queue(const Services& services, const Request& request, const PathParameters&) {
  const auto limit = limit_of(request);
  if (!limit) return problem_response(limit.error());
  const auto part = part_of(request);
  if (!part) return problem_response(part.error());
  QueueFilter filter;
  filter.municipality = request.query.get("municipality");
  filter.type = request.query.get("type");
  filter.team = request.query.get("team");
  filter.reason = request.query.get("reason");
  filter.status = request.query.get("status");
  filter.claimed_by = request.query.get("claimedBy");
  filter.after = request.query.get("after");
  filter.limit = *limit;
  filter.part = *part;
  filter.counted_for = identity_of(request).account;
  filter.municipalities = identity_of(request).municipalities;
  QueuePage page;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    page = transaction.queue(filter);
    return {};
  });
  if (!read) return problem_response(read.error());
  Value items = Value::list();
  for (const Application& application : page.items) items.push(pipeline::list_item_of(services, application));
  return json_response(200, Value::object({{"items", items},
                                           {"total", static_cast<std::uint64_t>(page.total)},
                                           {"counts", counts_view(page.counts)},
                                           {"next", page.next.empty() ? Value() : Value(page.next)}}))
      .with("Cache-Control", "no-store");
}

Response get_case(const Services& services, const Request& request, const PathParameters& path) {
  const Identity& identity = identity_of(request);
  const auto visible = visible_to(services, identity, reference_of(path));
  if (!visible) return problem_response(visible.error());
  const auto noted =
      pipeline::record_look(services, identity.account, visible->application.reference, purpose_of(request));
  if (!noted) return problem_response(noted.error());
  return application_response(services, *visible);
}

/// The staff member, the case and the version that they looked at.
struct Acting {
  pipeline::Staff staff;
  ApplicationReference reference;
  std::int64_t version = 0;
};

Result<Acting> acting_in(const Request& request, const PathParameters& path) {
  const auto version = version_of(request);
  if (!version) return fail(version.error());
  return Acting{staff_of(identity_of(request)), reference_of(path), *version};
}

Response post_claim(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  return staff_response(services,
                        pipeline::claim(services, acting->staff, acting->reference, acting->version));
}

Response post_release(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  return staff_response(services,
                        pipeline::release(services, acting->staff, acting->reference, acting->version));
}

Response post_assign(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"colleague"}); !known) return problem_response(known.error());
  return staff_response(
      services, pipeline::assign(services, acting->staff, AccountName((*body)["colleague"].text_or_empty()),
                                 acting->reference, acting->version));
}

Response post_fields(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"fields", "confirmed", "why", "judgeAgain"}); !known)
    return problem_response(known.error());
  pipeline::Correction correction;
  correction.fields = (*body)["fields"];
  for (const Value& name : (*body)["confirmed"].items()) correction.confirmed.push_back(name.text_or_empty());
  correction.why = (*body)["why"].text_or_empty();
  correction.judge_again = (*body)["judgeAgain"].as_bool().value_or(true);
  return staff_response(
      services, pipeline::correct(services, acting->staff, acting->reference, acting->version, correction));
}

Response post_ask(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"items", "text", "until"}); !known)
    return problem_response(known.error());
  pipeline::Question question;
  for (const Value& item : (*body)["items"].items()) {
    const std::string& text = item.is_text() ? item.text_or_empty() : item["text"].text_or_empty();
    if (text.empty()) {
      return problem_response(Error{ErrorCode::invalid_input,
                                    "An item has no text.",
                                    false,
                                    {{"items", "missing", "Give each item a text."}}});
    }
    question.items.push_back({item["field"].text_or_empty(), "asked-by-consultant", text});
  }
  if (const std::string& text = (*body)["text"].text_or_empty(); !text.empty()) {
    question.items.push_back({"", "asked-by-consultant", text});
  }
  if (!(*body)["until"].is_null()) {
    auto until = date_member(*body, "until");
    if (!until) return problem_response(until.error());
    question.until = *until;
  }
  return staff_response(services,
                        pipeline::ask(services, acting->staff, acting->reference, acting->version, question));
}

/// Whether and how the applicant was heard; nothing when the body does not say.
Result<std::optional<pipeline::Hearing>> hearing_in(const Value& body) {
  const Value& told = body["hearing"];
  if (told.is_null()) return std::optional<pipeline::Hearing>();
  if (auto known = only_members(told, {"factsDiffer", "heardOn", "said", "exception"}); !known)
    return fail(known.error());
  const auto differ = told["factsDiffer"].as_bool();
  if (!differ) {
    return fail(Error{ErrorCode::invalid_input,
                      "The hearing does not say whether facts differ.",
                      false,
                      {{"hearing.factsDiffer", "missing", "Say true or false."}}});
  }
  pipeline::Hearing hearing;
  hearing.facts_differ = *differ;
  hearing.said = told["said"].text_or_empty();
  hearing.exception = told["exception"].text_or_empty();
  if (!told["heardOn"].is_null()) {
    const auto day = date_member(told, "heardOn");
    if (!day) return fail(day.error());
    hearing.heard_on = *day;
  }
  return std::optional(std::move(hearing));
}

pipeline::ReverseTest reverse_test_in(const Value& body) {
  const Value& test = body["reverseTest"];
  return {test["effect"].text_or_empty(), test["values"].text_or_empty(), test["effects"].text_or_empty(),
          test["test"].text_or_empty()};
}

Response post_decision(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known =
          only_members(*body, {"outcome", "reasons", "writtenReasons", "grant", "hearing", "reverseTest"});
      !known) {
    return problem_response(known.error());
  }
  const auto outcome = outcome_from((*body)["outcome"].text_or_empty());
  if (!outcome) {
    return problem_response(
        Error{ErrorCode::invalid_input,
              "The outcome is not known.",
              false,
              {{"outcome", "unknown-value", "It is granted, granted-in-part, refused or untreated."}}});
  }
  pipeline::PersonDecision decision;
  decision.outcome = *outcome;
  decision.written_reasons = (*body)["writtenReasons"].is_text() ? (*body)["writtenReasons"].text_or_empty()
                                                                 : (*body)["reasons"].text_or_empty();
  decision.grant = (*body)["grant"];
  auto hearing = hearing_in(*body);
  if (!hearing) return problem_response(hearing.error());
  decision.hearing = std::move(*hearing);
  decision.hearing_kept_elsewhere = !decision.hearing;
  decision.test = reverse_test_in(*body);
  return staff_response(
      services, pipeline::decide(services, acting->staff, acting->reference, acting->version, decision));
}

Result<pipeline::TaskEnd> task_end_in(const Value& body) {
  if (auto known = only_members(body, {"note", "field", "outcome", "text"}); !known)
    return fail(known.error());
  pipeline::TaskEnd end;
  end.note = body["note"].text_or_empty();
  end.field = body["field"].text_or_empty();
  end.text = body["text"].text_or_empty();
  const std::string& outcome = body["outcome"].text_or_empty();
  end.conversation = outcome == "conversation";
  const bool known_outcome = outcome.empty() || outcome == "nothing-special" || end.conversation;
  if (known_outcome && (end.text.empty() || !end.field.empty())) return end;
  return fail(Error{ErrorCode::invalid_input,
                    "The task cannot be finished so.",
                    false,
                    {{known_outcome ? "field" : "outcome", known_outcome ? "missing" : "unknown-value",
                      known_outcome ? "Name the field that the text belongs in."
                                    : "It is nothing-special or conversation."}}});
}

Response post_task_finished(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  const auto end = task_end_in(*body);
  if (!end) return problem_response(end.error());
  return staff_response(services, pipeline::finish_task(services, acting->staff, acting->reference,
                                                        acting->version, path["task"], *end));
}

Response post_repair_call(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"outcome", "until", "note"}); !known)
    return problem_response(known.error());
  const auto outcome = pipeline::call_outcome_from((*body)["outcome"].text_or_empty());
  if (!outcome) {
    return problem_response(
        Error{ErrorCode::invalid_input,
              "The outcome is not known.",
              false,
              {{"outcome", "unknown-value", "It is longer, received, not-reached or cannot."}}});
  }
  pipeline::RepairCall call;
  call.outcome = *outcome;
  call.note = (*body)["note"].text_or_empty();
  if (!(*body)["until"].is_null()) {
    const auto until = date_member(*body, "until");
    if (!until) return problem_response(until.error());
    call.until = *until;
  }
  return staff_response(services, pipeline::record_repair_call(services, acting->staff, acting->reference,
                                                               acting->version, call));
}

/// The last day of a delay that the applicant consents to: without it, consent would not move a clock.
Result<std::optional<Date>> until_of(const Value& body) {
  const bool needed = body["kind"].text_or_empty() == "suspension-consent";
  if (body["until"].is_null() && !needed) return std::optional<Date>();
  const auto until = date_member(body, "until");
  if (!until) return fail(until.error());
  return std::optional(*until);
}

Response post_event(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"kind", "received", "note", "until", "sheet"}); !known)
    return problem_response(known.error());
  const auto received = date_member(*body, "received");
  if (!received) return problem_response(received.error());
  const auto until = until_of(*body);
  if (!until) return problem_response(until.error());
  if (*until && **until < *received) {
    return problem_response(Error{ErrorCode::invalid_input,
                                  "The last day lies before the day of receipt.",
                                  false,
                                  {{"until", "before-received", "Give the last day of the delay."}}});
  }
  pipeline::IncomingEvent event{};
  event.kind = (*body)["kind"].text_or_empty();
  event.received = *received;
  event.note = (*body)["note"].text_or_empty();
  event.until = *until;
  event.sheet = (*body)["sheet"].as_integer();
  return action_response(
      services, request,
      pipeline::record_event(services, staff_of(identity_of(request)), reference_of(path), event),
      role::consultant | role::auditor);
}

/// An object member, or an empty object.
Value object_member(const Value& body, std::string_view name) {
  return body[name].is_object() ? body[name] : Value::object();
}

Response post_link(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"reference", "kind", "note"}); !known)
    return problem_response(known.error());
  pipeline::PostLink link;
  link.reference = ApplicationReference(normalise_reference((*body)["reference"].text_or_empty()));
  link.kind = (*body)["kind"].is_null() ? "documents" : (*body)["kind"].text_or_empty();
  link.note = (*body)["note"].text_or_empty();
  return action_response(
      services, request,
      pipeline::link_post(services, acting->staff, acting->reference, acting->version, link),
      role::consultant);
}

Response post_start(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"type", "municipality", "common", "fields", "signed"}); !known)
    return problem_response(known.error());
  pipeline::PostStart start;
  start.type = (*body)["type"].text_or_empty();
  start.municipality = (*body)["municipality"].text_or_empty();
  start.common = object_member(*body, "common");
  start.fields = object_member(*body, "fields");
  start.is_signed = (*body)["signed"].as_bool().value_or(false);
  if (!start.municipality.empty() && !works_for(identity_of(request), start.municipality)) {
    return problem_response(Error{ErrorCode::invalid_input,
                                  "You do not work for this municipality.",
                                  false,
                                  {{"municipality", "not-yours", "Leave it out, or name one of yours."}}});
  }
  return action_response(
      services, request,
      pipeline::start_from_post(services, acting->staff, acting->reference, acting->version, start),
      role::consultant | role::clerk);
}

Response post_close(const Services& services, const Request& request, const PathParameters& path) {
  const auto acting = acting_in(request, path);
  if (!acting) return problem_response(acting.error());
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"note"}); !known) return problem_response(known.error());
  return action_response(services, request,
                         pipeline::close_post(services, acting->staff, acting->reference, acting->version,
                                              (*body)["note"].text_or_empty()),
                         role::consultant | role::clerk);
}

}  // namespace

void add_queue_routes(Router& router, const Services& services) {
  const std::string one = "/api/v1/queue/{reference}";
  add_route(router, services, Method::get, "/api/v1/queue", queue_readers, get_queue);
  add_route(router, services, Method::get, one, queue_readers, get_case);
  add_route(router, services, Method::post, one + "/claim", role::consultant, post_claim);
  add_route(router, services, Method::post, one + "/release", role::consultant, post_release);
  add_route(router, services, Method::post, one + "/assign", role::consultant, post_assign);
  add_route(router, services, Method::post, one + "/fields", role::consultant, post_fields);
  add_route(router, services, Method::post, one + "/ask", role::consultant, post_ask);
  add_route(router, services, Method::post, one + "/decision", role::consultant, post_decision);
  add_route(router, services, Method::post, one + "/repair-call", role::consultant, post_repair_call);
  add_route(router, services, Method::post, one + "/tasks/{task}/finish", role::consultant,
            post_task_finished);
  add_route(router, services, Method::post, one + "/post/link", role::consultant | role::clerk, post_link);
  add_route(router, services, Method::post, one + "/post/start", role::consultant | role::clerk, post_start);
  add_route(router, services, Method::post, one + "/post/close", role::consultant | role::clerk, post_close);
  add_route(router, services, Method::post, one + "/events", role::consultant | role::clerk | role::mail_room,
            post_event);
}

}  // namespace softbot::http
