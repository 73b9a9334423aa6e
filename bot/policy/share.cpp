#include "policy/share.h"

#include <string_view>

namespace softbot {
namespace {

std::optional<std::int64_t> per_million(std::string_view text) {
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  const auto decimals = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if ((whole != "0" && whole != "1") || decimals.size() > 6) return std::nullopt;
  if (point != std::string_view::npos && decimals.empty()) return std::nullopt;
  std::int64_t result = whole == "1" ? whole_share : 0;
  std::int64_t unit = whole_share / 10;
  for (const char digit : decimals) {
    if (digit < '0' || digit > '9') return std::nullopt;
    result += unit * (digit - '0');
    unit /= 10;
  }
  return result <= whole_share ? std::optional(result) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> share_from(const Value& value) {
  const auto* number = value.as_number();
  return per_million(number ? std::string_view(number->text) : std::string_view(value.text_or_empty()));
}

std::string share_text(std::int64_t per_million) {
  std::string text = std::to_string(per_million / whole_share);
  if (const std::int64_t rest = per_million % whole_share; rest != 0) {
    std::string digits = std::to_string(whole_share + rest).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "." + digits;
  }
  return text;
}

std::string percent_words(std::int64_t per_million) {
  std::string text = std::to_string(per_million / 10'000);
  if (const std::int64_t rest = per_million % 10'000; rest != 0) {
    std::string digits = std::to_string(10'000 + rest).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "," + digits;
  }
  return text + "%";
}

}  // namespace softbot
