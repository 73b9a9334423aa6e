#include "forms/word_pattern.h"

#include "domain/text.h"

namespace softbot {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    if (end != 0) words.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return words;
}

std::vector<WordPattern> pattern_of(std::string_view phrase) {
  std::vector<WordPattern> pattern;
  for (const std::string_view part : words_of(phrase)) {
    const bool open = part.ends_with('*');
    const std::string folded = fold(part);
    for (const std::string_view word : words_of(folded)) pattern.push_back({std::string(word), false});
    if (open && !pattern.empty()) pattern.back().open = true;
  }
  return pattern;
}

bool is_too_wide(const std::vector<WordPattern>& pattern) {
  return pattern.empty() || (pattern.size() == 1 && pattern[0].open && pattern[0].start.size() < 3);
}

}  // namespace softbot
