#include "http/cookie.h"

#include <algorithm>
#include <stdexcept>

namespace softbot::http {
namespace {

bool is_token(std::string_view text) {
  constexpr std::string_view separators = "()<>@,;:\\\"/[]?={} \t";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char character) {
    return static_cast<unsigned char>(character) > 0x20 && static_cast<unsigned char>(character) < 0x7f &&
           separators.find(character) == std::string_view::npos;
  });
}

bool is_cookie_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char character) {
    return static_cast<unsigned char>(character) > 0x20 && static_cast<unsigned char>(character) < 0x7f &&
           std::string_view("\",;\\").find(character) == std::string_view::npos;
  });
}

/// Looks through one Cookie header.
std::optional<std::string_view> cookie_in(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = header.find(';');
    std::string_view pair = header.substr(0, end);
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
    pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) {
      continue;
    }
    std::string_view value = pair.substr(equals + 1);
    while (value.ends_with(' ') || value.ends_with('\t')) {
      value.remove_suffix(1);
    }
    if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return std::nullopt;
}

}  // namespace

std::string set_cookie(const Cookie& cookie) {
  if (!is_token(cookie.name) || !is_cookie_text(cookie.value) || !cookie.path.starts_with('/') ||
      !is_cookie_text(cookie.path)) {
    throw std::invalid_argument("set_cookie: name, value or path has a character that cookies cannot have");
  }
  std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path;
  if (cookie.max_age) {
    text += "; Max-Age=" + std::to_string(cookie.max_age->count());
  }
  text += "; HttpOnly";
  text += cookie.secure ? "; Secure" : "";
  text += cookie.same_site == SameSite::strict ? "; SameSite=Strict" : "; SameSite=Lax";
  return text;
}

std::optional<std::string_view> find_cookie(const Headers& headers, std::string_view name) {
  for (std::size_t index = 0; index < headers.size(); ++index) {
    const Headers::Field field = headers.at(index);
    if (!equal_ignoring_case(field.name, "Cookie")) {
      continue;
    }
    if (const auto value = cookie_in(field.value, name)) {
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace softbot::http
