#include "ocr/decode/refusal.h"

#include <string>

namespace softbot::ocr {

FieldError refusal(std::string_view code, std::string_view dutch_words) {
  return {"file", std::string(code), std::string(dutch_words)};
}

FieldError damaged_file() {
  return refusal(
      "damaged",
      "Dit bestand is beschadigd of niet compleet. Scan of bewaar het opnieuw en stuur het nog een "
      "keer.");
}

FieldError encrypted_file() {
  return refusal("encrypted",
                 "Dit bestand is beveiligd met een wachtwoord. Bewaar het zonder wachtwoord, of stuur een "
                 "afdruk.");
}

FieldError empty_file() {
  return refusal("empty", "In dit bestand staat geen enkele pagina.");
}

FieldError damaged_page(int index) {
  return refusal("damaged", "Pagina " + std::to_string(index + 1) +
                                " van dit bestand is beschadigd. Scan deze pagina opnieuw.");
}

FieldError too_large_page(int index) {
  return refusal("too-large",
                 "Pagina " + std::to_string(index + 1) +
                     " van dit bestand is te groot om te lezen. Scan deze pagina opnieuw met 300 "
                     "beeldpunten per inch (dpi).");
}

}  // namespace softbot::ocr
