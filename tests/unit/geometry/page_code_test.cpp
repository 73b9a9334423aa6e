#include "forms/geometry/page_code.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace softbot {
namespace {

PageCode second_page_of_two_requests() {
  PageCode code;
  code.municipality = "molendam";
  code.types = {"household-help", "small-aids"};
  code.versions = {2, 1, 14};
  code.page = 2;
  code.pages = 7;
  code.geometry = "k3v9qx2m";
  code.set = "7t4wz8rd";
  return code;
}

PageCode sheet_to_sign() {
  PageCode code;
  code.kind = PageCode::Kind::sheet;
  code.municipality = "molendam";
  code.types = {"sign-sheet"};
  code.page = 1;
  code.pages = 1;
  code.reference = "HH-7K3M-9Q2X";
  code.sheet_number = 3;
  return code;
}

constexpr std::string_view form_text =
    "SB1:F:MOLENDAM:HOUSEHOLD-HELP+SMALL-AIDS:2.1.14:2/7:K3V9QX2M:7T4WZ8RD";

TEST(PageCode, AFormsPageSaysWhatItIs) {
  EXPECT_EQ(to_text(second_page_of_two_requests()), form_text);
  EXPECT_EQ(page_code_from(form_text), second_page_of_two_requests());
}

TEST(PageCode, ASheetBelongsToACase) {
  EXPECT_EQ(to_text(sheet_to_sign()), "SB1:R:MOLENDAM:SIGN-SHEET:3:1/1:HH-7K3M-9Q2X");
  EXPECT_EQ(page_code_from(to_text(sheet_to_sign())), sheet_to_sign());
}

TEST(PageCode, OnPaperItUsesOnlyTheSignsOfQrsAlphanumericMode) {
  constexpr std::string_view signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  for (const std::string& text : {to_text(second_page_of_two_requests()), to_text(sheet_to_sign())})
    EXPECT_EQ(text.find_first_not_of(signs), std::string::npos) << text;
}

TEST(PageCode, PeopleReadItInGroups) {
  EXPECT_EQ(to_readable(second_page_of_two_requests()),
            "MOLENDAM  HOUSEHOLD-HELP+SMALL-AIDS  2.1.14  2/7  K3V9QX2M  7T4W-Z8RD");
  EXPECT_EQ(to_readable(sheet_to_sign()), "HH-7K3M-9Q2X  1/1");
}

TEST(PageCode, AnythingElseIsNoCodeOfOurs) {
  for (const char* text : {
           "", "https://example.org/", "SB1",
           "SB2:F:MOLENDAM:HOUSEHOLD-HELP:1.1:1/2:K3V9QX2M:7T4WZ8RD",            // another kind of code
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1:1/2:K3V9QX2M:7T4WZ8RD",              // a version is absent
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.1.1:1/2:K3V9QX2M:7T4WZ8RD",          // a version too many
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.01:1/2:K3V9QX2M:7T4WZ8RD",           // written in another way
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.1:3/2:K3V9QX2M:7T4WZ8RD",            // page 3 of 2
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.1:0/2:K3V9QX2M:7T4WZ8RD",            // page 0
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.1:1/200:K3V9QX2M:7T4WZ8RD",          // more pages than a form has
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.1:1/2:K3V9QX2U:7T4WZ8RD",            // u is no sign of base 32
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.1:1/2:K3V9QX2M:7T4WZ8R",             // too short
           "SB1:F:MOLENDAM::1.1:1/2:K3V9QX2M:7T4WZ8RD",                          // no type
           "SB1:F:../../ETC:HOUSEHOLD-HELP:1.1:1/2:K3V9QX2M:7T4WZ8RD",           // no name of a municipality
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.99999999999:1/2:K3V9QX2M:7T4WZ8RD",  // out of range
           "SB1:R:MOLENDAM:SIGN-SHEET:3:1/1:",                                   // no reference
           "SB1:R:MOLENDAM:SIGN-SHEET:-1:1/1:HH-7K3M-9Q2X",                      // a number below nought
           "SB1:F:MOLENDAM:HOUSEHOLD-HELP:1.1:1/2:K3V9QX2M:7T4WZ8RD:",           // something behind it
       }) {
    EXPECT_EQ(page_code_from(text), std::nullopt) << text;
  }
}

TEST(PageCode, NoTextMakesItFall) {
  rc::check("any bytes give a code or none", [](const std::string& text) {
    const auto code = page_code_from(text);
    if (code) RC_ASSERT(page_code_from(to_text(*code)) == code);
  });
  rc::check("a damaged code is read as itself or not at all", [] {
    std::string text(form_text);
    const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
    text[place] = *rc::gen::inRange<char>(' ', '~');
    const auto code = page_code_from(text);
    if (code) RC_ASSERT(page_code_from(to_text(*code)) == code);
  });
}

}  // namespace
}  // namespace softbot
