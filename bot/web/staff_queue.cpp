#include <algorithm>

#include "domain/zone.h"
#include "forms/catalogue.h"
#include "http/multipart.h"
#include "pipeline/edit.h"
#include "pipeline/incoming_post.h"
#include "pipeline/views.h"
#include "queue/reasons.h"
#include "web/list_filters.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::size_t page_size = 50;

QueueFilter filter_of(const Visit& visit) {
  const http::Parameters& query = visit.request().query;
  QueueFilter filter;
  filter.municipality = std::string(query.get("gemeente"));
  filter.type = std::string(query.get("soort"));
  filter.team = std::string(query.get("team"));
  filter.reason = std::string(query.get("reden"));
  filter.status = std::string(query.get("status"));
  filter.claimed_by = query.get("bij") == "mij" ? visit.identity().account : std::string();
  filter.municipalities = visit.identity().municipalities;
  filter.limit = page_size;
  filter.after = std::string(query.get("na"));
  return filter;
}

Value filters_view(const Visit& visit, const QueueFilter& filter) {
  std::vector<FilterValue> teams;
  for (const auto& [id, municipality] : *visit.configuration().municipalities) {
    if (!works_for(visit.identity().municipalities, id)) continue;
    for (const TeamRoute& route : municipality.teams) {
      const bool known = std::any_of(teams.begin(), teams.end(),
                                     [&](const FilterValue& each) { return each.value == route.team; });
      if (!known) teams.push_back({route.team, route.name});
    }
  }
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
  list.push(filter_view("team", "Team", filter.team, teams));
  list.push(filter_view("reden", "Reden", filter.reason, reasons));
  list.push(filter_view("status", "Status", filter.status, statuses));
  list.push(
      filter_view("bij", "In behandeling bij", filter.claimed_by.empty() ? "" : "mij", {{"mij", "Mij"}}));
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
       {"title", type_title(visit, application.type, application.municipality)},
       {"name", item["name"]},
       {"deadline", application.legal_deadline ? format_dutch(*application.legal_deadline) : std::string()},
       {"late", late},
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

http::Response show_queue(Visit& visit, const http::PathParameters&) {
  const QueueFilter filter = filter_of(visit);
  const auto page = queue_page(visit.services(), filter);
  if (!page) return visit.sorry(page.error(), Audience::staff);
  Value items = Value::list();
  for (const Application& application : page->items) items.push(item_view(visit, application));
  Frame frame;
  frame.title = "Werkvoorraad";
  frame.audience = Audience::staff;
  frame.menu = "queue";
  return visit.show(200, "staff/queue", frame,
                    Value::object({{"filters", filters_view(visit, filter)},
                                   {"done", false},
                                   {"total", std::to_string(page->total)},
                                   {"one", page->total == 1},
                                   {"hasItems", !items.items().empty()},
                                   {"items", std::move(items)},
                                   {"nextAddress", next_page(visit, "/staff", page->next)}}));
}

http::Response find_case(Visit& visit, const http::PathParameters&) {
  const std::string reference = normalise_reference(visit.request().query.get("kenmerk"));
  if (reference.empty() || reference.size() > 40) return http::see_other("/staff");
  return http::see_other("/staff/zaak/" + http::percent_encoded(reference));
}

}  // namespace

void add_queue_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  const std::uint64_t roles = http::role::consultant | http::role::administrator;
  add_page(router, site, http::Method::get, "/staff", roles, show_queue);
  add_page(router, site, http::Method::get, "/staff/zoek", http::role::consultant, find_case);
}

}  // namespace softbot::web
