#include "queue/reasons.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace softbot::queue {

const std::vector<ReasonText>& reason_texts() {
  static const std::vector<ReasonText> texts{
      {"urgent", "De inwoner vraagt om hulp die nu meteen nodig is (Wmo 2015 2.3.3)."},
      {"always-a-person", "Deze aanvraag wordt altijd door een consulent behandeld."},
      {"signature-missing", "De aanvraag is nog niet ondertekend."},
      {"incomplete", "Er ontbreken gegevens of bewijsstukken."},
      {"repair-term-ended",
       "De hersteltermijn is voorbij en niet alles is ontvangen. Kan de inwoner het wel zelf? Bel eerst."},
      {"repair-call", "Bel de inwoner: lukt het om de stukken te leveren?"},
      {"resident-cannot",
       "Het lukt de inwoner niet om de stukken te leveren. Help, vraag ze zelf op, of beslis zonder."},
      {"still-incomplete", "Ook na het antwoord ontbreken er gegevens of bewijsstukken."},
      {"no-postal-address", "Er is geen adres uit de registratie waar een brief naartoe kan."},
      {"human-request", "De inwoner vraagt om behandeling door een mens."},
      {"objection", "Er is bezwaar gemaakt."},
      {"notice-of-default", "Er is een ingebrekestelling ontvangen."},
      {"complaint", "Er is een klacht ontvangen."},
      {"change-of-circumstances", "De situatie van de inwoner is veranderd."},
      {"explanation-request", "De inwoner vraagt om uitleg over de beslissing van de computer."},
      {"referrer-notice", "Iemand anders, zoals een huisarts, heeft iets laten weten over deze aanvraag."},
      {"documents", "Er zijn stukken ontvangen die iemand moet bekijken."},
      {"personal-plan", "De inwoner heeft een persoonlijk plan ingeleverd. Lees het voor u beslist."},
      {"withdrawn-after-decision", "De inwoner trekt de aanvraag in, maar er is al beslist."},
      {"corrected-by-applicant", "De inwoner heeft na het insturen antwoorden veranderd."},
      {"signal-conversation", "De antwoorden geven aanleiding voor een gesprek. Dit houdt niets op."},
      {"duplicate", "Er loopt al een aanvraag van dezelfde soort voor deze inwoner."},
      {"sample", "Deze toekenning is uit de steekproef: een mens kijkt mee voor de brief weg gaat."},
      {"processing-failed",
       "De verwerking is vastgelopen. De gegevens zijn bewaard; beoordeel de aanvraag zelf."},
      {"late-posting",
       "De brief is later verstuurd dan gepland. De laatste dag voor bezwaar in de brief klopt niet."},
      {"posting-unconfirmed", "Van een besluit is niet bevestigd dat het op de geplande dag is verstuurd."},
      {"number-came-later",
       "Het burgerservicenummer is na het insturen ingevuld of veranderd. Kijk zelf wat er al loopt."},
      {"sheet-outdated",
       "Er kwam een ondertekend blad terug met oudere antwoorden. Vraag om het nieuwe blad, of bel."},
      {"judged-by-person", "Een consulent heeft deze aanvraag in behandeling."},
      {"asked-by-consultant", "Een consulent heeft de inwoner iets gevraagd."},
      {"answer-received", "De inwoner heeft geantwoord op de vraag van de consulent."},
      {"term-passed", "De wettelijke termijn is voorbij."},
      // Paper
      {"field-doubtful", "Dit is niet met zekerheid gelezen. Kijk zelf op de scan wat er staat."},
      {"look-at-crop",
       "Er is met de hand iets bij geschreven. Kijk of er iets in staat dat niet kan wachten."},
      {"signature-doubtful", "Het is niet zeker of het formulier is ondertekend. Kijk zelf op de scan."},
      {"page-missing", "Niet alle pagina's van het formulier zijn binnengekomen."},
      {"page-twice", "Een pagina van dit formulier kwam twee keer, met verschillende antwoorden."},
      {"page-came-later", "Er kwam later nog een pagina van dit formulier binnen. Neem over wat erop staat."},
      {"pages-disagree", "De pagina's met dit nummer lijken niet bij hetzelfde formulier te horen."},
      {"looks-like-earlier", "Dit lijkt op een formulier dat al eerder binnenkwam. Is het dezelfde vraag?"},
      {"form-of-other-version", "Dit is een formulier van een eerdere uitgave. Vergelijk de vragen."},
      {"form-by-template",
       "Dit is een formulier van de gemeente zelf, zonder code. Kijk of alles goed is overgenomen."},
      {"pages-by-order",
       "Op de pagina's staat geen code en in de scan zit meer. Kijk of de pagina's bij elkaar horen."},
      {"resembles-form",
       "Dit lijkt op een formulier van een gemeente, maar is het niet precies. Lees zelf wat er staat."},
      {"template-other-municipality",
       "Dit lijkt een formulier van een andere gemeente dan die waar de post binnenkwam."},
      {"unknown-form", "Dit formulier is hier niet bekend. Lees zelf wat er gevraagd wordt."},
      {"other-municipality", "Dit formulier is van een gemeente die hier niet wordt behandeld."},
      {"letter-without-form", "Er kwam post binnen zonder formulier. Kijk waar het bij hoort."},
      {"page-unreadable", "Een pagina kon niet worden gelezen. Kijk zelf op de scan."},
      {"sheet-without-case", "Er kwam een blad terug van een aanvraag die hier niet bekend is."},
      {"sheet-unsigned", "Het ondertekenblad kwam terug zonder handtekening, of die is niet zeker te zien."},
      {"reply-on-paper", "De inwoner heeft op papier geantwoord. Neem over wat er staat."},
      {"scan-unreadable", "De scan is niet te lezen. Vraag om een nieuwe scan, of behandel het papier zelf."},
      {"scan-blank", "Op deze scan is niets te zien. Kijk zelf: dun potlood kan gemist zijn."},
      {"scan-encrypted", "De scan is beveiligd met een wachtwoord. Vraag om een scan zonder wachtwoord."},
      {"scan-unsupported", "Dit bestand is geen scan. Kijk wat het is en waar het bij hoort."},
      {"post-objection", "De brief lijkt een bezwaar. Kijk er vandaag nog naar."},
      {"post-notice-of-default", "De brief lijkt een ingebrekestelling. Kijk er vandaag nog naar."},
      {"post-withdrawal", "De brief lijkt te zeggen dat de aanvraag wordt ingetrokken."},
      {"post-complaint", "De brief lijkt een klacht."},
      {"post-human-request", "De brief lijkt te vragen om een mens. Kijk er vandaag nog naar."},
      {"post-explanation-request", "De brief lijkt te vragen om uitleg."},
      {"post-repair-answer", "De brief lijkt een antwoord op een vraag van ons."},
      {"post-change-of-circumstances", "De brief lijkt een verandering te melden."},
      {"post-referrer-notice", "Dit lijkt een bericht van een arts, zorgverlener of andere verwijzer."},
      {"post-medical",
       "Dit lijkt een bericht van een arts."},  // of scans that were read by an earlier version
      {"post-household-help", "De brief lijkt te vragen om hulp bij het huishouden."},
      {"post-small-aids", "De brief lijkt te vragen om een hulpmiddel."},
      {"post-extension", "De brief lijkt te vragen om verlenging."},
      {"post-living-allowance", "De brief lijkt te vragen om bijstand."},
      {"post-general-notification", "De brief lijkt een melding voor de Wmo."},
      {"post-bank-statement", "Dit lijkt een rekeningafschrift."},
      {"post-identity-document", "Dit lijkt een kopie van een identiteitsbewijs."},
  };
  return texts;
}

Reason reason(std::string_view code) {
  const auto& all = reason_texts();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ReasonText& r) { return r.code == code; });
  if (found == all.end()) throw std::out_of_range("no reason with code " + std::string(code));
  return {std::string(found->code), std::string(found->text), {}};
}

Reason reason_of_pages(std::string_view code, std::string_view page_word, const std::vector<int>& pages) {
  std::string numbers;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (i > 0) numbers += i + 1 == pages.size() ? " en " : ", ";
    numbers += std::to_string(pages[i]);
  }
  Reason told = reason(code);
  told.text = std::string(page_word) + " " + numbers + ": " + told.text;
  return told;
}

std::string_view scan_reason_text(std::string_view code) {
  if (code == "encrypted") return "De scan is beveiligd met een wachtwoord.";
  if (code == "unsupported") return "Dit is geen bestand dat een scanner maakt.";
  if (code == "too-large" || code == "too-many-pages") return "De scan is te groot om te lezen.";
  if (code == "time" || code == "memory") return "Het lezen van de scan kostte te veel.";
  if (code == "empty") return "De scan heeft geen bladzijden.";
  if (code == "processing-failed") return "De verwerking is vastgelopen. Het bestand is bewaard.";
  return "De scan is beschadigd.";
}

void add_reason(std::vector<Reason>& reasons, Reason reason) {
  const auto same = [&](const Reason& r) { return r.code == reason.code && r.field == reason.field; };
  if (std::none_of(reasons.begin(), reasons.end(), same)) reasons.push_back(std::move(reason));
}

void remove_reason(std::vector<Reason>& reasons, std::string_view code) {
  std::erase_if(reasons, [&](const Reason& r) { return r.code == code; });
}

}  // namespace softbot::queue
