#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text by Unicode code point, in UTF-8. A byte that belongs to no valid sequence counts as U+FFFD.
namespace softbot::dmn {

/// One code point and the number of bytes that it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};

/// The code point at byte `at`, which must be inside the text.
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t count_code_points(std::string_view text);
[[nodiscard]] std::u32string to_code_points(std::string_view text);
[[nodiscard]] std::string to_utf8(std::u32string_view code_points);
void append_utf8(std::string& text, char32_t code_point);

/// The byte at which `wanted` first stands in `text`, or npos; never more work than both are long.
[[nodiscard]] std::size_t find_text(std::string_view text, std::string_view wanted);

[[nodiscard]] std::string to_upper(std::string_view text);
[[nodiscard]] std::string to_lower(std::string_view text);

/// The character classes of FEEL's grammar (DMN 1.5, 10.3.1.2, rules 27 to 32 and 61, 62).
[[nodiscard]] bool is_name_start(char32_t code_point);
[[nodiscard]] bool is_name_part(char32_t code_point);
[[nodiscard]] bool is_space(char32_t code_point);

}  // namespace softbot::dmn
