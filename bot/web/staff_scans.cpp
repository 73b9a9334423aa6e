#include <algorithm>
#include <map>

#include "domain/zone.h"
#include "http/multipart.h"
#include "pipeline/incoming_post.h"
#include "pipeline/scan_intake.h"
#include "pipeline/views.h"
#include "web/list_filters.h"
#include "web/scan_words.h"
#include "web/shared_views.h"
#include "web/staff_incoming.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::size_t page_size = 25;
constexpr std::size_t most_files = 20;
constexpr std::uint64_t scan_readers = http::role::mail_room | http::role::consultant | http::role::auditor;

Frame frame_of(const std::string& title) {
  Frame frame;
  frame.title = title;
  frame.audience = Audience::staff;
  frame.menu = "scans";
  return frame;
}

std::string counted(std::int64_t count, const char* one, const char* more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

/// "3 bladzijden: 2 formulier, 1 leeg".
std::string pages_words(const Value& pages) {
  std::vector<std::pair<std::string, std::int64_t>> sorts;
  for (const Value& page : pages.items()) {
    const std::string words = page_sort_words(page["sort"].text_or_empty());
    const auto found =
        std::find_if(sorts.begin(), sorts.end(), [&](const auto& each) { return each.first == words; });
    if (found == sorts.end()) {
      sorts.emplace_back(words, 1);
    } else {
      ++found->second;
    }
  }
  if (sorts.empty()) return {};
  std::string text = counted(static_cast<std::int64_t>(pages.items().size()), "bladzijde", "bladzijden");
  for (std::size_t index = 0; index < sorts.size(); ++index)
    text += (index == 0 ? ": " : ", ") + std::to_string(sorts[index].second) + " " + sorts[index].first;
  return text;
}

/// Where this colleague can read on about a case; "" when they may not.
std::string case_link(const Visit& visit, const std::string& reference, const std::string& type) {
  if (type == pipeline::incoming_post_type)
    return (visit.identity().roles & incoming_post_roles) != 0 ? "/staff/binnengekomen/" + reference
                                                               : std::string();
  return (visit.identity().roles & http::role::consultant) != 0 ? "/staff/zaak/" + reference : std::string();
}

Value results_view(const Visit& visit, const Value& scan) {
  Value list = Value::list();
  for (const Value& application : scan["applications"].items()) {
    const std::string& type = application["type"].text_or_empty();
    const std::string& reference = application["reference"].text_or_empty();
    list.push(Value::object({{"what", type_title(visit, type, scan["municipality"].text_or_empty())},
                             {"reference", reference},
                             {"state", status_words(application["status"].text_or_empty())},
                             {"link", case_link(visit, reference, type)}}));
  }
  for (const Value& sheet : scan["sheets"].items()) {
    const std::string& reference = sheet["reference"].text_or_empty();
    const bool known = sheet["outcome"].text_or_empty() != "without-case";
    list.push(Value::object(
        {{"what", sheet["kind"].text_or_empty() == "sign-sheet" ? "Ondertekenblad" : "Antwoordblad"},
         {"reference", reference},
         {"state", sheet_outcome_words(sheet["outcome"].text_or_empty())},
         {"link", known ? case_link(visit, reference, "") : std::string()}}));
  }
  return list;
}

/// Pages of a printed form that lie here until the others come.
bool waits_for_others(const Value& scan) {
  return scan["state"].text_or_empty() == "read" &&
         std::any_of(scan["pages"].items().begin(), scan["pages"].items().end(), [](const Value& page) {
           return page["sort"].text_or_empty() == "form" && page["where"].text_or_empty().empty();
         });
}

Value scan_view(const Visit& visit, const Value& scan) {
  const std::string& state = scan["state"].text_or_empty();
  const std::string& name = scan["fileName"].text_or_empty();
  Value results = results_view(visit, scan);
  const std::string received = scan["received"].text_or_empty();
  const std::string on = scan["receivedOn"].text_or_empty();
  const auto moment = parse_instant(received);
  return Value::object(
      {{"scanId", scan["id"].text_or_empty()},
       {"name", name.empty() ? "Scan van " + moment_words(received) : name},
       {"received", moment_words(received)},
       {"receivedOn", moment && format_iso(local_date(*moment)) == on ? std::string() : date_words(on, "nl")},
       {"by", scan["by"].text_or_empty() == "folder" ? "" : scan["by"].text_or_empty()},
       {"source", scan_source_words(scan["source"].text_or_empty())},
       {"size", size_words(scan["bytes"].as_integer().value_or(0))},
       {"stateWords", scan_state_words(state)},
       {"badge", scan_state_badge(state)},
       {"pagesWords", pages_words(scan["pages"])},
       {"problem", scan["reason"]["text"].text_or_empty()},
       {"remedy", scan_remedy_words(scan["reason"]["code"].text_or_empty())},
       {"looksLikeEarlier", scan["looksLikeEarlier"]},
       {"waitsForOthers", waits_for_others(scan)},
       {"hasResults", !results.items().empty()},
       {"results", std::move(results)}});
}

ScanFilter filter_of(const Visit& visit) {
  ScanFilter filter;
  filter.state = std::string(visit.request().query.get("toestand"));
  filter.municipality = std::string(visit.request().query.get("gemeente"));
  filter.municipalities = visit.identity().municipalities;
  filter.after = std::string(visit.request().query.get("na"));
  filter.limit = page_size + 1;  // one more tells whether there is a next page
  return filter;
}

Value filters_view(const Visit& visit, const ScanFilter& filter) {
  std::vector<FilterValue> states;
  for (const char* state : {"waiting", "reading", "read", "refused", "failed"})
    states.push_back({state, scan_state_words(state)});
  Value list = Value::list();
  list.push(filter_view("toestand", "Toestand", filter.state, states));
  list.push(filter_view("gemeente", "Gemeente", filter.municipality, municipality_filter(visit)));
  return list;
}

/// What an upload came to.
struct Uploaded {
  std::int64_t taken = 0;
  std::int64_t known = 0;  ///< the same bytes lay here before
  std::vector<SummaryLine> refused;
};

std::string done_words(const Uploaded& uploaded) {
  std::string text;
  if (uploaded.taken > 0)
    text = counted(uploaded.taken, "bestand is", "bestanden zijn") +
           " opgenomen. Lezen gaat vanzelf; laad de bladzijde opnieuw om te zien wat ervan kwam.";
  if (uploaded.known > 0)
    text += std::string(text.empty() ? "" : " ") +
            counted(uploaded.known, "bestand hadden", "bestanden hadden") +
            " we al. Er is niets dubbel opgenomen.";
  return text;
}

/// Counts out of the address: what was just uploaded.
Uploaded uploaded_before(const Visit& visit) {
  const auto number = [&](const char* name) {
    const std::string text(visit.request().query.get(name));
    return text.size() > 3 ? 0 : std::strtoll(text.c_str(), nullptr, 10);
  };
  return {number("opgenomen"), number("bekend"), {}};
}

struct TypedUpload {
  std::string municipality;
  std::string received;
};

http::Response show_scans(const Visit& visit, const Uploaded& uploaded, const TypedUpload& typed) {
  const ScanFilter filter = filter_of(visit);
  std::vector<ScanRecord> found;
  const auto read = visit.services().store.read([&](Transaction& transaction) -> Result<void> {
    found = transaction.scans(filter);
    return {};
  });
  if (!read) return visit.sorry(read.error(), Audience::staff);
  const bool more = found.size() > page_size;
  if (more) found.pop_back();
  Value scans = Value::list();
  for (const ScanRecord& scan : found) {
    const auto view = pipeline::view_of_scan(visit.services(), scan);
    if (!view) return visit.sorry(view.error(), Audience::staff);
    scans.push(scan_view(visit, *view));
  }
  const std::string today = format_iso(pipeline::today(visit.services()));
  Value municipalities = municipalities_view(visit, visit.identity().municipalities);
  Frame frame = frame_of("Scans");
  frame.with_errors = !uploaded.refused.empty();
  Value context =
      Value::object({{"done", done_words(uploaded)},
                     {"filters", filters_view(visit, filter)},
                     {"kept", kept_filters(visit, {"toestand", "gemeente"})},
                     {"several", municipalities.items().size() > 1},
                     {"municipalities", std::move(municipalities)},
                     {"received", typed.received.empty() ? today : typed.received},
                     {"today", today},
                     {"most", std::to_string(visit.site().options.scan_bytes >> 20U) + " MB"},
                     {"mostFiles", std::to_string(most_files)},
                     {"hasScans", !scans.items().empty()},
                     {"scans", std::move(scans)},
                     {"nextAddress", next_page(visit, "/staff/scans", more ? found.back().id : "")}});
  add_summary(context, "nl", uploaded.refused);
  return visit.show(frame.with_errors ? 422 : 200, "staff/scans", frame, std::move(context));
}

std::string why_not(const http::UploadedFile& file) {
  if (file.content.empty()) return file.name + ": dit bestand is leeg. Scan het papier opnieuw.";
  if (pipeline::scan_media_type(file.content).empty())
    return file.name + ": dit is geen PDF, TIFF, JPEG of PNG. Sla het zo op en upload het opnieuw.";
  return {};
}

/// Words for people about what the pipeline did not take.
std::string why_refused(const Error& error) {
  for (const FieldError& each : error.fields) {
    if (each.field == "received")
      return "Kies een dag van ontvangst: niet later dan vandaag, hooguit een jaar geleden.";
    if (each.field == "municipality") return "Kies een gemeente waarvoor u werkt.";
  }
  return words_of(error, "nl").text;
}

/// Each file for itself: a wrong one keeps no other back.
void take(const Visit& visit, http::UploadedFile& file, const pipeline::IncomingScan& like,
          Uploaded& uploaded) {
  if (std::string wrong = why_not(file); !wrong.empty()) {
    uploaded.refused.emplace_back("files", std::move(wrong));
    return;
  }
  pipeline::IncomingScan incoming = like;
  incoming.file_name = file.name;
  incoming.bytes = std::move(file.content);
  const auto taken = pipeline::take_scan(visit.services(), incoming);
  if (!taken) {
    uploaded.refused.emplace_back("files", file.name + ": " + why_refused(taken.error()));
  } else {
    ++(taken->repeated ? uploaded.known : uploaded.taken);
  }
}

http::Response upload(Visit& visit, const http::PathParameters&) {
  http::MultipartLimits limits;
  limits.files = most_files;
  limits.file_bytes = visit.site().options.scan_bytes;
  auto form =
      http::parse_multipart(visit.request().headers.get("Content-Type"), visit.request().body, limits);
  Uploaded uploaded;
  if (!form && form.error().code == ErrorCode::too_large) {
    uploaded.refused.emplace_back("files",
                                  "Stuur hoogstens " + std::to_string(most_files) +
                                      " bestanden tegelijk, en geen te grote. Er is niets verstuurd.");
    return show_scans(visit, uploaded, {});
  }
  if (!form) return visit.sorry(form.error(), Audience::staff);
  visit.choose_municipality(form->fields.get("voor"));
  const TypedUpload typed{std::string(form->fields.get("voor")), std::string(form->fields.get("received"))};
  pipeline::IncomingScan like;
  const auto& own = visit.identity().municipalities;
  like.municipality = !typed.municipality.empty() ? typed.municipality
                      : own.size() == 1           ? own.front()
                                                  : visit.municipality().id;
  like.source = "upload";
  like.by = visit.identity().account;
  if (!works_for(own, like.municipality)) {
    uploaded.refused.emplace_back("voor", "Kies een gemeente waarvoor u werkt.");
    return show_scans(visit, uploaded, typed);
  }
  if (!typed.received.empty()) {
    const auto day = parse_iso_date(typed.received);
    if (!day) {
      uploaded.refused.emplace_back("received", "Kies de dag waarop het papier is ontvangen.");
      return show_scans(visit, uploaded, typed);
    }
    like.received_on = *day;
  }
  if (form->files.empty()) {
    uploaded.refused.emplace_back("files", "Kies minstens één bestand.");
    return show_scans(visit, uploaded, typed);
  }
  for (http::UploadedFile& file : form->files) take(visit, file, like, uploaded);
  if (!uploaded.refused.empty()) return show_scans(visit, uploaded, typed);
  return http::see_other("/staff/scans?opgenomen=" + std::to_string(uploaded.taken) +
                         "&bekend=" + std::to_string(uploaded.known));
}

Value pages_view(const Visit& visit, const Value& scan) {
  std::map<std::string, std::string> types;
  for (const Value& application : scan["applications"].items())
    types[application["reference"].text_or_empty()] = application["type"].text_or_empty();
  Value list = Value::list();
  for (const Value& page : scan["pages"].items()) {
    const std::string& where = page["where"].text_or_empty();
    const std::string& reference = page["case"].text_or_empty();
    const std::string& problem = page["problem"].text_or_empty();
    std::string what = page_sort_words(page["sort"].text_or_empty());
    if (const auto number = page["page"].as_integer(); number && page["sort"].text_or_empty() == "form")
      what += ", pagina " + std::to_string(*number) + " van " +
              std::to_string(page["pages"].as_integer().value_or(0));
    list.push(Value::object(
        {{"number", std::to_string(page["index"].as_integer().value_or(0) + 1)},
         {"what", capitalised(what)},
         {"problem", problem.empty() ? std::string() : page_problem_words(problem)},
         {"went", where == "case"   ? "bij de zaak"
                  : where == "post" ? "bij de binnengekomen post"
                  : where == "none" ? "nergens: er staat niets op"
                                    : "wacht"},
         {"reference", reference},
         {"link", where == "case" || where == "post" ? case_link(visit, reference, types[reference])
                                                     : std::string()}}));
  }
  return list;
}

http::Response show_scan(Visit& visit, const http::PathParameters& parameters) {
  const auto scan = pipeline::load_scan(visit.services(), parameters["scan"]);
  if (!scan) return visit.sorry(scan.error(), Audience::staff);
  if (!works_for(visit.identity().municipalities, scan->municipality))
    return visit.sorry(Error{ErrorCode::not_found, "", false, {}}, Audience::staff);
  if (const auto noted = pipeline::record_look(visit.services(), visit.identity().account,
                                               ApplicationReference(scan->id), "scan bekijken");
      !noted) {
    return visit.sorry(noted.error(), Audience::staff);
  }
  const auto view = pipeline::view_of_scan(visit.services(), *scan);
  if (!view) return visit.sorry(view.error(), Audience::staff);
  Value pages = pages_view(visit, *view);
  return visit.show(200, "staff/scan", frame_of("Scan"),
                    Value::object({{"scan", scan_view(visit, *view)},
                                   {"kept", kept_filters(visit, {"toestand", "gemeente", "na"})},
                                   {"mayList", (visit.identity().roles & http::role::mail_room) != 0},
                                   {"readerVersion", scan->reader_version},
                                   {"hasPages", !pages.items().empty()},
                                   {"pages", std::move(pages)}}));
}

}  // namespace

void add_scan_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  add_page(router, site, Method::get, "/staff/scans", http::role::mail_room,
           [](Visit& visit, const http::PathParameters&) {
             return show_scans(visit, uploaded_before(visit), {});
           });
  add_page(router, site, Method::post, "/staff/scans", http::role::mail_room, upload,
           site->options.scan_bytes);
  add_page(router, site, Method::get, "/staff/scans/{scan}", scan_readers, show_scan);
}

}  // namespace softbot::web
