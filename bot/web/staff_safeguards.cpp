#include <algorithm>
#include <array>

#include "domain/money.h"
#include "domain/zone.h"
#include "forms/catalogue.h"
#include "http/multipart.h"
#include "http/problem.h"
#include "pipeline/policy_life.h"
#include "pipeline/safeguard_life.h"
#include "policy/share.h"
#include "web/policy_pages.h"
#include "web/policy_view.h"
#include "web/safeguard_form.h"
#include "web/word_table.h"

/// Daily caps, sample shares and the test on the sample: one person proposes, another approves.
namespace softbot::web {
namespace {

constexpr const char* address = "/staff/waarborgen";

constexpr std::array<Word, 7> limit_words{{{"grantsPerDay", "hoogste aantal toekenningen per dag", ""},
                                           {"centsPerDay", "hoogste bedrag per dag", ""},
                                           {"sampleShare", "deel voor de steekproef", ""},
                                           {"acceptable", "toets: dit deel anders besloten is goed", ""},
                                           {"unacceptable", "toets: bij dit deel moet de bot stoppen", ""},
                                           {"falseAlarm", "toets: kans om ten onrechte te stoppen", ""},
                                           {"missed", "toets: kans om ten onrechte door te gaan", ""}}};

/// What is wrong, with what was typed; null for a page that is shown for the first time.
struct Typed {
  const PostedForm* form = nullptr;
  std::vector<SummaryLine> problems;
  int status = 422;
};

std::string done_words(std::string_view done) {
  if (done == "concept")
    return "Het voorstel is bewaard. Iemand anders moet het goedkeuren voordat het telt.";
  if (done == "goedgekeurd") return "Deze grenzen zijn goedgekeurd en gelden vanaf nu.";
  if (done == "weggegooid") return "Het voorstel is weggegooid.";
  return {};
}

std::string value_words(const std::string& what, const Value& value) {
  if (value.is_null()) return "geen";
  if (what == "centsPerDay") return value.as_integer() ? format_euro(Cents{*value.as_integer()}) : "";
  if (what == "grantsPerDay") return parameter_words(value);
  const auto share = share_from(value);
  return share ? percent_words(*share) : std::string();
}

std::string municipality_words(const Visit& visit, const std::string& id) {
  const auto found = visit.configuration().municipalities->find(id);
  return found == visit.configuration().municipalities->end() ? id : found->second.name;
}

Value differences_view(const Visit& visit, const std::vector<SafeguardDifference>& differences) {
  Value rows = Value::list();
  for (const auto& one : differences) {
    std::string place = one.type.empty() ? "Steekproef" : type_title(visit, one.type, one.municipality);
    if (!one.municipality.empty()) place += " in " + municipality_words(visit, one.municipality);
    rows.push(Value::object({{"place", place},
                             {"what", look_up_or_name(limit_words, one.what, "nl")},
                             {"before", value_words(one.what, one.before)},
                             {"after", value_words(one.what, one.after)}}));
  }
  return rows;
}

std::string person_words(const pipeline::SafeguardLife& life, const std::string& person) {
  const auto known = life.persons.find(person);
  return known == life.persons.end() ? person : known->second;
}

Value drafts_view(const Visit& visit, const pipeline::SafeguardLife& life) {
  Value drafts = Value::list();
  for (const auto& version : life.versions) {
    if (version.record.state != "draft") continue;
    const bool shipped = version.record.by == "shipped";
    const std::string moment = format_dutch_local(version.record.created);
    const bool own = version.record.by == visit.identity().person;
    drafts.push(Value::object(
        {{"draftVersion", version.record.version},
         {"origin", shipped ? "Uit de bestanden van het programma, op " + moment
                            : "Voorgesteld door " + person_words(life, version.record.by) + " op " + moment},
         {"why", shipped ? std::string() : version.record.why},
         {"isOwn", own},
         {"rows", differences_view(visit, version.differences)}}));
  }
  return drafts;
}

SafeguardForm form_of(const Visit& visit) {
  SafeguardForm form{std::string(visit.request().query.get("voor")), {}};
  for (const auto& type : visit.configuration().forms->types())
    if (!is_always_a_person(type)) form.types.push_back(type);
  return form;
}

Value field_view(const std::string& name, const std::map<std::string, std::string>& stored,
                 const Typed& typed) {
  const std::string id = safeguard_field_id(name);
  const auto problem = std::ranges::find(typed.problems, id, &SummaryLine::first);
  const auto found = stored.find(name);
  return Value::object({{"fieldName", name},
                        {"fieldId", id},
                        {"fieldValue", typed.form              ? typed.form->get(name)
                                       : found == stored.end() ? std::string()
                                                               : found->second},
                        {"fieldProblem", problem == typed.problems.end() ? std::string() : problem->second}});
}

void add_fields(Value& context, const Visit& visit, const SafeguardForm& form, const Value& settings,
                const Typed& typed) {
  const auto stored = typed_safeguards(form, settings);
  Value groups = Value::list();
  for (const auto& type : form.types) {
    groups.push(Value::object({{"typeTitle", type_title(visit, type, form.municipality)},
                               {"grants", field_view(type + ".grants", stored, typed)},
                               {"euros", field_view(type + ".euros", stored, typed)},
                               {"sample", field_view(type + ".sample", stored, typed)}}));
  }
  context.set("groups", std::move(groups));
  context.set("everywhere", form.municipality.empty());
  for (const char* name : {"acceptable", "unacceptable", "falseAlarm", "missed"})
    context.set(name, field_view(std::string("test.") + name, stored, typed));
}

Value places_view(const Visit& visit, const SafeguardForm& form) {
  Value places = Value::list();
  places.push(Value::object(
      {{"placeName", "Alle gemeenten"}, {"placeAddress", address}, {"here", form.municipality.empty()}}));
  for (const auto& [id, municipality] : *visit.configuration().municipalities) {
    places.push(Value::object({{"placeName", municipality.name},
                               {"placeAddress", std::string(address) + "?voor=" + http::percent_encoded(id)},
                               {"here", form.municipality == id}}));
  }
  return places;
}

bool is_known(const Visit& visit, const SafeguardForm& form) {
  return form.municipality.empty() || visit.configuration().municipalities->contains(form.municipality);
}

http::Response no_such_municipality(const Visit& visit) {
  return policy_problem(visit, Error{ErrorCode::not_found, "Deze gemeente bestaat hier niet.", false, {}});
}

http::Response show_safeguards(const Visit& visit, const Typed& typed) {
  const SafeguardForm form = form_of(visit);
  if (!is_known(visit, form)) return no_such_municipality(visit);
  const auto life = pipeline::safeguard_life(visit.services());
  if (!life) return visit.sorry(life.error(), Audience::staff);
  Value context = Value::object({{"done", done_words(visit.request().query.get("gedaan"))},
                                 {"refusal", refusal_to_change(visit)},
                                 {"places", places_view(visit, form)},
                                 {"municipalityId", form.municipality},
                                 {"why", typed.form ? typed.form->get("why") : std::string()}});
  Value drafts = drafts_view(visit, *life);
  context.set("hasDrafts", !drafts.items().empty());
  context.set("drafts", std::move(drafts));
  add_fields(context, visit, form, life->settings, typed);
  add_summary(context, "nl", typed.problems);
  Frame frame;
  frame.title = "Waarborgen";
  frame.audience = Audience::staff;
  frame.menu = "manage";
  frame.with_errors = !typed.problems.empty();
  return visit.show(frame.with_errors ? typed.status : 200, "staff/safeguards", frame, std::move(context));
}

http::Response propose(Visit& visit, const http::PathParameters&) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const SafeguardForm form = form_of(visit);
  if (!is_known(visit, form)) return no_such_municipality(visit);
  const auto life = pipeline::safeguard_life(visit.services());
  if (!life) return visit.sorry(life.error(), Audience::staff);
  auto read = read_safeguards(form, life->settings, *posted);
  if (read.problems.empty() && !safeguard_settings_from(read.settings))
    read.problems.emplace_back(
        safeguard_field_id("test.acceptable"),
        "Zo kan de toets niet werken: wat goed is moet kleiner zijn dan waarbij de bot "
        "stopt, en de kansen op een fout zijn groter dan 0 en hoogstens 50.");
  if (posted->get("why").empty()) read.problems.emplace_back("why", "Schrijf op waarom u dit verandert.");
  if (read.problems.empty() && differences_of(life->settings, read.settings).empty())
    read.problems.emplace_back("why", "U hebt nog niets veranderd.");
  if (!read.problems.empty()) return show_safeguards(visit, {&*posted, read.problems});
  const auto version =
      pipeline::propose_safeguards(visit.services(), policy_editor(visit), read.settings, posted->get("why"));
  if (!version)
    return show_safeguards(
        visit, {&*posted, {{"why", version.error().message}}, http::status_of(version.error().code)});
  return http::see_other(std::string(address) + "?gedaan=concept");
}

http::Response approve(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto done = pipeline::approve_configuration(
      visit.services(), policy_editor(visit), {safeguards_name().kind, path["version"], posted->get("why")});
  if (!done) return policy_problem(visit, done.error());
  return http::see_other(std::string(address) + "?gedaan=goedgekeurd");
}

http::Response throw_away(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto done = pipeline::throw_away_safeguards(visit.services(), policy_editor(visit), path["version"],
                                                    posted->get("why"));
  if (!done) return policy_problem(visit, done.error());
  return http::see_other(std::string(address) + "?gedaan=weggegooid");
}

}  // namespace

void add_safeguard_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  constexpr std::uint64_t administrator = http::role::administrator;
  add_page(router, site, Method::get, address, administrator | http::role::auditor,
           [](Visit& visit, const http::PathParameters&) { return show_safeguards(visit, {}); });
  add_page(router, site, Method::post, address, administrator, propose);
  add_page(router, site, Method::post, std::string(address) + "/{version}/goedkeuren", administrator,
           approve);
  add_page(router, site, Method::post, std::string(address) + "/{version}/weggooien", administrator,
           throw_away);
}

}  // namespace softbot::web
