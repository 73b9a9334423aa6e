#include "domain/bsn.h"

#include <algorithm>

#include "domain/text.h"

namespace softbot {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool passes_eleven_test(std::string_view nine_digits) {
  if (nine_digits.size() != 9 || !std::all_of(nine_digits.begin(), nine_digits.end(), is_digit)) return false;
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += (9 - i) * (nine_digits[static_cast<std::size_t>(i)] - '0');
  sum -= nine_digits[8] - '0';
  return nine_digits != "000000000" && sum % 11 == 0;
}

Result<Bsn> parse_bsn(std::string_view text) {
  const std::string typed = collapse_spaces(text);
  if (typed.empty()) return fail_value("bsn-empty", "Vul uw burgerservicenummer (BSN) in.");
  std::string digits;
  for (const char c : typed) {
    if (is_digit(c)) {
      digits += c;
    } else if (c != ' ' && c != '.' && c != '-') {
      return fail_value("bsn-characters", "Een burgerservicenummer bestaat alleen uit cijfers.");
    }
  }
  if (digits.size() == 8) digits.insert(digits.begin(), '0');
  if (digits.size() != 9) {
    return fail_value(
        "bsn-length",
        "Een burgerservicenummer heeft 9 cijfers. Kijk op uw paspoort, identiteitskaart of rijbewijs.");
  }
  if (!passes_eleven_test(digits)) {
    return fail_value("bsn-check-digit", "Dit burgerservicenummer bestaat niet. Controleer de cijfers.");
  }
  return Bsn(std::move(digits));
}

std::string Bsn::masked() const {
  return "•••••• " + digits_.substr(6);
}

bool is_test_bsn(const Bsn& bsn) {
  return bsn.digits() >= "999900006" && bsn.digits() <= "999999990";
}

}  // namespace softbot
