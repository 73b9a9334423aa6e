#include "http/api/accounts.h"

#include "domain/zone.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/rights_life.h"

namespace softbot::http {
namespace {

constexpr std::uint64_t watchers = role::administrator | role::auditor;

Value texts_value(const std::vector<std::string>& texts) {
  Value list = Value::list();
  for (const auto& text : texts) list.push(text);
  return list;
}

Value rights_value(const pipeline::Rights& rights) {
  return Value::object({{"roles", texts_value(rights.roles)},
                        {"municipalities", texts_value(rights.municipalities)},
                        {"active", rights.active}});
}

Response accounts_response(const Services& services, int status) {
  const auto life = pipeline::rights_life(services);
  if (!life) return problem_response(life.error());
  Value accounts = Value::list();
  for (const auto& account : life->accounts) {
    accounts.push(Value::object({{"account", account.name.text},
                                 {"name", account.display_name},
                                 {"person", account.person},
                                 {"rights", rights_value(pipeline::rights_of(account))}}));
  }
  Value drafts = Value::list();
  for (const auto& draft : life->drafts) {
    drafts.push(Value::object({{"version", draft.record.version},
                               {"account", draft.record.name},
                               {"by", draft.record.by},
                               {"why", draft.record.why},
                               {"created", format_instant(draft.record.created)},
                               {"rights", rights_value(draft.rights)}}));
  }
  return json_response(status,
                       Value::object({{"accounts", std::move(accounts)}, {"proposed", std::move(drafts)}}));
}

Response get_accounts(const Services& services, const Request&, const PathParameters&) {
  return accounts_response(services, 200);
}

/// Texts of a list; an error for anything else.
Result<std::vector<std::string>> texts_member(const Value& body, const std::string& name) {
  std::vector<std::string> texts;
  bool good = body[name].is_list();
  for (const Value& item : body[name].items()) {
    good = good && item.is_text();
    texts.push_back(item.text_or_empty());
  }
  if (good) return texts;
  return fail(Error{ErrorCode::invalid_input,
                    "The rights are not complete.",
                    false,
                    {{name, "not-a-list", "Give a list of texts; an empty one is allowed."}}});
}

Response put_rights(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"roles", "municipalities", "active", "why"}); !known)
    return problem_response(known.error());
  const auto editor = editor_of(identity_of(request));
  const std::string& why = (*body)["why"].text_or_empty();
  if (auto may = pipeline::may_change(editor, why); !may) return problem_response(may.error());
  auto roles = texts_member(*body, "roles");
  if (!roles) return problem_response(roles.error());
  auto municipalities = texts_member(*body, "municipalities");
  if (!municipalities) return problem_response(municipalities.error());
  const pipeline::RightsChange change{
      path["account"],
      {*std::move(roles), *std::move(municipalities), (*body)["active"].as_bool() != false},
      why};
  const auto done = pipeline::change_rights(services, editor, change);
  if (!done) return problem_response(done.error());
  return accounts_response(services, *done == pipeline::RightsOutcome::changed ? 200 : 202);
}

Response post_throw_away(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"why"}); !known) return problem_response(known.error());
  const auto done = pipeline::throw_away_rights(services, editor_of(identity_of(request)), path["version"],
                                                (*body)["why"].text_or_empty());
  if (!done) return problem_response(done.error());
  return accounts_response(services, 200);
}

}  // namespace

void add_account_routes(Router& router, const Services& services) {
  add_route(router, services, Method::get, "/api/v1/accounts", watchers, get_accounts);
  add_route(router, services, Method::put, "/api/v1/accounts/{account}/rights", role::administrator,
            put_rights);
  add_route(router, services, Method::post, "/api/v1/proposed-rights/{version}/throw-away",
            role::administrator, post_throw_away);
}

}  // namespace softbot::http
