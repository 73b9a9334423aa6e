#include "web/sample_view.h"

#include <algorithm>
#include <cmath>

#include "domain/zone.h"
#include "policy/share.h"
#include "web/shared_views.h"
#include "web/words.h"

namespace softbot::web {
namespace {

std::string municipality_name(const Visit& visit, const std::string& id) {
  const auto found = visit.configuration().municipalities->find(id);
  return found == visit.configuration().municipalities->end() ? id : found->second.name;
}

std::string rounded(double number) {
  return std::to_string(std::llround(number));
}

/// 0.0123 -> "1,2%".
std::string percent_of(double share) {
  const auto thousandths = std::llround(share * 1000);
  return percent_words(thousandths * 1000);
}

double share_of(std::int64_t per_million) {
  return static_cast<double>(per_million) / static_cast<double>(whole_share);
}

std::string state_words(const SampleTest& test) {
  if (test.stopped_at) return "Gestopt op " + format_dutch_local(*test.stopped_at);
  if (test.all.looked_at() == 0) return "Nog niets bekeken";
  const SequentialTest bounds(test.settings);
  const double evidence = bounds.evidence(test.round);
  return evidence > bounds.stop_at() / 2 ? std::string("Dicht bij de grens") : std::string("Binnen de grens");
}

}  // namespace

std::string switch_title(const Visit& visit, const std::string& subject) {
  if (subject == kill_switch_for_all) return "Alle aanvragen";
  const auto colon = subject.find(':');
  if (colon == std::string::npos) return type_title(visit, subject, "");
  const std::string municipality = subject.substr(0, colon);
  return type_title(visit, subject.substr(colon + 1), municipality) + ", " +
         municipality_name(visit, municipality);
}

void add_sample_tests(Value& context, const Visit& visit, const Management& all) {
  const SampleTestSettings& settings = all.sample_test;
  const SequentialTest test(settings);
  const auto good = test.course(share_of(settings.acceptable));
  const auto bad = test.course(share_of(settings.unacceptable));
  context.set("sampleTest", Value::object({{"acceptable", percent_words(settings.acceptable)},
                                           {"unacceptable", percent_words(settings.unacceptable)},
                                           {"falseStops", percent_of(good.stops)},
                                           {"goodCases", rounded(good.cases)},
                                           {"found", percent_of(bad.stops)},
                                           {"badCases", rounded(bad.cases)},
                                           {"stopAfter", std::to_string(test.stop_after())},
                                           {"passAfter", std::to_string(test.pass_after())}}));
  Value rows = Value::list();
  std::string stopped;
  for (const SampleTest& each : all.sample_tests) {
    const std::string title = switch_title(visit, each.scope.subject());
    if (each.stopped_at) stopped += (stopped.empty() ? "" : "; ") + title;
    rows.push(Value::object({{"title", title},
                             {"lookedAt", std::to_string(each.all.looked_at())},
                             {"overturned", std::to_string(each.all.overturned)},
                             {"thisRound", std::to_string(each.round.looked_at())},
                             {"passes", std::to_string(each.passes)},
                             {"state", state_words(each)}}));
  }
  context.set("sampleRows", std::move(rows));
  context.set("anySampleStop", !stopped.empty());
  context.set("sampleStops", stopped);
}

}  // namespace softbot::web
