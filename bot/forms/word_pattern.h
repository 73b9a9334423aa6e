#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace softbot {

/// One word of a phrase in the configuration: as fold() leaves it, and whether more letters may follow
/// ("eenza*").
struct WordPattern {
  std::string start;
  bool open = false;

  [[nodiscard]] bool matches(std::string_view word) const {
    return open ? word.starts_with(start) : word == start;
  }
  bool operator==(const WordPattern&) const = default;
};

/// The words of a folded text: what stands between its spaces.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

/// The words of a phrase; empty when it holds no letter or digit.
[[nodiscard]] std::vector<WordPattern> pattern_of(std::string_view phrase);

/// True for a pattern that would be found nearly everywhere: nothing at all, or one or two letters with "*".
[[nodiscard]] bool is_too_wide(const std::vector<WordPattern>& pattern);

}  // namespace softbot
