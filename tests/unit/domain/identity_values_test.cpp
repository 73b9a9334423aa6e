#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/bsn.h"
#include "domain/email.h"
#include "domain/house_number.h"
#include "domain/iban.h"
#include "domain/phone.h"
#include "domain/postcode.h"
#include "helpers.h"

namespace softbot {
namespace {

using testing::code_of;

// --- BSN ---

TEST(Bsn, TakesNineDigitsThatPassTheElevenTest) {
  EXPECT_EQ(parse_bsn("999900006")->digits(), "999900006");
  EXPECT_EQ(parse_bsn("111222333")->digits(), "111222333");
}

TEST(Bsn, TakesSpacesDotsAndHyphensAsPeopleTypeThem) {
  EXPECT_EQ(parse_bsn(" 9999.00.006 ")->digits(), "999900006");
  EXPECT_EQ(parse_bsn("999 900 006")->digits(), "999900006");
  EXPECT_EQ(parse_bsn("9999-00-006")->digits(), "999900006");
}

TEST(Bsn, GivesEightDigitsTheirLeadingZeroBack) {
  EXPECT_EQ(parse_bsn("10000008")->digits(), "010000008");
  EXPECT_EQ(code_of(parse_bsn("12345678")), "bsn-check-digit");
}

TEST(Bsn, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_bsn("  ")), "bsn-empty");
  EXPECT_EQ(code_of(parse_bsn("99990000x")), "bsn-characters");
  EXPECT_EQ(code_of(parse_bsn("99990000")), "bsn-check-digit");
  EXPECT_EQ(code_of(parse_bsn("9999000061")), "bsn-length");
  EXPECT_EQ(code_of(parse_bsn("1234567")), "bsn-length");
  EXPECT_EQ(code_of(parse_bsn("999900007")), "bsn-check-digit");
  EXPECT_EQ(code_of(parse_bsn("000000000")), "bsn-check-digit");
  EXPECT_EQ(code_of(parse_bsn("٩٩٩٩٠٠٠٠٦")), "bsn-characters");
}

TEST(Bsn, NeverRepeatsTheNumberInAMessage) {
  EXPECT_EQ(parse_bsn("123456789").error().message.find("123456789"), std::string::npos);
}

TEST(Bsn, ShowsOnlyTheLastThreeDigitsOnScreens) {
  EXPECT_EQ(parse_bsn("999900006")->masked(), "•••••• 006");
}

TEST(Bsn, KnowsTheNumbersForTests) {
  EXPECT_TRUE(is_test_bsn(*parse_bsn("999900006")));
  EXPECT_TRUE(is_test_bsn(*parse_bsn("999999990")));
  EXPECT_FALSE(is_test_bsn(*parse_bsn("111222333")));
}

RC_GTEST_PROP(Bsn, ChangingOneDigitNeverGivesAnotherNumber, ()) {
  const int number = *rc::gen::suchThat(rc::gen::inRange(10'000'000, 1'000'000'000), [](int n) {
    std::string text = std::to_string(n);
    return passes_eleven_test(text.insert(0, 9 - text.size(), '0'));
  });
  std::string digits = std::to_string(number);
  digits.insert(0, 9 - digits.size(), '0');
  const auto place = *rc::gen::inRange<std::size_t>(0, 9);
  const char other = static_cast<char>('0' + *rc::gen::inRange(0, 10));
  RC_PRE(other != digits[place]);
  RC_ASSERT(parse_bsn(digits)->digits() == digits);
  digits[place] = other;
  RC_ASSERT(!parse_bsn(digits).has_value());
}

RC_GTEST_PROP(Bsn, SwappingTwoNeighboursIsNoticed, ()) {
  const int number = *rc::gen::suchThat(rc::gen::inRange(100'000'000, 1'000'000'000),
                                        [](int n) { return passes_eleven_test(std::to_string(n)); });
  std::string digits = std::to_string(number);
  const auto place = *rc::gen::inRange<std::size_t>(0, 8);
  RC_PRE(digits[place] != digits[place + 1]);
  std::swap(digits[place], digits[place + 1]);
  RC_ASSERT(!passes_eleven_test(digits));
}

// --- Postcode ---

TEST(PostcodeText, IsNormalisedFromSpacesAndCase) {
  EXPECT_EQ(parse_postcode("1234ab")->formatted(), "1234 AB");
  EXPECT_EQ(parse_postcode("  1234   Ab ")->compact(), "1234AB");
  EXPECT_EQ(parse_postcode("1234\u00A0AB")->compact(), "1234AB");
}

TEST(PostcodeText, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_postcode("")), "postcode-empty");
  EXPECT_EQ(code_of(parse_postcode("0234 AB")), "postcode-shape");
  EXPECT_EQ(code_of(parse_postcode("1234 A")), "postcode-shape");
  EXPECT_EQ(code_of(parse_postcode("1234 ABC")), "postcode-shape");
  EXPECT_EQ(code_of(parse_postcode("AB 1234")), "postcode-shape");
  EXPECT_EQ(code_of(parse_postcode("12345")), "postcode-shape");
  EXPECT_EQ(code_of(parse_postcode("1234 SS")), "postcode-letters");
  EXPECT_EQ(code_of(parse_postcode("1234 sa")), "postcode-letters");
  EXPECT_EQ(code_of(parse_postcode("1234 SD")), "postcode-letters");
  EXPECT_EQ(code_of(parse_postcode("1234 😀")), "postcode-characters");
}

RC_GTEST_PROP(PostcodeText, EveryValidOneSurvivesFormattingAndParsing, ()) {
  const int digits = *rc::gen::inRange(1000, 10000);
  const std::string letters = {static_cast<char>('A' + *rc::gen::inRange(0, 26)),
                               static_cast<char>('A' + *rc::gen::inRange(0, 26))};
  RC_PRE(letters != "SA" && letters != "SD" && letters != "SS");
  const auto postcode = parse_postcode(std::to_string(digits) + ascii_lower(letters));
  RC_ASSERT(postcode.has_value());
  RC_ASSERT(parse_postcode(postcode->formatted()).value() == *postcode);
}

// --- House number ---

TEST(HouseNumberText, FallsApartAsInTheAddressRegister) {
  EXPECT_EQ(parse_house_number("12"), (HouseNumber{12, "", ""}));
  EXPECT_EQ(parse_house_number("12a"), (HouseNumber{12, "A", ""}));
  EXPECT_EQ(parse_house_number("12 A"), (HouseNumber{12, "A", ""}));
  EXPECT_EQ(parse_house_number("12-3"), (HouseNumber{12, "", "3"}));
  EXPECT_EQ(parse_house_number("12/2"), (HouseNumber{12, "", "2"}));
  EXPECT_EQ(parse_house_number("12a-3"), (HouseNumber{12, "A", "3"}));
  EXPECT_EQ(parse_house_number("12a3"), (HouseNumber{12, "A", "3"}));
  EXPECT_EQ(parse_house_number("12 bis"), (HouseNumber{12, "", "BIS"}));
  EXPECT_EQ(parse_house_number("12 III"), (HouseNumber{12, "", "III"}));
  EXPECT_EQ(parse_house_number("12-hs"), (HouseNumber{12, "", "HS"}));
}

TEST(HouseNumberText, TakesTheAdditionFromABoxOfItsOwn) {
  EXPECT_EQ(parse_house_number("12", ""), (HouseNumber{12, "", ""}));
  EXPECT_EQ(parse_house_number("12", "a"), (HouseNumber{12, "A", ""}));
  EXPECT_EQ(parse_house_number("12", "-3"), (HouseNumber{12, "", "3"}));
  EXPECT_EQ(parse_house_number("12a", "3"), (HouseNumber{12, "A", "3"}));
  EXPECT_EQ(parse_house_number("1", "23"), (HouseNumber{1, "", "23"}));
}

TEST(HouseNumberText, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_house_number(" ")), "house-number-empty");
  EXPECT_EQ(code_of(parse_house_number("a12")), "house-number-shape");
  EXPECT_EQ(code_of(parse_house_number("-12")), "house-number-shape");
  EXPECT_EQ(code_of(parse_house_number("0")), "house-number-range");
  EXPECT_EQ(code_of(parse_house_number("100000")), "house-number-range");
  EXPECT_EQ(code_of(parse_house_number("99999999999999")), "house-number-range");
  EXPECT_EQ(code_of(parse_house_number("12 achterhuis")), "house-number-addition");
  EXPECT_EQ(code_of(parse_house_number("12 😀")), "house-number-addition");
}

RC_GTEST_PROP(HouseNumberText, SurvivesFormattingAndParsing, ()) {
  const HouseNumber one{*rc::gen::inRange(1, 100000), *rc::gen::element<std::string>("", "A", "Z"),
                        *rc::gen::element<std::string>("", "3", "12", "BIS", "III", "HS")};
  RC_ASSERT(parse_house_number(format(one)).value() == one);
}

// --- IBAN ---

TEST(IbanText, TakesGoodOnesFromSeveralCountries) {
  EXPECT_EQ(parse_iban("NL91 ABNA 0417 1643 00")->compact(), "NL91ABNA0417164300");
  EXPECT_EQ(parse_iban("nl91abna0417164300")->formatted(), "NL91 ABNA 0417 1643 00");
  EXPECT_TRUE(parse_iban("BE68 5390 0754 7034").has_value());
  EXPECT_TRUE(parse_iban("DE89 3704 0044 0532 0130 00").has_value());
  EXPECT_TRUE(parse_iban("FR14 2004 1010 0505 0001 3M02 606").has_value());
  EXPECT_TRUE(parse_iban("GB29 NWBK 6016 1331 9268 19").has_value());
}

TEST(IbanText, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_iban("")), "iban-empty");
  EXPECT_EQ(code_of(parse_iban("NL91 ABNA 0417 1643 0€")), "iban-characters");
  EXPECT_EQ(code_of(parse_iban("123456789")), "iban-country");
  EXPECT_EQ(code_of(parse_iban("XX91 ABNA 0417 1643 00")), "iban-country");
  EXPECT_EQ(code_of(parse_iban("NL91 ABNA 0417 1643 0")), "iban-length");
  EXPECT_EQ(code_of(parse_iban("NL91 1234 0417 1643 00")), "iban-shape");
  EXPECT_EQ(code_of(parse_iban("NLAA ABNA 0417 1643 00")), "iban-shape");
  EXPECT_EQ(code_of(parse_iban("NL92 ABNA 0417 1643 00")), "iban-check-digits");
}

TEST(IbanText, IsMaskedForScreens) {
  EXPECT_EQ(parse_iban("NL91ABNA0417164300")->masked(), "NL•• •••• 300");
}

RC_GTEST_PROP(IbanText, OneWrongDigitIsAlwaysNoticed, ()) {
  std::string text = "NL91ABNA0417164300";
  const auto place = *rc::gen::inRange<std::size_t>(8, text.size());
  const char other = static_cast<char>('0' + *rc::gen::inRange(0, 10));
  RC_PRE(other != text[place]);
  text[place] = other;
  RC_ASSERT(code_of(parse_iban(text)) == "iban-check-digits");
}

// --- Telephone ---

TEST(Phone, NormalisesDutchNumbers) {
  for (const char* typed :
       {"0612345678", "06-12345678", "06 12 34 56 78", "+31612345678", "+31 (0)6 12345678", "0031612345678",
        "0031 (0)6-1234 5678", "(06) 12345678", "+31 06 12345678"}) {
    const auto phone = parse_phone(typed);
    ASSERT_TRUE(phone.has_value()) << typed;
    EXPECT_EQ(phone->e164(), "+31612345678") << typed;
    EXPECT_TRUE(phone->is_dutch_mobile());
    EXPECT_EQ(phone->formatted(), "06 12345678");
  }
  EXPECT_EQ(parse_phone("010-1234567")->formatted(), "010 1234567");
  EXPECT_EQ(parse_phone("0111 123456")->formatted(), "0111 123456");
  EXPECT_EQ(parse_phone("088 123 45 67")->e164(), "+31881234567");
  EXPECT_EQ(parse_phone("0800-1234")->formatted(), "0800 1234");
}

TEST(Phone, TakesForeignNumbers) {
  EXPECT_EQ(parse_phone("+32 470 12 34 56")->e164(), "+32470123456");
  EXPECT_EQ(parse_phone("0049 30 123456")->formatted(), "+49 30123456");
  EXPECT_EQ(parse_phone("+1 212 555 0100")->formatted(), "+1 2125550100");
  EXPECT_EQ(parse_phone("+352 26 12 34")->formatted(), "+352 261234");
}

TEST(Phone, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_phone("")), "phone-empty");
  EXPECT_EQ(code_of(parse_phone("06-1234567")), "phone-length");
  EXPECT_EQ(code_of(parse_phone("612345678")), "phone-length");
  EXPECT_EQ(code_of(parse_phone("06-12345678a")), "phone-characters");
  EXPECT_EQ(code_of(parse_phone("☎ 0612345678")), "phone-characters");
  EXPECT_EQ(code_of(parse_phone("0012")), "phone-length");
  EXPECT_EQ(code_of(parse_phone("+")), "phone-shape");
  EXPECT_EQ(code_of(parse_phone("+0612345678")), "phone-shape");
  EXPECT_EQ(code_of(parse_phone("0012345678901234567890")), "phone-length");
  EXPECT_EQ(code_of(parse_phone("0001234567")), "phone-shape");
}

RC_GTEST_PROP(Phone, WhatIsFormattedReadsBackAsTheSame, ()) {
  const std::string digits = std::to_string(*rc::gen::inRange(100'000'000, 1'000'000'000));
  const auto phone = parse_phone("0" + digits);
  RC_PRE(phone.has_value());
  RC_ASSERT(parse_phone(phone->formatted()).value() == *phone);
  RC_ASSERT(parse_phone(phone->e164()).value() == *phone);
}

// --- E-mail ---

TEST(Email, TakesOrdinaryAddresses) {
  EXPECT_EQ(parse_email(" Jan.de-Vries+wmo@Voorbeeld.NL ")->text(), "Jan.de-Vries+wmo@voorbeeld.nl");
  EXPECT_EQ(parse_email("a@b.co")->masked(), "a•••@b.co");
  EXPECT_TRUE(parse_email("x@sub.xn--bcher-kva.example").has_value());
}

TEST(Email, SaysWhatIsWrong) {
  EXPECT_EQ(code_of(parse_email("")), "email-empty");
  EXPECT_EQ(code_of(parse_email("jan.voorbeeld.nl")), "email-at");
  EXPECT_EQ(code_of(parse_email("jan@@voorbeeld.nl")), "email-at");
  EXPECT_EQ(code_of(parse_email("@voorbeeld.nl")), "email-local-part");
  EXPECT_EQ(code_of(parse_email("jan..x@voorbeeld.nl")), "email-local-part");
  EXPECT_EQ(code_of(parse_email(".jan@voorbeeld.nl")), "email-local-part");
  EXPECT_EQ(code_of(parse_email("jan@voorbeeld")), "email-domain");
  EXPECT_EQ(code_of(parse_email("jan@-voorbeeld.nl")), "email-domain");
  EXPECT_EQ(code_of(parse_email("jan@voorbeeld..nl")), "email-domain");
  EXPECT_EQ(code_of(parse_email("jan@192.168.1.1")), "email-domain");
  EXPECT_EQ(code_of(parse_email("jan vries@voorbeeld.nl")), "email-characters");
  EXPECT_EQ(code_of(parse_email("jan\r\nBcc: x@voorbeeld.nl")), "email-characters");
  EXPECT_EQ(code_of(parse_email("jän@voorbeeld.nl")), "email-characters");
  EXPECT_EQ(code_of(parse_email(std::string(250, 'a') + "@b.nl")), "email-length");
}

}  // namespace
}  // namespace softbot
