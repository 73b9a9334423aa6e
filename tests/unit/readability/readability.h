#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace softbot::readability {

/// What the formula counts. A number, a date, a reference or the name of a law is one short word: nobody can
/// write it more simply. An address of the web or a mail address counts as nothing.
struct Count {
  std::size_t words = 0;
  std::size_t sentences = 0;
  std::size_t syllables = 0;
  std::size_t longest_sentence = 0;  ///< in words
};
[[nodiscard]] Count count(std::string_view dutch);
[[nodiscard]] Count operator+(const Count& one, const Count& other);

/// Flesch-Douma reading ease: 206.84 - 0.77 * syllables per 100 words - 0.93 * words per sentence. W.H.
/// Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960), who calls 60 to 70 normal, 45 to 60 rather
/// hard, 30 to 45 hard.
[[nodiscard]] double ease(const Count& count);

/// Of one word, by its vowels: "huishouden" 3, "cliënt" 2.
[[nodiscard]] std::size_t syllables(std::string_view word);

}  // namespace softbot::readability
