#include <algorithm>

#include "domain/date.h"
#include "domain/zone.h"
#include "forms/catalogue.h"
#include "http/api/api.h"
#include "http/api/api_support.h"
#include "http/problem.h"
#include "pipeline/edit.h"
#include "pipeline/policy_life.h"
#include "pipeline/provisions.h"
#include "pipeline/scan_intake.h"
#include "policy/group_shares.h"

namespace softbot::http {
namespace {

constexpr std::uint64_t watchers = role::administrator | role::auditor;
constexpr std::size_t most_provisions = 20'000;
constexpr std::size_t provisions_bytes = std::size_t{8} << 20;

Value figure_value(const Figure& figure) {
  Value one = Value::object();
  for (const auto& [name, value] : figure.labels) one.set(name, value);
  one.set("count", figure.count);
  return one;
}

/// The figures of the municipalities that this identity works for.
Value figures_value(const std::vector<Figure>& figures, const Identity& identity) {
  Value list = Value::list();
  for (const Figure& figure : figures) {
    const auto municipality = figure.labels.find("municipality");
    if (municipality != figure.labels.end() && works_for(identity, municipality->second))
      list.push(figure_value(figure));
  }
  return list;
}

Value group_value(const GroupShare& group) {
  Value one = Value::object({{"group", group.group}, {"shown", group.shown}});
  if (!group.shown) return one;
  one.set("granted", group.granted);
  one.set("referred", group.referred);
  one.set("referredShare", decimal(group.referral.share));
  one.set("low", decimal(group.referral.low));
  one.set("high", decimal(group.referral.high));
  one.set("standsOut", group.stands_out);
  return one;
}

Value groups_value(const std::vector<GroupShares>& all, Date today) {
  Value lists = Value::list();
  for (const GroupShares& shares : all) {
    Value groups = Value::list();
    for (const GroupShare& group : shares.groups) groups.push(group_value(group));
    lists.push(Value::object(
        {{"type", shares.type}, {"dimension", shares.dimension}, {"groups", std::move(groups)}}));
  }
  return Value::object({{"since", format_iso(counted_since(today))},
                        {"smallestShown", smallest_group_shown},
                        {"shares", std::move(lists)}});
}

Response get_figures(const Services& services, const Request& request, const PathParameters&) {
  Instant since{};
  if (const std::string from(request.query.get("from")); !from.empty()) {
    const auto date = parse_iso_date(from);
    if (!date) {
      return problem_response(Error{ErrorCode::invalid_input,
                                    "The date is not one.",
                                    false,
                                    {{"from", "not-a-date", "Give a date as 2026-12-01."}}});
    }
    since = start_of_day(*date);
  }
  Value figures;
  Value caseload;
  Value groups;
  const auto configuration = services.configuration();
  std::vector<std::string> municipalities;
  for (const auto& [id, municipality] : *configuration->municipalities) {
    if (works_for(identity_of(request), id)) municipalities.push_back(id);
  }
  const Date day = pipeline::today(services);
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    figures = figures_value(transaction.figures(since), identity_of(request));
    caseload = figures_value(transaction.caseload(), identity_of(request));
    groups = groups_value(group_shares(transaction, configuration->forms->types(), municipalities, day), day);
    return {};
  });
  if (!read) return problem_response(read.error());
  return json_response(200,
                       Value::object({{"figures", figures}, {"caseload", caseload}, {"groups", groups}}));
}

Value version_value(const ConfigurationRecord& record) {
  return Value::object({{"kind", record.kind},
                        {"name", record.name},
                        {"version", record.version},
                        {"state", record.state},
                        {"by", record.by},
                        {"why", record.why},
                        {"created", format_instant(record.created)}});
}

Response get_configuration(const Services& services, const Request&, const PathParameters&) {
  Value versions = Value::list();
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (const char* kind : {"policy", "safeguards", "form", "letter"}) {
      for (const ConfigurationRecord& record : transaction.configurations(kind))
        versions.push(version_value(record));
    }
    return {};
  });
  if (!read) return problem_response(read.error());
  return json_response(200, Value::object({{"versions", versions}}));
}

Response post_approval(const Services& services, const Request& request, const PathParameters& path) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"why", "from"}); !known) return problem_response(known.error());
  pipeline::Approval approval{path["kind"], path["version"], (*body)["why"].text_or_empty()};
  if (!(*body)["from"].is_null()) {
    const auto from = date_member(*body, "from");
    if (!from) return problem_response(from.error());
    approval.from = *from;
  }
  const auto done = pipeline::approve_configuration(services, editor_of(identity_of(request)), approval);
  if (!done) return problem_response(done.error());
  return get_configuration(services, request, path);
}

Response get_audit(const Services& services, const Request& request, const PathParameters& path) {
  const Identity& identity = identity_of(request);
  const auto subject = pipeline::log_subject(services, path["reference"]);
  if (!subject) return problem_response(subject.error());
  if (!identity.municipalities.empty() && !works_for(identity, subject->municipality))
    return problem_response(
        Error{ErrorCode::not_found, "Er is geen aanvraag en geen scan met dit kenmerk.", false, {}});
  Value rows = Value::list();
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (const AuditRecord& row : transaction.audit_of(subject->name)) {
      rows.push(Value::object({{"number", row.number},
                               {"at", format_instant(row.at)},
                               {"actor", row.actor},
                               {"action", row.action},
                               {"purpose", row.purpose},
                               {"activity", row.activity},
                               {"hash", row.hash}}));
    }
    return {};
  });
  if (!read) return problem_response(read.error());
  return json_response(200, Value::object({{"audit", rows}}));
}

Response post_provisions(const Services& services, const Request& request, const PathParameters&) {
  auto body = json_body(request, most_provisions * 12);
  if (!body) return std::move(body.error());
  if (auto known = only_members(*body, {"provisions"}); !known) return problem_response(known.error());
  if ((*body)["provisions"].items().size() > most_provisions) {
    return problem_response(
        Error{ErrorCode::invalid_input,
              "There are too many provisions in one request.",
              false,
              {{"provisions", "too-many", "Send at most 20,000 at a time, or use import-provisions."}}});
  }
  const auto configuration = services.configuration();
  Municipalities allowed = *configuration->municipalities;
  std::erase_if(allowed, [&](const auto& one) { return !works_for(identity_of(request), one.first); });
  const auto result = pipeline::import_provisions(services.store, services.vault, services.clock,
                                                  *configuration->forms, allowed, (*body)["provisions"]);
  if (!result) return problem_response(result.error());
  return json_response(200, Value::object({{"imported", static_cast<std::uint64_t>(*result)}}));
}

}  // namespace

void add_administration_routes(Router& router, const Services& services) {
  add_route(router, services, Method::get, "/api/v1/figures", watchers, get_figures);
  add_route(router, services, Method::get, "/api/v1/configuration", watchers, get_configuration);
  add_route(router, services, Method::post, "/api/v1/configuration/{kind}/{version}/approval",
            role::administrator, post_approval);
  router.add({.method = Method::post,
              .pattern = "/api/v1/provisions",
              .access = {role::administrator},
              .body_limit = provisions_bytes,
              .handler = [&services](const Request& request, const PathParameters& path) {
                return post_provisions(services, request, path);
              }});
  add_route(router, services, Method::get, "/api/v1/audit/{reference}", role::auditor, get_audit);
}

}  // namespace softbot::http
