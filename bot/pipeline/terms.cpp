#include "pipeline/terms.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace softbot::pipeline {

TermReport terms_of(const Application& application, Date today) {
  return compute_terms(term_law_from(application.law).value_or(TermLaw::awb),
                       term_events_from(application.events), today);
}

const CaseEvent* last_event(const Application& application, std::string_view kind) {
  const auto found = std::find_if(application.events.rbegin(), application.events.rend(),
                                  [&](const CaseEvent& event) { return event.kind == kind; });
  return found == application.events.rend() ? nullptr : &*found;
}

bool has_event(const Application& application, std::string_view kind) {
  return last_event(application, kind) != nullptr;
}

void add_event(Application& application, std::string_view kind, Date date, Instant now, std::string_view by,
               std::string_view note, std::optional<Date> until) {
  application.events.push_back(
      CaseEvent{std::string(kind), date, now, std::string(by), std::string(note), until});
}

std::string event_in_words(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 40> words{{
      {"signed-sheet", "Ondertekenblad ontvangen"},
      {"signed", "Ondertekend na inloggen"},
      {"human-request", "Gevraagd om een mens"},
      {"complaint", "Klacht ontvangen"},
      {"change-of-circumstances", "Verandering gemeld"},
      {"explanation-request", "Gevraagd om uitleg"},
      {"referrer-notice", "Bericht van een verwijzer ontvangen"},
      {"documents", "Stukken ontvangen"},
      {"answers", "Antwoorden ontvangen"},
      {"corrected", "Antwoorden verbeterd"},
      {"judged-again", "Opnieuw beoordeeld"},
      {"referred", "Doorgestuurd naar een consulent"},
      {"decided", "Besluit genomen"},
      {"held-for-sample", "In de steekproef"},
      {"released", "Vrijgegeven uit de steekproef"},
      {"question", "Vraag van de consulent"},
      {"failed", "Verwerking vastgelopen"},
      {"late-posting", "Brief te laat verstuurd"},
      {"task-finished", "Taak afgerond"},
      {"asked", "Gevraagd om aanvulling"},
      {"withdrawal", "Aanvraag ingetrokken"},
      {"conversation", "Gesprek gevoerd"},
      {"heard", "Gehoord"},
      {"posted", "Brief verstuurd"},
      {"announced-by-mail", "E-mail gestuurd: er staat een bericht klaar"},
      {"mail-refused", "Brief met de post, want het e-mailadres werkt niet"},
      {"mail-too-late", "Brief met de post, want een e-mail versturen lukte niet op tijd"},
      {"mail-stopped", "Brief met de post, want e-mail is niet meer gewenst"},
      {"mail-stopped-by-staff", "Brief met de post, want een medewerker koos daarvoor"},
      {"staff-chose-post", "Brieven gaan voortaan met de post"},
      {"chose-post", "Gekozen voor brieven met de post"},
      {"chose-mail", "Gekozen voor bericht per e-mail"},
      {"post-received", "Post ontvangen"},
      {"post-linked", "Post bij een aanvraag gevoegd"},
      {"post-started", "Aanvraag begonnen van deze post"},
      {"post-closed", "Post afgehandeld"},
      {"reply-on-paper", "Antwoord op papier ontvangen"},
      {"repair-call-proposed", "Voorgesteld om te bellen over de stukken"},
      {"repair-call", "Gebeld over de stukken"},
      {"sheet-unsigned", "Ondertekenblad zonder handtekening ontvangen"},
  }};
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == kind; });
  if (found != words.end()) return std::string(found->second);
  for (const EventKindInfo& info : event_kinds()) {
    if (info.name == kind) return std::string(info.dutch);
  }
  return std::string(kind);
}

bool repair_is_open(const Application& application) {
  bool open = false;
  for (const CaseEvent& event : application.events) {
    if (event.kind == "repair-request") open = true;
    if (event.kind == "completed" || event.kind == "repair-term-ended") open = false;
  }
  return open;
}

}  // namespace softbot::pipeline
