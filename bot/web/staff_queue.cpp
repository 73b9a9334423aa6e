#include <algorithm>
#include <array>

#include "domain/urgency.h"
#include "domain/zone.h"
#include "forms/catalogue.h"
#include "http/multipart.h"
#include "pipeline/assignment.h"
#include "pipeline/by_post.h"
#include "pipeline/edit.h"
#include "pipeline/incoming_post.h"
#include "pipeline/views.h"
#include "queue/reasons.h"
#include "web/form_post.h"
#include "web/list_filters.h"
#include "web/shared_views.h"
#include "web/words.h"
#include "web/worklist.h"

namespace softbot::web {
namespace {

constexpr std::size_t page_size = 50;

/// The tabs above the list: what they are called in an address and on the page.
struct Tab {
  const char* list;
  const char* label;
  std::size_t QueueCounts::*count;
};
constexpr std::array tabs{Tab{"mij", "Mijn zaken", &QueueCounts::own}, Tab{"", "Alle", &QueueCounts::all},
                          Tab{"spoed", "Spoed of te laat", &QueueCounts::pressing},
                          Tab{"week", "Termijn binnen 7 dagen", &QueueCounts::within_week}};

/// Each tab with its count, which leads to its cases with the other filters as they are.
Value tabs_view(const http::Parameters& choice, const QueueCounts& counts) {
  Value list = Value::list();
  for (const Tab& tab : tabs) {
    http::Parameters there;
    there.add("lijst", tab.list);
    for (const auto& [name, value] : choice.pairs()) {
      if (name != "lijst") there.add(name, value);
    }
    list.push(Value::object({{"label", tab.label},
                             {"count", std::to_string(counts.*tab.count)},
                             {"address", "/staff?" + query_of(there)},
                             {"here", choice.get("lijst") == tab.list}}));
  }
  return list;
}

std::vector<FilterValue> team_filter(const Visit& visit) {
  std::vector<FilterValue> teams;
  for (const auto& [id, municipality] : *visit.configuration().municipalities) {
    if (!works_for(visit.identity().municipalities, id)) continue;
    for (const TeamRoute& route : municipality.teams) {
      const bool known = std::any_of(teams.begin(), teams.end(),
                                     [&](const FilterValue& each) { return each.value == route.team; });
      if (!known) teams.push_back({route.team, route.name});
    }
  }
  return teams;
}

Value filters_view(const Visit& visit, const QueueFilter& filter) {
  std::vector<FilterValue> types;
  for (const std::string& type : visit.configuration().forms->types())
    types.push_back({type, type_title(visit, type, "")});
  const std::string post(pipeline::incoming_post_type);
  types.push_back({post, type_title(visit, post, "")});
  std::vector<FilterValue> reasons;
  for (const queue::ReasonText& reason : queue::reason_texts())
    reasons.push_back({std::string(reason.code), std::string(reason.text)});
  std::vector<FilterValue> statuses;
  for (const char* status : {"referred", "held-for-sample", "failed", "incomplete", "decided"})
    statuses.push_back({status, status_words(status)});
  Value list = Value::list();
  list.push(filter_view("gemeente", "Gemeente", filter.municipality, municipality_filter(visit)));
  list.push(filter_view("soort", "Soort aanvraag", filter.type, types));
  list.push(filter_view("team", "Team", filter.team, team_filter(visit)));
  list.push(filter_view("reden", "Reden", filter.reason, reasons));
  list.push(filter_view("status", "Status", filter.status, statuses));
  return list;
}

/// What is chosen, in the words of the page, so that nobody takes a part for the whole.
Value chosen_view(const Value& filters, const http::Parameters& choice) {
  Value list = Value::list();
  for (const Tab& tab : tabs) {
    if (*tab.list != '\0' && choice.get("lijst") == tab.list)
      list.push(Value::object({{"label", "Lijst"}, {"text", tab.label}}));
  }
  for (const Value& filter : filters.items()) {
    for (const Value& value : filter["values"].items()) {
      if (value["chosen"].as_bool().value_or(false))
        list.push(Value::object({{"label", filter["label"]}, {"text", value["text"]}}));
    }
  }
  return list;
}

std::string badge_of(ApplicationStatus status) {
  switch (status) {
    case ApplicationStatus::failed:
      return "danger";
    case ApplicationStatus::held_for_sample:
    case ApplicationStatus::incomplete:
      return "warning";
    case ApplicationStatus::decided:
      return "safe";
    default:
      return "neutral";
  }
}

std::string team_name(const Visit& visit, const Application& application) {
  const auto found = visit.configuration().municipalities->find(application.municipality);
  if (found != visit.configuration().municipalities->end()) {
    for (const TeamRoute& route : found->second.teams) {
      if (route.team == application.team) return route.name;
    }
  }
  return application.team;
}

/// "vandaag", "morgen" or "over 3 dagen" for what is near; "" for later.
std::string soon_words(Date today, Date end) {
  const auto days = (std::chrono::sys_days(end) - std::chrono::sys_days(today)).count();
  if (days < 0 || days > 7) return {};
  if (days == 0) return "vandaag";
  if (days == 1) return "morgen";
  return "over " + std::to_string(days) + " dagen";
}

Value item_view(const Visit& visit, const Application& application) {
  const Date today = pipeline::today(visit.services());
  const Value item = pipeline::list_item_of(visit.services(), application);
  Value reasons = Value::list();
  for (const Value& reason : item["reasons"].items()) reasons.push(reason);
  for (const Value& task : item["openTasks"].items()) reasons.push(task);
  const auto municipality = visit.configuration().municipalities->find(application.municipality);
  const bool late = application.legal_deadline && *application.legal_deadline < today;
  return Value::object(
      {{"reference", application.reference.text},
       {"version", std::to_string(application.version)},
       {"title", type_title(visit, application.type, application.municipality)},
       {"name", item["name"]},
       {"deadline", application.legal_deadline ? format_dutch(*application.legal_deadline) : std::string()},
       {"late", late},
       {"urgent", cannot_wait(application)},
       {"soon", application.legal_deadline ? soon_words(today, *application.legal_deadline) : std::string()},
       {"reasons", std::move(reasons)},
       {"status", status_words(name_of(application.status))},
       {"badge", badge_of(application.status)},
       {"municipalityName", municipality == visit.configuration().municipalities->end()
                                ? application.municipality
                                : municipality->second.name},
       {"team", team_name(visit, application)},
       {"claimedBy", item["claim"]["account"].text_or_empty()}});
}

Value colleagues_view(const Visit& visit) {
  Value list = Value::list();
  const auto colleagues = pipeline::colleagues_of(visit.services(), staff_of(visit.identity()));
  if (!colleagues) return list;
  for (const AccountRecord& colleague : *colleagues) {
    if (colleague.name.text != visit.identity().account)
      list.push(Value::object({{"account", colleague.name.text}, {"colleague", colleague.display_name}}));
  }
  return list;
}

/// What was done on the page before: how many cases were assigned.
std::string done_words(const Visit& visit) {
  const std::string_view count = visit.request().query.get("gedaan");
  const bool number =
      !count.empty() && count.size() < 4 && count.find_first_not_of("0123456789") == std::string_view::npos;
  if (!number) return {};
  return count == "1" ? "1 zaak is toegewezen." : std::string(count) + " zaken zijn toegewezen.";
}

bool names_a_filter(const http::Parameters& query) {
  const auto& names = worklist_filters();
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return query.contains(name); });
}

/// "/staff" alone means the cases that were chosen last.
http::Response show_queue(Visit& visit, const http::PathParameters&) {
  const http::Parameters& query = visit.request().query;
  const bool chooses = names_a_filter(query);
  if (!chooses && !query.contains("na")) {
    if (const std::string kept = query_of(kept_choice(visit)); !kept.empty())
      return http::see_other("/staff?" + kept);
  }
  const http::Parameters choice = choice_in(query);
  QueueFilter filter = worklist_filter(visit, choice);
  filter.limit = page_size;
  filter.after = std::string(query.get("na"));
  const auto page = queue_page(visit.services(), filter);
  if (!page) return visit.sorry(page.error(), Audience::staff);
  Value items = Value::list();
  for (const Application& application : page->items) items.push(item_view(visit, application));
  Value filters = filters_view(visit, filter);
  Value chosen = chosen_view(filters, choice);
  Value colleagues = colleagues_view(visit);
  Frame frame;
  frame.title = "Werkvoorraad";
  frame.audience = Audience::staff;
  frame.menu = "queue";
  http::Response response =
      visit.show(200, "staff/queue", frame,
                 Value::object({{"done", done_words(visit)},
                                {"mayAssign", (visit.identity().roles & http::role::consultant) != 0},
                                {"hasColleagues", !colleagues.items().empty()},
                                {"colleagues", std::move(colleagues)},
                                {"tabs", tabs_view(choice, page->counts)},
                                {"filters", std::move(filters)},
                                {"list", std::string(choice.get("lijst"))},
                                {"listKeys", true},
                                {"mayFindAddress", visit.services().mailer != nullptr},
                                {"hasChosen", !chosen.items().empty()},
                                {"chosen", std::move(chosen)},
                                {"total", std::to_string(page->total)},
                                {"one", page->total == 1},
                                {"hasItems", !items.items().empty()},
                                {"items", std::move(items)},
                                {"nextAddress", next_page(visit, "/staff", page->next)}}));
  if (chooses) keep_choice(visit, response, choice);
  return response;
}

http::Response find_case(Visit& visit, const http::PathParameters&) {
  const std::string reference = normalise_reference(visit.request().query.get("kenmerk"));
  if (reference.empty() || reference.size() > 40) return http::see_other("/staff");
  return http::see_other("/staff/zaak/" + http::percent_encoded(reference));
}

/// Somebody calls who got a mail that was not for them. Posted: an address stands in no URL.
http::Response find_by_address(Visit& visit, const http::PathParameters&) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto address = parse_email(posted->get("adres"));
  if (!address)
    return visit.message(422, "Dit is geen e-mailadres",
                         "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.", Audience::staff);
  const auto found = pipeline::case_mailed_to(visit.services(), staff_of(visit.identity()), *address);
  if (!found) return visit.sorry(found.error(), Audience::staff);
  if (!*found)
    return visit.message(
        404, "Geen zaak gevonden",
        "Er is geen zaak die e-mail stuurt naar dit adres, of de brieven gaan al met de post.",
        Audience::staff);
  return http::see_other("/staff/zaak/" + http::percent_encoded((*found)->text));
}

}  // namespace

void add_queue_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  const std::uint64_t roles = http::role::consultant | http::role::administrator;
  add_page(router, site, http::Method::get, "/staff", roles, show_queue);
  add_assignment_pages(router, site);
  add_page(router, site, http::Method::get, "/staff/zoek", http::role::consultant, find_case);
  add_page(router, site, http::Method::post, "/staff/zoek", http::role::consultant, find_by_address);
}

}  // namespace softbot::web
