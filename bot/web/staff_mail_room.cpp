#include <algorithm>

#include "forms/catalogue.h"
#include "pipeline/by_post.h"
#include "pipeline/edit.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "web/form_post.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

std::string letter_name(const OutboxRecord& row) {
  if (const std::string& title = row.content["title"].text_or_empty(); !title.empty()) return title;
  const std::string words = document_words(row.content["letter"].text_or_empty(), "nl");
  return words.empty() ? "Brief" : words;
}

Value item_view(const PostItem& item, Date today, std::size_t index) {
  const OutboxRecord& row = item.row;
  std::string state;
  if (row.state == "waiting") state = "Wordt nog klaargemaakt.";
  if (row.state == "stuck")
    state =
        "Vastgelopen: er is geen adres, of de brief kon niet worden gemaakt. Een consulent heeft bericht.";
  const bool late = row.planned_date && *row.planned_date < row.confirmed_date.value_or(today);
  return Value::object(
      {{"key", row.key},
       {"index", std::to_string(index)},
       {"reference", row.reference.text},
       {"letter", letter_name(row)},
       {"planned", row.planned_date ? format_dutch(*row.planned_date) : std::string("zo snel mogelijk")},
       {"posted", row.confirmed_date ? format_dutch(*row.confirmed_date) : std::string()},
       {"late", late},
       {"state", state},
       {"instead", pipeline::event_in_words(pipeline::why_posted_instead(row))},
       {"ready", row.state == "delivered"},
       {"documentAddress",
        row.document.empty() ? std::string() : "/staff/post/" + row.reference.text + "/" + row.document}});
}

Value event_kinds_view() {
  Value list = Value::list();
  for (const std::string& kind : pipeline::incoming_event_kinds()) {
    list.push(Value::object({{"value", kind}, {"text", incoming_words(kind)}}));
  }
  return list;
}

http::Response show_mail_room(const Visit& visit, const std::vector<SummaryLine>& lines,
                              const std::string& typed_reference = {}) {
  const auto overview = post_overview(visit.services(), staff_of(visit.identity()));
  if (!overview) return visit.sorry(overview.error(), Audience::staff);
  const Date today = pipeline::today(visit.services());
  Value waiting = Value::list();
  Value confirmed = Value::list();
  std::size_t late = 0;
  for (const PostItem& item : overview->waiting) {
    waiting.push(item_view(item, today, waiting.items().size()));
    late += waiting.items().back()["late"].as_bool().value_or(false) ? 1U : 0U;
  }
  for (const PostItem& item : overview->confirmed)
    confirmed.push(item_view(item, today, confirmed.items().size()));
  const std::string_view done = visit.request().query.get("gedaan");
  Frame frame;
  frame.title = "Post";
  frame.audience = Audience::staff;
  frame.menu = "post";
  frame.with_errors = !lines.empty();
  Value context = Value::object({{"done", done == "gepost"   ? "De datum van posten is vastgelegd."
                                          : done == "binnen" ? "Het stuk is vastgelegd."
                                                             : ""},
                                 {"hasLate", late > 0},
                                 {"lateCount", std::to_string(late)},
                                 {"waitingCount", std::to_string(waiting.items().size())},
                                 {"hasWaiting", !waiting.items().empty()},
                                 {"waiting", std::move(waiting)},
                                 {"hasConfirmed", !confirmed.items().empty()},
                                 {"confirmed", std::move(confirmed)},
                                 {"eventKinds", event_kinds_view()},
                                 {"typedReference", typed_reference},
                                 {"today", format_iso(today)}});
  add_summary(context, "nl", lines);
  return visit.show(frame.with_errors ? 422 : 200, "staff/mail_room", frame, std::move(context));
}

/// The words for people that an error of the pipeline has about this page's own inputs.
std::string text_of(const Error& error) {
  return error.fields.empty() ? error.message : error.fields.front().message;
}

http::Response confirm(Visit& visit, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto day = parse_iso_date(posted->get("posted"));
  if (!day) return show_mail_room(visit, {{"posted-0", "Kies de dag waarop de brief is gepost."}});
  const auto letter = letter_in_post(visit.services(), staff_of(visit.identity()), posted->get("key"));
  const auto confirmed =
      letter ? pipeline::confirm_posted(visit.services(), staff_of(visit.identity()), letter->key, *day)
             : Result<void>(fail(letter.error()));
  if (!confirmed) {
    const ErrorCode code = confirmed.error().code;
    if (code == ErrorCode::invalid_input || code == ErrorCode::conflict || code == ErrorCode::not_found) {
      return show_mail_room(visit, {{"posted-0", text_of(confirmed.error())}});
    }
    return visit.sorry(confirmed.error(), Audience::staff);
  }
  return http::see_other("/staff/post?gedaan=gepost");
}

http::Response take_in(Visit& visit, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const std::string typed = posted->get("reference");
  const auto received = parse_iso_date(posted->get("received"));
  if (!received) return show_mail_room(visit, {{"received", "Kies de datum van ontvangst."}}, typed);
  const pipeline::IncomingEvent event{
      .kind = posted->get("kind"), .received = *received, .note = posted->get("note")};
  const auto recorded = pipeline::record_event(visit.services(), staff_of(visit.identity()),
                                               ApplicationReference(normalise_reference(typed)), event);
  if (!recorded) {
    const ErrorCode code = recorded.error().code;
    if (code == ErrorCode::not_found)
      return show_mail_room(
          visit, {{"reference", "Er is geen aanvraag met dit kenmerk. Kijk het na op het stuk."}}, typed);
    if (code == ErrorCode::invalid_input || code == ErrorCode::conflict)
      return show_mail_room(visit, {{"received", text_of(recorded.error())}}, typed);
    return visit.sorry(recorded.error(), Audience::staff);
  }
  return http::see_other("/staff/post?gedaan=binnen");
}

/// A letter to print. Only what lies in the post: the mail room sees no other documents.
http::Response letter(Visit& visit, const http::PathParameters& parameters) {
  const ApplicationReference reference(normalise_reference(parameters["reference"]));
  const auto overview = post_overview(visit.services(), staff_of(visit.identity()));
  if (!overview) return visit.sorry(overview.error(), Audience::staff);
  const std::string& id = parameters["document"];
  const bool in_post = std::any_of(
      overview->waiting.begin(), overview->waiting.end(),
      [&](const PostItem& item) { return item.row.reference == reference && item.row.document == id; });
  if (!in_post) return visit.sorry(Error{ErrorCode::not_found, "", false, {}}, Audience::staff);
  if (const auto recorded =
          pipeline::record_look(visit.services(), visit.identity().account, reference, "brief posten");
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  return document_response(visit, reference, id, pipeline::Viewer::staff);
}

http::Response counter(Visit& visit, const http::PathParameters&) {
  Frame frame;
  frame.title = "Balie";
  frame.audience = Audience::staff;
  frame.menu = "counter";
  Value context =
      Value::object({{"types", types_view(visit)},
                     {"municipalities", municipalities_view(visit, visit.identity().municipalities)}});
  if (visit.request().query.contains("kies")) {
    add_summary(context, "nl", {{"type-0", "Kies minstens één ding dat de inwoner wil aanvragen."}});
    frame.with_errors = true;
  }
  return visit.show(frame.with_errors ? 422 : 200, "staff/counter", frame, std::move(context));
}

}  // namespace

void add_mail_room_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  add_page(router, site, Method::get, "/staff/post", http::role::mail_room,
           [](Visit& visit, const http::PathParameters&) { return show_mail_room(visit, {}); });
  add_page(router, site, Method::post, "/staff/post/gepost", http::role::mail_room, confirm);
  add_page(router, site, Method::post, "/staff/post/binnen", http::role::mail_room, take_in);
  add_page(router, site, Method::get, "/staff/post/{reference}/{document}", http::role::mail_room, letter);
  add_page(router, site, Method::get, "/staff/balie", http::role::clerk, counter);
}

}  // namespace softbot::web
