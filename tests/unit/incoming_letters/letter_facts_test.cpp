#include "forms/letter_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/incoming_letters/letters.h"

namespace softbot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Date received{std::chrono::year(2026), std::chrono::month(3), std::chrono::day(16)};

constexpr Date day(int number, int month, int year) {
  return Date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
              std::chrono::day(static_cast<unsigned>(number)));
}

const std::vector<PostalAddress>& ours() {
  static const std::vector<PostalAddress> all =
      addresses_of(load_municipalities(letters_test::source_dir / "config").value());
  return all;
}

LetterFacts facts(std::string_view text) {
  return letter_facts(text, ours(), received);
}

constexpr std::string_view formal = R"(J. de Wit
Molenstraat 14 a
1234 CD Voorbeeld

Gemeente Voorbeeld
Raadhuisplein 1
1234 AB Voorbeeld

Voorbeeld, 12 maart 2026
Betreft: bezwaar tegen uw besluit van 3 februari 2026
Uw kenmerk: 7KQM-4T9X-HR2D

Geacht college,

Ik ben geboren op 2 mei 1950. Hierbij maak ik bezwaar tegen uw besluit met besluitnummer WMO.2026/0417.

Hoogachtend,
J. de Wit)";

TEST(AFormalLetter, SaysWhoItIsFromAndWhenAndAboutWhat) {
  const LetterFacts found = facts(formal);
  EXPECT_EQ(found.sender, (LetterSender{"J. de Wit", "Molenstraat", "14A", "1234 CD", "Voorbeeld"}));
  EXPECT_EQ(found.date, day(12, 3, 2026));
  EXPECT_THAT(found.references, ElementsAre("7KQM-4T9X-HR2D"));
  EXPECT_THAT(found.numbers, ElementsAre("WMO.2026/0417"));
}

TEST(TheAddressOfTheMunicipality, IsNeverTheSenders) {
  EXPECT_EQ(facts("Gemeente Voorbeeld\nPostbus 100\n1230 AA Voorbeeld\n\nBeste mensen,\nIk wil hulp.").sender,
            LetterSender());
  EXPECT_EQ(facts("Aan: team Wmo\nRaadhuisplein 1\n1234 AB Voorbeeld\n").sender, LetterSender());
  EXPECT_EQ(facts("Gemeente Elders\nMarkt 1\n4321 AB Elders\n").sender, LetterSender());
}

TEST(AnAddressBelowTheGreeting, IsTheSenders) {
  const LetterFacts found = facts(
      "Gemeente Voorbeeld\nPostbus 100\n1230 AA Voorbeeld\n\nGeachte heer,\nIk bel u.\n\nMet vriendelijke "
      "groet,\n\n"
      "Mevr. A. Aydin-Kaya\nKade 3-2\n1236 XB 's-Gravenhage");
  EXPECT_EQ(found.sender, (LetterSender{"Mevr. A. Aydin-Kaya", "Kade", "3-2", "1236 XB", "'s-Gravenhage"}));
}

TEST(AnAddressInALine, IsTakenApart) {
  EXPECT_EQ(facts("Fam. Hoekstra, Prinsenkade 3, 1236 XB Voorbeeld\nBeste gemeente").sender,
            (LetterSender{"Fam. Hoekstra", "Prinsenkade", "3", "1236 XB", "Voorbeeld"}));
  EXPECT_EQ(facts("Ik woon op Dorpsstraat 12, 1235BB Voorbeeld. Kunt u bellen?\nGroeten, Ria Smit").sender,
            (LetterSender{"Ria Smit", "Dorpsstraat", "12", "1235 BB", "Voorbeeld"}));
}

TEST(ANewAddress, IsNotWhereTheLetterComesFrom) {
  const LetterFacts found = facts(
      "A. Visser\nMolenstraat 2\n1234 CD Voorbeeld\n\nBeste mensen,\nIk ga verhuizen. Mijn nieuwe adres is\n"
      "Kastanjelaan 8, 1235 BB Voorbeeld");
  EXPECT_EQ(found.sender.street, "Molenstraat");
}

TEST(AMisreadPostcode, IsStillOne) {
  EXPECT_EQ(facts("P. Bos\nLaan 1\nl234 CD Voorbeeld").sender.postcode, "1234 CD");
}

TEST(ADateInTheText, IsNotTheLetters) {
  EXPECT_EQ(facts("Beste mensen,\nSinds 1 maart 2026 ben ik ziek en daarom vraag ik u om hulp in huis.").date,
            std::nullopt);
  EXPECT_EQ(facts("Datum: 12-03-26\nGeachte heer,").date, day(12, 3, 2026));
  EXPECT_EQ(facts("Datum: 12-03-2027\nGeachte heer,").date, std::nullopt);
  EXPECT_EQ(facts("Geachte heer,\nIk wil hulp.\nGroeten, Jan\nVoorbeeld, 9 maart 2026").date,
            day(9, 3, 2026));
}

TEST(AReference, IsFoundAsPeopleWriteIt) {
  EXPECT_THAT(facts("kenmerk 7kqm 4t9x hr2d.").references, ElementsAre("7KQM-4T9X-HR2D"));
  EXPECT_THAT(facts("(7KQM\xE2\x80\x93"
                    "4T9X\xE2\x80\x93HR2D)")
                  .references,
              ElementsAre("7KQM-4T9X-HR2D"));
  EXPECT_THAT(facts("Uw kenmerk: 7KQM-4T9X-H R2D").references, ElementsAre("7KQM-4T9X-HR2D"));
  EXPECT_THAT(facts("Ons kenmerk: QKWM-TXHR-HRZD.").references, ElementsAre("QKWM-TXHR-HRZD"));
  EXPECT_THAT(facts("het Wmo-loket van 12 april").references, IsEmpty());
  EXPECT_THAT(facts("IBAN NL91 ABNA 0417 1643 00").references, IsEmpty());
}

TEST(AReference, MayHaveBeenMisreadInTwoSigns) {
  const auto others = misread_references("7KQM-4T9X-HR2D");
  EXPECT_THAT(others, ::testing::Contains("7K0M-4T9X-HR2D"));
  EXPECT_THAT(others, ::testing::Contains("7KQM-4T9X-HRZ0"));
  EXPECT_THAT(others, ::testing::Not(::testing::Contains("7KQM-4T9X-HR2D")));
  EXPECT_LE(misread_references("0000-HHHH-1111").size(), 400U);
}

TEST(ABsn, IsFoundWhereTheLetterSaysThatItIsOne) {
  EXPECT_EQ(bsn_in_letter("Mijn BSN: 999 990 019.").value().digits(), "999990019");
  EXPECT_EQ(bsn_in_letter("burgerservicenummer is 9999.90.019").value().digits(), "999990019");
  EXPECT_FALSE(bsn_in_letter("Factuur 999990019"));
  EXPECT_FALSE(bsn_in_letter("BSN 999990018"));
  EXPECT_FALSE(bsn_in_letter("BSN 999990019 en van mijn man BSN 999990020"));
}

TEST(ABsn, IsNotKeptAmongTheNumbers) {
  EXPECT_THAT(facts("dossiernummer 999990019 klantnummer 12-88").numbers, ElementsAre("12-88"));
}

TEST(AnyBytesAsALetter, GiveBoundedFacts) {
  EXPECT_TRUE(rc::check("any bytes", [](const std::string& bytes) {
    const LetterFacts found = facts(bytes);
    RC_ASSERT(found.references.size() <= 10U && found.numbers.size() <= 10U);
    (void)bsn_in_letter(bytes);
  }));
  EXPECT_TRUE(rc::check("pieces of letters in any order", [] {
    static const std::vector<std::string> pieces{"1234 CD",   "\n",    "Molenstraat 14", "Hoogachtend,",
                                                 "J. de Wit", ", ",    "kenmerk ",       "BSN 9",
                                                 "12-3-2026", "7KQM-", "4T9X",           " "};
    std::string text;
    for (const std::size_t piece :
         *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size())))
      text += pieces[piece];
    (void)facts(text);
    (void)bsn_in_letter(text);
  }));
}

}  // namespace
}  // namespace softbot
