#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace softbot {

/// The failure of a value that somebody typed: `invalid_input` with a Dutch message (B1) for people and, in
/// `fields[0].code`, a stable kebab-case code ("bsn-check-digit"), so that a form can show its own words.
/// The typed text itself is never part of it.
[[nodiscard]] tl::unexpected<Error> fail_value(std::string_view code, std::string_view message);

/// The code that fail_value() put in, or the name of the error's own code.
[[nodiscard]] std::string_view value_code(const Error& error);

/// Text without white space (also no-break spaces and the like) at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Trimmed, and every run of white space inside made one space.
[[nodiscard]] std::string collapse_spaces(std::string_view text);

/// Number of Unicode code points; a byte that is no UTF-8 counts as one.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// The code points of a text; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::vector<char32_t> code_points(std::string_view text);

/// UTF-8 of code points; what is no valid code point becomes U+FFFD.
[[nodiscard]] std::string utf8(const std::vector<char32_t>& points);

/// The first `count` code points.
[[nodiscard]] std::string first_code_points(std::string_view text, std::size_t count);

/// True with emoji or other pictographs, which no name, address or number holds.
[[nodiscard]] bool has_emoji(std::string_view text);

/// True with control characters other than tab, line feed and carriage return, or with text direction
/// overrides.
[[nodiscard]] bool has_control_characters(std::string_view text);

/// True when it is well-formed UTF-8 without emoji and control characters and has at least one letter: a
/// person's or street's name may hold letters of any script, digits, spaces, hyphens, apostrophes and dots.
[[nodiscard]] bool is_plausible_name(std::string_view text);

/// Latin letters in lower case without diacritics ("Şöğüt" -> "sogut", "Æ" -> "ae", "ß" -> "ss", "ĳ" ->
/// "ij"), other scripts unchanged; everything but letters and digits becomes one space. For comparing names
/// with a register, never for showing them.
[[nodiscard]] std::string fold(std::string_view text);

/// ASCII letters in lower or upper case; other bytes unchanged.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] std::string ascii_upper(std::string_view text);

/// Number of insertions, deletions and replacements of code points between two texts (Levenshtein).
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

/// True when two names are the same after fold(), with spaces left out.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);

}  // namespace softbot
