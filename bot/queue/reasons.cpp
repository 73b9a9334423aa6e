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

void add_reason(std::vector<Reason>& reasons, Reason reason) {
  const auto same = [&](const Reason& r) { return r.code == reason.code && r.field == reason.field; };
  if (std::none_of(reasons.begin(), reasons.end(), same)) reasons.push_back(std::move(reason));
}

void remove_reason(std::vector<Reason>& reasons, std::string_view code) {
  std::erase_if(reasons, [&](const Reason& r) { return r.code == code; });
}

}  // namespace softbot::queue
