#include "http/page_headers.h"
#include "pipeline/views.h"
#include "web/dashboard.h"
#include "web/figures_view.h"
#include "web/groups_view.h"

/// The figures, and their downloads.
namespace softbot::web {
namespace {

constexpr std::uint64_t readers = http::role::administrator | http::role::auditor;

http::Response show_figures(Visit& visit, const http::PathParameters&) {
  const DashboardChoice choice = dashboard_choice(visit);
  const auto board = dashboard(visit, choice);
  if (!board) return visit.sorry(board.error(), Audience::staff);
  const auto all = management(visit.services(), staff_of(visit.identity()));
  if (!all) return visit.sorry(all.error(), Audience::staff);
  Value context = Value::object();
  add_dashboard(context, visit, *board, choice);
  add_figures(context, visit, all->figures, all->policy_words);
  add_groups(context, visit, all->groups, counted_since(pipeline::today(visit.services())));
  add_summary(context, "nl", choice.problems);
  Frame frame;
  frame.title = "Cijfers";
  frame.audience = Audience::staff;
  frame.menu = "figures";
  frame.with_errors = !choice.problems.empty();
  return visit.show(frame.with_errors ? 422 : 200, "staff/figures_page", frame, std::move(context));
}

using ToCsv = std::string (*)(const Visit&, const Dashboard&);

PageHandler download(const char* name, ToCsv to_csv) {
  return [name, to_csv](Visit& visit, const http::PathParameters&) -> http::Response {
    const auto board = dashboard(visit, dashboard_choice(visit));
    if (!board) return visit.sorry(board.error(), Audience::staff);
    http::Response response = http::bytes_response("text/csv; charset=utf-8", to_csv(visit, *board));
    response.headers.add("Content-Disposition", http::attachment_disposition(name));
    http::add_common_headers(visit.request(), response);
    return response;
  };
}

}  // namespace

void add_figures_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  add_page(router, site, Method::get, "/staff/cijfers", readers, show_figures);
  add_page(router, site, Method::get, "/staff/cijfers/instroom.csv", readers,
           download("instroom.csv", inflow_csv));
  add_page(router, site, Method::get, "/staff/cijfers/besluiten.csv", readers,
           download("besluiten.csv", decisions_csv));
  add_page(router, site, Method::get, "/staff/cijfers/antwoorden.csv", readers,
           download("antwoorden.csv", answers_csv));
}

}  // namespace softbot::web
