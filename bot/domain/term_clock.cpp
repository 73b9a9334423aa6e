#include "domain/term_clock.h"

#include <algorithm>

#include "domain/law_terms.h"
#include "domain/working_days.h"

namespace softbot {
namespace {

/// The first event of a kind on or after a day.
std::optional<Date> first_on_or_after(const std::vector<TermEvent>& events, EventKind kind, Date day) {
  std::optional<Date> found;
  for (const TermEvent& event : events) {
    if (event.kind == kind && event.date >= day && (!found || event.date < *found)) found = event.date;
  }
  return found;
}

Suspension repair_suspension(const TermEvent& request, const std::vector<TermEvent>& events, Date today) {
  Suspension result{add_days(request.date, 1), today, false, "Awb 4:15 lid 1 onder a", ""};
  const std::optional<Date> last = repair_term_of(request, events);
  const std::optional<Date> completed = completed_after(request, events);
  const std::string asked = "op " + format_dutch(request.date) + " is gevraagd de aanvraag aan te vullen";
  if (completed && (!last || *completed <= *last)) {
    result.until = add_days(*completed, -1);
    result.reason = asked + "; de klok staat stil vanaf de dag daarna tot de dag van de aanvulling (" +
                    format_dutch(*completed) + " telt weer mee)";
  } else if (last) {
    result.until = *last;
    result.reason =
        asked + "; de klok staat stil vanaf de dag daarna tot en met de laatste dag van de hersteltermijn";
  } else {
    result.open = true;
    result.reason = asked + " en dat is nog niet gebeurd";
  }
  if (!last) {
    result.reason +=
        ". Let op: een verzoek zonder termijn schort niet op (ABRvS 21 september 2016, "
        "ECLI:NL:RVS:2016:2527); geef de laatste dag van de hersteltermijn op";
  }
  return result;
}

Suspension foreign_suspension(const TermEvent& request, const std::vector<TermEvent>& events, Date today) {
  Suspension result{
      add_days(request.date, 1), today, false, "Awb 4:15 lid 1 onder b",
      "informatie gevraagd aan een buitenlandse instantie, meegedeeld op " + format_dutch(request.date)};
  const auto answer = first_on_or_after(events, EventKind::foreign_answer, request.date);
  if (answer) {
    result.until = add_days(*answer, -1);
  } else if (request.until) {
    result.until = *request.until;
  } else {
    result.open = true;
  }
  return result;
}

/// A suspension that begins on its day and ends with `until` or with an event of the other kind.
Suspension lasting(const TermEvent& begin, EventKind end_kind, const std::vector<TermEvent>& events,
                   Date today) {
  const bool applicant = begin.kind == EventKind::applicant_delay;
  Suspension result{begin.date, today, false, applicant ? "Awb 4:15 lid 2 onder b" : "Awb 4:15 lid 2 onder c",
                    applicant ? "vertraging die aan de aanvrager is toe te rekenen" : "overmacht"};
  const auto over = first_on_or_after(events, end_kind, begin.date);
  if (over && (!begin.until || *over <= *begin.until)) {
    result.until = add_days(*over, -1);
  } else if (begin.until) {
    result.until = *begin.until;
  } else {
    result.open = true;
  }
  return result;
}

std::optional<Suspension> suspension_of(const TermEvent& event, const std::vector<TermEvent>& events,
                                        Date today) {
  switch (event.kind) {
    case EventKind::repair_request:
      return repair_suspension(event, events, today);
    case EventKind::foreign_request:
      return foreign_suspension(event, events, today);
    case EventKind::suspension_consent:
      if (!event.until) return std::nullopt;
      return Suspension{
          event.from.value_or(add_days(event.date, 1)), *event.until, false, "Awb 4:15 lid 2 onder a",
          "de aanvrager stemde op " + format_dutch(event.date) + " schriftelijk in met uitstel"};
    case EventKind::applicant_delay:
      return lasting(event, EventKind::applicant_delay_ended, events, today);
    case EventKind::force_majeure:
      return lasting(event, EventKind::force_majeure_ended, events, today);
    default:
      return std::nullopt;
  }
}

/// The part of a suspension that lies within a run, or nothing.
std::optional<Suspension> within(const Suspension& suspension, Date start, const TermRun& run) {
  Suspension part = suspension;
  part.from = std::max(part.from, add_days(start, 1));
  part.until = std::min(part.until, run.end);
  if (part.from > part.until) return std::nullopt;
  return part;
}

std::string days_text(int days) {
  return std::to_string(days) + (days == 1 ? " dag" : " dagen");
}

std::string why_no_working_day(Date day) {
  if (const auto holiday = holiday_on(day)) {
    return std::string(holiday->name) +
           (holiday->article == "Atw 3 lid 3" ? " (aangewezen bij koninklijk besluit)" : "");
  }
  return weekday_of(day) == std::chrono::Saturday ? "een zaterdag" : "een zondag";
}

}  // namespace

std::optional<Date> repair_term_of(const TermEvent& request, const std::vector<TermEvent>& events) {
  if (request.until) return request.until;
  return first_on_or_after(events, EventKind::repair_term_ended, request.date);
}

std::optional<Date> completed_after(const TermEvent& request, const std::vector<TermEvent>& events) {
  return first_on_or_after(events, EventKind::completed, request.date);
}

std::vector<Suspension> suspensions_of(const std::vector<TermEvent>& events, Date today,
                                       std::optional<Date> stop) {
  std::vector<Suspension> all;
  for (const TermEvent& event : events) {
    std::optional<Suspension> found = suspension_of(event, events, today);
    if (!found) continue;
    if (stop && found->until >= *stop) {
      found->until = add_days(*stop, -1);
      found->open = false;
    }
    if (found->from <= found->until) all.push_back(std::move(*found));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Suspension& a, const Suspension& b) { return a.from < b.from; });
  return all;
}

bool is_suspended(Date day, const std::vector<Suspension>& suspensions) {
  return std::any_of(suspensions.begin(), suspensions.end(),
                     [&](const Suspension& s) { return s.from <= day && day <= s.until; });
}

TermRun run_term(Date start, int days, const std::vector<Suspension>& suspensions) {
  TermRun run;
  run.nominal_end = add_days(start, days);
  Date day = start;
  for (int left = days; left > 0;) {
    day = add_days(day, 1);
    if (is_suspended(day, suspensions)) {
      ++run.suspended_days;
    } else {
      --left;
    }
  }
  run.suspended_end = day;
  while (!is_working_day(day) || is_suspended(day, suspensions)) {
    day = add_days(day, 1);
    if (is_suspended(day, suspensions)) ++run.suspended_days;
  }
  run.end = day;
  return run;
}

std::string explain_run(std::string_view length, std::string_view basis, std::string_view article, Date start,
                        const TermRun& run, const std::vector<Suspension>& suspensions) {
  std::string text = std::string(length) + " (" + std::string(article) + ") " + std::string(basis) +
                     ": dag één is " + format_dutch(add_days(start, 1)) + ", de laatste dag zou " +
                     format_dutch(run.nominal_end) + " zijn.";
  for (const Suspension& suspension : suspensions) {
    const auto part = within(suspension, start, run);
    if (!part) continue;
    text += " Opgeschort van " + format_dutch(part->from) + " tot en met " + format_dutch(part->until) +
            " (" + days_text(days_between(part->from, part->until) + 1) + ", " + part->article +
            "): " + part->reason + ".";
    if (part->open) text += " De opschorting duurt nog: het einde schuift elke dag op.";
  }
  if (run.suspended_days > 0) {
    text += " Samen " + days_text(run.suspended_days) +
            " opgeschort (een dag in twee opschortingen telt één keer): de laatste dag wordt " +
            format_dutch(run.suspended_end) + ".";
  }
  if (run.end != run.suspended_end) {
    text += " Dat is " + why_no_working_day(run.suspended_end) + ", dus loopt de termijn door tot en met " +
            format_dutch_weekday(run.end) + " (" + std::string(law::kNextWorkingDay) + ").";
  }
  return text;
}

std::vector<std::string> articles_of(std::string_view article, Date start, const TermRun& run,
                                     const std::vector<Suspension>& suspensions) {
  std::vector<std::string> articles = {std::string(article)};
  const auto add_once = [&](const std::string& name) {
    if (std::find(articles.begin(), articles.end(), name) == articles.end()) articles.push_back(name);
  };
  for (const Suspension& suspension : suspensions) {
    if (within(suspension, start, run)) add_once(suspension.article);
  }
  if (run.end != run.suspended_end) add_once(std::string(law::kNextWorkingDay));
  return articles;
}

}  // namespace softbot
