#include "readability.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <vector>

namespace softbot::readability {
namespace {

/// Vowels that are spoken as one, the longest first.
constexpr std::array<std::string_view, 17> together{"aai", "ooi", "oei", "eeu", "ieu", "aa", "ee", "oo", "uu",
                                                    "ie",  "oe",  "eu",  "ui",  "ij",  "ou", "au", "ei"};
constexpr char apart = '\1';  ///< a vowel with a diaeresis: never spoken with the one before

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

std::string plain_letters(std::string_view word) {
  std::string letters(word);
  for (const char* marked : {"ë", "ï", "ö", "ü", "ä"}) letters = replaced(letters, marked, {&apart, 1});
  constexpr std::array<std::array<std::string_view, 2>, 9> accents{{{"á", "a"},
                                                                    {"à", "a"},
                                                                    {"é", "e"},
                                                                    {"è", "e"},
                                                                    {"ê", "e"},
                                                                    {"ó", "o"},
                                                                    {"í", "i"},
                                                                    {"ú", "u"},
                                                                    {"qu", "kw"}}};
  std::ranges::transform(letters, letters.begin(), [](unsigned char letter) {
    return static_cast<char>(letter < 0x80 ? std::tolower(letter) : letter);
  });
  for (const auto& [accented, letter] : accents) letters = replaced(letters, accented, letter);
  return letters;
}

bool is_vowel(char letter) {
  return std::string_view("aeiouy").find(letter) != std::string_view::npos || letter == apart;
}

/// Names of laws and of the body that decides, each as one short word.
std::string without_names(const std::string& text) {
  static const std::regex laws(
      "(Algemene wet bestuursrecht|Wet maatschappelijke ondersteuning|Uitvoeringswet AVG|Participatiewet|"
      "burgemeester en wethouders|Wet langdurige zorg|Zorgverzekeringswet|Algemene verordening "
      "gegevensbescherming)( [0-9]{4})?");
  static const std::regex articles("artikel(en)? [0-9][0-9.:a-z]*");
  static const std::regex addresses("(https?://|www\\.)[^ ]+|[^ ]+@[^ ]+");
  return std::regex_replace(std::regex_replace(std::regex_replace(text, addresses, " "), articles, "1"), laws,
                            "Wet");
}

bool ends_sentence(const std::string& token) {
  const auto last = token.find_last_not_of("\")'");
  return last != std::string::npos && (token[last] == '.' || token[last] == '?' || token[last] == '!');
}

bool is_spoken(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || static_cast<unsigned char>(letter) >= 0x80;
}

/// Words as they are spoken: "en/of" is two.
std::vector<std::string> words_of(const std::string& token) {
  std::vector<std::string> words(1);
  for (const char letter : token) {
    if (letter == '/' || letter == '-') {
      words.emplace_back();
    } else {
      words.back() += letter;
    }
  }
  std::erase_if(words, [](const std::string& word) { return std::ranges::none_of(word, is_spoken); });
  return words;
}

}  // namespace

std::size_t syllables(std::string_view word) {
  if (std::ranges::any_of(word, [](unsigned char letter) { return std::isdigit(letter) != 0; })) return 1;
  const std::string letters = plain_letters(word);
  std::size_t found = 0;
  for (std::size_t at = 0; at < letters.size();) {
    const auto sound = std::ranges::find_if(
        together, [&](std::string_view one) { return letters.compare(at, one.size(), one) == 0; });
    const bool spoken_as_one = sound != together.end();
    if (spoken_as_one || is_vowel(letters[at])) ++found;
    at += spoken_as_one ? sound->size() : 1;
  }
  return std::max<std::size_t>(found, 1);
}

Count count(std::string_view dutch) {
  const std::string text = without_names(std::string(dutch)) + " ";
  Count all;
  std::size_t in_sentence = 0;
  const auto end_sentence = [&] {
    if (in_sentence > 0) ++all.sentences;
    all.longest_sentence = std::max(all.longest_sentence, in_sentence);
    in_sentence = 0;
  };
  std::string token;
  for (const char letter : text) {
    if (std::isspace(static_cast<unsigned char>(letter)) == 0) {
      token += letter;
      continue;
    }
    for (const std::string& word : words_of(token)) {
      ++in_sentence;
      ++all.words;
      all.syllables += syllables(word);
    }
    if (ends_sentence(token)) end_sentence();
    token.clear();
  }
  end_sentence();
  return all;
}

Count operator+(const Count& one, const Count& other) {
  return {one.words + other.words, one.sentences + other.sentences, one.syllables + other.syllables,
          std::max(one.longest_sentence, other.longest_sentence)};
}

double ease(const Count& count) {
  if (count.words == 0) return 100;
  const auto words = static_cast<double>(count.words);
  return 206.84 - 0.77 * 100 * static_cast<double>(count.syllables) / words -
         0.93 * words / static_cast<double>(count.sentences);
}

}  // namespace softbot::readability
