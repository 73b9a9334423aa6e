#include "web/staff_incoming.h"

#include <algorithm>
#include <array>

#include "domain/urgency.h"
#include "domain/zone.h"
#include "http/multipart.h"
#include "pipeline/incoming_post.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "queue/claims.h"
#include "queue/reasons.h"
#include "web/incoming_refusal.h"
#include "web/letter_view.h"
#include "web/list_filters.h"
#include "web/page_pictures.h"
#include "web/words.h"
#include "web/worklist.h"

namespace softbot::web {
namespace {

constexpr std::size_t page_size = 25;

ApplicationReference reference_of(const http::PathParameters& parameters) {
  return ApplicationReference(normalise_reference(parameters["reference"]));
}

Frame frame_of(const std::string& title) {
  Frame frame;
  frame.title = title;
  frame.audience = Audience::staff;
  frame.menu = "incoming";
  return frame;
}

Value reasons_view(const Application& item) {
  Value list = Value::list();
  for (const Reason& reason : item.reasons) list.push(Value::object({{"text", reason.text}}));
  return list;
}

std::string municipality_name(const Visit& visit, const std::string& id) {
  const auto found = visit.configuration().municipalities->find(id);
  return found == visit.configuration().municipalities->end() ? id : found->second.name;
}

/// The reasons that an item of post can have, for the filter.
std::vector<FilterValue> reason_filter() {
  std::vector<FilterValue> reasons;
  for (const queue::ReasonText& reason : queue::reason_texts()) {
    static constexpr std::array<std::string_view, 13> codes{
        "resembles-form",     "template-other-municipality",
        "page-twice",         "pages-disagree",
        "looks-like-earlier", "unknown-form",
        "other-municipality", "letter-without-form",
        "sheet-without-case", "scan-unreadable",
        "scan-encrypted",     "scan-unsupported",
        "scan-blank"};
    if (reason.code.starts_with("post-") || std::find(codes.begin(), codes.end(), reason.code) != codes.end())
      reasons.push_back({std::string(reason.code), std::string(reason.text)});
  }
  return reasons;
}

std::string done_words(const Visit& visit) {
  const std::string_view done = visit.request().query.get("gedaan");
  if (done == "gekoppeld") return "De post ligt nu bij de zaak.";
  if (done == "gestart") return "De aanvraag is gestart. De papieren liggen erbij.";
  if (done == "gesloten") return "De post is afgehandeld.";
  if (done == "gepakt") return "U behandelt deze post. Na 30 minuten zonder actie komt de post weer vrij.";
  if (done == "losgelaten") return "De post is weer vrij.";
  return {};
}

http::Response show_list(Visit& visit, const http::PathParameters&) {
  const http::Parameters& query = visit.request().query;
  QueueFilter filter;
  filter.type = pipeline::incoming_post_type;
  filter.municipality = std::string(query.get("gemeente"));
  filter.reason = std::string(query.get("reden"));
  filter.municipalities = visit.identity().municipalities;
  filter.limit = page_size;
  filter.after = std::string(query.get("na"));
  const auto page = queue_page(visit.services(), filter);
  if (!page) return visit.sorry(page.error(), Audience::staff);
  Value items = Value::list();
  for (const Application& item : page->items) {
    items.push(Value::object(
        {{"reference", item.reference.text},
         {"received", format_dutch(local_date(item.received))},
         {"reasons", reasons_view(item)},
         {"urgent", cannot_wait(item)},
         {"municipalityName", municipality_name(visit, item.municipality)},
         {"claimedBy",
          queue::is_claimed(item, visit.services().clock.now()) ? item.claim->account : std::string()}}));
  }
  Value filters = Value::list();
  filters.push(filter_view("gemeente", "Gemeente", filter.municipality, municipality_filter(visit)));
  filters.push(filter_view("reden", "Waarom het hier ligt", filter.reason, reason_filter()));
  return visit.show(200, "staff/incoming", frame_of("Binnengekomen post"),
                    Value::object({{"done", done_words(visit)},
                                   {"filters", std::move(filters)},
                                   {"kept", kept_filters(visit, {"gemeente", "reden", "na"})},
                                   {"total", std::to_string(page->total)},
                                   {"one", page->total == 1},
                                   {"hasItems", !items.items().empty()},
                                   {"items", std::move(items)},
                                   {"nextAddress", next_page(visit, "/staff/binnengekomen", page->next)}}));
}

/// The kinds that post can be; what is said or agreed at a table is no post.
Value kinds_view(const Application& item, const std::string& typed) {
  std::string chosen = typed.empty() ? likely_event(item) : typed;
  if (chosen.empty()) {
    chosen = "documents";
    for (const Reason& reason : item.reasons) {
      const auto kinds = pipeline::incoming_event_kinds();
      if (reason.code.starts_with("post-") &&
          std::find(kinds.begin(), kinds.end(), reason.code.substr(5)) != kinds.end())
        chosen = reason.code.substr(5);
    }
  }
  Value list = Value::list();
  for (const std::string& kind : pipeline::incoming_event_kinds()) {
    if (kind == "heard" || kind == "conversation" || kind == "suspension-consent") continue;
    list.push(Value::object({{"value", kind}, {"text", incoming_words(kind)}, {"chosen", kind == chosen}}));
  }
  return list;
}

Value types_for(const Visit& visit, const Application& item) {
  Value list = Value::list();
  for (const std::string& type : visit.configuration().forms->types(item.municipality))
    list.push(Value::object({{"type", type},
                             {"typeTitle", type_title(visit, type, item.municipality)},
                             {"likely", type == likely_type(item)}}));
  return list;
}

/// What was typed when an action was refused, and what is wrong with it or what came between.
struct ItemInput {
  const PostedForm* posted = nullptr;
  std::vector<SummaryLine> lines = {};
  std::optional<PostRefusal> refusal = std::nullopt;
  [[nodiscard]] std::string typed(const char* name) const {
    return posted == nullptr ? std::string() : posted->get(name);
  }
};

/// What was typed, for when there is no form any more to show it in.
Value typed_view(const ItemInput& input) {
  Value list = Value::list();
  for (const auto& [name, label] :
       {std::pair{"reference", "Kenmerk van de zaak"}, std::pair{"note", "Opmerking"},
        std::pair{"close-note", "Wat hebt u ermee gedaan?"}}) {
    if (std::string text = input.typed(name); !text.empty())
      list.push(Value::object({{"key", label}, {"text", text}}));
  }
  return list;
}

http::Response show_item(const Visit& visit, const CaseFile& file, const ItemInput& input) {
  const Application& item = file.application;
  const std::string address = incoming_address(item.reference) + "/document/";
  const auto end = end_of_item(visit, item);
  if (!end) return visit.sorry(end.error(), Audience::staff);
  // What went to a case lies there, under the key of whose case it is.
  const std::vector<DocumentRecord> none;
  const auto& documents = *end && !(*end)->to.text.empty() ? none : file.documents;
  Value pages = pictures_view(pictures_among(documents, address));
  Value files = files_among(documents, address);
  const bool may_act = is_open_post(item) && !is_held_by_other(visit, item);
  Value typed = may_act ? Value::list() : typed_view(input);
  Value context = Value::object(
      {{"reference", item.reference.text},
       {"version", std::to_string(item.version)},
       {"kept", kept_filters(visit, {"gemeente", "reden", "na"})},
       {"done", done_words(visit)},
       {"notice", input.refusal ? input.refusal->text : std::string()},
       {"mayAct", may_act},
       {"hasTyped", !typed.items().empty()},
       {"typed", std::move(typed)},
       {"received", format_dutch(local_date(item.received))},
       {"municipalityName", municipality_name(visit, item.municipality)},
       {"hasReasons", !item.reasons.empty()},
       {"reasons", reasons_view(item)},
       {"hasPages", !pages.items().empty()},
       {"pages", std::move(pages)},
       {"hasFiles", !files.items().empty()},
       {"files", std::move(files)},
       {"kinds", kinds_view(item, input.typed("kind"))},
       {"mayStart", (visit.identity().roles & incoming_start_roles) != 0},
       {"types", types_for(visit, item)},
       {"typedReference", input.posted == nullptr ? proposed_case(item) : input.typed("reference")},
       {"typedNote", input.typed("note")},
       {"typedCloseNote", input.typed("close-note")},
       {"mayOpenCase", (visit.identity().roles & http::role::consultant) != 0}});
  const Value letters = letters_view(visit, item);
  for (const Value::Member& member : letters.members()) context.set(member.name, member.value);
  context.set("open", is_open_post(item));
  if (*end) add_end(context, item, **end);
  add_claim(context, visit, item);
  add_walk(context, visit, item.reference);
  add_summary(context, "nl", input.lines);
  Frame frame = frame_of("Binnengekomen post " + item.reference.text);
  frame.with_errors = !input.lines.empty();
  const int status = input.refusal ? input.refusal->status : frame.with_errors ? 422 : 200;
  return visit.show(status, "staff/incoming_item", frame, std::move(context));
}

http::Response look(Visit& visit, const http::PathParameters& parameters) {
  const auto file = incoming_item(visit, reference_of(parameters));
  if (!file) return visit.sorry(file.error(), Audience::staff);
  if (const auto recorded = pipeline::record_look(visit.services(), visit.identity().account,
                                                  file->application.reference, "post behandelen");
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  http::Response response = show_item(visit, *file, {});
  keep_place(visit, response, file->application.reference, incoming_address(file->application.reference));
  return response;
}

http::Response document(Visit& visit, const http::PathParameters& parameters) {
  const auto file = incoming_item(visit, reference_of(parameters));
  if (!file) return visit.sorry(file.error(), Audience::staff);
  if (const auto recorded = pipeline::record_look(visit.services(), visit.identity().account,
                                                  file->application.reference, "post bekijken");
      !recorded) {
    return visit.sorry(recorded.error(), Audience::staff);
  }
  return document_response(visit, file->application.reference, parameters["document"],
                           pipeline::Viewer::staff);
}

/// An item that waits for somebody; `conflict` when it was dealt with.
Result<CaseFile> open_item(const Visit& visit, const ApplicationReference& reference) {
  auto file = incoming_item(visit, reference);
  if (file && !is_open_post(file->application))
    return fail(ErrorCode::conflict, "Deze post is al afgehandeld.");
  return file;
}

/// One posted action on an item.
using Act = Result<Application> (*)(const Visit&, const PostedForm&, const ApplicationReference&,
                                    std::int64_t version);

/// Where a colleague is after an action: at the list when the item is dealt with, else at the item.
enum class After { list, item };

PageHandler action_page(Act act, const char* done, After after) {
  return [act, done, after](Visit& visit, const http::PathParameters& parameters) -> http::Response {
    const ApplicationReference reference = reference_of(parameters);
    auto posted = posted_form(visit.request());
    if (!posted) return visit.sorry(posted.error(), Audience::staff);
    const auto acted =
        act(visit, *posted, reference, std::strtoll(posted->get("version").c_str(), nullptr, 10));
    if (acted) {
      const std::string kept = kept_filters(visit, {"gemeente", "reden"});
      return http::see_other((after == After::list ? "/staff/binnengekomen" : incoming_address(reference)) +
                             kept + (kept.empty() ? "?" : "&") + "gedaan=" + done);
    }
    const auto file = incoming_item(visit, reference);
    if (!file) return visit.sorry(file.error(), Audience::staff);
    ItemInput input{&*posted};
    input.refusal = post_refusal(visit, acted.error(), file->application);
    if (!input.refusal && acted.error().code != ErrorCode::invalid_input)
      return visit.sorry(acted.error(), Audience::staff);
    for (const FieldError& each : acted.error().fields) {
      const bool closing = std::string_view(done) == "gesloten";
      input.lines.emplace_back(closing && each.field == "note" ? "close-note" : each.field, each.message);
    }
    if (input.lines.empty() && !input.refusal) input.lines.emplace_back("reference", acted.error().message);
    return show_item(visit, *file, input);
  };
}

Result<Application> link(const Visit& visit, const PostedForm& posted, const ApplicationReference& item,
                         std::int64_t version) {
  pipeline::PostLink wanted;
  wanted.reference = ApplicationReference(normalise_reference(posted.get("reference")));
  wanted.kind = posted.get("kind");
  wanted.note = posted.get("note");
  if (wanted.reference.text.empty()) {
    return fail(Error{ErrorCode::invalid_input,
                      "",
                      false,
                      {{"reference", "missing", "Vul het kenmerk in van de zaak waar de post bij hoort."}}});
  }
  return pipeline::link_post(visit.services(), staff_of(visit.identity()), item, version, wanted);
}

Result<Application> close(const Visit& visit, const PostedForm& posted, const ApplicationReference& item,
                          std::int64_t version) {
  return pipeline::close_post(visit.services(), staff_of(visit.identity()), item, version,
                              posted.get("close-note"));
}

Result<Application> claim(const Visit& visit, const PostedForm&, const ApplicationReference& item,
                          std::int64_t version) {
  return claim_post(visit, item, version);
}

Result<Application> release(const Visit& visit, const PostedForm&, const ApplicationReference& item,
                            std::int64_t version) {
  if (auto open = open_item(visit, item); !open) return fail(open.error());
  return pipeline::release(visit.services(), staff_of(visit.identity()), item, version);
}

}  // namespace

Result<CaseFile> incoming_item(const Visit& visit, const ApplicationReference& reference) {
  auto file = case_file(visit.services(), reference);
  if (file && (file->application.type != pipeline::incoming_post_type ||
               !works_for(visit.identity().municipalities, file->application.municipality))) {
    return fail(ErrorCode::not_found, "Er is geen post met dit kenmerk.");
  }
  return file;
}

std::string incoming_address(const ApplicationReference& reference) {
  return "/staff/binnengekomen/" + reference.text;
}

Result<Application> claim_post(const Visit& visit, const ApplicationReference& item, std::int64_t version) {
  if (auto open = open_item(visit, item); !open) return fail(open.error());
  return pipeline::claim(visit.services(), staff_of(visit.identity()), item, version);
}

void add_incoming_post_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  const std::string one = "/staff/binnengekomen/{reference}";
  add_page(router, site, Method::get, "/staff/binnengekomen", incoming_post_roles, show_list);
  add_page(router, site, Method::get, one, incoming_post_roles, look);
  add_page(router, site, Method::get, one + "/document/{document}", incoming_post_roles, document);
  add_page(router, site, Method::post, one + "/koppelen", incoming_post_roles,
           action_page(link, "gekoppeld", After::list));
  add_page(router, site, Method::post, one + "/sluiten", incoming_post_roles,
           action_page(close, "gesloten", After::list));
  add_page(router, site, Method::post, one + "/pakken", incoming_post_roles,
           action_page(claim, "gepakt", After::item));
  add_page(router, site, Method::post, one + "/loslaten", incoming_post_roles,
           action_page(release, "losgelaten", After::item));
  add_incoming_start_pages(router, site);
}

}  // namespace softbot::web
