#include "forms/letter_words.h"

#include <algorithm>
#include <bit>
#include <cctype>

#include "domain/text.h"

namespace softbot {
namespace {

constexpr std::size_t most_words = 4000;
constexpr std::size_t most_letters = 40;
/// From this length on one letter may be wrong: shorter words have other words too near.
constexpr std::size_t long_word = 8;

/// Signs that stand for each other on a scan, as one.
char alike(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
    case 'i':
    case 'j':
      return 'l';
    case '5':
      return 's';
    case '8':
      return 'b';
    case '3':
      return 'e';
    default:
      return c;
  }
}

std::string skeleton_of(std::string_view folded) {
  std::string skeleton;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const bool pair = i + 1 < folded.size();
    if (pair && folded[i] == 'r' && folded[i + 1] == 'n') {
      skeleton += 'm';
      ++i;
    } else if (pair && folded[i] == 'v' && folded[i + 1] == 'v') {
      skeleton += 'w';
      ++i;
    } else {
      skeleton += alike(folded[i]);
    }
  }
  return skeleton;
}

std::uint32_t letters_in(std::string_view skeleton) {
  std::uint32_t letters = 0;
  for (const char c : skeleton) letters |= 1U << (static_cast<unsigned char>(c) % 32U);
  return letters;
}

bool has_letter(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) == 0; });
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

}  // namespace

std::string unbroken(std::string_view text) {
  std::string whole;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool breaks = text[i] == '-' && i + 2 < text.size() && text[i + 1] == '\n' && i > 0;
    const bool inside = breaks && std::islower(static_cast<unsigned char>(text[i - 1])) != 0 &&
                        std::islower(static_cast<unsigned char>(text[i + 2])) != 0;
    if (inside) {
      ++i;
    } else {
      whole += text[i];
    }
  }
  return whole;
}

std::vector<std::string> letter_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(collapse_spaces(text.substr(0, end)));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::vector<LetterWord> letter_words(std::string_view text) {
  std::vector<LetterWord> words;
  int line = 0;
  int sentence = 0;
  std::size_t at = 0;
  while (at < text.size() && words.size() < most_words) {
    if (text[at] == '\n') ++line;
    if (is_space(text[at])) {
      // An empty line ends a sentence, as the end of a heading does.
      if (text[at] == '\n' && at + 1 < text.size() && text[at + 1] == '\n') ++sentence;
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    const std::string folded = fold(text.substr(at, std::min(end - at, 4 * most_letters)));
    for (const std::string_view word : words_of(folded)) {
      LetterWord one{std::string(word.substr(0, most_letters)), {}, 0, at, end, line, sentence};
      one.skeleton = has_letter(one.folded) ? skeleton_of(one.folded) : one.folded;
      one.letters = letters_in(one.skeleton);
      words.push_back(std::move(one));
    }
    const char last = text[end - 1];
    if (last == '!' || last == '?' || (last == '.' && end - at > 3)) ++sentence;
    at = end;
  }
  return words;
}

TolerantWord::TolerantWord(WordPattern pattern)
    : pattern_(std::move(pattern)),
      skeleton_(has_letter(pattern_.start) ? skeleton_of(pattern_.start) : pattern_.start),
      letters_(letters_in(skeleton_)) {
}

bool TolerantWord::matches(const LetterWord& word) const {
  if (pattern_.matches(word.folded)) return true;
  if (pattern_.open) return word.skeleton.starts_with(skeleton_);
  if (word.skeleton == skeleton_) return true;
  if (skeleton_.size() < long_word) return false;
  const std::size_t longer = std::max(word.skeleton.size(), skeleton_.size());
  if (longer - std::min(word.skeleton.size(), skeleton_.size()) > 1) return false;
  if (std::popcount(word.letters ^ letters_) > 2) return false;
  return edit_distance(word.skeleton, skeleton_) <= 1;
}

}  // namespace softbot
