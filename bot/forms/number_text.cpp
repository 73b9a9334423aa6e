#include "forms/number_text.h"

#include <algorithm>
#include <vector>

#include "domain/text.h"

namespace softbot {
namespace {

constexpr std::size_t most_whole_digits = 14;
constexpr std::size_t most_decimals = 4;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "1.234.567" -> "1234567"; digits without dots stay.
std::optional<std::string> without_thousands(std::string_view text) {
  std::string digits;
  for (bool first = true;; first = false) {
    const std::size_t at = text.find('.');
    const std::string_view group = text.substr(0, at);
    const bool alone = first && at == std::string_view::npos;
    const bool fits = alone || (first ? group.size() <= 3 : group.size() == 3);
    if (!fits || !all_digits(group)) return std::nullopt;
    digits += group;
    if (at == std::string_view::npos) return digits;
    text.remove_prefix(at + 1);
  }
}

std::optional<std::string> join(bool negative, std::string whole, std::string decimals) {
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  if (whole.size() > most_whole_digits || decimals.size() > most_decimals) return std::nullopt;
  const bool zero = whole == "0" && decimals.empty();
  return (negative && !zero ? "-" : "") + whole + (decimals.empty() ? "" : "." + decimals);
}

/// Takes the sign off.
bool take_minus(std::string_view& text) {
  if (!text.starts_with('-')) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<std::string> canonical_integer(std::string_view text) {
  std::string_view typed = trim(text);
  const bool negative = take_minus(typed);
  auto digits = without_thousands(typed);
  if (!digits) return std::nullopt;
  return join(negative, std::move(*digits), "");
}

std::optional<std::string> canonical_decimal(std::string_view text) {
  std::string_view typed = trim(text);
  const bool negative = take_minus(typed);
  std::size_t point = typed.find(',');
  if (point == std::string_view::npos) {
    const std::size_t dot = typed.find('.');
    const bool single = dot != std::string_view::npos && typed.find('.', dot + 1) == std::string_view::npos;
    if (single && typed.size() - dot - 1 != 3) point = dot;
  }
  auto whole = without_thousands(typed.substr(0, point));
  if (!whole) return std::nullopt;
  if (point == std::string_view::npos) return join(negative, std::move(*whole), "");
  const std::string_view decimals = typed.substr(point + 1);
  if (!all_digits(decimals)) return std::nullopt;
  return join(negative, std::move(*whole), std::string(decimals));
}

std::optional<std::string> canonical_decimal(const Number& number) {
  std::string_view text = number.text;
  const bool negative = take_minus(text);
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  if (!all_digits(whole)) return std::nullopt;
  if (dot == std::string_view::npos) return join(negative, std::string(whole), "");
  const std::string_view decimals = text.substr(dot + 1);
  if (!all_digits(decimals)) return std::nullopt;
  return join(negative, std::string(whole), std::string(decimals));
}

std::optional<std::string> canonical_integer(const Number& number) {
  auto canonical = canonical_decimal(number);
  if (canonical && canonical->find('.') != std::string::npos) return std::nullopt;
  return canonical;
}

std::optional<std::int64_t> ten_thousandths(std::string_view canonical) {
  const bool negative = take_minus(canonical);
  const std::size_t dot = canonical.find('.');
  const std::string_view whole = canonical.substr(0, dot);
  std::string decimals(dot == std::string_view::npos ? std::string_view() : canonical.substr(dot + 1));
  if (!all_digits(whole) || whole.size() > most_whole_digits || decimals.size() > most_decimals) {
    return std::nullopt;
  }
  decimals.append(most_decimals - decimals.size(), '0');
  if (!all_digits(decimals)) return std::nullopt;
  std::int64_t sum = 0;
  for (const char c : std::string(whole) + decimals) sum = sum * 10 + (c - '0');
  return negative ? -sum : sum;
}

std::optional<std::int64_t> number_value(const Value& answer) {
  std::optional<std::string> canonical;
  if (const Number* number = answer.as_number()) canonical = canonical_decimal(*number);
  if (const std::string* text = answer.as_text()) canonical = canonical_decimal(*text);
  if (!canonical) return std::nullopt;
  return ten_thousandths(*canonical);
}

}  // namespace softbot
