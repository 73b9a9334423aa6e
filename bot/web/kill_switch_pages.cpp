#include "web/kill_switch_pages.h"

#include <array>
#include <functional>
#include <utility>

#include "domain/zone.h"
#include "http/problem.h"
#include "pipeline/safeguard_life.h"
#include "web/form_post.h"
#include "web/policy_pages.h"
#include "web/sample_view.h"
#include "web/word_table.h"

namespace softbot::web {
namespace {

namespace action = pipeline::switch_action;

constexpr std::array<Word, 5> done_words{
    {{"aan", "De noodstop staat aan.", ""},
     {"voorgesteld",
      "Uw voorstel om de noodstop op te heffen is bewaard. Een andere beheerder moet het bevestigen.", ""},
     {"teruggenomen", "U hebt uw voorstel teruggenomen. De noodstop blijft aan.", ""},
     {"afgewezen", "Het voorstel is afgewezen. De noodstop blijft aan.", ""},
     {"uit", "De noodstop is opgeheven.", ""}}};

constexpr std::array<Word, 5> action_words{
    {{action::thrown, "noodstop aangezet", ""},
     {action::release_proposed, "opheffen voorgesteld", ""},
     {action::release_taken_back, "eigen voorstel teruggenomen", ""},
     {action::release_declined, "voorstel afgewezen", ""},
     {action::released, "opheffen bevestigd: noodstop opgeheven", ""}}};

std::string who(const std::string& by) {
  return by == thrown_by_system ? std::string("het systeem") : by;
}

std::string since_words(const KillSwitch& one) {
  if (one.by.empty()) return {};
  const std::string moment = format_dutch_local(one.at) + " door " + who(one.by);
  if (one.on) return "Aangezet op " + moment + ": " + one.why;
  if (!one.release) return "Opgeheven op " + moment + ": " + one.why;
  return "Opgeheven op " + moment + ": " + one.why + " (voorgesteld door " + one.release->by + ": " +
         one.release->why + ")";
}

Value history_view(const std::vector<AuditRecord>& rows) {
  Value list = Value::list();
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    list.push(Value::object({{"moment", format_dutch_local(row->at)},
                             {"account", who(row->actor)},
                             {"what", look_up_or_name(action_words, row->action, "nl")},
                             {"reason", row->purpose}}));
  }
  return list;
}

Value waiting_view(const Visit& visit, const KillSwitch& one) {
  return Value::object({{"proposedBy", one.release->by},
                        {"proposedOn", format_dutch_local(one.release->at)},
                        {"proposedWhy", one.release->why},
                        {"proposedAt", format_instant(one.release->at)},
                        {"isOwn", one.release->person == visit.identity().person}});
}

Value switch_view(const Visit& visit, const KillSwitch& one, const std::vector<AuditRecord>& history,
                  const SwitchProblem& problem) {
  const auto may =
      pipeline::may_set_switch(visit.configuration(), one.subject, visit.identity().municipalities);
  Value view =
      Value::object({{"subject", one.subject},
                     {"title", switch_title(visit, one.subject)},
                     {"on", one.on},
                     {"since", since_words(one)},
                     {"notYours", may ? std::string() : may.error().message},
                     {"typedWhy", problem.line.first == "why-" + one.subject ? problem.typed : std::string()},
                     {"hasHistory", !history.empty()},
                     {"history", history_view(history)}});
  if (one.on && one.release) view.set("waiting", waiting_view(visit, one));
  return view;
}

/// Something that is posted about one switch.
struct SwitchPost {
  std::string subject;
  std::string why;
  Instant proposed_at{};
};
using SwitchAct = std::function<Result<void>(const SwitchPost&)>;

/// `field`: where the reason was typed.
http::Response act_on_switch(const Visit& visit, const std::string& field, const std::string& done,
                             const SwitchAct& act) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  SwitchPost post{posted->get("type"), posted->get("why"), {}};
  if (const auto at = parse_instant(posted->get("proposedAt"))) post.proposed_at = *at;
  if (auto may =
          pipeline::may_set_switch(visit.configuration(), post.subject, visit.identity().municipalities);
      !may)
    return policy_problem(visit, may.error());
  if (const auto result = act(post); !result) {
    const Error& error = result.error();
    if (error.retryable) return visit.sorry(error, Audience::staff);
    return show_management(
        visit, {http::status_of(error.code), {field + "-" + post.subject, error.message}, post.why});
  }
  return http::see_other("/staff/beheer?gedaan=" + done);
}

http::Response throw_switch(Visit& visit, const http::PathParameters&) {
  return act_on_switch(visit, "why", "aan", [&](const SwitchPost& post) {
    return pipeline::throw_kill_switch(visit.services(), {post.subject, true, visit.identity().account,
                                                          post.why, visit.services().clock.now()});
  });
}

http::Response propose(Visit& visit, const http::PathParameters&) {
  return act_on_switch(visit, "why", "voorgesteld", [&](const SwitchPost& post) {
    return pipeline::propose_release(visit.services(), policy_editor(visit), post.subject, post.why);
  });
}

http::Response confirm(Visit& visit, const http::PathParameters&) {
  return act_on_switch(visit, "why", "uit", [&](const SwitchPost& post) {
    return pipeline::confirm_release(visit.services(), policy_editor(visit), post.subject, post.why,
                                     post.proposed_at);
  });
}

http::Response end_with(Visit& visit, const std::string& field, const std::string& done) {
  return act_on_switch(visit, field, done, [&](const SwitchPost& post) {
    return pipeline::end_release(visit.services(), policy_editor(visit), post.subject, post.why);
  });
}

http::Response take_back(Visit& visit, const http::PathParameters&) {
  return end_with(visit, "why", "teruggenomen");
}

http::Response decline(Visit& visit, const http::PathParameters&) {
  return end_with(visit, "decline", "afgewezen");
}

}  // namespace

void add_switches(Value& context, const Visit& visit, const Management& all, const SwitchProblem& problem) {
  Value list = Value::list();
  std::string killed;
  for (const KillSwitch& each : all.switches) {
    if (is_always_a_person(each.subject)) continue;  // nothing to stop: the bot never grants these
    if (each.on) killed += (killed.empty() ? "" : ", ") + switch_title(visit, each.subject);
    list.push(switch_view(visit, each, all.switch_history.at(each.subject), problem));
  }
  context.set("anyKilled", !killed.empty());
  context.set("killedWords", killed);
  context.set("switches", std::move(list));
}

std::string switch_done_words(std::string_view done) {
  return look_up(done_words, done, "nl");
}

void add_kill_switch_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  add_page(router, site, Method::post, "/staff/beheer/noodstop", http::role::administrator, throw_switch);
  add_page(router, site, Method::post, "/staff/beheer/noodstop/opheffen", http::role::administrator, propose);
  add_page(router, site, Method::post, "/staff/beheer/noodstop/bevestigen", http::role::administrator,
           confirm);
  add_page(router, site, Method::post, "/staff/beheer/noodstop/terugnemen", http::role::administrator,
           take_back);
  add_page(router, site, Method::post, "/staff/beheer/noodstop/afwijzen", http::role::administrator, decline);
}

}  // namespace softbot::web
