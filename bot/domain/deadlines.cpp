#include "domain/deadlines.h"

#include <algorithm>
#include <iterator>

#include "domain/law_terms.h"
#include "domain/term_case.h"
#include "domain/working_days.h"

namespace softbot {
namespace {

using terms::all;
using terms::Case;
using terms::earliest;
using terms::Fate;
using terms::first;
using terms::happened;
using terms::plain_term;
using terms::settled;

std::vector<Deadline> joined(std::vector<Deadline> left, std::vector<Deadline> right) {
  left.insert(left.end(), std::make_move_iterator(right.begin()), std::make_move_iterator(right.end()));
  return left;
}

// --- Wmo 2015: notification, investigation, personal plan, application ---

std::optional<Date> notification_day(const Case& facts) {
  return earliest(first(facts, EventKind::notification), first(facts, EventKind::received));
}

Deadline investigation(const Case& facts, Date notified) {
  Deadline term = plain_term(law::kInvestigation, notified, "na de melding van " + format_dutch(notified));
  term.explanation += " Opschorting volgens Awb 4:15 geldt voor een beschikking en stopt deze termijn niet.";
  const std::optional<Date> finished = first(facts, EventKind::investigation_finished);
  return settled(std::move(term), facts, finished ? finished : facts.published,
                 Fate::lapses);  // who decides has investigated
}

Deadline personal_plan(const Case& facts, Date notified) {
  const auto answered =
      earliest(first(facts, EventKind::personal_plan), first(facts, EventKind::personal_plan_declined));
  return settled(plain_term(law::kPersonalPlan, notified, "na de melding van " + format_dutch(notified)),
                 facts, answered, Fate::lapses);
}

/// The day on which something counts as an application, with the words for it.
struct ApplicationDay {
  Date day{};
  std::string basis;
};

ApplicationDay at_receipt(Date day) {
  return {day, "na ontvangst van de aanvraag op " + format_dutch(day)};
}

/// A Wmo application can be made only when the investigation is done, or six weeks have passed (2.3.2 lid 9).
/// A form that was signed before counts from then.
std::optional<ApplicationDay> wmo_application(const Case& facts, std::optional<Date> investigation_end) {
  std::optional<Date> handed_in = first(facts, EventKind::application_signed);
  if (!handed_in) handed_in = first(facts, EventKind::received);
  if (!handed_in) return std::nullopt;
  if (!investigation_end) return at_receipt(*handed_in);

  const std::optional<Date> finished = first(facts, EventKind::investigation_finished);
  const Date after_six_weeks = add_days(*investigation_end, 1);
  const bool in_time = finished && *finished < after_six_weeks;
  const Date possible = in_time ? *finished : after_six_weeks;
  if (*handed_in >= possible) return at_receipt(*handed_in);
  const std::string why =
      in_time ? "het onderzoek was die dag klaar"
              : "de zes weken voor het onderzoek eindigen op " + format_dutch(*investigation_end);
  return ApplicationDay{possible, "na " + format_dutch(possible) + "; het formulier van " +
                                      format_dutch(*handed_in) + " telt vanaf die dag als aanvraag, want " +
                                      why + " (Wmo 2015 2.3.2 lid 9)"};
}

// --- Decision ---

Deadline announced(const Case& facts, const TermEvent& notice, std::string_view article,
                   std::string_view effect) {
  Deadline term;
  term.code = "announced";
  term.label = "Aangekondigde datum van het besluit";
  term.start = notice.date;
  term.nominal_end = term.end = *notice.until;
  term.articles = {std::string(article)};
  term.explanation = "Op " + format_dutch(notice.date) + " is gemeld dat het besluit er uiterlijk op " +
                     format_dutch(*notice.until) + " is (" + std::string(article) + "). " +
                     std::string(effect);
  return settled(std::move(term), facts, facts.published, Fate::lapses);
}

/// The last day after a notice when suspensions that begin later move the day that it named.
Date moved_by_later(const Case& facts, const TermEvent& notice) {
  std::vector<Suspension> later;
  std::copy_if(facts.suspensions.begin(), facts.suspensions.end(), std::back_inserter(later),
               [&](const Suspension& suspension) { return suspension.from > notice.date; });
  return run_term(notice.date, days_between(notice.date, *notice.until), later).suspended_end;
}

/// The decision term with the day that a timely notice of Awb 4:14 lid 3 named.
Deadline extended(Deadline term, const Case& facts, const TermEvent& notice) {
  const Date end = moved_by_later(facts, notice);
  if (end <= term.end) return term;
  term.end = end;
  term.suspended_days = 0;
  for (Date day = add_days(term.start, 1); day <= end; day = add_days(day, 1)) {
    if (is_suspended(day, facts.suspensions)) ++term.suspended_days;
  }
  term.articles.emplace_back("Awb 4:14 lid 3");
  term.explanation +=
      " Op " + format_dutch(notice.date) +
      ", binnen de termijn, is een nieuwe redelijke termijn genoemd: " + format_dutch(*notice.until) +
      " (Awb 4:14 lid 3).";
  if (end != *notice.until)
    term.explanation += " Latere opschorting schuift dit naar " + format_dutch(end) + ".";
  return term;
}

/// The decision term and the days that were announced beside it. The first one is the decision term.
std::vector<Deadline> decision_terms(const Case& facts, const law::TermRule& rule,
                                     const ApplicationDay& application) {
  const TermRun run = run_term(application.day, rule.days, facts.suspensions);
  Deadline decision = terms::term_of(rule, application.day, application.basis, run, facts.suspensions);
  std::vector<Deadline> beside;
  for (const TermEvent& notice : all(facts, EventKind::extension_notice)) {
    if (!notice.until) continue;
    if (facts.law == TermLaw::wmo2015) {
      beside.push_back(
          announced(facts, notice, "Awb 4:14 lid 1", "De wettelijke termijn verandert daardoor niet."));
    } else if (notice.date > decision.end) {
      beside.push_back(announced(facts, notice, "Awb 4:14 lid 3",
                                 "Dat was na het einde van de termijn en verlengt haar niet."));
    } else {
      decision = extended(std::move(decision), facts, notice);
    }
  }
  return joined({settled(std::move(decision), facts, facts.published, Fate::can_suspend)}, std::move(beside));
}

Deadline advance(const Case& facts, Date received) {
  Deadline term = plain_term(law::kAdvance, received, "na de aanvraag van " + format_dutch(received));
  term.explanation +=
      " Een voorschot hoeft niet als het recht dan is vastgesteld, als duidelijk is dat er geen recht "
      "bestaat, of als "
      "gegevens verwijtbaar ontbreken; daarna telkens na vier weken opnieuw.";
  return settled(std::move(term), facts, earliest(first(facts, EventKind::advance_paid), facts.published),
                 Fate::lapses);
}

// --- Repair ---

Deadline untreated_after(const Case& facts, Date last_day, std::optional<Date> completed) {
  Deadline term =
      plain_term(law::kUntreated, last_day,
                 "nadat de hersteltermijn op " + format_dutch(last_day) + " ongebruikt is verstreken");
  term = settled(std::move(term), facts, facts.published, Fate::lapses);
  if (term.status != TermStatus::met && happened(facts, completed) && *completed <= term.end) {
    term.status = TermStatus::lapsed;
    term.explanation += " De aanvraag is op " + format_dutch(*completed) + " alsnog aangevuld.";
  }
  return term;
}

std::vector<Deadline> repair_terms(const Case& facts, const TermEvent& request) {
  const std::optional<Date> last_day = repair_term_of(request, facts.events);
  if (!last_day) return {};
  Deadline term;
  term.code = "repair";
  term.label = "Aanvraag aanvullen";
  term.party = TermParty::resident;
  term.start = request.date;
  term.nominal_end = term.end = *last_day;
  term.articles = {"Awb 4:5 lid 1", "Awb 4:15 lid 1 onder a"};
  term.explanation =
      "Op " + format_dutch(request.date) + " is gevraagd de aanvraag aan te vullen, uiterlijk op " +
      format_dutch_weekday(*last_day) + " (Awb 4:5 lid 1). De gemeente stelt deze termijn zelf.";
  const std::optional<Date> completed = completed_after(request, facts.events);
  std::vector<Deadline> result = {settled(std::move(term), facts, completed, Fate::lapses)};
  if (!completed || *completed > *last_day) result.push_back(untreated_after(facts, *last_day, completed));
  return result;
}

/// Before its last day, the term was made longer: the later request stands in its place.
bool is_replaced(const Case& facts, const TermEvent& request) {
  const std::optional<Date> last_day = repair_term_of(request, facts.events);
  const std::optional<Date> completed = completed_after(request, facts.events);
  if (!last_day) return false;
  const auto requests = all(facts, EventKind::repair_request);
  return std::any_of(requests.begin(), requests.end(), [&](const TermEvent& later) {
    return later.until && *later.until > *last_day && later.date >= request.date && later.date <= *last_day &&
           (!completed || *completed > later.date);
  });
}

// --- Everything ---

std::vector<Deadline> wmo_terms(const Case& facts) {
  std::vector<Deadline> result;
  std::optional<Date> investigation_end;
  if (const auto notified = notification_day(facts)) {
    result = {investigation(facts, *notified), personal_plan(facts, *notified)};
    investigation_end = result.front().end;
  }
  const auto application = wmo_application(facts, investigation_end);
  if (!application) return result;
  return joined(std::move(result), decision_terms(facts, law::kWmoDecision, *application));
}

std::vector<Deadline> awb_terms(const Case& facts) {
  const auto received = earliest(notification_day(facts), first(facts, EventKind::application_signed));
  if (!received) return {};
  std::vector<Deadline> result = decision_terms(facts, law::kAwbDecision, at_receipt(*received));
  if (facts.law == TermLaw::participatiewet) result.push_back(advance(facts, *received));
  return result;
}

}  // namespace

TermReport compute_terms(TermLaw law, const std::vector<TermEvent>& events, Date today) {
  const Case facts = terms::case_from(law, events, today);
  TermReport report;
  report.terms = law == TermLaw::wmo2015 ? wmo_terms(facts) : awb_terms(facts);
  for (const TermEvent& request : all(facts, EventKind::repair_request)) {
    if (!is_replaced(facts, request))
      report.terms = joined(std::move(report.terms), repair_terms(facts, request));
  }
  const Deadline* decision = find_term(report, "decision");
  terms::DefaultTerms late = terms::default_terms(facts, decision ? std::optional(*decision) : std::nullopt);
  report.penalty = std::move(late.penalty);
  report.terms = joined(std::move(report.terms), std::move(late.terms));
  report.terms = joined(std::move(report.terms), terms::objection_terms(facts));
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

}  // namespace softbot
