#pragma once

#include <string_view>

#include "ports/register.h"

namespace softbot {

/// True when somebody who is registered under this name may have written `typed` as theirs: birth name or
/// partner's name or both joined, with or without prefix, prefix in front or behind ("Berg, van den"), in any
/// accents and case. Initials count when both sides have them. Pure.
[[nodiscard]] bool name_fits(std::string_view typed_initials, std::string_view typed_name,
                             const RegisterPerson& person);

/// True when typed initials ("J.P.", "jp", "Jan") and the register's may be those of one person. Empty on
/// either side says nothing and fits.
[[nodiscard]] bool initials_fit(std::string_view typed, std::string_view registered_initials,
                                std::string_view registered_first_names);

/// What was read may well be this word, misread in places: at most one sign in three differs, and four signs
/// or more are compared. Capitals, accents, spaces and points do not matter.
[[nodiscard]] bool resembles(std::string_view read, std::string_view word);

}  // namespace softbot
