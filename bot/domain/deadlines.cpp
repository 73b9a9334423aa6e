#include "domain/deadlines.h"

#include <algorithm>

#include "domain/law_terms.h"
#include "domain/term_clock.h"
#include "domain/working_days.h"

namespace softbot {
namespace {

/// The events of one case in order, with what is asked of them again and again.
struct Case {
  TermLaw law = TermLaw::awb;
  std::vector<TermEvent> events;  ///< by date
  Date today{};
  std::optional<Date> published;  ///< first publication, not after today
  std::optional<Date> withdrawn;  ///< not after today
  std::vector<Suspension> suspensions;
};

std::optional<Date> first(const Case& facts, EventKind kind) {
  for (const TermEvent& event : facts.events) {
    if (event.kind == kind) return event.date;
  }
  return std::nullopt;
}

std::optional<Date> earliest(std::optional<Date> left, std::optional<Date> right) {
  if (!left || !right) return left ? left : right;
  return std::min(*left, *right);
}

std::vector<TermEvent> all(const Case& facts, EventKind kind) {
  std::vector<TermEvent> found;
  std::copy_if(facts.events.begin(), facts.events.end(), std::back_inserter(found),
               [&](const TermEvent& event) { return event.kind == kind; });
  return found;
}

/// A day that has come; planned days do not meet a term yet.
std::optional<Date> happened(const Case& facts, std::optional<Date> day) {
  return day && *day <= facts.today ? day : std::nullopt;
}

std::string late_by(const Deadline& term) {
  const int days = days_between(term.end, *term.met_on);
  return " Het gebeurde op " + format_dutch(*term.met_on) + ", " + std::to_string(days) +
         (days == 1 ? " dag te laat." : " dagen te laat.");
}

/// Sets met_on and status; `lapses` tells whether a withdrawal ends the term.
void settle(Deadline& term, const Case& facts, std::optional<Date> met_on, bool suspendable, bool lapses) {
  term.met_on = happened(facts, met_on);
  const bool stopped = suspendable && is_suspended(facts.today, facts.suspensions);
  if (term.met_on) {
    term.status = *term.met_on <= term.end ? TermStatus::met : TermStatus::passed;
    if (term.status == TermStatus::passed) term.explanation += late_by(term);
  } else if (lapses && facts.withdrawn && *facts.withdrawn <= term.end) {
    term.status = TermStatus::lapsed;
    term.explanation += " De aanvraag is op " + format_dutch(*facts.withdrawn) + " ingetrokken.";
  } else if (facts.today < term.start) {
    term.status = TermStatus::upcoming;
  } else if (facts.today > term.end) {
    term.status = TermStatus::passed;
  } else {
    term.status = stopped ? TermStatus::suspended : TermStatus::running;
  }
}

Deadline deadline_from(const law::TermRule& rule, Date start, const std::string& basis, const TermRun& run,
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

/// A term that nothing suspends.
Deadline plain_term(const law::TermRule& rule, Date start, const std::string& basis) {
  return deadline_from(rule, start, basis, run_term(start, rule.days, {}), {});
}

// --- Wmo 2015: notification, investigation, personal plan, application
// -------------------------------------------

std::optional<Date> notification_day(const Case& facts) {
  return earliest(first(facts, EventKind::notification), first(facts, EventKind::received));
}

Deadline investigation(const Case& facts, Date notified) {
  Deadline term = plain_term(law::kInvestigation, notified, "na de melding van " + format_dutch(notified));
  term.explanation += " Opschorting volgens Awb 4:15 geldt voor een beschikking en stopt deze termijn niet.";
  const std::optional<Date> finished = first(facts, EventKind::investigation_finished);
  settle(term, facts, finished ? finished : facts.published, false, true);  // who decides has investigated
  return term;
}

Deadline personal_plan(const Case& facts, Date notified) {
  Deadline term = plain_term(law::kPersonalPlan, notified, "na de melding van " + format_dutch(notified));
  settle(term, facts,
         earliest(first(facts, EventKind::personal_plan), first(facts, EventKind::personal_plan_declined)),
         false, true);
  return term;
}

/// The day on which a signed form counts as an application (2.3.2 lid 9), with the words for it.
struct ApplicationDay {
  Date day{};
  std::string basis;
};

std::optional<ApplicationDay> wmo_application_day(const Case& facts, std::optional<Date> investigation_end) {
  std::optional<Date> handed_in = first(facts, EventKind::application_signed);
  if (!handed_in) handed_in = first(facts, EventKind::received);
  if (!handed_in) return std::nullopt;
  if (!investigation_end)
    return ApplicationDay{*handed_in, "na ontvangst van de aanvraag op " + format_dutch(*handed_in)};
  const std::optional<Date> finished = first(facts, EventKind::investigation_finished);
  const Date after_six_weeks = add_days(*investigation_end, 1);
  const bool in_time = finished && *finished < after_six_weeks;
  const Date possible = in_time ? *finished : after_six_weeks;
  if (*handed_in >= possible) {
    return ApplicationDay{*handed_in, "na ontvangst van de aanvraag op " + format_dutch(*handed_in)};
  }
  const std::string why =
      in_time ? "het onderzoek was op " + format_dutch(possible) + " klaar"
              : "de zes weken voor het onderzoek waren op " + format_dutch(*investigation_end) + " voorbij";
  return ApplicationDay{possible, "nadat de aanvraag kon worden gedaan: het formulier van " +
                                      format_dutch(*handed_in) + " telt als aanvraag op " +
                                      format_dutch(possible) + ", want " + why + " (Wmo 2015 2.3.2 lid 9)"};
}

// --- Decision
// ----------------------------------------------------------------------------------------------------

Deadline announced(const Case& facts, const TermEvent& notice, std::string_view article,
                   const std::string& effect) {
  Deadline term;
  term.code = "announced";
  term.label = "Aangekondigde datum van het besluit";
  term.start = notice.date;
  term.nominal_end = term.end = *notice.until;
  term.articles = {std::string(article)};
  term.explanation = "Op " + format_dutch(notice.date) + " is gemeld dat het besluit er uiterlijk op " +
                     format_dutch(*notice.until) + " is (" + std::string(article) + "). " + effect;
  settle(term, facts, facts.published, false, true);
  return term;
}

/// Gives the decision term the day that a timely notice of Awb 4:14 lid 3 named; later suspensions still move
/// it.
void extend(Deadline& term, const Case& facts, const TermEvent& notice) {
  std::vector<Suspension> later;
  std::copy_if(facts.suspensions.begin(), facts.suspensions.end(), std::back_inserter(later),
               [&](const Suspension& s) { return s.from > notice.date; });
  Date day = notice.date;
  int suspended = 0;
  for (int left = days_between(notice.date, *notice.until); left > 0;) {
    day = add_days(day, 1);
    is_suspended(day, later) ? ++suspended : --left;
  }
  term.end = day;
  term.articles.emplace_back("Awb 4:14 lid 3");
  term.explanation +=
      " Op " + format_dutch(notice.date) +
      ", binnen de termijn, is een nieuwe redelijke termijn genoemd: " + format_dutch(*notice.until) +
      " (Awb 4:14 lid 3).";
  if (suspended > 0) {
    term.suspended_days += suspended;
    term.explanation += " Latere opschorting schuift dit naar " + format_dutch(day) + ".";
  }
}

/// The decision term and the days announced.
std::vector<Deadline> decision_terms(const Case& facts, const law::TermRule& rule, Date start,
                                     const std::string& basis) {
  const TermRun run = run_term(start, rule.days, facts.suspensions);
  Deadline decision = deadline_from(rule, start, basis, run, facts.suspensions);
  std::vector<Deadline> terms;
  for (const TermEvent& notice : all(facts, EventKind::extension_notice)) {
    if (!notice.until) continue;
    if (rule.code == law::kWmoDecision.code && facts.law == TermLaw::wmo2015) {
      terms.push_back(
          announced(facts, notice, "Awb 4:14 lid 1", "De wettelijke termijn verandert daardoor niet."));
    } else if (notice.date > decision.end) {
      terms.push_back(announced(facts, notice, "Awb 4:14 lid 3",
                                "Dat was na het einde van de termijn en verlengt haar niet."));
    } else if (*notice.until > decision.end) {
      extend(decision, facts, notice);
    }
  }
  settle(decision, facts, facts.published, true, true);
  terms.insert(terms.begin(), std::move(decision));
  return terms;
}

Deadline advance(const Case& facts, Date received) {
  Deadline term = plain_term(law::kAdvance, received, "na de aanvraag van " + format_dutch(received));
  term.explanation +=
      " Een voorschot hoeft niet als het besluit er dan is, als duidelijk is dat er geen recht bestaat, of "
      "als "
      "gegevens verwijtbaar ontbreken; daarna telkens na vier weken opnieuw.";
  settle(term, facts, earliest(first(facts, EventKind::advance_paid), facts.published), false, true);
  return term;
}

// --- Repair
// ------------------------------------------------------------------------------------------------------

std::vector<Deadline> repair_terms(const Case& facts, const TermEvent& request) {
  const std::optional<Date> last = repair_term_of(request, facts.events);
  if (!last) return {};
  Deadline repair;
  repair.code = "repair";
  repair.label = "Aanvraag aanvullen";
  repair.party = TermParty::resident;
  repair.start = request.date;
  repair.nominal_end = repair.end = *last;
  repair.articles = {"Awb 4:5 lid 1", "Awb 4:15 lid 1 onder a"};
  repair.explanation = "Op " + format_dutch(request.date) +
                       " is gevraagd de aanvraag aan te vullen, uiterlijk op " + format_dutch_weekday(*last) +
                       " (Awb 4:5 lid 1). De gemeente stelt deze termijn zelf.";
  const std::optional<Date> completed = completed_after(request, facts.events);
  settle(repair, facts, completed, false, true);
  if (completed && *completed <= *last) return {repair};

  Deadline untreated =
      plain_term(law::kUntreated, *last,
                 "nadat de hersteltermijn op " + format_dutch(*last) + " ongebruikt is verstreken");
  settle(untreated, facts, facts.published, false, true);
  if (untreated.status != TermStatus::met && happened(facts, completed) && *completed <= untreated.end) {
    untreated.status = TermStatus::lapsed;
    untreated.explanation += " De aanvraag is op " + format_dutch(*completed) + " alsnog aangevuld.";
  }
  return {repair, untreated};
}

// --- Notice of default and penalty
// -------------------------------------------------------------------------------

std::vector<PenaltyTranche> tranches_of(Date first_day, int days) {
  std::vector<PenaltyTranche> tranches;
  Date from = first_day;
  for (const law::PenaltyStep& step : law::kPenaltySteps) {
    const int in_step = std::min(days, step.days);
    if (in_step <= 0) break;
    tranches.push_back({from, add_days(from, in_step - 1), Cents{step.cents_per_day}, in_step,
                        Cents{step.cents_per_day * in_step}});
    from = add_days(from, in_step);
    days -= in_step;
  }
  return tranches;
}

Penalty premature_penalty(const TermEvent& notice, const Deadline* decision) {
  Penalty penalty;
  penalty.notice_received = notice.date;
  penalty.premature = true;
  penalty.grace_end = penalty.first_day = penalty.last_possible_day = notice.date;
  penalty.articles = {"Awb 4:17 lid 3"};
  penalty.explanation =
      "De ingebrekestelling van " + format_dutch(notice.date) + " is te vroeg: " +
      (decision == nullptr ? std::string("er loopt nog geen beslistermijn")
                           : "de beslistermijn loopt tot en met " + format_dutch(decision->end)) +
      ". Zij heeft geen gevolg; na het einde van de termijn is een nieuwe nodig (Awb 4:17 lid 3).";
  return penalty;
}

/// Days in default up to and including a day.
int days_in_default(Date first_day, Date last) {
  return std::clamp(days_between(first_day, last) + 1, 0, law::kPenaltyDays);
}

Penalty running_penalty(const Case& facts, const TermEvent& notice, Date grace_end) {
  Penalty penalty;
  penalty.notice_received = notice.date;
  penalty.grace_end = grace_end;
  penalty.first_day = add_days(grace_end, 1);
  penalty.last_possible_day = add_days(grace_end, law::kPenaltyDays);
  const std::optional<Date> stop = earliest(facts.published, facts.withdrawn);
  penalty.days = days_in_default(penalty.first_day, stop ? add_days(*stop, -1) : facts.today);
  penalty.total = penalty_after(penalty.days);
  penalty.tranches = tranches_of(penalty.first_day, penalty.days);
  penalty.articles = {"Awb 4:17 lid 1", "Awb 4:17 lid 2", "Awb 4:17 lid 3"};
  std::string& text = penalty.explanation;
  text = "De ingebrekestelling kwam op " + format_dutch(notice.date) + "; de twee weken daarna eindigen op " +
         format_dutch(grace_end) + ". De eerste dag waarover dwangsom verschuldigd is, is " +
         format_dutch(penalty.first_day) + " (Awb 4:17 lid 3); de laatste mogelijke (dag 42) is " +
         format_dutch(penalty.last_possible_day) + ", ook als dat geen werkdag is (lid 1). ";
  if (stop) {
    text += facts.published == stop ? "Het besluit is bekendgemaakt op " : "De aanvraag is ingetrokken op ";
    text += format_dutch(*stop) + "; die dag is de gemeente niet meer in gebreke en telt dus niet mee. ";
  } else {
    text += "Stand tot en met " + format_dutch(facts.today) + ": er is nog geen besluit. ";
  }
  text += std::to_string(penalty.days) + (penalty.days == 1 ? " dag" : " dagen") + " in gebreke, samen " +
          format_euro(penalty.total) +
          " (€ 23 per dag voor dag 1 tot en met 14, € 35 voor dag 15 tot en "
          "met 28, € 45 voor dag 29 tot en met 42; lid 2).";
  return penalty;
}

/// Adds the terms that follow from notices of default, and the penalty.
void add_default(const Case& facts, TermReport& report) {
  const std::vector<TermEvent> notices = all(facts, EventKind::notice_of_default);
  if (notices.empty()) return;
  const Deadline* decision = find_term(report, "decision");
  const auto valid = std::find_if(notices.begin(), notices.end(), [&](const TermEvent& notice) {
    return decision != nullptr && notice.date > decision->end;
  });
  if (valid == notices.end()) {
    report.penalty = premature_penalty(notices.back(), decision);
    return;
  }
  Deadline grace = plain_term(law::kNoticeOfDefault, valid->date,
                              "na ontvangst van de ingebrekestelling op " + format_dutch(valid->date));
  settle(grace, facts, facts.published, false, true);
  report.penalty = running_penalty(facts, *valid, grace.end);
  const Penalty& penalty = *report.penalty;
  report.terms.push_back(std::move(grace));

  const bool finished = facts.published || facts.withdrawn || penalty.days == law::kPenaltyDays;
  if (penalty.days == 0 || !finished) return;
  const Date last = add_days(penalty.first_day, penalty.days - 1);
  Deadline decree =
      plain_term(law::kPenaltyDecision, last,
                 "na " + format_dutch(last) + ", de laatste dag waarover dwangsom verschuldigd is");
  settle(decree, facts, first(facts, EventKind::penalty_decided), false, false);
  report.terms.push_back(std::move(decree));
}

// --- Objection
// ---------------------------------------------------------------------------------------------------

/// True when it came in time, also by post within a week after the term (Awb 6:9).
bool in_time(const TermEvent& objection, Date last_day) {
  const bool by_post = objection.posted && *objection.posted <= last_day &&
                       objection.date <= add_days(last_day, law::kPostedObjectionDays);
  return objection.date <= last_day || by_post;
}

Deadline objection_decision(const Case& facts, const TermEvent& objection, Date term_end) {
  const law::TermRule& rule =
      objection.committee ? law::kObjectionDecisionCommittee : law::kObjectionDecision;
  const std::optional<Date> extended = first(facts, EventKind::objection_extension);
  const int days = rule.days + (extended ? law::kObjectionExtensionDays : 0);
  const TermRun run = run_term(term_end, days, {});
  Deadline term = deadline_from(rule, term_end,
                                "na het einde van de bezwaartermijn op " + format_dutch(term_end), run, {});
  if (extended) {
    term.articles.emplace_back("Awb 7:10 lid 3");
    term.explanation += " Hierin is de verdaging met zes weken van " + format_dutch(*extended) +
                        " begrepen (Awb 7:10 lid 3).";
  }
  settle(term, facts, first(facts, EventKind::objection_decided), false, false);
  return term;
}

void add_objection(const Case& facts, const TermEvent& publication, std::optional<Date> next_publication,
                   TermReport& report) {
  Deadline term =
      plain_term(law::kObjection, publication.date,
                 "na de dag van bekendmaking, " + format_dutch(publication.date) + ", Awb 6:8 lid 1");
  term.articles.insert(term.articles.begin() + 1, "Awb 6:8 lid 1");
  std::optional<TermEvent> objection;
  for (const TermEvent& event : all(facts, EventKind::objection)) {
    const bool later = next_publication && event.date >= *next_publication;
    if (!objection && event.date >= publication.date && !later) objection = event;
  }
  settle(term, facts, objection ? std::optional(objection->date) : std::nullopt, false, false);
  if (objection && term.status == TermStatus::passed && in_time(*objection, term.end)) {
    term.status = TermStatus::met;
    term.articles.emplace_back("Awb 6:9 lid 2");
    term.explanation +=
        " Het bezwaar is wel op tijd: het is voor het einde op de post gedaan en binnen een week daarna "
        "ontvangen (Awb 6:9 lid 2).";
  }
  const Date term_end = term.end;
  report.terms.push_back(std::move(term));
  if (objection) report.terms.push_back(objection_decision(facts, *objection, term_end));
}

// --- Everything
// --------------------------------------------------------------------------------------------------

Case case_from(TermLaw law, const std::vector<TermEvent>& events, Date today) {
  Case facts{law, events, today, {}, {}, {}};
  std::stable_sort(facts.events.begin(), facts.events.end(),
                   [](const TermEvent& a, const TermEvent& b) { return a.date < b.date; });
  facts.published = happened(facts, first(facts, EventKind::decision_published));
  facts.withdrawn = happened(facts, first(facts, EventKind::withdrawn));
  facts.suspensions = suspensions_of(facts.events, today, earliest(facts.published, facts.withdrawn));
  return facts;
}

void append(std::vector<Deadline>& terms, std::vector<Deadline> more) {
  terms.insert(terms.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void add_wmo(const Case& facts, TermReport& report) {
  std::optional<Date> investigation_end;
  if (const auto notified = notification_day(facts)) {
    report.terms.push_back(investigation(facts, *notified));
    investigation_end = report.terms.back().end;
    report.terms.push_back(personal_plan(facts, *notified));
  }
  if (const auto application = wmo_application_day(facts, investigation_end)) {
    append(report.terms, decision_terms(facts, law::kWmoDecision, application->day, application->basis));
  }
}

void add_awb(const Case& facts, TermReport& report) {
  const auto received = earliest(notification_day(facts), first(facts, EventKind::application_signed));
  if (!received) return;
  append(report.terms, decision_terms(facts, law::kAwbDecision, *received,
                                      "na ontvangst van de aanvraag op " + format_dutch(*received)));
  if (facts.law == TermLaw::participatiewet) report.terms.push_back(advance(facts, *received));
}

}  // namespace

TermReport compute_terms(TermLaw law, const std::vector<TermEvent>& events, Date today) {
  const Case facts = case_from(law, events, today);
  TermReport report;
  if (law == TermLaw::wmo2015) {
    add_wmo(facts, report);
  } else {
    add_awb(facts, report);
  }
  for (const TermEvent& request : all(facts, EventKind::repair_request)) {
    append(report.terms, repair_terms(facts, request));
  }
  add_default(facts, report);
  const std::vector<TermEvent> publications = all(facts, EventKind::decision_published);
  for (std::size_t i = 0; i < publications.size(); ++i) {
    const auto next = i + 1 < publications.size() ? std::optional(publications[i + 1].date) : std::nullopt;
    add_objection(facts, publications[i], next, report);
  }
  std::stable_sort(report.terms.begin(), report.terms.end(),
                   [](const Deadline& a, const Deadline& b) { return a.start < b.start; });
  return report;
}

const Deadline* find_term(const TermReport& report, std::string_view code) {
  const auto found = std::find_if(report.terms.rbegin(), report.terms.rend(),
                                  [&](const Deadline& term) { return term.code == code; });
  return found == report.terms.rend() ? nullptr : &*found;
}

std::optional<Date> first_binding_end(const TermReport& report) {
  std::optional<Date> found;
  for (const Deadline& term : report.terms) {
    const bool limit =
        term.code == "untreated" || term.code == "announced" || term.code == "notice-of-default";
    const bool open = term.status == TermStatus::running || term.status == TermStatus::suspended ||
                      (term.status == TermStatus::passed && !term.met_on);
    if (term.party == TermParty::municipality && !limit && open) found = earliest(found, term.end);
  }
  return found;
}

Date objection_last_day(Date published) {
  return run_term(published, law::kObjection.days, {}).end;
}

Date repair_term_end(Date sent, int days) {
  return end_of_term(add_days(sent, days));
}

Cents penalty_after(int days) {
  std::int64_t total = 0;
  for (const law::PenaltyStep& step : law::kPenaltySteps) {
    const int in_step = std::clamp(days, 0, step.days);
    total += step.cents_per_day * in_step;
    days -= in_step;
  }
  return Cents{total};
}

}  // namespace softbot
