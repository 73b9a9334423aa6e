#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "forms/word_pattern.h"

namespace softbot {

/// One word of a letter, ready to be compared with words of the configuration.
struct LetterWord {
  std::string folded;     ///< as fold() leaves it
  std::string skeleton;   ///< the same with signs that OCR mistakes for each other made one: "rn" is "m"
  std::uint32_t letters;  ///< which letters the skeleton has, a bit each
  std::size_t begin = 0;  ///< in the text, with what stands against it ("(bezwaar),")
  std::size_t end = 0;
  int line = 0;
  int sentence = 0;
};

/// The text with words made whole that were broken at the end of a line.
[[nodiscard]] std::string unbroken(std::string_view text);

/// The words of a text that Tesseract read, at most a few thousand. Any bytes will do.
[[nodiscard]] std::vector<LetterWord> letter_words(std::string_view text);

/// The lines of a text, trimmed and with single spaces; empty ones stay.
[[nodiscard]] std::vector<std::string> letter_lines(std::string_view text);

/// A word of the configuration that may have been misread: the same but for signs that look alike, or, when
/// it is long, for one letter.
class TolerantWord {
 public:
  explicit TolerantWord(WordPattern pattern);
  [[nodiscard]] bool matches(const LetterWord& word) const;

 private:
  WordPattern pattern_;
  std::string skeleton_;
  std::uint32_t letters_;
};

}  // namespace softbot
