#include "policy/policy_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shipped_policy.h"

namespace softbot {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Date today = 2026y / 11 / 27;

std::string same(std::string_view, std::string_view option) {
  return std::string(option);
}

PolicyWords words_of(const ConfigurationFiles& files) {
  auto words = PolicyWords::from(files);
  EXPECT_TRUE(words) << (words ? "" : words.error().message);
  return *std::move(words);
}

std::string text_of(const ConfigurationFiles& files, const std::string& municipality = "voorbeeld") {
  return policy_text(words_of(files).explain(municipality, today, same));
}

void replace(ConfigurationFiles& files, const std::string& file, const std::string& from,
             const std::string& to) {
  std::string& text = files.at(file);
  const auto at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

TEST(APolicyInWords, says_what_leads_to_a_grant_and_what_to_a_person) {
  const std::string text = text_of(shipped_files());
  EXPECT_THAT(text, HasSubstr("- U hebt de leeftijd waarop de bot mag toekennen.\n"
                              "    Leeftijd waarop de bot hulp mag toekennen: 65 jaar\n"));
  EXPECT_THAT(text, HasSubstr("Een consulent kijkt mee als:\n"));
  EXPECT_THAT(
      text, HasSubstr("- De inwoner vraagt een persoonsgebonden budget. Daarover beslist een consulent.\n"));
  EXPECT_THAT(text, HasSubstr("    of: U woont alleen.\n"));
  EXPECT_THAT(text, HasSubstr("Uren bij volledige overname: 108 uur per jaar"));
  EXPECT_THAT(text, Not(HasSubstr("parameters.")));
}

TEST(APolicyInWords, changes_with_a_parameter) {
  ConfigurationFiles files = shipped_files();
  replace(files, "parameters.json", R"("value": 65)", R"("value": 71)");
  EXPECT_THAT(text_of(files), HasSubstr("Leeftijd waarop de bot hulp mag toekennen: 71 jaar\n"));
  EXPECT_THAT(text_of(files), Not(HasSubstr("toekennen: 65 jaar")));
}

TEST(APolicyInWords, changes_with_a_table) {
  ConfigurationFiles files = shipped_files();
  replace(files, "household-help.dmn", "De inwoner heeft al een eigen schoonmaakhulp.", "Er is al hulp.");
  EXPECT_THAT(text_of(files), HasSubstr("- Er is al hulp.\n"));
}

TEST(APolicyInWords, has_the_values_of_the_municipality_and_the_day) {
  ConfigurationFiles files = shipped_files();
  replace(files, "parameters.json", R"("values": [{"from": "2026-01-01", "value": 65}])",
          R"("values": [{"from": "2026-01-01", "value": 65}, {"from": "2027-01-01", "value": 66}],
             "municipalities": {"molendam": [{"from": "2026-01-01", "value": 70}]})");
  EXPECT_THAT(text_of(files), HasSubstr("toekennen: 65 jaar"));
  EXPECT_THAT(text_of(files, "molendam"), HasSubstr("toekennen: 70 jaar"));
  EXPECT_THAT(policy_text(words_of(files).explain("voorbeeld", 2027y / 2 / 1, same)),
              HasSubstr("toekennen: 66 jaar"));
  EXPECT_THAT(policy_text(words_of(files).explain("voorbeeld", 2025y / 2 / 1, same)),
              HasSubstr("toekennen: niet ingesteld"));
}

TEST(APolicyInWords, names_answers_as_the_form_does) {
  const auto words =
      words_of(shipped_files()).explain("voorbeeld", today, [](std::string_view, std::string_view option) {
        return option == "beds" ? std::string("Bedden verschonen") : std::string(option);
      });
  EXPECT_THAT(policy_text(words), HasSubstr("light-cleaning, heavy-cleaning, Bedden verschonen"));
}

TEST(AReasonInWords, is_the_sentence_of_the_rules_that_give_it) {
  const PolicyWords words = words_of(shipped_files());
  EXPECT_EQ(words.reason("household-help", "tasks-outside-norm"),
            "Voor een of meer taken kent de norm geen minuten. Een consulent kijkt wat past.");
  EXPECT_EQ(words.reason("small-aids", "body-weight"),
            "Het gewone hulpmiddel is niet sterk genoeg. Een consulent zoekt een ander. / Het gewicht klopt "
            "waarschijnlijk niet.");
  EXPECT_EQ(words.reason("small-aids", "long-enough-unknown"),
            "Niet bekend: U hebt het hulpmiddel 26 weken of langer nodig.");
  EXPECT_EQ(words.reason("small-aids", "no-such-code"), "");
  EXPECT_EQ(words.reason("living-allowance", "wlz"), "");
}

}  // namespace
}  // namespace softbot
