#include "web/policy_trial_view.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "domain/money.h"
#include "domain/zone.h"
#include "web/shared_views.h"
#include "web/word_table.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::array<Word, 5> changes{{{"granted -> referred", "Nu toegekend, straks naar een mens", ""},
                                       {"referred -> granted", "Nu naar een mens, straks toegekend", ""},
                                       {"granted otherwise", "Toegekend, maar anders", ""},
                                       {"referred otherwise", "Naar een mens, om andere redenen", ""},
                                       {"same", "Niets anders", ""}}};

/// "1.234.567"; a true minus sign before what is less than nothing.
std::string number_words(std::int64_t number) {
  std::string text = std::to_string(number < 0 ? -number : number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ".");
  return (number < 0 ? "\u2212" : "") + text;
}

std::string difference_words(std::int64_t difference, const std::string& size) {
  if (difference == 0) return "gelijk";
  return (difference > 0 ? "+ " : "\u2212 ") + size;
}

std::int64_t size_of(std::int64_t difference) {
  return difference < 0 ? -difference : difference;
}

Value changes_view(const Simulation& simulation) {
  Value rows = Value::list();
  for (const auto& word : changes) {
    const auto found = simulation.changes.find(std::string(word.name));
    const std::int64_t count = found == simulation.changes.end() ? 0 : found->second;
    rows.push(Value::object({{"changeWords", std::string(word.nl)}, {"count", number_words(count)}}));
  }
  return rows;
}

Value sums_view(const GrantSums& before, const GrantSums& after) {
  const auto row = [](const char* what, std::int64_t now, std::int64_t then, const auto& words) {
    return Value::object({{"what", what},
                          {"now", words(now)},
                          {"then", words(then)},
                          {"difference", difference_words(then - now, words(size_of(then - now)))}});
  };
  const auto euros = [](std::int64_t cents) { return format_euro(Cents{cents}); };
  Value rows = Value::list();
  rows.push(row("Toegekend door het beleid", before.grants, after.grants, number_words));
  rows.push(row("Minuten hulp per week", before.minutes_per_week, after.minutes_per_week, number_words));
  rows.push(row("Kosten per jaar", before.cents_per_year, after.cents_per_year, euros));
  return rows;
}

Value outcome_view(const SimulatedCase& one, const PolicyOutcome& outcome, const PolicyWords& words) {
  Value lines = Value::list();
  for (const auto& code : outcome.reasons) {
    std::string sentence = words.reason(one.type, code);
    lines.push(Value::object({{"line", sentence.empty() ? reason_words(code) : std::move(sentence)}}));
  }
  const Value granted = outcome.grants ? grant_view(outcome.grant, nullptr, "nl") : Value::list();
  for (const auto& fact : granted.items())
    lines.push(Value::object({{"line", fact["key"].text_or_empty() + ": " + fact["text"].text_or_empty()}}));
  if (const auto cents = outcome.grant["amountCentsPerYear"].as_integer(); outcome.grants && cents)
    lines.push(Value::object({{"line", "Kosten per jaar: " + format_euro(Cents{*cents})}}));
  return Value::object({{"says", outcome.grants ? "Toekennen" : "Naar een mens"}, {"lines", lines}});
}

std::string municipality_words(const Visit& visit, const std::string& id) {
  const auto found = visit.configuration().municipalities->find(id);
  return found == visit.configuration().municipalities->end() ? id : found->second.name;
}

Value case_view(const Visit& visit, const SimulatedCase& one, const TrialWords& words) {
  const bool may_open = (visit.identity().roles & http::role::consultant) != 0;
  return Value::object({{"reference", one.reference},
                        {"caseAddress", may_open ? "/staff/zaak/" + one.reference : std::string()},
                        {"typeTitle", type_title(visit, one.type, one.municipality)},
                        {"place", municipality_words(visit, one.municipality)},
                        {"day", date_words(format_iso(one.today), "nl")},
                        {"changeWords", look_up_or_name(changes, one.change(), "nl")},
                        {"before", outcome_view(one, one.before, words.now)},
                        {"after", outcome_view(one, one.after, words.then)}});
}

}  // namespace

std::string trial_scope_words(const Visit& visit, const JudgementFilter& filter) {
  std::string words =
      filter.municipality.empty() ? "Alle gemeenten" : municipality_words(visit, filter.municipality);
  words += ", " + (filter.type.empty() ? std::string("alle soorten aanvragen")
                                       : type_title(visit, filter.type, filter.municipality));
  if (filter.from > Instant{})
    words += ", ontvangen vanaf " + date_words(format_iso(local_date(filter.from)), "nl");
  if (filter.until < Instant::max())
    words += " tot en met " + date_words(format_iso(add_days(local_date(filter.until), -1)), "nl");
  return words + ".";
}

void add_trial_progress(Value& context, const TrialProgress& progress) {
  context.set("isRunning", true);
  context.set("progressDone", number_words(progress.done));
  context.set("progressAll", number_words(progress.all));
  context.set("progressPercent", std::to_string(progress.all == 0 ? 0 : progress.done * 100 / progress.all));
}

void add_trial_result(Value& context, const Visit& visit, const Simulation& simulation,
                      const TrialWords& words, std::size_t first, std::size_t most) {
  const std::size_t kept = simulation.changed.size();
  const std::size_t from = std::min(first, kept);
  const std::size_t until = std::min(from + most, kept);
  Value rows = Value::list();
  for (std::size_t index = from; index < until; ++index)
    rows.push(case_view(visit, simulation.changed[index], words));
  std::int64_t changed = 0;
  for (const auto& [change, count] : simulation.changes)
    if (change != SimulatedCase::same) changed += count;
  context.set("hasResult", true);
  context.set("oneApplication", simulation.applications == 1);
  context.set("applications", number_words(simulation.applications));
  context.set("notTried", simulation.applications == simulation.judged
                              ? std::string()
                              : number_words(simulation.applications - simulation.judged));
  context.set("changesRows", changes_view(simulation));
  context.set("sumRows", sums_view(simulation.before, simulation.after));
  context.set("hasChanged", kept > 0);
  context.set("changedAll", number_words(changed));
  context.set("changedKept", changed > static_cast<std::int64_t>(kept)
                                 ? number_words(static_cast<std::int64_t>(kept))
                                 : std::string());
  context.set("changedFrom", number_words(static_cast<std::int64_t>(from + 1)));
  context.set("changedTo", number_words(static_cast<std::int64_t>(until)));
  context.set("nextFirst", until < kept ? std::to_string(until) : std::string());
  context.set("changedRows", std::move(rows));
}

}  // namespace softbot::web
