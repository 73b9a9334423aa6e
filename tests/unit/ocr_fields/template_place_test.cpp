#include "ocr/fields/template_place.h"

#include <gtest/gtest.h>

#include <random>

#include "ocr/fields/edition.h"

namespace softbot::ocr {
namespace {

HeldPage held(std::size_t form, int page, double found, const std::string& problem = "", int anchors = 0) {
  HeldPage one{form, page, {}};
  one.fit.problem = problem;
  one.fit.found = found;
  one.fit.registration.marks = anchors;
  return one;
}

EditionSays nothing(const HeldPage&) {
  return EditionSays::nothing;
}

/// What the paper says is the edition of this form.
ReadEdition says_form(std::size_t form) {
  return
      [form](const HeldPage& one) { return one.form == form ? EditionSays::this_one : EditionSays::another; };
}

TEST(ThePageOfATemplate, IsTheOneThatFitsBest) {
  const auto place = chosen_place({held(0, 1, 0.4, "no-fit"), held(0, 2, 0.97), held(1, 1, 0.8)}, nothing);
  ASSERT_TRUE(place.held);
  EXPECT_EQ(*place.held, held(0, 2, 0.97));
  EXPECT_EQ(place.problem, "");
}

TEST(ThePageOfATemplate, IsNoneWhenNothingFits) {
  const auto place = chosen_place({held(0, 1, 0.69, "no-fit"), held(1, 1, 0.3, "no-marks")}, nothing);
  EXPECT_FALSE(place.held);
  EXPECT_EQ(place.problem, "no-fit");
  EXPECT_FALSE(chosen_place({}, nothing).held);
}

TEST(TwoFormsThatFitAlike, AreNeitherOfThem) {
  const auto place = chosen_place({held(0, 1, 0.97), held(1, 1, 0.92)}, nothing);
  EXPECT_FALSE(place.held);
  EXPECT_EQ(place.problem, "two-ways");
}

TEST(TwoFormsThatFitAlike, AreToldApartByTheirEdition) {
  const std::vector<HeldPage> both{held(0, 1, 0.97), held(1, 1, 0.96)};
  EXPECT_EQ(chosen_place(both, says_form(1)).held, held(1, 1, 0.96));
  EXPECT_EQ(chosen_place(both, says_form(2)).problem, "other-edition");
  // of the one no edition is known, and the other says that it is not this one
  const auto place = chosen_place(
      both, [](const HeldPage& one) { return one.form == 0 ? EditionSays::nothing : EditionSays::another; });
  EXPECT_EQ(place.held, held(0, 1, 0.97));
}

TEST(TwoFormsThatFitAlike, AreNotToldApartByMarksThatOneOfThemNames) {
  const auto place = chosen_place({held(0, 1, 0.75, "", 10), held(1, 1, 0.97)}, nothing);
  EXPECT_FALSE(place.held);
  EXPECT_EQ(place.problem, "two-ways");
}

TEST(AFormOfAnotherEdition, IsNotReadHoweverWellItFits) {
  const auto place = chosen_place({held(0, 1, 1.0)}, says_form(1));
  EXPECT_FALSE(place.held);
  EXPECT_EQ(place.problem, "other-edition");
}

TEST(APageThatIsTooFarOff, SaysSo) {
  const auto place = chosen_place({held(0, 1, 0.9, "residual")}, nothing);
  EXPECT_EQ(place.problem, "residual");
}

TEST(TheWordsOfAnEdition, AreReadAsPrintIsRead) {
  const std::string wanted = "Aanvraag hulpmiddelen, uitgave 2026-1";
  EXPECT_TRUE(says_edition("AANVRAAG HULPMIDDELEN uitgave 2026 - 1", wanted));
  EXPECT_TRUE(says_edition("Aanvraaq hulpmiddeien, uitgave 2026-1", wanted));
  EXPECT_FALSE(says_edition("Aanvraag hulpmiddelen, uitgave 2025-1", wanted));
  EXPECT_FALSE(says_edition("Aanvraag hulpmiddelen, uitgave 2026-", wanted));
  EXPECT_FALSE(says_edition("Aanvraag parkeervergunning, uitgave 2026-1", wanted));
  EXPECT_FALSE(says_edition("", wanted));
  EXPECT_TRUE(says_edition("GEMEENTE EDE hulpmiddelen 2026", "Gemeente Ede Hulpmiddelen 2026"));
  EXPECT_FALSE(says_edition("Gemeente Epe Hulpmiddelen 2026", "Gemeente Ede Hulpmiddelen 2026"));
}

/// Print that was misread never passes with another digit, and never with more than a few other letters.
TEST(TheWordsOfAnEdition, HoldTheirDigits) {
  const std::string wanted = "Formulier WMO-104 van 2026";
  const std::string signs = "abcdefghijklmnopqrstuvwxyz0123456789 -.,";
  const auto digits = [](const std::string& text) {
    std::string only;
    for (const char sign : text) only += sign >= '0' && sign <= '9' ? std::string(1, sign) : "";
    return only;
  };
  std::mt19937 random(3);
  for (int round = 0; round < 5'000; ++round) {
    std::string read = wanted;
    for (std::size_t changes = random() % 6; changes > 0; --changes)
      read[random() % read.size()] = signs[random() % signs.size()];
    if (says_edition(read, wanted)) {
      EXPECT_EQ(digits(read), digits(wanted)) << read;
    }
  }
}

}  // namespace
}  // namespace softbot::ocr
