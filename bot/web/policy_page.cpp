#include "domain/zone.h"
#include "pipeline/register_entry.h"
#include "web/site.h"

namespace softbot::web {
namespace {

/// Empty lists become false, so that a template can leave out their headings.
Value type_view(const Value& type) {
  Value conditions = Value::list();
  Value refers = Value::list();
  for (const Value& condition : type["conditions"].items()) {
    Value one = condition;
    one.set("hasWays", !condition["met"].items().empty());
    conditions.push(std::move(one));
    for (const Value& reason : condition["refers"].items()) refers.push(reason["sentence"]);
  }
  Value view = type;
  view.set("conditions", std::move(conditions));
  view.set("refers", std::move(refers));
  view.set("hasSteps", !type["steps"].items().empty());
  return view;
}

http::Response show_policy(Visit& visit, const http::PathParameters&) {
  const Services& services = visit.services();
  Value explanation;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    auto made = pipeline::policy_explanation(transaction, visit.configuration(), visit.municipality().id,
                                             local_date(services.clock.now()));
    if (!made) return fail(made.error());
    explanation = *std::move(made);
    return {};
  });
  if (!read) return visit.sorry(read.error());
  Value types = Value::list();
  for (const Value& type : explanation["types"].items()) types.push(type_view(type));
  const auto since = parse_instant(explanation["since"].text_or_empty());
  Frame frame;
  frame.title = visit.say("Welke regels gebruikt de computer?", "Which rules does the computer use?");
  return visit.show(200, "resident/policy", frame,
                    Value::object({{"types", std::move(types)},
                                   {"policyVersion", explanation["version"].text_or_empty().substr(0, 12)},
                                   {"since", since ? format_dutch_local(*since) : std::string()}}));
}

}  // namespace

void add_policy_page(http::Router& router, const std::shared_ptr<const Site>& site) {
  add_page(router, site, http::Method::get, "/beleid", http::role::anyone, show_policy);
}

}  // namespace softbot::web
