#include "web/policy_view.h"

#include <algorithm>
#include <array>

#include "domain/zone.h"
#include "web/finding_words.h"
#include "web/word_table.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::array<Word, 5> state_words{{{"active", "Actief", ""},
                                           {"planned", "Goedgekeurd, wacht op haar dag", ""},
                                           {"draft", "Concept, wacht op goedkeuring", ""},
                                           {"replaced", "Vervangen", ""},
                                           {"thrown-away", "Weggegooid", ""}}};

constexpr std::array<Word, 6> event_names{{{"proposed", "Voorgesteld", ""},
                                           {"approved", "Goedgekeurd", ""},
                                           {"began", "Gaan gelden, na goedkeuring", ""},
                                           {"withdrawn", "Ingetrokken, weer een concept", ""},
                                           {"went-back", "Teruggezet", ""},
                                           {"thrown-away", "Weggegooid", ""}}};

constexpr std::array<Word, 7> parts{{{"label", "Naam", ""},
                                     {"unit", "Eenheid", ""},
                                     {"explanation", "Uitleg", ""},
                                     {"minimum", "Laagste toegestane waarde", ""},
                                     {"maximum", "Hoogste toegestane waarde", ""},
                                     {"added", "Nieuwe waarde in het beleid", ""},
                                     {"removed", "Waarde uit het beleid gehaald", ""}}};

constexpr std::array<Word, 3> file_changes{
    {{"added", "nieuw bestand", ""}, {"removed", "weggehaald", ""}, {"changed", "veranderd", ""}}};

Value parameter_view(const ParameterDifference& difference) {
  std::string what = difference.label;
  if (difference.what != "value") what += ": " + look_up_or_name(parts, difference.what, "nl");
  if (!difference.municipality.empty()) what += " (alleen " + difference.municipality + ")";
  return Value::object(
      {{"what", std::move(what)},
       {"from", difference.from == Date{} ? std::string("-") : date_words(format_iso(difference.from), "nl")},
       {"before", parameter_words(difference.before)},
       {"after", parameter_words(difference.after)}});
}

/// The lines of a model under the decision that they belong to.
Value lines_view(const FileDifference& difference) {
  Value groups = Value::list();
  Value lines = Value::list();
  std::string element;
  const auto close = [&] {
    if (!lines.items().empty())
      groups.push(Value::object(
          {{"element", element.empty() ? std::string("Het model zelf") : element_words(element)},
           {"lines", std::move(lines)}}));
    lines = Value::list();
  };
  for (const auto& line : difference.lines) {
    if (line.element != element) close();
    element = line.element;
    lines.push(Value::object({{"added", line.change == LineChange::added},
                              {"removed", line.change == LineChange::removed},
                              {"text", line.text}}));
  }
  close();
  return groups;
}

Value file_view(const FileDifference& difference) {
  const bool only_layout =
      difference.change == "changed" && difference.file.ends_with(".dmn") && difference.lines.empty();
  return Value::object({{"file", difference.file},
                        {"changeWords", look_up_or_name(file_changes, difference.change, "nl")},
                        {"onlyLayout", only_layout},
                        {"groups", lines_view(difference)}});
}

std::string event_words(const ConfigurationEvent& event) {
  std::string words = look_up_or_name(event_names, event.kind, "nl");
  if (event.kind == "approved" && event.from)
    words += ", met ingang van " + date_words(format_iso(*event.from), "nl") + ",";
  return words;
}

Value version_view(const pipeline::PolicyLife& life, const ConfigurationRecord& record) {
  Value view = Value::object({{"address", "/staff/beleid/" + record.version},
                              {"short", short_version(record.version)},
                              {"stateWords", policy_state_words(record.state)},
                              {"badge", policy_state_badge(record.state)},
                              {"origin", origin_words(life, record)},
                              {"why", record.by == "shipped" ? std::string() : record.why}});
  const auto last = std::ranges::find(life.events.rbegin(), life.events.rend(), record.version,
                                      &ConfigurationEvent::version);
  if (last != life.events.rend() && last->kind != "proposed") {
    view.set("lastWords", event_words(*last) + " door " + person_words(life, last->change.person) + " op " +
                              format_dutch_local(last->change.at));
  }
  return view;
}

}  // namespace

std::string policy_state_words(std::string_view state) {
  return look_up_or_name(state_words, state, "nl");
}

std::string policy_state_badge(std::string_view state) {
  return state == "active" ? "safe" : state == "draft" || state == "planned" ? "warning" : "neutral";
}

std::string short_version(std::string_view version) {
  return std::string(version.substr(0, 12));
}

std::string origin_words(const pipeline::PolicyLife& life, const ConfigurationRecord& record) {
  const std::string moment = format_dutch_local(record.created);
  if (record.by == "shipped") return "Meegeleverd met het programma op " + moment;
  return "Voorgesteld door " + person_words(life, record.by) + " op " + moment;
}

std::string person_words(const pipeline::PolicyLife& life, const std::string& person) {
  const auto known = life.persons.find(person);
  return known == life.persons.end() ? person : known->second;
}

std::string parameter_words(const Value& value) {
  if (value.is_null()) return "niets";
  if (const auto* number = value.as_number()) {
    std::string text = number->text;
    std::ranges::replace(text, '.', ',');
    return text;
  }
  if (!value.is_list()) return value.text_or_empty();
  std::string text;
  for (const auto& item : value.items()) text += (text.empty() ? "" : ", ") + item.text_or_empty();
  return text.empty() ? "niets" : text;
}

Value versions_view(const pipeline::PolicyLife& life) {
  Value list = Value::list();
  for (const auto& record : life.versions) list.push(version_view(life, record));
  return list;
}

Value events_view(const pipeline::PolicyLife& life, std::string_view version) {
  Value list = Value::list();
  for (const auto& event : life.events) {
    if (event.version != version) continue;
    list.push(Value::object({{"eventWords", event_words(event)},
                             {"eventBy", person_words(life, event.change.person)},
                             {"eventAt", format_dutch_local(event.change.at)},
                             {"eventWhy", event.change.why}}));
  }
  return list;
}

void add_differences(Value& context, const PolicyDifferences& differences) {
  Value parameters = Value::list();
  for (const auto& one : differences.parameters) parameters.push(parameter_view(one));
  Value files = Value::list();
  for (const auto& one : differences.files) {
    if (one.file == "parameters.json" && !differences.parameters.empty()) continue;
    files.push(file_view(one));
  }
  context.set("hasDifferences", !differences.parameters.empty() || !differences.files.empty());
  context.set("hasChangedParameters", !parameters.items().empty());
  context.set("hasChangedFiles", !files.items().empty());
  context.set("changedParameters", std::move(parameters));
  context.set("changedFiles", std::move(files));
}

Value finding_view(const DraftFinding& finding) {
  FindingWords words = words_of(finding);
  return Value::object({{"findingFile", finding.file},
                        {"findingWords", std::move(words.heading)},
                        {"findingText", std::move(words.sentence)},
                        {"findingDetail", std::move(words.detail)},
                        {"mayStay", finding.obstacle == Obstacle::nothing},
                        {"blocksApproval", finding.obstacle == Obstacle::approval}});
}

Value findings_view(const std::vector<DraftFinding>& findings) {
  Value list = Value::list();
  for (const auto& finding : findings) list.push(finding_view(finding));
  return list;
}

}  // namespace softbot::web
