#include "web/worklist.h"

#include <algorithm>

#include "http/cookie.h"
#include "http/multipart.h"
#include "web/case_actions.h"
#include "web/queries.h"

namespace softbot::web {
namespace {

constexpr std::string_view choice_cookie = "softbot-werkvoorraad";
constexpr std::string_view place_cookie = "softbot-plaats";
constexpr std::size_t longest_value = 80;
constexpr std::size_t longest_place = 120;

/// Whose choice it is, without saying so: two colleagues at one computer each have their own.
std::string mark_of(const Visit& visit) {
  return visit.services().vault.commitment("worklist", visit.identity().account).substr(0, 12);
}

bool is_list(std::string_view value) {
  return value == "mij" || value == "spoed" || value == "week";
}

QueuePart part_named(std::string_view list) {
  if (list == "spoed") return QueuePart::pressing;
  return list == "week" ? QueuePart::within_week : QueuePart::all;
}

void set_cookie(const Visit& visit, http::Response& response, http::Cookie cookie) {
  cookie.same_site = http::SameSite::lax;
  cookie.secure = visit.request().secure;
  response.headers.add("Set-Cookie", http::set_cookie(cookie));
}

std::string place_in_queue(const Visit& visit, const ApplicationReference& reference) {
  std::string place;
  const auto read = visit.services().store.read([&](Transaction& transaction) -> Result<void> {
    place = transaction.queue_place(reference);
    return {};
  });
  return read ? place : std::string();
}

/// Right after an action the case may stand elsewhere; the way goes on from where it was opened.
bool follows_an_action(const http::Request& request) {
  return request.method == http::Method::post || request.query.contains("gedaan");
}

std::string place_to_go_on_from(const Visit& visit, const ApplicationReference& reference) {
  const std::string kept(http::find_cookie(visit.request().headers, place_cookie).value_or(""));
  if (!kept.empty() && follows_an_action(visit.request())) return kept;
  std::string now = place_in_queue(visit, reference);
  return now.empty() ? kept : now;
}

}  // namespace

const std::vector<std::string>& worklist_filters() {
  static const std::vector<std::string> names{"lijst", "gemeente", "soort", "team", "reden", "status"};
  return names;
}

http::Parameters choice_in(const http::Parameters& query) {
  http::Parameters choice;
  for (const std::string& name : worklist_filters()) {
    const std::string_view value = query.get(name);
    if (name == "lijst" && !is_list(value)) continue;
    if (!value.empty() && value.size() <= longest_value) choice.add(name, std::string(value));
  }
  return choice;
}

std::string query_of(const http::Parameters& choice) {
  std::string query;
  for (const auto& [name, value] : choice.pairs())
    query += (query.empty() ? "" : "&") + name + "=" + http::percent_encoded(value);
  return query;
}

QueueFilter worklist_filter(const Visit& visit, const http::Parameters& choice) {
  QueueFilter filter;
  filter.municipality = std::string(choice.get("gemeente"));
  filter.type = std::string(choice.get("soort"));
  filter.team = std::string(choice.get("team"));
  filter.reason = std::string(choice.get("reden"));
  filter.status = std::string(choice.get("status"));
  filter.part = part_named(choice.get("lijst"));
  filter.counted_for = visit.identity().account;
  if (choice.get("lijst") == "mij") filter.claimed_by = visit.identity().account;
  filter.municipalities = visit.identity().municipalities;
  return filter;
}

http::Parameters kept_choice(const Visit& visit) {
  std::string_view kept = http::find_cookie(visit.request().headers, choice_cookie).value_or("");
  const std::string mark = mark_of(visit) + ".";
  if (!kept.starts_with(mark)) return {};
  kept.remove_prefix(mark.size());
  const auto query = http::parse_form(kept);
  return query ? choice_in(*query) : http::Parameters();
}

void keep_choice(const Visit& visit, http::Response& response, const http::Parameters& choice) {
  const std::string query = query_of(choice);
  http::Cookie cookie;
  cookie.name = choice_cookie;
  cookie.value = query.empty() ? "" : mark_of(visit) + "." + query;
  cookie.path = "/staff";
  cookie.max_age = query.empty() ? std::chrono::seconds(0) : std::chrono::hours(24 * 180);
  set_cookie(visit, response, std::move(cookie));
}

void add_walk(Value& context, const Visit& visit, const ApplicationReference& reference) {
  context.set("walk", false);
  if ((visit.identity().roles & http::role::consultant) == 0) return;
  const std::string place = place_to_go_on_from(visit, reference);
  if (place.empty()) return;
  QueueNeighbours around;
  const auto read = visit.services().store.read([&](Transaction& transaction) -> Result<void> {
    around = transaction.queue_around(worklist_filter(visit, kept_choice(visit)), place);
    return {};
  });
  if (!read) return;
  const auto address = [](const std::optional<ApplicationReference>& step) {
    return step ? staff_case_address(*step) : std::string();
  };
  context.set("walk", Value::object({{"previousCase", address(around.previous)},
                                     {"nextCase", address(around.next)},
                                     {"before", std::to_string(around.before)},
                                     {"behind", std::to_string(around.behind)}}));
}

void keep_place(const Visit& visit, http::Response& response, const ApplicationReference& reference,
                const std::string& address) {
  if (follows_an_action(visit.request())) return;
  std::string place = place_in_queue(visit, reference);
  if (place.empty() || place.size() > longest_place) return;
  http::Cookie cookie;
  cookie.name = place_cookie;
  cookie.value = std::move(place);
  cookie.path = address;
  cookie.max_age = std::chrono::hours(2);
  set_cookie(visit, response, std::move(cookie));
}

}  // namespace softbot::web
