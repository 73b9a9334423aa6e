#include <algorithm>

#include "domain/zone.h"
#include "http/multipart.h"
#include "http/problem.h"
#include "pipeline/policy_life.h"
#include "pipeline/rights_life.h"
#include "web/policy_pages.h"
#include "web/words.h"

/// Accounts of colleagues: more rights need a second person, less are at once.
namespace softbot::web {
namespace {

constexpr const char* address = "/staff/medewerkers";

std::string done_words(std::string_view done) {
  if (done == "concept")
    return "Het voorstel is bewaard. Iemand anders moet het goedkeuren voordat het geldt.";
  if (done == "minder") return "De rechten zijn meteen minder geworden.";
  if (done == "goedgekeurd") return "De nieuwe rechten gelden vanaf nu.";
  if (done == "weggegooid") return "Het voorstel is weggegooid.";
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

/// "consulent, beheerder; alle gemeenten".
std::string rights_words(const Visit& visit, const pipeline::Rights& rights) {
  if (!rights.active) return "Uitgezet";
  std::vector<std::string> roles;
  for (const auto& role : rights.roles) roles.push_back(role_words(role));
  std::vector<std::string> places;
  for (const auto& id : rights.municipalities) {
    const auto found = visit.configuration().municipalities->find(id);
    places.push_back(found == visit.configuration().municipalities->end() ? id : found->second.name);
  }
  return capitalised(joined(roles)) + "; " + (places.empty() ? "alle gemeenten" : joined(places));
}

std::string name_of_person(const pipeline::RightsLife& life, const std::string& person) {
  const auto found = std::ranges::find(life.accounts, person, &AccountRecord::person);
  return found == life.accounts.end() ? person : found->display_name;
}

Value drafts_view(const Visit& visit, const pipeline::RightsLife& life) {
  Value drafts = Value::list();
  for (const auto& draft : life.drafts) {
    const auto account =
        std::ranges::find(life.accounts, AccountName(draft.record.name), &AccountRecord::name);
    if (account == life.accounts.end()) continue;
    const auto& person = visit.identity().person;
    drafts.push(Value::object({{"draftVersion", draft.record.version},
                               {"who", account->display_name},
                               {"origin", "Voorgesteld door " + name_of_person(life, draft.record.by) +
                                              " op " + format_dutch_local(draft.record.created)},
                               {"why", draft.record.why},
                               {"before", rights_words(visit, pipeline::rights_of(*account))},
                               {"after", rights_words(visit, draft.rights)},
                               {"isOwn", draft.record.by == person || account->person == person}}));
  }
  return drafts;
}

Frame frame_of(const std::string& title) {
  Frame frame;
  frame.title = title;
  frame.audience = Audience::staff;
  frame.menu = "manage";
  return frame;
}

http::Response show_accounts(const Visit& visit) {
  const auto life = pipeline::rights_life(visit.services());
  if (!life) return visit.sorry(life.error(), Audience::staff);
  Value rows = Value::list();
  for (const auto& account : life->accounts) {
    rows.push(Value::object({{"who", account.display_name},
                             {"account", account.name.text},
                             {"place", std::string(address) + "/" + http::percent_encoded(account.name.text)},
                             {"rights", rights_words(visit, pipeline::rights_of(account))}}));
  }
  Value drafts = drafts_view(visit, *life);
  return visit.show(200, "staff/accounts", frame_of("Medewerkers"),
                    Value::object({{"done", done_words(visit.request().query.get("gedaan"))},
                                   {"refusal", refusal_to_change(visit)},
                                   {"hasDrafts", !drafts.items().empty()},
                                   {"drafts", std::move(drafts)},
                                   {"rows", std::move(rows)}}));
}

Value choices(const std::vector<std::pair<std::string, std::string>>& all,
              const std::vector<std::string>& chosen) {
  Value list = Value::list();
  for (const auto& [value, text] : all) {
    const bool checked = std::ranges::find(chosen, value) != chosen.end();
    list.push(Value::object({{"value", value}, {"text", text}, {"checked", checked}}));
  }
  return list;
}

/// What was typed and refused; no error for a page that is shown for the first time.
struct Refused {
  Error problem;
  pipeline::RightsChange typed;
};

http::Response show_account(const Visit& visit, const std::string& name, const Refused* refused) {
  const auto life = pipeline::rights_life(visit.services());
  if (!life) return visit.sorry(life.error(), Audience::staff);
  const auto account = std::ranges::find(life->accounts, AccountName(name), &AccountRecord::name);
  if (account == life->accounts.end())
    return policy_problem(visit, Error{ErrorCode::not_found, "Dit account is er niet.", false, {}});
  const auto rights = refused ? refused->typed.rights : pipeline::rights_of(*account);
  std::vector<std::pair<std::string, std::string>> roles;
  for (const auto& role : pipeline::account_roles()) roles.emplace_back(role, capitalised(role_words(role)));
  std::vector<std::pair<std::string, std::string>> places;
  for (const auto& [id, municipality] : *visit.configuration().municipalities)
    places.emplace_back(id, municipality.name);
  Value context = Value::object({{"who", account->display_name},
                                 {"account", name},
                                 {"place", std::string(address) + "/" + http::percent_encoded(name)},
                                 {"refusal", refusal_to_change(visit)},
                                 {"now", rights_words(visit, pipeline::rights_of(*account))},
                                 {"roles", choices(roles, rights.roles)},
                                 {"places", choices(places, rights.municipalities)},
                                 {"active", rights.active},
                                 {"why", refused ? refused->typed.why : std::string()}});
  Frame frame = frame_of("Rechten van " + account->display_name);
  int status = 200;
  if (refused) {
    std::vector<SummaryLine> lines;
    for (const auto& one : refused->problem.fields)
      lines.emplace_back(one.field == "why"     ? "why"
                         : one.field == "roles" ? "roles-0"
                                                : "places-0",
                         one.message);
    if (lines.empty()) lines.emplace_back("why", refused->problem.message);
    add_summary(context, "nl", lines);
    frame.with_errors = true;
    status = http::status_of(refused->problem.code);
  }
  return visit.show(status, "staff/account", frame, std::move(context));
}

http::Response save_account(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const pipeline::RightsChange change{
      std::string(path["account"]),
      {posted->all("role"), posted->all("municipality"), posted->get("active") == "yes"},
      posted->get("why")};
  const auto done = pipeline::change_rights(visit.services(), policy_editor(visit), change);
  if (!done && done.error().code == ErrorCode::not_found) return policy_problem(visit, done.error());
  if (!done) {
    const Refused refused{done.error(), change};
    return show_account(visit, change.account, &refused);
  }
  const bool less = *done == pipeline::RightsOutcome::changed;
  return http::see_other(std::string(address) + "?gedaan=" + (less ? "minder" : "concept"));
}

http::Response approve(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto done = pipeline::approve_configuration(visit.services(), policy_editor(visit),
                                                    {"rights", path["version"], posted->get("why")});
  if (!done) return policy_problem(visit, done.error());
  return http::see_other(std::string(address) + "?gedaan=goedgekeurd");
}

http::Response throw_away(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto done = pipeline::throw_away_rights(visit.services(), policy_editor(visit), path["version"],
                                                posted->get("why"));
  if (!done) return policy_problem(visit, done.error());
  return http::see_other(std::string(address) + "?gedaan=weggegooid");
}

}  // namespace

void add_account_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  constexpr std::uint64_t administrator = http::role::administrator;
  constexpr std::uint64_t readers = administrator | http::role::auditor;
  const std::string list = address;
  add_page(router, site, Method::get, list, readers,
           [](Visit& visit, const http::PathParameters&) { return show_accounts(visit); });
  add_page(router, site, Method::get, list + "/{account}", readers,
           [](Visit& visit, const http::PathParameters& path) {
             return show_account(visit, std::string(path["account"]), nullptr);
           });
  add_page(router, site, Method::post, list + "/{account}", administrator, save_account);
  add_page(router, site, Method::post, list + "/voorstel/{version}/goedkeuren", administrator, approve);
  add_page(router, site, Method::post, list + "/voorstel/{version}/weggooien", administrator, throw_away);
}

}  // namespace softbot::web
