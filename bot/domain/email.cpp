#include "domain/email.h"

#include <algorithm>

#include "domain/text.h"

namespace softbot {
namespace {

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool good_local_part(std::string_view local) {
  constexpr std::string_view kOther = "!#$%&'*+-/=?^_`{|}~.";
  if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.') return false;
  if (local.find("..") != std::string_view::npos) return false;
  return std::all_of(local.begin(), local.end(),
                     [&](char c) { return is_alphanumeric(c) || kOther.find(c) != std::string_view::npos; });
}

bool good_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool good_domain(std::string_view domain) {
  int labels = 0;
  std::string_view last;
  while (true) {
    const std::size_t dot = domain.find('.');
    last = domain.substr(0, dot);
    if (!good_label(last)) return false;
    ++labels;
    if (dot == std::string_view::npos) break;
    domain.remove_prefix(dot + 1);
  }
  const bool numeric = std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
  return labels >= 2 && last.size() >= 2 && !numeric;
}

}  // namespace

Result<EmailAddress> parse_email(std::string_view text) {
  const std::string_view typed = trim(text);
  if (typed.empty()) return fail_value("email-empty", "Vul een e-mailadres in.");
  if (typed.size() > 254) return fail_value("email-length", "Een e-mailadres heeft ten hoogste 254 tekens.");
  const bool ascii = std::all_of(typed.begin(), typed.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!ascii) {
    return fail_value("email-characters",
                      "Een e-mailadres heeft geen spaties, accenten of andere bijzondere tekens.");
  }
  const std::size_t at = typed.find('@');
  if (at == std::string_view::npos || typed.find('@', at + 1) != std::string_view::npos) {
    return fail_value("email-at", "Een e-mailadres heeft precies één @, bijvoorbeeld naam@voorbeeld.nl.");
  }
  if (!good_local_part(typed.substr(0, at))) {
    return fail_value("email-local-part", "Het deel vóór de @ klopt niet. Controleer het e-mailadres.");
  }
  const std::string domain = ascii_lower(typed.substr(at + 1));
  if (!good_domain(domain)) {
    return fail_value("email-domain",
                      "Het deel na de @ klopt niet, bijvoorbeeld voorbeeld.nl. Controleer het e-mailadres.");
  }
  return EmailAddress(std::string(typed.substr(0, at + 1)) + domain);
}

std::string EmailAddress::masked() const {
  return text_.substr(0, 1) + "•••" + text_.substr(text_.find('@'));
}

}  // namespace softbot
