#pragma once

#include <string>

#include "web/site.h"

namespace softbot::web {

/// The sign-in pages, which also stand where somebody must sign in first.
[[nodiscard]] http::Response show_resident_sign_in(const Visit& visit, int status, const std::string& next,
                                                   const std::string& problem);
[[nodiscard]] http::Response show_staff_sign_in(const Visit& visit, int status, const std::string& next,
                                                const std::string& typed_name, const std::string& problem);
/// The same answer with a cookie to set.
[[nodiscard]] http::Response with_cookie(const http::Request& request, http::Response response,
                                         const std::string& cookie);
/// The page that takes reference and code; stands also where a case needs them first.
[[nodiscard]] http::Response show_case_entry(const Visit& visit, int status, const std::string& typed,
                                             const std::string& problem);

}  // namespace softbot::web
