#include "domain/iban.h"

#include <algorithm>
#include <array>

#include "domain/text.h"

namespace softbot {
namespace {

struct CountryLength {
  std::string_view country;
  std::size_t length;
};

/// SEPA and the countries around it, from the IBAN registry (ISO 13616).
constexpr std::array kLengths = {
    CountryLength{"AD", 24}, CountryLength{"AL", 28}, CountryLength{"AT", 20}, CountryLength{"BA", 20},
    CountryLength{"BE", 16}, CountryLength{"BG", 22}, CountryLength{"CH", 21}, CountryLength{"CY", 28},
    CountryLength{"CZ", 24}, CountryLength{"DE", 22}, CountryLength{"DK", 18}, CountryLength{"EE", 20},
    CountryLength{"ES", 24}, CountryLength{"FI", 18}, CountryLength{"FO", 18}, CountryLength{"FR", 27},
    CountryLength{"GB", 22}, CountryLength{"GE", 22}, CountryLength{"GI", 23}, CountryLength{"GL", 18},
    CountryLength{"GR", 27}, CountryLength{"HR", 21}, CountryLength{"HU", 28}, CountryLength{"IE", 22},
    CountryLength{"IL", 23}, CountryLength{"IS", 26}, CountryLength{"IT", 27}, CountryLength{"LI", 21},
    CountryLength{"LT", 20}, CountryLength{"LU", 20}, CountryLength{"LV", 21}, CountryLength{"MC", 27},
    CountryLength{"MD", 24}, CountryLength{"ME", 22}, CountryLength{"MK", 19}, CountryLength{"MT", 31},
    CountryLength{"NL", 18}, CountryLength{"NO", 15}, CountryLength{"PL", 28}, CountryLength{"PT", 25},
    CountryLength{"RO", 24}, CountryLength{"RS", 22}, CountryLength{"SE", 24}, CountryLength{"SI", 19},
    CountryLength{"SK", 24}, CountryLength{"SM", 27}, CountryLength{"TR", 26}, CountryLength{"UA", 29},
    CountryLength{"VA", 22}, CountryLength{"XK", 20},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

bool check_digits_fit(std::string_view compact) {
  const std::string turned = std::string(compact.substr(4)) + std::string(compact.substr(0, 4));
  int rest = 0;
  for (const char c : turned) {
    rest = is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
  }
  return rest == 1;
}

/// Four letters of the bank and ten digits.
bool dutch_shape(std::string_view compact) {
  const auto bank = compact.substr(4, 4);
  const auto account = compact.substr(8);
  return std::all_of(bank.begin(), bank.end(), is_letter) &&
         std::all_of(account.begin(), account.end(), is_digit);
}

}  // namespace

Result<Iban> parse_iban(std::string_view text) {
  const std::string typed = ascii_upper(collapse_spaces(text));
  if (typed.empty()) return fail_value("iban-empty", "Vul een rekeningnummer (IBAN) in.");
  std::string compact;
  for (const char c : typed) {
    if (is_digit(c) || is_letter(c)) {
      compact += c;
    } else if (c != ' ' && c != '.' && c != '-') {
      return fail_value("iban-characters",
                        "Een rekeningnummer (IBAN) bestaat alleen uit letters en cijfers.");
    }
  }
  const auto country = std::string_view(compact).substr(0, 2);
  const auto known = std::find_if(kLengths.begin(), kLengths.end(),
                                  [&](const CountryLength& row) { return row.country == country; });
  if (known == kLengths.end()) {
    return fail_value("iban-country",
                      "Een rekeningnummer (IBAN) begint met de letters van een land, bijvoorbeeld NL.");
  }
  if (compact.size() != known->length) {
    return fail_value(
        "iban-length",
        "Dit rekeningnummer (IBAN) heeft niet het juiste aantal tekens. Een Nederlands nummer heeft er 18.");
  }
  if (!is_digit(compact[2]) || !is_digit(compact[3]) || (country == "NL" && !dutch_shape(compact))) {
    return fail_value("iban-shape",
                      "Dit rekeningnummer (IBAN) klopt niet. Het ziet eruit als NL91 ABNA 0417 1643 00.");
  }
  if (!check_digits_fit(compact)) {
    return fail_value("iban-check-digits",
                      "Dit rekeningnummer (IBAN) bestaat niet. Controleer de letters en cijfers.");
  }
  return Iban(std::move(compact));
}

std::string Iban::formatted() const {
  std::string out;
  for (std::size_t i = 0; i < compact_.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += compact_[i];
  }
  return out;
}

std::string Iban::masked() const {
  return std::string(country()) + "•• •••• " + compact_.substr(compact_.size() - 3);
}

}  // namespace softbot
