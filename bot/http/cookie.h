#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.h"

namespace softbot::http {

enum class SameSite { strict, lax };

/// A cookie to set. HttpOnly always: no script needs one of ours.
struct Cookie {
  std::string name;
  std::string value;
  std::string path = "/";
  std::optional<std::chrono::seconds> max_age;  ///< nothing: until the browser closes; zero: remove it
  SameSite same_site = SameSite::strict;
  bool secure = true;  ///< request.secure; false only for plain HTTP on one's own machine
  bool operator==(const Cookie&) const = default;
};

/// Value of a Set-Cookie header. Throws std::invalid_argument when name, value or path hold what a cookie
/// cannot.
[[nodiscard]] std::string set_cookie(const Cookie& cookie);

/// Value of the first cookie of that name over all Cookie headers, without quotes; nothing when there is
/// none.
[[nodiscard]] std::optional<std::string_view> find_cookie(const Headers& headers, std::string_view name);

}  // namespace softbot::http
