#include "domain/money.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "domain/text.h"

namespace softbot {
namespace {

tl::unexpected<Error> bad_shape() {
  return fail_value("money-shape", "Vul een bedrag in, bijvoorbeeld 12,50.");
}

tl::unexpected<Error> bad_decimals() {
  return fail_value("money-decimals",
                    "Een bedrag heeft ten hoogste 2 cijfers achter de komma, bijvoorbeeld 12,50.");
}

tl::unexpected<Error> out_of_range() {
  return fail_value("money-range", "Dit bedrag is te groot.");
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void drop_prefix(std::string_view& text, std::string_view prefix) {
  if (text.starts_with(prefix)) text = trim(text.substr(prefix.size()));
}

/// "1.234.567" as digits: the first group has one to three, each other one three.
Result<std::string> without_thousands(std::string_view whole, char separator) {
  if (whole.find(separator) == std::string_view::npos) {
    return whole.empty() || !all_digits(whole) ? Result<std::string>(bad_shape()) : std::string(whole);
  }
  std::string digits;
  bool first = true;
  while (true) {
    const std::size_t at = whole.find(separator);
    const std::string_view group = whole.substr(0, at);
    const bool fits = first ? !group.empty() && group.size() <= 3 && group.front() != '0' : group.size() == 3;
    if (!fits || !all_digits(group)) return bad_shape();
    digits += group;
    first = false;
    if (at == std::string_view::npos) return digits;
    whole.remove_prefix(at + 1);
  }
}

Result<Cents> whole_and_decimals(std::string_view whole, std::string_view decimals, bool negative) {
  if (!all_digits(decimals)) return bad_shape();
  if (decimals.size() > 2) return bad_decimals();
  Cents sum{0};
  std::string digits = std::string(whole) + std::string(decimals);
  digits.append(2 - decimals.size(), '0');
  for (const char c : digits) {
    const std::int64_t digit = negative ? -(c - '0') : c - '0';
    auto larger = multiply(sum, 10).and_then([&](Cents tenfold) { return add(tenfold, Cents{digit}); });
    if (!larger) return larger;
    sum = *larger;
  }
  return sum;
}

Result<Cents> parse_number(std::string_view number, bool negative) {
  const std::size_t comma = number.rfind(',');
  const std::size_t dot = number.rfind('.');
  const bool has_comma = comma != std::string_view::npos;
  const bool has_dot = dot != std::string_view::npos;
  std::size_t decimal = std::string_view::npos;
  char thousands = '.';
  if (has_comma && (!has_dot || comma > dot)) {
    decimal = comma;
  } else if (has_comma) {
    decimal = dot;
    thousands = ',';
  } else if (has_dot && number.find('.') == dot && number.size() - dot - 1 != 3) {
    decimal = dot;
    thousands = ',';
  }
  const std::string_view decimals =
      decimal == std::string_view::npos ? std::string_view() : number.substr(decimal + 1);
  if (decimal != std::string_view::npos && decimals.empty()) return bad_shape();
  const auto whole = without_thousands(number.substr(0, decimal), thousands);
  if (!whole) return tl::unexpected<Error>(whole.error());
  return whole_and_decimals(*whole, decimals, negative);
}

}  // namespace

Result<Cents> parse_money(std::string_view text) {
  if (text.size() > 60) return bad_shape();
  const std::string typed = ascii_lower(collapse_spaces(text));
  if (typed.empty()) return fail_value("money-empty", "Vul een bedrag in.");
  std::string_view number = typed;
  bool negative = number.starts_with('-');
  drop_prefix(number, "-");
  drop_prefix(number, "€");
  drop_prefix(number, "eur");
  drop_prefix(number, "o ");  // what is left of "euro 12"
  if (!negative && number.starts_with('-')) {
    negative = true;
    number = trim(number.substr(1));
  }
  for (const std::string_view suffix : {"euro", "eur", "€"}) {
    if (number.ends_with(suffix)) number = trim(number.substr(0, number.size() - suffix.size()));
  }
  for (const std::string_view suffix : {",--", ",-", ",=", ".-"}) {
    if (!number.ends_with(suffix)) continue;
    const auto whole = without_thousands(number.substr(0, number.size() - suffix.size()), '.');
    return whole ? whole_and_decimals(*whole, "", negative)
                 : Result<Cents>(tl::unexpected<Error>(whole.error()));
  }
  return parse_number(number, negative);
}

std::string format_decimal(Cents amount) {
  const bool negative = amount.value < 0;
  const std::uint64_t size =
      negative ? 0 - static_cast<std::uint64_t>(amount.value) : static_cast<std::uint64_t>(amount.value);
  std::string cents = std::to_string(size % 100);
  if (cents.size() < 2) cents.insert(cents.begin(), '0');
  return (negative ? "-" : "") + std::to_string(size / 100) + '.' + cents;
}

std::string format_euro(Cents amount) {
  std::string text = format_decimal(amount);
  const std::size_t dot = text.size() - 3;
  text[dot] = ',';
  const std::size_t first = text.front() == '-' ? 1 : 0;
  for (std::size_t at = dot; at > first + 3;) {
    at -= 3;
    text.insert(at, 1, '.');
  }
  return "€ " + text;
}

Result<Cents> add(Cents left, Cents right) {
  Cents sum;
  if (__builtin_add_overflow(left.value, right.value, &sum.value)) return out_of_range();
  return sum;
}

Result<Cents> subtract(Cents left, Cents right) {
  Cents difference;
  if (__builtin_sub_overflow(left.value, right.value, &difference.value)) return out_of_range();
  return difference;
}

Result<Cents> multiply(Cents amount, std::int64_t factor) {
  Cents product;
  if (__builtin_mul_overflow(amount.value, factor, &product.value)) return out_of_range();
  return product;
}

}  // namespace softbot
