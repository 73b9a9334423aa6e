#pragma once

#include <cstddef>
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

/// Levenshtein's distance in bytes: what is to be changed, taken away or added. Pure.
[[nodiscard]] std::size_t changes_between(std::string_view left, std::string_view right);

/// What was read is this word but for one sign at most; four signs or more are compared.
[[nodiscard]] bool same_but_for_a_sign(std::string_view read, std::string_view word);

/// What was read may well be this word, misread in places: at most one sign in three differs, and four signs
/// or more are compared. Capitals, accents, spaces and points do not matter.
[[nodiscard]] bool resembles(std::string_view read, std::string_view word);

}  // namespace softbot
