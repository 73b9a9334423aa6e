#include "web/finding_words.h"

#include <gtest/gtest.h>

namespace softbot::web {
namespace {

DraftFinding finding(const std::string& code, std::vector<std::size_t> rules) {
  DraftFinding found;
  found.file = "household-help.dmn";
  found.code = code;
  found.message = "what the check says";
  found.element = "decision \"Norm\"";
  found.line = 74;
  found.rules = std::move(rules);
  return found;
}

std::string sentence(const std::string& code, std::vector<std::size_t> rules) {
  return words_of(finding(code, std::move(rules))).sentence;
}

TEST(WordsOfAFinding, FillInPlaceRulesAndExample) {
  DraftFinding gap = finding("gap", {1, 2});
  gap.example = "Age = 17, price is more than parameters.maximum";
  EXPECT_EQ(
      words_of(gap),
      (FindingWords{"Gat: een geval waarvoor geen regel geldt",
                    "In besluit \"Norm\" (tekstregel 74): op dit geval past geen enkele regel. Het dichtst "
                    "in de buurt komen regels 1 en 2. Bijvoorbeeld: Age = 17, price is meer dan "
                    "parameters.maximum.",
                    ""}));
}

TEST(WordsOfAFinding, SayWhichRulesStandInEachOthersWay) {
  const std::string place = "In besluit \"Norm\" (tekstregel 74): ";
  EXPECT_EQ(sentence("overlap", {3, 5}),
            place + "regels 3 en 5 gelden tegelijk, en dat mag in deze tabel niet.");
  EXPECT_EQ(sentence("never-fires", {4, 1, 2}),
            place + "regel 4 kan nooit gelden: regels 1 en 2 gaan altijd voor.");
  EXPECT_EQ(sentence("never-fires", {4}), place + "regel 4 kan nooit gelden: geen enkele waarde past erop.");
}

TEST(WordsOfAFinding, KeepTheCheckersOwnWordsWhereTheySayMore) {
  EXPECT_EQ(words_of(finding("type-error", {})).detail, "what the check says");
  EXPECT_EQ(words_of(finding("not-loaded", {})).detail, "what the check says");
  EXPECT_EQ(words_of(finding("overlap", {1, 2})).detail, "");
}

TEST(WordsOfAFinding, NeedNoPlace) {
  DraftFinding anywhere = finding("policy-rule", {});
  anywhere.element.clear();
  EXPECT_EQ(words_of(anywhere).sentence, "Op tekstregel 74: dit is niet zoals een beleid moet zijn.");
  anywhere.line = 0;
  EXPECT_EQ(words_of(anywhere).sentence, "Dit is niet zoals een beleid moet zijn.");
}

TEST(WordsOfAFinding, LeaveAnExampleInItsOwnDutch) {
  DraftFinding example = finding("example-fails", {});
  example.element = "Net te jong";
  example.message = "Gaat naar een consulent.";
  EXPECT_EQ(words_of(example).sentence, "Voorbeeld \"Net te jong\": Gaat naar een consulent.");
}

TEST(WordsOfAnElement, TranslateTheStepsAndLeaveNamesAlone) {
  EXPECT_EQ(element_words("decision \"decision rule\" / decisionTable / rule 3 / inputEntry 2"),
            "besluit \"decision rule\" / tabel / regel 3 / cel voor invoer 2");
  EXPECT_EQ(element_words("rules"), "rules");
}

}  // namespace
}  // namespace softbot::web
