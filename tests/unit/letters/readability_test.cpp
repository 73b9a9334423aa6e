#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "adapters/letters/templates.h"
#include "domain/text.h"
#include "letter_samples.h"

namespace softbot {
namespace {

/// How easy Dutch text reads, by Flesch as Douma fitted it to Dutch (1960): 206.84 - 0.93 * words per
/// sentence - 77 * syllables per word. 60 and more reads as "plain", 70 as "fairly easy", 80 as "easy".
struct Readability {
  int sentences = 0;
  int words = 0;
  int syllables = 0;
  [[nodiscard]] double score() const {
    return 206.84 - 0.93 * words / std::max(sentences, 1) - 77.0 * syllables / std::max(words, 1);
  }
};

/// Groups of vowels; "ij" is one, a trema begins a new one.
int syllables_in(std::string_view word) {
  static const std::set<char32_t> vowels = {U'a', U'e', U'i', U'o', U'u', U'y',
                                            U'é', U'è', U'á', U'ó', U'ú', U'à'};
  static const std::set<char32_t> tremas = {U'ë', U'ï', U'ö', U'ü', U'ä'};
  int count = 0;
  bool inside = false;
  char32_t before = 0;
  for (const char32_t letter : code_points(word)) {
    const bool ij = before == U'i' && letter == U'j';
    const bool trema = tremas.count(letter) != 0;
    const bool vowel = vowels.count(letter) != 0 || trema || ij;
    count += vowel && (!inside || trema) ? 1 : 0;
    inside = vowel;
    before = letter;
  }
  return std::max(count, 1);
}

void add_sentence(Readability& sum, const std::string& sentence) {
  std::string word;
  int words = 0;
  for (const char letter : ascii_lower(sentence) + " ") {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalpha(byte) != 0 || byte >= 0x80) {
      word.push_back(letter);
    } else if (!word.empty()) {
      ++words;
      sum.syllables += syllables_in(word);
      word.clear();
    }
  }
  sum.words += words;
  sum.sentences += words > 0 ? 1 : 0;
}

void add_text(Readability& sum, const std::string& text) {
  std::string sentence;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const bool stop = text[index] == '.' || text[index] == '?' || text[index] == '!' || text[index] == ':';
    const bool ends = index + 1 >= text.size() || text[index + 1] == ' ';
    sentence.push_back(text[index]);
    if (stop && ends) {
      add_sentence(sum, sentence);
      sentence.clear();
    }
  }
  add_sentence(sum, sentence);
}

std::string text_of(const pugi::xml_node& element) {
  std::string text;
  for (const auto& child : element.children()) {
    text += child.type() == pugi::node_pcdata ? child.value() : text_of(child);
  }
  return text;
}

/// Running text only: headings, paragraphs and list items; tables and addresses are no sentences.
Readability measure(const std::string& markup) {
  pugi::xml_document document;
  document.load_string(markup.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  Readability sum;
  for (const auto& found : document.select_nodes("//body//h1 | //body//h2 | //body//p | //body//li")) {
    add_text(sum, collapse_spaces(text_of(found.node())));
  }
  return sum;
}

TEST(Readability, SyllablesAreCountedTheDutchWay) {
  const std::map<std::string, int> words = {{"huis", 1},   {"wij", 1},  {"gemeente", 3}, {"aanvraag", 2},
                                            {"cliënt", 2}, {"idee", 2}, {"bijlage", 3}};
  for (const auto& [word, count] : words) {
    EXPECT_EQ(syllables_in(word), count) << word;
  }
}

TEST(Readability, OfficialeseScoresFarLowerThanPlainWords) {
  Readability plain;
  add_text(plain, "U krijgt hulp in huis. Wij bellen u voor een afspraak. Het kost u niets.");
  Readability official;
  add_text(official,
           "Naar aanleiding van uw bovenvermelde aanvraag delen wij u mede dat de gevraagde "
           "maatwerkvoorziening wordt toegekend overeenkomstig de "
           "bepalingen van de gemeentelijke verordening maatschappelijke ondersteuning.");
  EXPECT_GT(plain.score(), 80);
  EXPECT_LT(official.score(), 30);
}

TEST(Readability, EveryDutchLetterReadsAsPlainWords) {
  const auto templates = read_letter_templates(test::letters_folder());
  ASSERT_TRUE(templates) << templates.error().message;
  constexpr double kPlain = 75;
  for (const auto& sample : test::letter_samples()) {
    if (letters::template_name(*templates, sample.letter, sample.context) != sample.letter) {
      continue;  // English
    }
    const auto filled = letters::fill(*templates, sample.letter, sample.context);
    ASSERT_TRUE(filled) << filled.error().message;
    const auto readability = measure(filled->markup);
    EXPECT_GE(readability.score(), kPlain)
        << sample.name << ": " << readability.words << " words in " << readability.sentences << " sentences";
    EXPECT_LE(static_cast<double>(readability.words) / readability.sentences, 12.0)
        << sample.name << ": sentences are long";
    RecordProperty(sample.name, std::to_string(readability.score()));
  }
}

}  // namespace
}  // namespace softbot
