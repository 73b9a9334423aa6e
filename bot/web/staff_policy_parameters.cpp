#include <algorithm>
#include <map>
#include <optional>

#include "domain/text.h"
#include "domain/zone.h"
#include "http/multipart.h"
#include "http/problem.h"
#include "pipeline/policy_findings.h"
#include "web/finding_words.h"
#include "web/policy_pages.h"
#include "web/policy_view.h"
#include "web/words.h"

/// The parameters of a version as labelled fields with their bounds and explanation, out of parameters.json.
namespace softbot::web {
namespace {

constexpr const char* parameters_file = "parameters.json";
constexpr std::string_view field_prefix = "p.";

/// What the page is about: a version, its parameters, and where the values count.
struct Sheet {
  pipeline::PolicyVersion version;
  std::vector<PolicyParameter> parameters;
  std::string municipality;  ///< "": all that have no values of their own
  Date today{};
};

/// What somebody typed, and what is wrong with it by field name.
struct Typed {
  const PostedForm* form = nullptr;  ///< null: the page is shown for the first time
  std::map<std::string, std::string> problems;
  std::vector<SummaryLine> lines;
  int status = 200;

  void add(const std::string& field, const std::string& id, const std::string& problem) {
    problems.emplace(field, problem);
    lines.emplace_back(id, problem);
    status = 422;
  }
};

std::string field_name(const PolicyParameter& parameter) {
  return std::string(field_prefix) + parameter.name;
}

/// Of the boxes that take a planned value back.
std::string back_name(const PolicyParameter& parameter) {
  return "terug." + parameter.name;
}

std::string field_id(const PolicyParameter& parameter) {
  return "p-" + parameter.name;
}

/// As it stands in the field: "20,50", or one text a line.
std::string shown_value(const Value& value) {
  if (!value.is_list()) return value.is_null() ? std::string() : parameter_words(value);
  std::string text;
  for (const auto& item : value.items()) text += (text.empty() ? "" : "\n") + item.text_or_empty();
  return text;
}

bool is_plain_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto dot = std::min(text.find('.'), text.size());
  const auto whole = text.substr(0, dot);
  const auto part = dot == text.size() ? std::string_view("0") : text.substr(dot + 1);
  const auto digits = [](std::string_view digit_text) {
    return !digit_text.empty() && digit_text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return digits(whole) && digits(part) && (whole.size() == 1 || whole.front() != '0');
}

/// Null for a number that is none.
Value typed_value(const PolicyParameter& parameter, std::string text) {
  if (parameter.minimum.is_null()) {
    Value list = Value::list();
    for (std::size_t at = 0; at <= text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      const auto line = trim(std::string_view(text).substr(at, end - at));
      if (!line.empty()) list.push(std::string(line));
      at = end + 1;
    }
    return list;
  }
  std::ranges::replace(text, ',', '.');
  return is_plain_number(text) ? Value(Number{text}) : Value();
}

std::string bounds_words(const PolicyParameter& parameter) {
  if (parameter.minimum.is_null()) return "Eén per regel.";
  return "Van " + parameter_words(parameter.minimum) + " tot en met " + parameter_words(parameter.maximum) +
         ".";
}

/// The values that count here, by date.
const std::vector<DatedValue>& dated_values(const Sheet& sheet, const PolicyParameter& parameter) {
  const auto own = parameter.municipalities.find(sheet.municipality);
  return own == parameter.municipalities.end() ? parameter.values : own->second;
}

/// Values that come later, each to be taken back.
Value planned_view(const Sheet& sheet, const PolicyParameter& parameter, const Typed& typed) {
  const auto taken_back = typed.form ? typed.form->all(back_name(parameter)) : std::vector<std::string>();
  Value planned = Value::list();
  const auto& dated = dated_values(sheet, parameter);
  for (const auto& one : dated) {
    if (one.from <= sheet.today) continue;
    const std::string day = format_iso(one.from);
    planned.push(Value::object(
        {{"plannedId", field_id(parameter) + "-" + day},
         {"plannedName", back_name(parameter)},
         {"plannedDay", day},
         {"plannedWords", "Vanaf " + date_words(day, "nl") + ": " + parameter_words(one.value) + "."},
         {"mayGo", dated.size() > 1},
         {"isBack", std::ranges::find(taken_back, day) != taken_back.end()}}));
  }
  return planned;
}

/// Values of single municipalities.
std::string note_words(const Sheet& sheet, const PolicyParameter& parameter) {
  std::string note;
  if (!sheet.municipality.empty()) {
    if (!parameter.municipalities.contains(sheet.municipality))
      note += "Deze gemeente heeft nu de waarde voor alle gemeenten. ";
    return note;
  }
  for (const auto& [municipality, values] : parameter.municipalities) {
    note += "Eigen waarde in " + municipality + ": " +
            parameter_words(parameter.value_on(municipality, sheet.today)) + ". ";
  }
  return note;
}

Value field_view(const Sheet& sheet, const PolicyParameter& parameter, const Typed& typed) {
  const auto name = field_name(parameter);
  const auto problem = typed.problems.find(name);
  return Value::object(
      {{"fieldName", name},
       {"fieldId", field_id(parameter)},
       {"label", parameter.label},
       {"unit", parameter.unit},
       {"explanation", parameter.explanation},
       {"bounds", bounds_words(parameter)},
       {"note", note_words(sheet, parameter)},
       {"planned", planned_view(sheet, parameter, typed)},
       {"isList", parameter.minimum.is_null()},
       {"fieldValue", typed.form ? typed.form->get(name)
                                 : shown_value(parameter.value_on(sheet.municipality, sheet.today))},
       {"fieldProblem", problem == typed.problems.end() ? std::string() : problem->second}});
}

/// Links to the same page for one municipality.
Value places_view(const Visit& visit, const Sheet& sheet) {
  const auto address = policy_address(sheet.version.record.version) + "/parameters";
  Value places = Value::list();
  places.push(Value::object(
      {{"placeName", "Alle gemeenten"}, {"placeAddress", address}, {"here", sheet.municipality.empty()}}));
  for (const auto& [id, municipality] : *visit.configuration().municipalities) {
    places.push(Value::object({{"placeName", municipality.name},
                               {"placeAddress", address + "?voor=" + http::percent_encoded(id)},
                               {"here", sheet.municipality == id}}));
  }
  return places;
}

Result<Sheet> sheet_of(const Visit& visit, const http::PathParameters& path) {
  Sheet sheet;
  auto version = pipeline::policy_version(visit.services(), path["version"]);
  if (!version) return fail(version.error());
  sheet.version = *std::move(version);
  const auto file = sheet.version.files.find(parameters_file);
  if (file == sheet.version.files.end())
    return fail(ErrorCode::not_found, "Deze versie heeft geen parameters.");
  auto parameters = parameters_from(file->second);
  if (!parameters) {
    return fail(
        ErrorCode::conflict,
        "De parameters van deze versie zijn niet te lezen. Herstel parameters.json en zet het terug.");
  }
  sheet.parameters = *std::move(parameters);
  sheet.municipality = visit.request().query.get("voor");
  if (!sheet.municipality.empty() && !visit.configuration().municipalities->contains(sheet.municipality))
    return fail(ErrorCode::not_found, "Deze gemeente bestaat hier niet.");
  sheet.today = local_date(visit.services().clock.now());
  return sheet;
}

http::Response show_sheet(const Visit& visit, const Sheet& sheet, const Typed& typed) {
  Value fields = Value::list();
  for (const auto& parameter : sheet.parameters) fields.push(field_view(sheet, parameter, typed));
  Value context = Value::object();
  add_version_names(context, sheet.version.record);
  const auto problem_of = [&](const std::string& field) {
    const auto found = typed.problems.find(field);
    return found == typed.problems.end() ? std::string() : found->second;
  };
  context.set("fields", std::move(fields));
  context.set("places", places_view(visit, sheet));
  context.set("municipalityId", sheet.municipality);
  context.set("from", typed.form ? typed.form->get("from") : format_iso(sheet.today));
  context.set("fromProblem", problem_of("from"));
  context.set("why", typed.form ? typed.form->get("why") : std::string());
  context.set("whyProblem", problem_of("why"));
  context.set("refusal", refusal_to_change(visit));
  add_summary(context, "nl", typed.lines);
  Frame frame;
  frame.title = "Waarden van het beleid";
  frame.audience = Audience::staff;
  frame.menu = "policy";
  frame.with_errors = !typed.lines.empty();
  return visit.show(typed.status, "staff/policy_parameters", frame, std::move(context));
}

/// The text of a field as the page itself writes it.
std::string plain_text(std::string text) {
  std::erase(text, '\r');
  return std::string(trim(text));
}

std::string what_is_accepted(const PolicyParameter& parameter) {
  return parameter.label + ": vul een getal in van " + parameter_words(parameter.minimum) + " tot en met " +
         parameter_words(parameter.maximum) + ".";
}

/// What was typed into a field, when it is not as it was shown.
std::optional<Value> new_value(const Sheet& sheet, const PolicyParameter& parameter, const Typed& typed) {
  const auto name = field_name(parameter);
  if (web_values(typed.form->typed, name).empty()) return std::nullopt;
  const Value today = parameter.value_on(sheet.municipality, sheet.today);
  const std::string text = plain_text(typed.form->get(name));
  if (text == plain_text(shown_value(today))) return std::nullopt;
  Value value = typed_value(parameter, text);
  if (value == today && !value.is_null()) return std::nullopt;
  return value;
}

/// The edits of the fields that are not as they were shown, and of planned values that go; problems of those
/// that cannot be taken.
std::vector<ParameterEdit> edits_in(const Sheet& sheet, Typed& typed) {
  std::vector<ParameterEdit> edits;
  const auto from = parse_iso_date(typed.form->get("from"));
  if (!from) typed.add("from", "from", "Vul in vanaf welke dag de nieuwe waarden gelden.");
  for (const auto& parameter : sheet.parameters) {
    for (const auto& day : typed.form->all(back_name(parameter))) {
      const auto planned = parse_iso_date(day);
      if (planned && *planned > sheet.today)
        edits.push_back({parameter.name, sheet.municipality, *planned, {}});
    }
    auto value = new_value(sheet, parameter, typed);
    if (!value) continue;
    if (!parameter.accepts(*value)) {
      typed.add(field_name(parameter), field_id(parameter), what_is_accepted(parameter));
      continue;
    }
    edits.push_back({parameter.name, sheet.municipality, from.value_or(sheet.today), *std::move(value)});
  }
  return edits;
}

std::string nothing_changed(const Sheet& sheet) {
  const bool has_planned = std::ranges::any_of(sheet.parameters, [&](const PolicyParameter& parameter) {
    return dated_values(sheet, parameter).back().from > sheet.today;
  });
  return std::string("U hebt nog niets veranderd.") +
         (has_planned ? " Wilt u een geplande waarde niet meer, kruis dan aan dat die vervalt." : "");
}

http::Response save_sheet(Visit& visit, const http::PathParameters& path) {
  const auto posted = posted_form(visit.request());
  if (!posted) return visit.sorry(posted.error(), Audience::staff);
  const auto sheet = sheet_of(visit, path);
  if (!sheet) return policy_problem(visit, sheet.error());
  Typed typed;
  typed.form = &*posted;
  pipeline::PolicyChange change;
  change.base = sheet->version.record.version;
  change.why = posted->get("why");
  change.parameters = edits_in(*sheet, typed);
  if (change.why.empty()) typed.add("why", "why", "Schrijf op waarom u de waarden verandert.");
  if (typed.lines.empty() && change.parameters.empty())
    typed.add("", field_id(sheet->parameters.front()), nothing_changed(*sheet));
  if (!typed.lines.empty()) return show_sheet(visit, *sheet, typed);
  const auto proposed = pipeline::propose_policy(visit.services(), policy_editor(visit), change);
  if (proposed) return to_draft(*proposed);
  const auto& error = proposed.error();
  if (error.fields.empty()) {
    typed.lines.emplace_back("why", error.message);
    typed.status = http::status_of(error.code);
  }
  bool in_words = false;
  for (const auto& finding : pipeline::findings_of(visit.services(), change)) {
    if (finding.obstacle != Obstacle::keeping) continue;
    typed.add("", "why", finding.file + ": " + words_of(finding).sentence);
    in_words = true;
  }
  if (in_words) return show_sheet(visit, *sheet, typed);
  for (const auto& flaw : error.fields) typed.add("", "why", flaw.field + ": " + flaw.message);
  return show_sheet(visit, *sheet, typed);
}

}  // namespace

void add_policy_parameter_pages(http::Router& router, const std::shared_ptr<const Site>& site) {
  using http::Method;
  const std::string pattern = "/staff/beleid/{version}/parameters";
  add_page(router, site, Method::get, pattern, http::role::administrator | http::role::auditor,
           [](Visit& visit, const http::PathParameters& path) {
             const auto sheet = sheet_of(visit, path);
             return sheet ? show_sheet(visit, *sheet, {}) : policy_problem(visit, sheet.error());
           });
  add_page(router, site, Method::post, pattern, http::role::administrator, save_sheet);
}

}  // namespace softbot::web
