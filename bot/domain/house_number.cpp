#include "domain/house_number.h"

#include <algorithm>

#include "domain/text.h"

namespace softbot {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_separator(char c) {
  return c == ' ' || c == '-' || c == '/' || c == '.';
}

std::string_view without_separators(std::string_view text) {
  while (!text.empty() && is_separator(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_separator(text.back())) text.remove_suffix(1);
  return text;
}

tl::unexpected<Error> bad_addition() {
  return fail_value(
      "house-number-addition",
      "De toevoeging bij het huisnummer heeft ten hoogste 6 letters en cijfers, bijvoorbeeld A, 2 of bis.");
}

/// Splits what follows the number into letter and addition: "A-3", "A3", "BIS", "-3".
Result<HouseNumber> with_addition(int number, std::string_view rest) {
  HouseNumber result{number, "", ""};
  rest = without_separators(rest);
  const bool single_letter = !rest.empty() && is_letter(rest[0]) && (rest.size() == 1 || !is_letter(rest[1]));
  if (single_letter) {
    result.letter = rest.substr(0, 1);
    rest = without_separators(rest.substr(1));
  }
  const bool plain =
      std::all_of(rest.begin(), rest.end(), [](char c) { return is_letter(c) || is_digit(c); });
  if (!plain || rest.size() > 6) return bad_addition();
  result.addition = rest;
  return result;
}

}  // namespace

Result<HouseNumber> parse_house_number(std::string_view text) {
  const std::string typed = ascii_upper(collapse_spaces(text));
  if (typed.empty()) return fail_value("house-number-empty", "Vul uw huisnummer in.");
  std::size_t digits = 0;
  int number = 0;
  for (; digits < typed.size() && is_digit(typed[digits]) && digits < 7; ++digits) {
    number = number * 10 + (typed[digits] - '0');
  }
  if (digits == 0) {
    return fail_value("house-number-shape", "Een huisnummer begint met een cijfer, bijvoorbeeld 12 of 12a.");
  }
  if (number < 1 || number > 99999) {
    return fail_value("house-number-range", "Een huisnummer ligt tussen 1 en 99999.");
  }
  return with_addition(number, std::string_view(typed).substr(digits));
}

Result<HouseNumber> parse_house_number(std::string_view number, std::string_view addition) {
  Result<HouseNumber> first = parse_house_number(number);
  const std::string extra = ascii_upper(collapse_spaces(addition));
  if (!first || extra.empty()) return first;
  if (!first->letter.empty() || !first->addition.empty()) {
    return parse_house_number(std::string(number) + "-" + extra);
  }
  return with_addition(first->number, extra);
}

std::string format(const HouseNumber& house_number) {
  std::string out = std::to_string(house_number.number) + house_number.letter;
  if (house_number.addition.empty()) return out;
  const bool word = is_letter(house_number.addition[0]);
  return out + (word ? ' ' : '-') + house_number.addition;
}

}  // namespace softbot
