#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace softbot::web {

/// A stored name in the words of people. `en` is empty where only staff read it.
struct Word {
  std::string_view name;
  std::string_view nl;
  std::string_view en;
};

[[nodiscard]] inline std::string look_up(std::span<const Word> words, std::string_view name,
                                         std::string_view language) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.name == name; });
  if (found == words.end()) {
    return {};
  }
  return std::string(language == "en" ? found->en : found->nl);
}

/// The word, or the name itself with spaces: a kind that has no words yet is shown rather than hidden.
[[nodiscard]] inline std::string look_up_or_name(std::span<const Word> words, std::string_view name,
                                                 std::string_view language) {
  std::string word = look_up(words, name, language);
  if (word.empty()) {
    word = std::string(name);
    std::replace(word.begin(), word.end(), '-', ' ');
  }
  return word;
}

}  // namespace softbot::web
