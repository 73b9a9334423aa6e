#include "web/scan_words.h"

#include <array>

#include "web/word_table.h"

namespace softbot::web {
namespace {

constexpr std::array states{
    Word{"waiting", "Wacht op lezen", ""}, Word{"reading", "Wordt gelezen", ""}, Word{"read", "Gelezen", ""},
    Word{"refused", "Niet te lezen", ""},  Word{"failed", "Vastgelopen", ""},
};

constexpr std::array badges{
    Word{"waiting", "neutral", ""}, Word{"reading", "neutral", ""}, Word{"read", "safe", ""},
    Word{"refused", "danger", ""},  Word{"failed", "danger", ""},
};

constexpr std::array sources{
    Word{"folder", "uit de scanmap", ""},
    Word{"upload", "geüpload", ""},
};

constexpr std::array remedies{
    Word{
        "damaged",
        "Scan het papier opnieuw. Is het papier er niet meer? Open dan het bestand bij de binnengekomen post "
        "en kijk wat er nog van te zien is.",
        ""},
    Word{"encrypted", "Vraag om het bestand zonder wachtwoord, of scan het papier opnieuw.", ""},
    Word{"unsupported", "Sla het op als PDF, TIFF, JPEG of PNG en upload het opnieuw.", ""},
    Word{"too-large", "Scan het papier opnieuw met 300 dpi, of in kleinere delen.", ""},
    Word{"too-many-pages", "Scan de stapel in kleinere delen.", ""},
    Word{"empty", "Scan het papier opnieuw. Lag het wel goed in de scanner?", ""},
    Word{"time", "Scan het papier opnieuw, in kleinere delen of met 300 dpi.", ""},
    Word{"memory", "Scan het papier opnieuw, in kleinere delen of met 300 dpi.", ""},
    Word{"crashed", "Scan het papier opnieuw.", ""},
    Word{"processing-failed",
         "U hoeft niets opnieuw te scannen. Het bestand ligt bij de binnengekomen post: een collega kijkt er "
         "zelf naar.",
         ""},
};

constexpr std::array sorts{
    Word{"form", "formulier", ""},
    Word{"sheet", "blad bij een zaak", ""},
    Word{"other", "brief of bijlage", ""},
    Word{"blank", "leeg", ""},
};

constexpr std::array problems{
    Word{"no-marks", "De hoekpunten van het formulier staan niet op de scan. Is een rand afgesneden?", ""},
    Word{"residual", "De bladzijde is te scheef of te vervormd gescand.", ""},
    Word{"unknown-geometry", "Dit formulier is hier niet bekend.", ""},
    Word{"unknown-form", "Dit formulier is hier niet bekend.", ""},
    Word{"other-version", "Dit formulier is van een andere uitgave.", ""},
    Word{"other-municipality", "Dit formulier is van een andere gemeente.", ""},
    Word{"not-read", "Deze bladzijde is niet gelezen: het lezen duurde te lang.", ""},
    Word{"damaged", "Deze bladzijde is beschadigd.", ""},
};

constexpr std::array outcomes{
    Word{"signed", "ondertekend en verwerkt", ""},
    Word{"unsigned", "kwam terug zonder handtekening; een consulent kijkt ernaar", ""},
    Word{"doubtful", "handtekening niet zeker te zien; een consulent kijkt ernaar", ""},
    Word{"outdated", "hoort bij oudere antwoorden; een consulent kijkt ernaar", ""},
    Word{"reply", "antwoord op papier; een consulent neemt het over", ""},
    Word{"without-case", "hoort bij geen zaak die hier bekend is", ""},
};

}  // namespace

std::string scan_state_words(std::string_view state) {
  return look_up_or_name(states, state, "nl");
}
std::string scan_state_badge(std::string_view state) {
  return look_up_or_name(badges, state, "nl");
}
std::string scan_source_words(std::string_view source) {
  return look_up_or_name(sources, source, "nl");
}
std::string scan_remedy_words(std::string_view reason) {
  return look_up(remedies, reason, "nl");
}
std::string page_sort_words(std::string_view sort) {
  return look_up_or_name(sorts, sort, "nl");
}
std::string page_problem_words(std::string_view problem) {
  return look_up_or_name(problems, problem, "nl");
}
std::string sheet_outcome_words(std::string_view outcome) {
  return look_up_or_name(outcomes, outcome, "nl");
}

}  // namespace softbot::web
