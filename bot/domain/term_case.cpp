#include "domain/term_case.h"

#include <algorithm>

namespace softbot::terms {
namespace {

std::string late_by(const Deadline& term, Date met_on) {
  const int days = days_between(term.end, met_on);
  return " Het gebeurde op " + format_dutch(met_on) + ", " + std::to_string(days) +
         (days == 1 ? " dag te laat." : " dagen te laat.");
}

TermStatus open_status(const Deadline& term, const Case& facts, Fate fate) {
  if (facts.today < term.start) return TermStatus::upcoming;
  if (facts.today > term.end) return TermStatus::passed;
  const bool stopped = fate == Fate::can_suspend && is_suspended(facts.today, facts.suspensions);
  return stopped ? TermStatus::suspended : TermStatus::running;
}

}  // namespace

Case case_from(TermLaw law, const std::vector<TermEvent>& events, Date today) {
  Case facts{law, events, today, {}, {}, {}};
  std::stable_sort(facts.events.begin(), facts.events.end(),
                   [](const TermEvent& a, const TermEvent& b) { return a.date < b.date; });
  facts.published = happened(facts, first(facts, EventKind::decision_published));
  facts.withdrawn = happened(facts, first(facts, EventKind::withdrawn));
  facts.suspensions = suspensions_of(facts.events, today, earliest(facts.published, facts.withdrawn));
  return facts;
}

std::optional<Date> first(const Case& facts, EventKind kind) {
  for (const TermEvent& event : facts.events) {
    if (event.kind == kind) return event.date;
  }
  return std::nullopt;
}

std::vector<TermEvent> all(const Case& facts, EventKind kind) {
  std::vector<TermEvent> found;
  std::copy_if(facts.events.begin(), facts.events.end(), std::back_inserter(found),
               [&](const TermEvent& event) { return event.kind == kind; });
  return found;
}

std::optional<Date> earliest(std::optional<Date> left, std::optional<Date> right) {
  if (!left || !right) return left ? left : right;
  return std::min(*left, *right);
}

std::optional<Date> happened(const Case& facts, std::optional<Date> day) {
  return day && *day <= facts.today ? day : std::nullopt;
}

Deadline settled(Deadline term, const Case& facts, std::optional<Date> met_on, Fate fate) {
  term.met_on = happened(facts, met_on);
  const bool withdrawn = fate != Fate::stands && facts.withdrawn && *facts.withdrawn <= term.end;
  if (term.met_on && *term.met_on <= term.end) {
    term.status = TermStatus::met;
  } else if (term.met_on) {
    term.status = TermStatus::passed;
    term.explanation += late_by(term, *term.met_on);
  } else if (withdrawn) {
    term.status = TermStatus::lapsed;
    term.explanation += " De aanvraag is op " + format_dutch(*facts.withdrawn) + " ingetrokken.";
  } else {
    term.status = open_status(term, facts, fate);
  }
  return term;
}

Deadline term_of(const law::TermRule& rule, Date start, std::string_view basis, const TermRun& run,
                 const std::vector<Suspension>& suspensions) {
  Deadline term;
  term.code = rule.code;
  term.label = rule.label;
  term.party = rule.party;
  term.start = start;
  term.nominal_end = run.nominal_end;
  term.end = run.end;
  term.suspended_days = run.suspended_days;
  term.articles = articles_of(rule.article, start, run, suspensions);
  term.explanation = explain_run(rule.length, basis, rule.article, start, run, suspensions);
  return term;
}

Deadline plain_term(const law::TermRule& rule, Date start, std::string_view basis) {
  return term_of(rule, start, basis, run_term(start, rule.days, {}), {});
}

}  // namespace softbot::terms
