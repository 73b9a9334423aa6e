#include <algorithm>

#include "domain/law_terms.h"
#include "domain/term_case.h"

// What follows when a decision comes late, and after a decision: default, penalty, objection.
namespace softbot {
namespace terms {
namespace {

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

Penalty premature_penalty(Date notice, const std::optional<Deadline>& decision) {
  Penalty penalty;
  penalty.notice_received = notice;
  penalty.premature = true;
  penalty.grace_end = penalty.first_day = penalty.last_possible_day = notice;
  penalty.articles = {"Awb 4:17 lid 3"};
  penalty.explanation =
      "De ingebrekestelling van " + format_dutch(notice) + " is te vroeg: " +
      (decision ? "de beslistermijn loopt tot en met " + format_dutch(decision->end)
                : std::string("er loopt nog geen beslistermijn")) +
      ". Zij heeft geen gevolg; na het einde van de termijn is een nieuwe nodig (Awb 4:17 lid 3).";
  return penalty;
}

std::string explain(const Penalty& penalty, const Case& facts, std::optional<Date> stop) {
  std::string text =
      "De ingebrekestelling kwam op " + format_dutch(penalty.notice_received) +
      ", na het einde van de beslistermijn; de twee weken daarna eindigen op " +
      format_dutch(penalty.grace_end) + ". De eerste dag waarover dwangsom verschuldigd is, is " +
      format_dutch(penalty.first_day) + " (Awb 4:17 lid 3); de laatste mogelijke (dag 42) is " +
      format_dutch(penalty.last_possible_day) + ", ook als dat geen werkdag is (lid 1). ";
  if (stop) {
    text += facts.published == stop ? "Het besluit is bekendgemaakt op " : "De aanvraag is ingetrokken op ";
    text += format_dutch(*stop) + "; die dag is de gemeente niet meer in gebreke en telt niet mee. ";
  } else {
    text += "Stand tot en met " + format_dutch(facts.today) + ": er is nog geen besluit. ";
  }
  return text + std::to_string(penalty.days) + (penalty.days == 1 ? " dag" : " dagen") +
         " in gebreke, samen " + format_euro(penalty.total) +
         " (€ 23 per dag voor dag 1 tot en met 14, € 35 voor dag 15 tot en met 28, € 45 voor dag 29 tot en "
         "met 42; lid 2).";
}

/// The penalty as it stands: from the day after the two weeks, through the day before the decision was
/// published.
Penalty running_penalty(const Case& facts, Date notice, Date grace_end) {
  Penalty penalty;
  penalty.notice_received = notice;
  penalty.grace_end = grace_end;
  penalty.first_day = add_days(grace_end, 1);
  penalty.last_possible_day = add_days(grace_end, law::kPenaltyDays);
  const std::optional<Date> stop = earliest(facts.published, facts.withdrawn);
  const Date last = stop ? add_days(*stop, -1) : facts.today;
  penalty.days = std::clamp(days_between(grace_end, last), 0, law::kPenaltyDays);
  penalty.total = penalty_after(penalty.days);
  penalty.tranches = tranches_of(penalty.first_day, penalty.days);
  penalty.articles = {"Awb 4:17 lid 1", "Awb 4:17 lid 2", "Awb 4:17 lid 3"};
  penalty.explanation = explain(penalty, facts, stop);
  return penalty;
}

/// True when it came in time, also by post within a week after the term (Awb 6:9).
bool came_in_time(const TermEvent& objection, Date last_day) {
  const bool by_post = objection.posted && *objection.posted <= last_day &&
                       objection.date <= add_days(last_day, law::kPostedObjectionDays);
  return objection.date <= last_day || by_post;
}

Deadline objection_decision(const Case& facts, const TermEvent& objection, Date term_end) {
  const law::TermRule& rule =
      objection.committee ? law::kObjectionDecisionCommittee : law::kObjectionDecision;
  const std::optional<Date> put_off = first(facts, EventKind::objection_extension);
  const int days = rule.days + (put_off ? law::kObjectionExtensionDays : 0);
  Deadline term = term_of(rule, term_end, "na het einde van de bezwaartermijn op " + format_dutch(term_end),
                          run_term(term_end, days, {}), {});
  if (put_off) {
    term.articles.emplace_back("Awb 7:10 lid 3");
    term.explanation +=
        " Hierin is de verdaging met zes weken van " + format_dutch(*put_off) + " begrepen (Awb 7:10 lid 3).";
  }
  return settled(std::move(term), facts, first(facts, EventKind::objection_decided), Fate::stands);
}

/// The first day on which an objection against this publication counts: for the first one, the day on which
/// the decision was taken (Awb 6:10 lid 1, onder a).
Date objection_from(const Case& facts, Date published) {
  const std::optional<Date> decided = first(facts, EventKind::decided);
  const bool is_first = first(facts, EventKind::decision_published) == published;
  return is_first && decided ? std::min(*decided, published) : published;
}

/// The objection against one publication: the first that came before the next one.
std::optional<TermEvent> objection_to(const Case& facts, Date published, std::optional<Date> next) {
  const Date from = objection_from(facts, published);
  for (const TermEvent& event : all(facts, EventKind::objection)) {
    if (event.date >= from && (!next || event.date < *next)) return event;
  }
  return std::nullopt;
}

std::vector<Deadline> objection_terms_of(const Case& facts, Date published, std::optional<Date> next) {
  Deadline term = plain_term(law::kObjection, published,
                             "na de dag van bekendmaking, " + format_dutch(published) + " (Awb 6:8 lid 1)");
  term.articles.insert(term.articles.begin() + 1, "Awb 6:8 lid 1");
  const std::optional<TermEvent> objection = objection_to(facts, published, next);
  const bool in_time = objection && came_in_time(*objection, term.end);
  if (in_time && objection->date > term.end && objection->date <= facts.today) {
    term.met_on = objection->date;
    term.status = TermStatus::met;
    term.articles.emplace_back("Awb 6:9 lid 2");
    term.explanation +=
        " Het bezwaar van " + format_dutch(objection->date) +
        " is op tijd: het is voor het einde op de post gedaan en binnen een week daarna ontvangen "
        "(Awb 6:9 lid 2).";
  } else {
    term = settled(std::move(term), facts, objection ? std::optional(objection->date) : std::nullopt,
                   Fate::stands);
  }
  if (objection && objection->date < published) {
    term.articles.emplace_back("Awb 6:10 lid 1");
    term.explanation += " Het bezwaar van " + format_dutch(objection->date) +
                        " kwam na het besluit en voor de bekendmaking; het telt (Awb 6:10 lid 1).";
  }
  std::vector<Deadline> result = {term};
  if (objection) result.push_back(objection_decision(facts, *objection, term.end));
  return result;
}

}  // namespace

DefaultTerms default_terms(const Case& facts, const std::optional<Deadline>& decision) {
  const std::vector<TermEvent> notices = all(facts, EventKind::notice_of_default);
  if (notices.empty()) return {};
  const auto valid = std::find_if(notices.begin(), notices.end(), [&](const TermEvent& notice) {
    return decision && notice.date > decision->end;
  });
  if (valid == notices.end()) return {{}, premature_penalty(notices.back().date, decision)};

  Deadline grace = plain_term(law::kNoticeOfDefault, valid->date,
                              "na ontvangst van de ingebrekestelling op " + format_dutch(valid->date));
  grace = settled(std::move(grace), facts, facts.published, Fate::lapses);
  DefaultTerms result{{grace}, running_penalty(facts, valid->date, grace.end)};

  const Penalty& penalty = *result.penalty;
  const bool finished = facts.published || facts.withdrawn || penalty.days == law::kPenaltyDays;
  if (penalty.days > 0 && finished) {
    const Date last = add_days(penalty.first_day, penalty.days - 1);
    Deadline decree =
        plain_term(law::kPenaltyDecision, last,
                   "na " + format_dutch(last) + ", de laatste dag waarover dwangsom verschuldigd is");
    result.terms.push_back(
        settled(std::move(decree), facts, first(facts, EventKind::penalty_decided), Fate::stands));
  }
  return result;
}

std::vector<Deadline> objection_terms(const Case& facts) {
  const std::vector<TermEvent> publications = all(facts, EventKind::decision_published);
  std::vector<Deadline> result;
  for (std::size_t i = 0; i < publications.size(); ++i) {
    const auto next = i + 1 < publications.size() ? std::optional(publications[i + 1].date) : std::nullopt;
    for (Deadline& term : objection_terms_of(facts, publications[i].date, next))
      result.push_back(std::move(term));
  }
  return result;
}

}  // namespace terms

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
