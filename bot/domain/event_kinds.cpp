#include <algorithm>
#include <string>

#include "domain/deadlines.h"
#include "domain/text.h"

namespace softbot {

const std::vector<EventKindInfo>& event_kinds() {
  using K = EventKind;
  static const std::vector<EventKindInfo> kinds = {
      {K::notification,
       "notification",
       {"melding"},
       "melding ontvangen",
       "Wmo: starts the six weeks of the investigation and the seven days for a personal plan (Wmo 2015 "
       "2.3.2)"},
      {K::received,
       "received",
       {"aanvraag-ontvangen", "application-received"},
       "formulier of aanvraag ontvangen",
       "starts the decision term (Awb 4:13); Wmo: it is the notification, and the signed application as soon "
       "as the "
       "investigation is done, unless application-signed tells another day"},
      {K::application_signed,
       "application-signed",
       {"signed", "aanvraag-ondertekend", "application"},
       "ondertekende aanvraag ontvangen",
       "Wmo: the application of 2.3.5, which counts from the end of the investigation at the earliest"},
      {K::investigation_finished,
       "investigation-finished",
       {"onderzoek-afgerond", "investigation-report"},
       "onderzoek afgerond",
       "Wmo: ends the six weeks; from then on an application can be made (2.3.2 lid 9)"},
      {K::personal_plan,
       "personal-plan",
       {"persoonlijk-plan", "personal-plan-received"},
       "persoonlijk plan ontvangen",
       "Wmo: meets the seven days of 2.3.2 lid 2"},
      {K::personal_plan_declined,
       "personal-plan-declined",
       {"geen-persoonlijk-plan"},
       "geen persoonlijk plan",
       "Wmo: meets the seven days of 2.3.2 lid 2"},
      {K::repair_request,
       "repair-request",
       {"hersteltermijn", "repair-requested"},
       "om aanvulling gevraagd",
       "needs until, days or weeks (the repair term); stops the decision term from the day after it (Awb "
       "4:5, 4:15)"},
      {K::completed,
       "completed",
       {"answered", "aangevuld", "repair-answered", "application-completed"},
       "aanvraag aangevuld",
       "ends every open repair request; the clock runs again on that day (Awb 4:15 lid 1 onder a)"},
      {K::repair_term_ended,
       "repair-term-ended",
       {"repair-term-end", "hersteltermijn-verstreken"},
       "laatste dag hersteltermijn",
       "last day of a repair term, for a repair-request without until"},
      {K::foreign_request,
       "foreign-request",
       {"buitenland-gevraagd"},
       "informatie in het buitenland gevraagd",
       "stops the decision term from the day after it (Awb 4:15 lid 1 onder b)"},
      {K::foreign_answer,
       "foreign-answer",
       {"buitenland-ontvangen"},
       "informatie uit het buitenland ontvangen",
       "the clock runs again on that day"},
      {K::suspension_consent,
       "suspension-consent",
       {"uitstel-ingestemd", "consent"},
       "ingestemd met uitstel",
       "needs until; stops the decision term from the day after it, or from `from`, through until (Awb 4:15 "
       "lid 2 "
       "onder a)"},
      {K::applicant_delay,
       "applicant-delay",
       {"delay-by-applicant", "vertraging-aanvrager"},
       "vertraging door aanvrager",
       "stops the decision term from that day through until, or until applicant-delay-ended (Awb 4:15 lid 2 "
       "onder b)"},
      {K::applicant_delay_ended,
       "applicant-delay-ended",
       {"delay-by-applicant-ended"},
       "vertraging voorbij",
       "the clock runs again on that day"},
      {K::force_majeure,
       "force-majeure",
       {"force-majeure-start", "overmacht"},
       "overmacht",
       "stops the decision term from that day through until, or until force-majeure-ended (Awb 4:15 lid 2 "
       "onder c)"},
      {K::force_majeure_ended,
       "force-majeure-ended",
       {"force-majeure-end", "overmacht-voorbij"},
       "overmacht voorbij",
       "the clock runs again on that day"},
      {K::extension_notice,
       "extension-notice",
       {"verlenging", "extension"},
       "later besluit aangekondigd",
       "needs until, days or weeks; without a term in another law and sent in time it gives the new end (Awb "
       "4:14 lid "
       "3), else it only informs (Awb 4:14 lid 1)"},
      {K::notice_of_default,
       "notice-of-default",
       {"ingebrekestelling", "default-notice"},
       "ingebrekestelling ontvangen",
       "after the decision term: starts two weeks, then the penalty (Awb 4:17); before its end: premature, "
       "no effect"},
      {K::decided,
       "decided",
       {"decision-taken", "besluit-genomen"},
       "besluit genomen",
       "an objection from that day on counts, also when it comes before decision-published (Awb 6:10 lid 1)"},
      {K::decision_published,
       "decision-published",
       {"decision", "besluit-bekendgemaakt", "decision-sent", "published"},
       "besluit bekendgemaakt",
       "meets the decision term, ends the penalty, starts the objection term (Awb 3:41, 6:8)"},
      {K::objection,
       "objection",
       {"objection-received", "bezwaar"},
       "bezwaar ontvangen",
       "with posted when it came by post (Awb 6:9) and committee: true when one advises (Awb 7:13); starts "
       "the term of "
       "Awb 7:10"},
      {K::objection_extension,
       "objection-extension",
       {"bezwaar-verdaagd"},
       "besluit op bezwaar verdaagd",
       "six weeks more for the decision on the objection (Awb 7:10 lid 3)"},
      {K::objection_decided,
       "objection-decided",
       {"besluit-op-bezwaar", "objection-decision-published"},
       "besluit op bezwaar bekendgemaakt",
       "meets the term of Awb 7:10"},
      {K::advance_paid,
       "advance-paid",
       {"voorschot"},
       "voorschot verleend",
       "meets the four weeks of Participatiewet 52"},
      {K::penalty_decided,
       "penalty-decided",
       {"dwangsombesluit"},
       "besluit over dwangsom bekendgemaakt",
       "meets the two weeks of Awb 4:18"},
      {K::withdrawn,
       "withdrawn",
       {"ingetrokken", "withdrawal"},
       "aanvraag ingetrokken",
       "ends every term of the application that still runs"},
  };
  return kinds;
}

std::string_view name_of(EventKind kind) {
  for (const EventKindInfo& info : event_kinds()) {
    if (info.kind == kind) return info.name;
  }
  return "";
}

std::optional<EventKind> event_kind_from(std::string_view name) {
  std::string wanted = ascii_lower(trim(name));
  std::replace(wanted.begin(), wanted.end(), '_', '-');
  std::replace(wanted.begin(), wanted.end(), ' ', '-');
  for (const EventKindInfo& info : event_kinds()) {
    const bool alias = std::find(info.aliases.begin(), info.aliases.end(), wanted) != info.aliases.end();
    if (info.name == wanted || alias) return info.kind;
  }
  return std::nullopt;
}

std::vector<TermEvent> term_events_from(const std::vector<CaseEvent>& events) {
  std::vector<TermEvent> result;
  for (const CaseEvent& event : events) {
    const auto kind = event_kind_from(event.kind);
    if (kind) result.push_back(TermEvent{*kind, event.date, event.until});
  }
  return result;
}

std::string describe_event_kinds() {
  std::size_t width = 0;
  for (const EventKindInfo& info : event_kinds()) width = std::max(width, info.name.size());
  std::string out;
  for (const EventKindInfo& info : event_kinds()) {
    out += "  " + std::string(info.name) + std::string(width - info.name.size() + 2, ' ') +
           std::string(info.dutch) + "\n" + std::string(width + 4, ' ') + std::string(info.effect) + "\n";
  }
  return out;
}

std::string_view name_of(TermLaw law) {
  switch (law) {
    case TermLaw::awb:
      return "awb";
    case TermLaw::wmo2015:
      return "wmo2015";
    case TermLaw::participatiewet:
      return "participatiewet";
  }
  return "awb";
}

std::optional<TermLaw> term_law_from(std::string_view law_or_type) {
  const std::string name = ascii_lower(trim(law_or_type));
  if (name == "awb") return TermLaw::awb;
  if (name == "participatiewet" || name == "pw" || name == "living-allowance")
    return TermLaw::participatiewet;
  for (const std::string_view wmo :
       {"wmo2015", "wmo", "wmo-2015", "household-help", "small-aids", "extension", "general-notification"}) {
    if (name == wmo) return TermLaw::wmo2015;
  }
  return std::nullopt;
}

std::string_view name_of(TermStatus status) {
  switch (status) {
    case TermStatus::upcoming:
      return "upcoming";
    case TermStatus::running:
      return "running";
    case TermStatus::suspended:
      return "suspended";
    case TermStatus::met:
      return "met";
    case TermStatus::passed:
      return "passed";
    case TermStatus::lapsed:
      return "lapsed";
  }
  return "running";
}

std::string_view dutch_name_of(TermStatus status) {
  switch (status) {
    case TermStatus::upcoming:
      return "nog niet begonnen";
    case TermStatus::running:
      return "loopt";
    case TermStatus::suspended:
      return "opgeschort";
    case TermStatus::met:
      return "gehaald";
    case TermStatus::passed:
      return "verstreken";
    case TermStatus::lapsed:
      return "vervallen";
  }
  return "loopt";
}

}  // namespace softbot
