#include "web/form_view.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>

#include "forms/catalogue.h"
#include "support/checkout.h"

namespace softbot::web {
namespace {

const Catalogue& catalogue() {
  static const Catalogue all = load_catalogue(checkout() / "config").value();
  return all;
}

const FormDefinition& household_help() {
  return *catalogue().find("household-help");
}

FormState state_for(const std::string& type) {
  FormState state;
  state.types = {type};
  return state;
}

/// The view of one question of a part, wherever it stands.
const Value& question(const Value& part, const std::string& name) {
  static const Value none;
  for (const Value& section : part["sections"].items()) {
    for (const Value& field : section["fields"].items()) {
      if (field["name"].text_or_empty() == name) return field;
    }
  }
  return none;
}

TEST(FormView, LeavesOutWhatIsNotToBeAsked) {
  FormState state = state_for("household-help");
  const auto shown = [&](const std::string& name) {
    const Value common = part_view(catalogue().common(), catalogue().common(), "common", state);
    return question(common, name).is_object();
  };
  EXPECT_TRUE(shown("common.email"));
  state.left_out = {"common.email"};
  EXPECT_FALSE(shown("common.email"));
  EXPECT_TRUE(shown("common.phone"));
}

TEST(FormView, ShowsWhatWasTypedAsItWasTyped) {
  FormState state = state_for("household-help");
  state.typed = {{"common.bsn", "12 34"},
                 {"household-help.tasks", "light-cleaning"},
                 {"common.birthDate.day", "31"},
                 {"common.birthDate.month", "2"}};
  const Value common = part_view(catalogue().common(), catalogue().common(), "common", state);
  EXPECT_EQ(question(common, "common.bsn")["value"].text_or_empty(), "12 34");
  EXPECT_EQ(question(common, "common.birthDate")["day"].text_or_empty(), "31");
  const Value own = part_view(catalogue().common(), household_help(), "household-help", state);
  const Value& tasks = question(own, "household-help.tasks")["options"];
  EXPECT_TRUE(tasks.items().front()["checked"].as_bool().value());
  EXPECT_FALSE(tasks.items().back()["checked"].as_bool().value());
}

TEST(FormView, AQuestionThatDependsOnAnotherSaysSoInWordsAndForTheScript) {
  const Value common =
      part_view(catalogue().common(), catalogue().common(), "common", state_for("household-help"));
  const Value& members = question(common, "common.householdMembers");
  EXPECT_EQ(members["when"].text_or_empty(),
            "Vul dit alleen in als u ‘Ik woon met één of meer anderen’ hebt geantwoord bij ‘Woont u alleen "
            "of met anderen?’.");
  EXPECT_EQ(members["showIf"].text_or_empty(),
            R"({"is":"equals","name":"common.livingSituation","values":["with-others"]})");
  EXPECT_EQ(members["applies"].text_or_empty(), "unknown");
}

TEST(FormView, WhetherAQuestionAppliesFollowsTheAnswers) {
  FormState state = state_for("household-help");
  state.typed = {{"common.livingSituation", "with-others"}};
  EXPECT_EQ(question(part_view(catalogue().common(), catalogue().common(), "common", state),
                     "common.householdMembers")["applies"]
                .text_or_empty(),
            "yes");
  state.typed = {{"common.livingSituation", "alone"}};
  EXPECT_EQ(question(part_view(catalogue().common(), catalogue().common(), "common", state),
                     "common.householdMembers")["applies"]
                .text_or_empty(),
            "no");
}

TEST(FormView, QuestionsOfOtherTypesAreNotOnThePage) {
  const Value for_help =
      part_view(catalogue().common(), catalogue().common(), "common", state_for("household-help"));
  const Value for_allowance =
      part_view(catalogue().common(), catalogue().common(), "common", state_for("living-allowance"));
  EXPECT_TRUE(question(for_help, "common.civilStatus").is_null());
  EXPECT_TRUE(question(for_allowance, "common.civilStatus").is_object());
}

TEST(FormView, TheSignatureIsForPaperAlone) {
  const Value common =
      part_view(catalogue().common(), catalogue().common(), "common", state_for("household-help"));
  EXPECT_TRUE(question(common, "common.signature").is_null());
}

TEST(FormView, AProblemStandsWithItsQuestion) {
  FormState state = state_for("household-help");
  state.problems = {{"common.town", "Vul in: Woonplaats."}};
  const Value common = part_view(catalogue().common(), catalogue().common(), "common", state);
  const Value& town = question(common, "common.town");
  EXPECT_EQ(town["error"].text_or_empty(), "Vul in: Woonplaats.");
  EXPECT_NE(town["describedBy"].text_or_empty().find("v-common-town-error"), std::string::npos);
  EXPECT_TRUE(question(common, "common.street")["error"].as_bool().has_value());
}

TEST(FormView, EveryDefinitionHasAPageInBothLanguages) {
  for (const std::string& type : catalogue().types()) {
    for (const char* language : {"nl", "en"}) {
      FormState state = state_for(type);
      state.language = language;
      const Value part = part_view(catalogue().common(), *catalogue().find(type), type, state);
      EXPECT_FALSE(part["sections"].items().empty()) << type;
      EXPECT_FALSE(part["partTitle"].text_or_empty().empty()) << type;
    }
  }
}

TEST(Rows, AddingAndRemovingKeepsTheOthersAndLeavesNoGap) {
  WebParameters typed{{"a.list.0.x", "one"}, {"a.list.1.x", "two"}, {"a.list.2.x", "three"}, {"b", "else"}};
  change_rows(typed, "remove:a.list.1");
  EXPECT_EQ(web_value(typed, "a.list.0.x"), "one");
  EXPECT_EQ(web_value(typed, "a.list.1.x"), "three");
  EXPECT_EQ(web_value(typed, "rows:a.list"), "2");
  EXPECT_EQ(web_value(typed, "b"), "else");
  change_rows(typed, "add:a.list");
  EXPECT_EQ(web_value(typed, "rows:a.list"), "3");
}

RC_GTEST_PROP(Rows, WhateverButtonIsPostedNothingElseChanges, (const std::string& action)) {
  WebParameters typed{{"common.town", "Voorbeeld"}, {"a.list.0.x", "one"}};
  change_rows(typed, action);
  RC_ASSERT(web_value(typed, "common.town") == "Voorbeeld");
}

TEST(Inputs, AnIdHasNoDots) {
  EXPECT_EQ(id_of("common.birthDate"), "v-common-birthDate");
  EXPECT_EQ(id_of("living-allowance/bank-statement"), "v-living-allowance-bank-statement");
}

}  // namespace
}  // namespace softbot::web
