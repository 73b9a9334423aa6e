#include "domain/money.h"
#include "domain/zone.h"
#include "pipeline/scan_intake.h"
#include "pipeline/views.h"
#include "policy/share.h"
#include "web/dashboard.h"
#include "web/figures_view.h"
#include "web/form_post.h"
#include "web/kill_switch_pages.h"
#include "web/learning_view.h"
#include "web/sample_view.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

void add_caps(Value& context, const Visit& visit, const Management& all) {
  Value caps = Value::list();
  for (const Management::Cap& cap : all.caps) {
    const auto municipality = visit.configuration().municipalities->find(cap.municipality);
    caps.push(Value::object({{"title", type_title(visit, cap.type, cap.municipality) + ", " +
                                           (municipality == visit.configuration().municipalities->end()
                                                ? cap.municipality
                                                : municipality->second.name)},
                             {"used", std::to_string(cap.use.used.number)},
                             {"cap", std::to_string(cap.use.cap.number)},
                             {"usedAmount", format_euro(Cents{cap.use.used.amount_cents})},
                             {"capAmount", format_euro(Cents{cap.use.cap.amount_cents})},
                             {"sample", cap.sample_per_million ? percent_words(*cap.sample_per_million)
                                                               : std::string("niet ingesteld")}}));
  }
  context.set("caps", std::move(caps));
}

http::Response show_audit(const Visit& visit, const std::string& subject, bool searched,
                          const std::vector<AuditRecord>& rows) {
  Value list = Value::list();
  for (const AuditRecord& row : rows) {
    list.push(Value::object({{"number", std::to_string(row.number)},
                             {"at", format_dutch_local(row.at)},
                             {"actor", row.actor},
                             {"action", row.action},
                             {"purpose", row.purpose},
                             {"activity", row.activity}}));
  }
  Frame frame;
  frame.title = "Logboek";
  frame.audience = Audience::staff;
  frame.menu = "audit";
  return visit.show(200, "staff/audit", frame,
                    Value::object({{"subject", subject},
                                   {"searched", searched},
                                   {"hasRows", !list.items().empty()},
                                   {"rows", std::move(list)}}));
}

http::Response search_audit(Visit& visit, const http::PathParameters&) {
  auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto found = pipeline::log_subject(visit.services(), posted->get("subject"));
  if (!found) return visit.sorry(found.error(), Audience::staff);
  const std::string& subject = found->name;
  if (subject.empty()) return show_audit(visit, subject, false, {});
  // Looking into the log is itself something that the log tells.
  const auto recorded = pipeline::record_look(visit.services(), visit.identity().account,
                                              ApplicationReference(subject), "logboek bekijken");
  if (!recorded) return visit.sorry(recorded.error(), Audience::staff);
  const auto& limits = visit.identity().municipalities;
  if (!limits.empty() && !works_for(limits, found->municipality)) return show_audit(visit, subject, true, {});
  const auto rows = audit_rows(visit.services(), subject);
  if (!rows) return visit.sorry(rows.error(), Audience::staff);
  return show_audit(visit, subject, true, *rows);
}

}  // namespace

http::Response show_management(const Visit& visit, const SwitchProblem& problem) {
  const auto all = management(visit.services(), staff_of(visit.identity()));
  if (!all) return visit.sorry(all.error(), Audience::staff);
  Value context = Value::object({{"done", switch_done_words(visit.request().query.get("gedaan"))}});
  add_figures(context, visit, all->figures, all->policy_words);
  add_caps(context, visit, *all);
  add_switches(context, visit, *all, problem);
  add_sample_tests(context, visit, *all);
  add_learning(context, visit, *all);
  Value stuck = Value::list();
  for (const OutboxRecord& row : all->stuck) {
    stuck.push(Value::object({{"what", row.content["title"].text_or_empty()},
                              {"reference", row.reference.text},
                              {"error", row.last_error}}));
  }
  context.set("hasStuck", !stuck.items().empty());
  context.set("stuck", std::move(stuck));
  Frame frame;
  frame.title = "Beheer";
  frame.audience = Audience::staff;
  frame.menu = "manage";
  frame.with_errors = !problem.line.second.empty();
  if (frame.with_errors) add_summary(context, "nl", {problem.line});
  return visit.show(frame.with_errors ? problem.status : 200, "staff/manage", frame, std::move(context));
}

void add_management_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  add_page(router, site, Method::get, "/staff/beheer", http::role::administrator,
           [](Visit& visit, const http::PathParameters&) { return show_management(visit, {}); });
  add_kill_switch_pages(router, site);
  add_figures_pages(router, site);
  add_page(router, site, Method::get, "/staff/logboek", http::role::auditor,
           [](Visit& visit, const http::PathParameters&) { return show_audit(visit, "", false, {}); });
  add_page(router, site, Method::post, "/staff/logboek", http::role::auditor, search_audit);
}

}  // namespace softbot::web
