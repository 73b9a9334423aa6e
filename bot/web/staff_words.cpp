// The words that only staff read, declared in words.h.

#include <array>

#include "queue/reasons.h"
#include "web/word_table.h"
#include "web/words.h"

namespace softbot::web {
namespace {

constexpr std::array statuses{
    Word{"received", "Ontvangen", ""},
    Word{"reading", "Wordt gelezen", ""},
    Word{"incomplete", "Wacht op aanvulling", ""},
    Word{"deciding", "In beoordeling", ""},
    Word{"held-for-sample", "Steekproef", ""},
    Word{"referred", "Voor een consulent", ""},
    Word{"decided", "Besloten", ""},
    Word{"withdrawn", "Ingetrokken", ""},
    Word{"failed", "Vastgelopen", ""},
};

constexpr std::array channels{
    Word{"web", "Website", ""},   Word{"api", "Koppeling", ""},  Word{"paper", "Papier", ""},
    Word{"counter", "Balie", ""}, Word{"phone", "Telefoon", ""}, Word{"mail", "E-mail", ""},
};

constexpr std::array assurances{
    Word{"none", "Niet ondertekend", ""},
    Word{"paper-signed", "Ondertekend op papier", ""},
    Word{"counter", "Vastgesteld aan de balie", ""},
    Word{"digid", "Ingelogd", ""},
};

constexpr std::array conditions{
    Word{"met", "Voldaan", ""},
    Word{"unmet", "Niet voldaan", ""},
    Word{"unknown", "Onbekend", ""},
};

constexpr std::array roles{
    Word{"consultant", "consulent", ""}, Word{"clerk", "baliemedewerker", ""},
    Word{"mail-room", "postkamer", ""},  Word{"administrator", "beheerder", ""},
    Word{"auditor", "controleur", ""},
};

constexpr std::array laws{
    Word{"wmo2015", "Wmo 2015", ""},
    Word{"participatiewet", "Participatiewet", ""},
    Word{"awb", "Awb", ""},
};

/// Codes whose texts stand with the case, because they come from the register check, the safeguards or the
/// policy.
constexpr std::array reasons{
    Word{"register-no-match", "Het register kent dit burgerservicenummer niet.", ""},
    Word{"register-deceased", "De inwoner is volgens het register overleden.", ""},
    Word{"register-emigrated", "De inwoner is volgens het register vertrokken uit Nederland.", ""},
    Word{"register-secret-address", "De inwoner heeft een geheim adres.", ""},
    Word{"register-address-under-investigation", "Het adres is in onderzoek.", ""},
    Word{"register-minor", "De inwoner is minderjarig.", ""},
    Word{"register-suspended", "De bijhouding in het register is opgeschort.", ""},
    Word{"register-other-municipality", "De inwoner staat in een andere gemeente ingeschreven.", ""},
    Word{"register-no-address", "Het register heeft geen woonadres.", ""},
    Word{"register-data-differs", "Wat is ingevuld, verschilt van het register.", ""},
    Word{"register-unavailable", "Het register gaf geen antwoord.", ""},
    Word{"register-not-confirmed", "Het register bevestigt de gegevens niet.", ""},
    Word{"not-signed", "De aanvraag is niet ondertekend.", ""},
    Word{"fields-unconfirmed", "Veranderde antwoorden zijn nog niet bevestigd.", ""},
    Word{"personal-budget", "De inwoner vraagt een persoonsgebonden budget.", ""},
    Word{"kill-switch", "De noodstop stond aan.", ""},
    Word{"safeguards-missing", "Er zijn geen grenzen ingesteld.", ""},
    Word{"amount-unknown", "Het bedrag is niet bekend.", ""},
    Word{"daily-cap-number", "De grens voor het aantal toekenningen op een dag was bereikt.", ""},
    Word{"daily-cap-amount", "De grens voor het bedrag op een dag was bereikt.", ""},
    Word{"no-policy", "Er is geen beleid voor deze soort aanvraag.", ""},
};

constexpr std::array facts{
    Word{"bsn", "Burgerservicenummer", ""},
    Word{"initials", "Voorletters", ""},
    Word{"firstNames", "Voornamen", ""},
    Word{"prefix", "Voorvoegsel", ""},
    Word{"surname", "Achternaam", ""},
    Word{"partnerPrefix", "Voorvoegsel van de partner", ""},
    Word{"partnerSurname", "Achternaam van de partner", ""},
    Word{"birthDate", "Geboortedatum", ""},
    Word{"deceased", "Overleden", ""},
    Word{"emigrated", "Vertrokken uit Nederland", ""},
    Word{"secretAddress", "Geheim adres", ""},
    Word{"addressUnderInvestigation", "Adres in onderzoek", ""},
    Word{"recordSuspended", "Bijhouding opgeschort", ""},
    Word{"street", "Straat", ""},
    Word{"houseNumber", "Huisnummer", ""},
    Word{"houseNumberAddition", "Toevoeging", ""},
    Word{"postcode", "Postcode", ""},
    Word{"town", "Woonplaats", ""},
    Word{"municipalityCode", "Gemeentecode", ""},
    Word{"matched", "Gevonden in het register", ""},
    Word{"age", "Leeftijd", ""},
    Word{"municipalityMatches", "Woont in deze gemeente", ""},
};

}  // namespace

std::string status_words(std::string_view status) {
  return look_up_or_name(statuses, status, "nl");
}
std::string channel_words(std::string_view channel) {
  return look_up_or_name(channels, channel, "nl");
}
std::string assurance_words(std::string_view assurance) {
  return look_up_or_name(assurances, assurance, "nl");
}
std::string condition_state_words(std::string_view state) {
  return look_up_or_name(conditions, state, "nl");
}
std::string role_words(std::string_view role) {
  return look_up_or_name(roles, role, "nl");
}
std::string law_words(std::string_view law) {
  return look_up_or_name(laws, law, "nl");
}

std::string reason_words(std::string_view code) {
  for (const queue::ReasonText& reason : queue::reason_texts()) {
    if (reason.code == code) return std::string(reason.text);
  }
  return capitalised(look_up_or_name(reasons, code, "nl"));
}

std::string fact_words(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return look_up_or_name(facts, dot == std::string_view::npos ? name : name.substr(dot + 1), "nl");
}

}  // namespace softbot::web
