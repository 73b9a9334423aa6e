#include "domain/postcode.h"

#include "domain/text.h"

namespace softbot {

Result<Postcode> parse_postcode(std::string_view text) {
  const std::string typed = ascii_upper(collapse_spaces(text));
  if (typed.empty()) return fail_value("postcode-empty", "Vul uw postcode in.");
  std::string compact;
  for (const char c : typed) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = c >= 'A' && c <= 'Z';
    if (!digit && !letter && c != ' ') {
      return fail_value("postcode-characters",
                        "Een postcode bestaat alleen uit cijfers en letters, bijvoorbeeld 1234 AB.");
    }
    if (c != ' ') compact += c;
  }
  const auto digits = std::string_view(compact).substr(0, 4);
  const bool shape = compact.size() == 6 &&
                     digits.find_first_not_of("0123456789") == std::string_view::npos && compact[0] != '0' &&
                     compact[4] >= 'A' && compact[5] >= 'A';
  if (!shape) {
    return fail_value("postcode-shape", "Een postcode heeft 4 cijfers en 2 letters, bijvoorbeeld 1234 AB.");
  }
  const auto letters = std::string_view(compact).substr(4);
  if (letters == "SA" || letters == "SD" || letters == "SS") {
    return fail_value("postcode-letters",
                      "Deze letters komen in geen enkele postcode voor. Controleer de postcode.");
  }
  return Postcode(std::move(compact));
}

std::string Postcode::formatted() const {
  return compact_.substr(0, 4) + ' ' + compact_.substr(4);
}

}  // namespace softbot
