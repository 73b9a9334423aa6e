#include "forms/letter_guess.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstdio>
#include <functional>
#include <numeric>

#include "unit/incoming_letters/letters.h"

namespace softbot {
namespace {

using letters_test::Letter;
using letters_test::letters_in;
using letters_test::shipped_kinds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

LetterGuess guess(std::string_view text) {
  return guess_letter(shipped_kinds(), text);
}

std::vector<std::string> told(std::string_view text) {
  return told_kinds(shipped_kinds(), guess(text));
}

double sum_of(const LetterGuess& guess) {
  return std::accumulate(guess.kinds.begin(), guess.kinds.end(), 0.0,
                         [](double sum, const LikelyKind& one) { return sum + one.probability; });
}

TEST(ALetter, IsOfTheKindThatItsWordsSpeakFor) {
  EXPECT_THAT(told("Hierbij maak ik bezwaar tegen uw besluit van 3 maart."), ElementsAre("objection"));
  EXPECT_THAT(told("Ik wil graag een douchestoel voor mijn man."), ElementsAre("small-aids"));
  EXPECT_THAT(told("Tot ziens op het feest van zaterdag."), IsEmpty());
}

TEST(ALetter, ShowsTheWordsThatItsKindRestsOnAsTheyStandThere) {
  const LetterGuess one = guess("Geacht college,\n(Hierbij maak ik Bezwaar.) Groeten");
  EXPECT_THAT(one.evidence, Contains(LetterEvidence{"objection", "maak ik Bezwaar"}));
}

TEST(ALetter, IsRecognisedWhereItsWordsWereMisread) {
  EXPECT_THAT(told("lk stel u hierbij in gebreke. De terrnijn is voorbij."),
              ElementsAre("notice-of-default"));
  EXPECT_THAT(told("Dit is mijn bezwaar-\nschrift tegen het besluit"), ElementsAre("objection"));
  EXPECT_THAT(told("Dit is rnijn bezwaarschritt tegen het besluit"), ElementsAre("objection"));
}

TEST(WhatIsUrgent, IsToldFirstAndSooner) {
  const auto kinds = told("Ik heb een klacht over de balie, en ik maak bezwaar tegen het besluit.");
  ASSERT_THAT(kinds, Contains("objection"));
  EXPECT_EQ(kinds.front(), "objection");
}

TEST(SayingNo, SpeaksAgainstAKind) {
  const double with = probability_of(guess("Ik heb bezwaar tegen uw plan"), "objection");
  const double without = probability_of(guess("Ik heb geen bezwaar tegen uw plan"), "objection");
  EXPECT_GT(with, 0.2);
  EXPECT_LT(without, 0.05);
}

TEST(WordsOfTwoSentences, AreNoPhrase) {
  EXPECT_THAT(told("Ik trek mijn jas aan. Mijn aanvraag ligt in de bus."), Not(Contains("withdrawal")));
}

TEST(AHeading, CountsForMore) {
  EXPECT_GT(probability_of(guess("Betreft: verlenging\nBeste mevrouw, zie hierbij"), "extension"),
            probability_of(guess("Beste mevrouw, zie hierbij\nDe verlenging"), "extension"));
}

TEST(Handwriting, SaysLittleAndMakesNothingLikely) {
  for (const char* text :
       {"", "   ", "~~ _ |", "wWo ie eu ~ nar ( hd wn lle rr - van ue wt oo ptr nn vla kk dss"}) {
    const LetterGuess one = guess(text);
    EXPECT_TRUE(one.says_little) << text;
    for (const LikelyKind& kind : one.kinds) {
      if (kind.kind == letter_of_no_kind) continue;
      EXPECT_LT(kind.probability, 0.05) << text << ": " << kind.kind;
    }
  }
  EXPECT_FALSE(guess("Ik maak bezwaar.").says_little);
}

TEST(AnyBytes, GiveProbabilitiesThatAreTogetherOne) {
  EXPECT_TRUE(rc::check("any bytes", [](const std::string& bytes) {
    const LetterGuess one = guess(bytes);
    RC_ASSERT(std::abs(sum_of(one) - 1) < 1e-9);
    RC_ASSERT(one.kinds.size() == shipped_kinds().kinds.size() + 1);
    for (const LikelyKind& kind : one.kinds) RC_ASSERT(kind.probability >= 0 && kind.probability <= 1);
  }));
  EXPECT_TRUE(rc::check("words of letters in any order", [] {
    static const std::vector<std::string> words{
        "bezwaar", "geen",   "in",   "gebreke.", "stel",          "u\n",
        "mens",    "klacht", "\n\n", "Betreft:", "verleng-\ning", "trek"};
    std::string text;
    for (const std::size_t word :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, words.size())))
      text += words[word] + " ";
    const LetterGuess one = guess(text);
    RC_ASSERT(std::abs(sum_of(one) - 1) < 1e-9);
    for (const LetterEvidence& each : one.evidence) RC_ASSERT(!each.words.empty());
  }));
}

TEST(ALetterOfAMillionWords, TakesBoundedTime) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "ik maak bezwaar ";
  EXPECT_THAT(told(text), Contains("objection"));
}

struct Score {
  int letters = 0;
  int right = 0;          ///< the likeliest kind is the true one
  int urgent = 0;         ///< letters that cannot wait
  int urgent_told = 0;    ///< and are told so
  int false_alarms = 0;   ///< told to be urgent, and are not
  double brier = 0;       ///< mean over letters of the squared errors of all kinds
  double confidence = 0;  ///< mean probability of the likeliest kind
};

Score score_of(const std::vector<Letter>& letters) {
  Score score;
  for (const Letter& letter : letters) {
    const LetterGuess one = guess(letter.text);
    const auto kinds = told_kinds(shipped_kinds(), one);
    const bool alarm = !kinds.empty() && is_urgent_letter(kinds.front());
    ++score.letters;
    score.right += one.kinds.front().kind == letter.kind ? 1 : 0;
    if (is_urgent_letter(letter.kind)) {
      ++score.urgent;
      score.urgent_told += std::ranges::find(kinds, letter.kind) != kinds.end() ? 1 : 0;
    } else {
      score.false_alarms += alarm ? 1 : 0;
    }
    for (const LikelyKind& each : one.kinds) {
      const double error = each.probability - (each.kind == letter.kind ? 1 : 0);
      score.brier += error * error / static_cast<double>(letters.size());
    }
    score.confidence += one.kinds.front().probability / static_cast<double>(letters.size());
    if (one.kinds.front().kind != letter.kind) {
      std::printf("  %s read as %s (%.2f; true %.2f): %s\n", letter.kind.c_str(),
                  one.kinds.front().kind.c_str(), one.kinds.front().probability,
                  probability_of(one, letter.kind), letter.text.substr(0, 60).c_str());
    }
  }
  std::printf(
      "letters %d right %d (%.3f) mean confidence %.3f brier %.3f urgent %d told %d false alarms %d\n",
      score.letters, score.right, static_cast<double>(score.right) / score.letters, score.confidence,
      score.brier, score.urgent, score.urgent_told, score.false_alarms);
  return score;
}

TEST(LettersThatWeightsWereChosenOn, AreRead) {
  const Score score = score_of(letters_in("chosen.txt"));
  ASSERT_EQ(score.letters, 40);
  EXPECT_GE(score.right, 38);
  EXPECT_EQ(score.urgent_told, score.urgent);
  EXPECT_EQ(score.false_alarms, 0);
}

TEST(LettersThatWereKeptOut, AreReadNearlyAsWellAndNoSurerThanTheyAreRight) {
  const Score score = score_of(letters_in("kept_out.txt"));
  ASSERT_EQ(score.letters, 40);
  EXPECT_GE(score.right, 34);
  EXPECT_EQ(score.urgent_told, score.urgent);
  EXPECT_LE(score.false_alarms, 1);
  EXPECT_LE(score.confidence, static_cast<double>(score.right) / score.letters + 0.05);
}

}  // namespace
}  // namespace softbot
