#include "domain/phone.h"

#include <algorithm>
#include <array>

#include "domain/text.h"

namespace softbot {
namespace {

/// Area codes and service prefixes of two digits after the 0; all other fixed numbers have three.
constexpr std::array<std::string_view, 38> kShortAreas = {
    "10", "13", "15", "20", "23", "24", "26", "30", "33", "35", "36", "38", "40",
    "43", "45", "46", "50", "53", "55", "58", "70", "71", "72", "73", "74", "75",
    "76", "77", "78", "79", "82", "84", "85", "87", "88", "91", "14", "66"};

constexpr std::string_view kTwoDigitCountries =
    " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 "
    "82 84 86 90 "
    "91 92 93 94 95 98 ";

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_short_area(std::string_view area) {
  return std::find(kShortAreas.begin(), kShortAreas.end(), area) != kShortAreas.end();
}

bool is_service(std::string_view national) {
  return national.starts_with("800") || national.starts_with("900") || national.starts_with("906") ||
         national.starts_with("909");
}

tl::unexpected<Error> bad_length() {
  return fail_value("phone-length",
                    "Een Nederlands telefoonnummer heeft 10 cijfers, bijvoorbeeld 06 12345678.");
}

/// `national` is the number without the leading 0.
Result<std::string> dutch(std::string_view national) {
  if (national.empty()) return bad_length();
  if (is_service(national)) {
    if (national.size() != 7 && national.size() != 10) return bad_length();
    return "+31" + std::string(national);
  }
  if (national.size() != 9) return bad_length();
  const bool mobile =
      national[0] == '6' && std::string_view("123458").find(national[1]) != std::string_view::npos;
  const bool fixed =
      std::string_view("123457").find(national[0]) != std::string_view::npos && national[1] != '0';
  const bool other = (national[0] == '8' || national[0] == '9') && is_short_area(national.substr(0, 2));
  const bool twenty = is_short_area(national.substr(0, 2));  // 010, 020, ... have a 0 in second place
  if (!mobile && !fixed && !other && !twenty) {
    return fail_value("phone-shape", "Dit telefoonnummer bestaat niet. Controleer het kengetal.");
  }
  return "+31" + std::string(national);
}

std::size_t country_code_length(std::string_view digits) {
  if (digits[0] == '1' || digits[0] == '7') return 1;
  const std::string two = ' ' + std::string(digits.substr(0, 2)) + ' ';
  return kTwoDigitCountries.find(two) != std::string_view::npos ? 2 : 3;
}

}  // namespace

Result<PhoneNumber> parse_phone(std::string_view text) {
  std::string typed = collapse_spaces(text);
  if (typed.empty()) return fail_value("phone-empty", "Vul een telefoonnummer in.");
  if (typed.size() > 60) return bad_length();
  const bool plus = typed.front() == '+';
  if (plus) typed.erase(0, 1);
  if (const std::size_t at = typed.find("(0)");
      at != std::string::npos && (plus || typed.starts_with("00"))) {
    typed.erase(at, 3);
  }
  std::string digits;
  for (const char c : typed) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view(" -.()/").find(c) == std::string_view::npos) {
      return fail_value("phone-characters",
                        "Een telefoonnummer bestaat alleen uit cijfers, eventueel met een + ervoor.");
    }
  }
  const bool abroad = plus || digits.starts_with("00");
  if (!plus && abroad) digits.erase(0, 2);
  if (!abroad) {
    if (!digits.starts_with('0')) return bad_length();
    return dutch(std::string_view(digits).substr(1)).map([](std::string e164) {
      return PhoneNumber(std::move(e164));
    });
  }
  if (digits.starts_with("31")) {
    std::string_view national = std::string_view(digits).substr(2);
    if (national.starts_with('0')) national.remove_prefix(1);
    return dutch(national).map([](std::string e164) { return PhoneNumber(std::move(e164)); });
  }
  if (digits.empty() || digits[0] == '0') {
    return fail_value("phone-shape", "Na de + of 00 volgt het nummer van een land, bijvoorbeeld +32.");
  }
  if (digits.size() < 7 || digits.size() > 15) {
    return fail_value("phone-length", "Een buitenlands telefoonnummer heeft 7 tot 15 cijfers.");
  }
  return PhoneNumber("+" + digits);
}

std::string PhoneNumber::formatted() const {
  const std::string_view digits = std::string_view(e164_).substr(1);
  if (!digits.starts_with("31") || !all_digits(digits)) {
    const std::size_t code = country_code_length(digits);
    return "+" + std::string(digits.substr(0, code)) + ' ' + std::string(digits.substr(code));
  }
  const std::string_view national = digits.substr(2);
  std::size_t area = 3;
  if (national[0] == '6' && national.size() == 9) {
    area = 1;
  } else if (is_short_area(national.substr(0, 2)) && national.size() == 9) {
    area = 2;
  }
  return "0" + std::string(national.substr(0, area)) + ' ' + std::string(national.substr(area));
}

}  // namespace softbot
