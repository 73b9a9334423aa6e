#include "readability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "texts.h"

namespace softbot::readability {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

/// Plain Dutch, about B1: what Douma calls normal, over all that is read in one go. One piece may be a little
/// harder, for a long word that has to be in it; no sentence is long.
constexpr double easiest_needed = 60;
constexpr double easiest_needed_of_piece = 50;
constexpr std::size_t longest_sentence = 20;
constexpr std::size_t shortest_scored = 10;  ///< words; the formula says nothing about a label

/// What is wrong with a document, a line for each piece; "" for plain Dutch. A document's ease is that of its
/// sentences, without its labels, which would make any text look easy.
std::string too_hard(const Document& document) {
  std::string wrong;
  Count running;
  for (const std::string& piece : document.pieces) {
    const Count counted = count(piece);
    if (counted.longest_sentence > longest_sentence)
      wrong += "\n  a sentence of " + std::to_string(counted.longest_sentence) + " words: " + piece;
    if (counted.words < shortest_scored) continue;
    running = running + counted;
    if (ease(counted) < easiest_needed_of_piece)
      wrong += "\n  ease " + std::to_string(static_cast<int>(ease(counted))) + ": " + piece;
  }
  if (ease(running) < easiest_needed)
    wrong += "\n  as a whole: ease " + std::to_string(static_cast<int>(ease(running)));
  return wrong.empty() ? wrong : document.path + wrong;
}

TEST(WhatResidentsRead, IsPlainDutch) {
  const auto documents = resident_documents();
  ASSERT_GT(documents.size(), 50U);
  for (const Document& document : documents) EXPECT_EQ(too_hard(document), "");
}

TEST(WhatResidentsRead, IsAllFound) {
  std::size_t words = 0;
  for (const Document& document : resident_documents())
    for (const std::string& piece : document.pieces) words += count(piece).words;
  EXPECT_GT(words, 7'000U);
}

TEST(AHardText, IsRefused) {
  // From a decision as it used to be written.
  const Document decision{
      "decision",
      {"Naar aanleiding van uw bovenvermelde aanvraag inzake een maatwerkvoorziening delen wij u mede dat "
       "het college, gelet op het bepaalde in artikel 2.3.5, derde lid, van de Wet maatschappelijke "
       "ondersteuning 2015, heeft besloten de gevraagde voorziening aan u toe te kennen onder de "
       "onderstaande voorwaarden en verplichtingen."}};
  EXPECT_NE(too_hard(decision), "");
}

TEST(AHardText, IsRefusedForItsWordsAlone) {
  const Document words{"words",
                       {"De gemeentelijke huishoudelijke ondersteuningsvoorziening veronderstelt "
                        "belanghebbendes onvoldoende zelfredzaamheid overeenkomstig onderzoeksresultaten."}};
  EXPECT_NE(too_hard(words), "");
}

TEST(AHardText, IsRefusedForOneLongSentenceAmongEasyOnes) {
  Document easy{"easy", {"U krijgt hulp. Wij bellen u op. Dan maken we samen een plan. Dat kost u niets."}};
  EXPECT_EQ(too_hard(easy), "");
  easy.pieces.emplace_back(
      "U krijgt hulp en wij bellen u op en dan maken we met u een plan en dat kost u niets en u mag er nog "
      "eens goed over na gaan denken.");
  EXPECT_NE(too_hard(easy), "");
}

TEST(AnEasyTextAmongLabels, DoesNotHideHardSentences) {
  Document form{"form", std::vector<std::string>(200, "Uw naam")};
  EXPECT_EQ(too_hard(form), "");
  for (int i = 0; i < 5; ++i)
    form.pieces.emplace_back(
        "Vermeld uw huidige inkomensgegevens, vermogensbestanddelen en eventuele "
        "betalingsachterstanden volledig en waarheidsgetrouw op het formulier.");
  EXPECT_THAT(too_hard(form), ::testing::HasSubstr("as a whole"));
}

TEST(Syllables, AreCountedAsTheyAreSpoken) {
  for (const auto& [word, expected] : std::vector<std::pair<std::string, std::size_t>>{{"u", 1},
                                                                                       {"huis", 1},
                                                                                       {"aanvraag", 2},
                                                                                       {"gemeente", 3},
                                                                                       {"huishouden", 3},
                                                                                       {"cliënt", 2},
                                                                                       {"ideeën", 3},
                                                                                       {"nieuw", 1},
                                                                                       {"mooi", 1},
                                                                                       {"theater", 3},
                                                                                       {"kwam", 1},
                                                                                       {"Wij", 1},
                                                                                       {"nooit", 1},
                                                                                       {"één", 1},
                                                                                       {"BSN", 1},
                                                                                       {"huishoudelijke", 5},
                                                                                       {"12,50", 1},
                                                                                       {"ondersteuning", 4}})
    EXPECT_EQ(syllables(word), expected) << word;
}

TEST(ACount, TakesNumbersNamesOfLawsAndAddressesAsTheyAre) {
  EXPECT_EQ(count("Bel 0612345678 vóór 1 mei.").words, 5U);
  EXPECT_EQ(count("Dat staat in artikel 2.3.5 van de Wet maatschappelijke ondersteuning 2015.").words, 7U);
  EXPECT_EQ(count("Kijk op www.voorbeeld.nl/hulp of mail naar hulp@voorbeeld.nl").words, 5U);
  const Count two = count("Hebt u hulp nodig? Bel ons (dat is gratis).");
  EXPECT_EQ(two.sentences, 2U);
  EXPECT_EQ(two.longest_sentence, 5U);
}

TEST(Flesch, AsDoumaFittedItToDutch) {
  const Count hundred{100, 10, 150, 10};
  EXPECT_NEAR(ease(hundred), 206.84 - 0.77 * 150 - 0.93 * 10, 0.001);
}

TEST(Pieces, OfATemplateAreItsDutchParagraphs) {
  EXPECT_THAT(pieces_of_template("<h1>{{#nl}}Dag{{/nl}}{{#en}}Hello{{/en}}</h1><p>U krijgt <b>{{what}}</b>"
                                 ".</p>{{> form/summary}}"),
              ElementsAre("Dag", "U krijgt 1."));
}

TEST(Pieces, OfASourceAreItsDutchSentences) {
  EXPECT_THAT(dutch_literals_of("say(\"U bent te laat. \"\n      \"Bel ons.\", \"You are too late.\");"),
              ElementsAre("U bent te laat. Bel ons."));
  bool found = false;
  for (const Document& document : resident_documents()) {
    if (document.path == "bot/web/waiting.cpp")
      found = std::ranges::find(document.pieces, "Wij wachten op informatie uit het buitenland.") !=
              document.pieces.end();
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace softbot::readability
