#include <algorithm>

#include "domain/zone.h"
#include "pipeline/assignment.h"
#include "web/case_actions.h"
#include "web/form_post.h"
#include "web/worklist.h"

namespace softbot::web {
namespace {

constexpr std::size_t most_at_once = 100;

/// A case with the version that stood in the list: "7KQM-4T9X-HR2D:3".
struct Chosen {
  ApplicationReference reference;
  std::int64_t version = 0;
};

std::vector<Chosen> chosen_in(const PostedForm& posted) {
  std::vector<Chosen> chosen;
  for (const std::string& value : posted.all("zaak")) {
    const std::size_t colon = value.find(':');
    if (colon == std::string::npos || chosen.size() == most_at_once) continue;
    chosen.push_back({ApplicationReference(normalise_reference(value.substr(0, colon))),
                      std::strtoll(value.c_str() + colon + 1, nullptr, 10)});
  }
  return chosen;
}

/// Why a case stays where it was, in the words of this page.
std::string why_not(const Error& error) {
  switch (error.code) {
    case ErrorCode::stale:
      return "Deze zaak is intussen veranderd. Open de zaak en kijk wat er anders is.";
    case ErrorCode::conflict:
      return "Een collega heeft deze zaak in behandeling.";
    case ErrorCode::invalid_input:
      return error.message;
    case ErrorCode::not_found:
      return "Deze zaak is er niet, of hoort niet bij uw gemeente.";
    default:
      return "Dit lukte nu niet. Probeer het later nog een keer.";
  }
}

http::Response nothing_done(const Visit& visit, const std::string& text) {
  return visit.message(422, "Er is niets toegewezen", text, Audience::staff);
}

http::Response assign_cases(Visit& visit, const http::PathParameters&) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const std::vector<Chosen> chosen = chosen_in(*posted);
  if (chosen.empty()) return nothing_done(visit, "Kies eerst een of meer zaken in de lijst.");
  const bool to_oneself = posted->get("actie") == "ik";
  const std::string colleague = to_oneself ? visit.identity().account : posted->get("collega");
  if (colleague.empty()) return nothing_done(visit, "Kies aan wie u de zaken wilt geven.");
  Value refused = Value::list();
  for (const Chosen& one : chosen) {
    const auto done = pipeline::assign(visit.services(), staff_of(visit.identity()), AccountName(colleague),
                                       one.reference, one.version);
    if (!done)
      refused.push(Value::object({{"reference", one.reference.text}, {"why", why_not(done.error())}}));
  }
  const std::size_t done = chosen.size() - refused.items().size();
  if (refused.items().empty()) {
    const std::string kept = query_of(kept_choice(visit));
    return http::see_other("/staff?" + (kept.empty() ? "lijst=" : kept) + "&gedaan=" + std::to_string(done));
  }
  Frame frame;
  frame.title = "Niet alles is toegewezen";
  frame.audience = Audience::staff;
  frame.menu = "queue";
  return visit.show(409, "staff/assigned", frame,
                    Value::object({{"done", std::to_string(done)},
                                   {"oneDone", done == 1},
                                   {"colleague", colleague},
                                   {"refused", std::move(refused)}}));
}

}  // namespace

void add_assignment_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::post, "/staff/toewijzen", http::role::consultant, assign_cases);
}

}  // namespace softbot::web
