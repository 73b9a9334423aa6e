#include "web/pages.h"

#include "http/problem.h"
#include "web/policy_pages.h"
#include "web/sign_in.h"
#include "web/site.h"
#include "web/stale_form.h"

namespace softbot::web {
namespace {

bool is_staff_path(const http::Request& request) {
  return !request.segments.empty() && request.segments.front() == "staff";
}

bool is_api_path(const http::Request& request) {
  return !request.segments.empty() &&
         (request.segments.front() == "api" || request.segments.front() == "health");
}

/// Where to go on after signing in: the page that was asked for, when a GET can show it.
std::string place_of(const http::Request& request) {
  if (request.method != http::Method::get) return {};
  std::string place;
  for (const std::string& segment : request.segments) place += (place.empty() ? "" : "/") + segment;
  return place;
}

/// Who asks, and whether their role may see this page at all; the handler looks at the token.
std::optional<http::Response> guard_as_a_look(http::Gatekeeper& gatekeeper, const http::Route& route,
                                              http::Request& request) {
  const http::Method method = request.method;
  request.method = http::Method::get;
  auto stopped = gatekeeper.guard(route, request);
  request.method = method;
  return stopped;
}

http::Response page_of(const Visit& visit, const Error& error, int status) {
  const http::Request& request = visit.request();
  const Audience audience = is_staff_path(request) ? Audience::staff : Audience::residents;
  if (error.code == ErrorCode::unauthenticated) {
    if (auto unsent = show_unsent(visit, status)) return std::move(*unsent);
    const bool about_case = request.segments.size() > 1 && request.segments.front() == "zaak";
    if (about_case) return show_case_entry(visit, status, normalise_reference(request.segments[1]), "");
    if (audience == Audience::staff) return show_staff_sign_in(visit, status, place_of(request), "", "");
    return show_resident_sign_in(visit, status, place_of(request), "");
  }
  http::Response response = visit.sorry(error, audience);
  response.status = status;
  return response;
}

}  // namespace

void add_pages(http::Router& router, const Services& services, http::Gatekeeper& gatekeeper,
               const PageOptions& options) {
  const auto site = std::make_shared<const Site>(services, &gatekeeper, options);
  add_start_pages(router, site);
  add_policy_page(router, site);
  add_form_pages(router, site);
  add_paper_pages(router, site);
  add_case_pages(router, site);
  add_sign_in_pages(router, site);
  add_queue_pages(router, site);
  add_staff_case_pages(router, site);
  add_mail_room_pages(router, site);
  add_scan_pages(router, site);
  add_incoming_post_pages(router, site);
  add_management_pages(router, site);
  add_policy_pages(router, site);
  add_safeguard_pages(router, site);
  add_account_pages(router, site);
  add_assets(router);
}

std::function<http::Response(const http::Request&, const Error&, int)> error_page(
    const Services& services, const PageOptions& options) {
  const auto site = std::make_shared<const Site>(services, nullptr, options);
  return [site](const http::Request& request, const Error& error, int status) {
    const Visit visit(*site, request);
    return page_of(visit, error, status);
  };
}

std::function<std::optional<http::Response>(const http::Route&, http::Request&)> page_guard(
    const Services& services, http::Gatekeeper& gatekeeper, const PageOptions& options) {
  const auto show = error_page(services, options);
  return
      [show, &gatekeeper](const http::Route& route, http::Request& request) -> std::optional<http::Response> {
        auto stopped = gatekeeper.guard(route, request);
        if (stopped && stopped->status == 403 && compares_its_own_token(route))
          stopped = guard_as_a_look(gatekeeper, route, request);
        if (!stopped || is_api_path(request)) return stopped;
        Error error;
        error.code = stopped->status == 401   ? ErrorCode::unauthenticated
                     : stopped->status == 403 ? ErrorCode::forbidden
                     : stopped->status == 404 ? ErrorCode::not_found
                     : stopped->status == 429 ? ErrorCode::too_many
                                              : ErrorCode::internal;
        http::Response page = show(request, error, stopped->status);
        if (const auto wait = stopped->headers.find("Retry-After")) page.headers.set("Retry-After", *wait);
        return page;
      };
}

}  // namespace softbot::web
