#include "web/sign_in.h"

#include "http/page_headers.h"
#include "web/form_post.h"
#include "web/shared_views.h"

namespace softbot::web {
namespace {

/// A page's own path as a place to come back to.
std::string next_of(const http::Request& request) {
  const std::string wanted(request.query.get("naar"));
  const std::string place = safe_place(wanted, "");
  if (place == "/") return {};
  std::string next = place.substr(1);
  for (const std::string_view type : request.query.all("type")) {
    next += (next.find('?') == std::string::npos ? "?" : "&");
    next += "type=" + std::string(type);
  }
  return next;
}

http::Response resident_form(Visit& visit, const http::PathParameters&) {
  return show_resident_sign_in(visit, 200, next_of(visit.request()), "");
}

http::Response sign_in_resident(Visit& visit, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error());
  std::string bsn = posted->get("other");
  if (bsn.empty()) bsn = posted->get("bsn");
  const auto cookie = visit.site().gatekeeper->sign_in_demo_resident(visit.request(), bsn);
  if (!cookie) {
    if (cookie.error().code == ErrorCode::invalid_input) {
      return show_resident_sign_in(visit, 422, posted->get("naar"),
                                   visit.say("Dit is geen testnummer. Kies iemand uit de lijst.",
                                             "This is no test number. Choose somebody from the list."));
    }
    return visit.sorry(cookie.error());
  }
  return with_cookie(visit.request(), http::see_other(safe_place(posted->get("naar"), "mijn")), *cookie);
}

PageHandler sign_out_to(const char* place) {
  return [place](Visit& visit, const http::PathParameters&) {
    const auto cookie = visit.site().gatekeeper->sign_out(visit.request());
    if (!cookie) return visit.sorry(cookie.error());
    return with_cookie(visit.request(), http::see_other(place), *cookie);
  };
}

http::Response staff_form(Visit& visit, const http::PathParameters&) {
  return show_staff_sign_in(visit, 200, next_of(visit.request()), "", "");
}

http::Response sign_in_staff(Visit& visit, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const std::string name = posted->get("name");
  const auto cookie =
      visit.site().gatekeeper->sign_in_staff(visit.request(), name, web_value(posted->typed, "password"));
  if (!cookie) {
    if (cookie.error().code == ErrorCode::unauthenticated) {
      return show_staff_sign_in(visit, 422, posted->get("naar"), name,
                                "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar.");
    }
    return visit.sorry(cookie.error(), Audience::staff);
  }
  return with_cookie(visit.request(), http::see_other(safe_place(posted->get("naar"), "staff/begin")),
                     *cookie);
}

/// The first page that somebody's roles allow.
http::Response first_page(Visit& visit, const http::PathParameters&) {
  const std::uint64_t roles = visit.identity().roles;
  if ((roles & http::role::consultant) != 0) return http::see_other("/staff");
  if ((roles & http::role::administrator) != 0) return http::see_other("/staff/beheer");
  if ((roles & http::role::mail_room) != 0) return http::see_other("/staff/post");
  if ((roles & http::role::clerk) != 0) return http::see_other("/staff/balie");
  return http::see_other("/staff/logboek");
}

}  // namespace

http::Response with_cookie(const http::Request& request, http::Response response, const std::string& cookie) {
  response.headers.add("Set-Cookie", cookie);
  http::add_common_headers(request, response);
  return response;
}

http::Response show_resident_sign_in(const Visit& visit, int status, const std::string& next,
                                     const std::string& problem) {
  Value people = Value::list();
  for (const DemoResident& person : visit.site().options.demo_residents) {
    people.push(Value::object({{"bsn", person.bsn},
                               {"name", person.name},
                               {"story", person.story},
                               {"first", people.items().empty()}}));
  }
  Frame frame;
  frame.title = visit.say("Inloggen", "Sign in");
  frame.menu = "mine";
  frame.with_errors = !problem.empty();
  const SignOn* sign_on = visit.site().options.residents_sign_on;
  const bool demo = visit.site().options.demo;
  Value context = Value::object({{"people", std::move(people)},
                                 {"next", next},
                                 {"nextEncoded", http::percent_encoded(next)},
                                 {"canSignOn", sign_on != nullptr},
                                 {"signOnName", sign_on == nullptr ? std::string() : sign_on->name()},
                                 {"unconnected", sign_on == nullptr && !demo}});
  if (!problem.empty() && demo) add_summary(context, visit.language(), {{"other", problem}});
  if (!problem.empty() && !demo) context.set("refusal", problem);
  return visit.show(status, "resident/sign_in", frame, std::move(context));
}

http::Response show_staff_sign_in(const Visit& visit, int status, const std::string& next,
                                  const std::string& typed_name, const std::string& problem) {
  Value accounts = Value::list();
  for (const DemoAccount& account : visit.site().options.demo_accounts) {
    accounts.push(
        Value::object({{"role", account.role}, {"name", account.name}, {"password", account.password}}));
  }
  Frame frame;
  frame.title = "Inloggen voor medewerkers";
  frame.audience = Audience::staff;
  frame.with_errors = !problem.empty();
  Value context = Value::object({{"hasAccounts", !accounts.items().empty()},
                                 {"accounts", std::move(accounts)},
                                 {"next", next},
                                 {"typedName", typed_name}});
  if (!problem.empty()) add_summary(context, "nl", {{"name", problem}});
  return visit.show(status, "staff/sign_in", frame, std::move(context));
}

void add_sign_in_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  add_page(router, site, Method::get, "/inloggen", http::role::anyone, resident_form);
  add_page(router, site, Method::post, "/inloggen", http::role::anyone, sign_in_resident);
  add_sign_on_pages(router, site);
  add_page(router, site, Method::post, "/uitloggen", http::role::anyone, sign_out_to("/"));
  add_page(router, site, Method::get, "/staff/inloggen", http::role::anyone, staff_form);
  add_page(router, site, Method::post, "/staff/inloggen", http::role::anyone, sign_in_staff);
  add_page(router, site, Method::post, "/staff/uitloggen", http::role::anyone,
           sign_out_to("/staff/inloggen"));
  add_page(router, site, Method::get, "/staff/begin", http::role::staff, first_page);
}

}  // namespace softbot::web
