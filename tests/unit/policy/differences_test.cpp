#include "policy/differences.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "policy/parameters.h"
#include "shipped_policy.h"

namespace softbot {
namespace {

const Date new_year{std::chrono::year{2027}, std::chrono::month{1}, std::chrono::day{1}};

ConfigurationFiles with_values(ConfigurationFiles files, const std::vector<ParameterEdit>& edits) {
  auto changed = with_parameter_values(files.at("parameters.json"), edits);
  if (!changed) throw std::runtime_error(changed.error().message);
  files["parameters.json"] = *std::move(changed);
  return files;
}

ConfigurationFiles with_text(ConfigurationFiles files, const std::string& file, const std::string& old_part,
                             const std::string& new_part) {
  auto& text = files.at(file);
  text.replace(text.find(old_part), old_part.size(), new_part);
  return files;
}

TEST(Differences, of_a_version_with_itself_are_none) {
  EXPECT_EQ(differences_of(shipped_files(), shipped_files()), PolicyDifferences{});
}

TEST(Differences, of_a_parameter_say_from_what_to_what_and_from_when) {
  const auto draft = with_values(shipped_files(), {{"householdHelpMinimumAge", "", new_year, 67}});
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.parameters.size(), 1U);
  EXPECT_EQ(differences.parameters[0],
            (ParameterDifference{"householdHelpMinimumAge", "Leeftijd waarop de bot hulp mag toekennen",
                                 "value", "", new_year, Value(65), Value(67)}));
  ASSERT_EQ(differences.files.size(), 1U);
  EXPECT_EQ(differences.files[0], (FileDifference{"parameters.json", "changed", {}}));
}

TEST(Differences, of_a_parameter_are_told_for_the_municipality_that_has_its_own) {
  const auto draft = with_values(shipped_files(), {{"householdHelpMinimumAge", "molendam", new_year, 70}});
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.parameters.size(), 1U);
  EXPECT_EQ(differences.parameters[0].municipality, "molendam");
  EXPECT_EQ(differences.parameters[0].before, Value(65));
  EXPECT_EQ(differences.parameters[0].after, Value(70));
}

TEST(Differences, of_bounds_and_words_are_told_too) {
  const auto draft = with_text(shipped_files(), "parameters.json", "\"maximum\": 120", "\"maximum\": 110");
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.parameters.size(), 1U);
  EXPECT_EQ(differences.parameters[0].what, "maximum");
  EXPECT_EQ(differences.parameters[0].after, Value(110));
}

TEST(Differences, of_a_model_are_the_rules_that_changed) {
  const auto draft =
      with_text(shipped_files(), "small-aids.dmn",
                "<inputEntry id=\"cell_condition-register_2_2\"><text>-</text></inputEntry>",
                "<inputEntry id=\"cell_condition-register_2_2\"><text>true</text></inputEntry>");
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.files.size(), 1U);
  ASSERT_EQ(differences.files[0].lines.size(), 2U);
  const auto& removed = differences.files[0].lines[0];
  const auto& added = differences.files[0].lines[1];
  EXPECT_EQ(removed.change, LineChange::removed);
  EXPECT_EQ(removed.element, "decision \"Bekend in de basisregistratie\"");
  EXPECT_TRUE(removed.text.starts_with("false | - -> false | \"register-not-confirmed\" // De gegevens"))
      << removed.text;
  EXPECT_EQ(added.change, LineChange::added);
  EXPECT_TRUE(added.text.starts_with("false | true -> ")) << added.text;
}

TEST(Differences, of_layout_and_ids_are_no_lines) {
  auto draft = with_text(shipped_files(), "small-aids.dmn", "x=\"40\" y=\"280\"", "x=\"41\" y=\"280\"");
  draft = with_text(draft, "small-aids.dmn", "id=\"cell_condition-register_2_2\"", "id=\"other\"");
  draft = with_text(draft, "small-aids.dmn", " hitPolicy=\"UNIQUE\"", "");
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.files.size(), 1U);
  EXPECT_TRUE(differences.files[0].lines.empty());
}

TEST(Differences, tell_that_a_decision_is_a_condition_no_more) {
  const auto draft = with_text(shipped_files(), "small-aids.dmn", "<decision id=\"condition-register\"",
                               "<decision id=\"register-known\"");
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.files.size(), 1U);
  ASSERT_EQ(differences.files[0].lines.size(), 2U);
  EXPECT_EQ(differences.files[0].lines[0].text, "id condition-register");
  EXPECT_EQ(differences.files[0].lines[1].text, "id register-known");
}

TEST(Differences, tell_what_stands_behind_a_comment_too) {
  const auto draft =
      with_text(shipped_files(), "small-aids.dmn", "<description>U staat in",
                "<description><!-- niets -->U staat altijd in<![CDATA[ of buiten]]><!-- x --> misschien in");
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.files.size(), 1U);
  ASSERT_EQ(differences.files[0].lines.size(), 2U);
  EXPECT_TRUE(
      differences.files[0].lines[1].text.starts_with("description U staat altijd in of buiten misschien in"))
      << differences.files[0].lines[1].text;
}

TEST(Differences, name_the_examples_that_changed) {
  const auto draft = with_text(shipped_files(), "small-aids.examples.json", "\"examples\": [",
                               "\"examples\": [{\"name\": \"Nieuw\"},");
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.files.size(), 1U);
  ASSERT_EQ(differences.files[0].lines.size(), 1U);
  EXPECT_EQ(differences.files[0].lines[0].element, "Nieuw");
  EXPECT_EQ(differences.files[0].lines[0].change, LineChange::added);
}

TEST(Differences, of_a_parameter_that_went_hold_its_value_in_each_municipality) {
  const auto before =
      with_text(shipped_files(), "parameters.json", "\"name\": \"aidMaximumBodyWeightKg\",",
                "\"name\": \"aidMaximumBodyWeightKg\", \"municipalities\": {\"molendam\": [{\"from\": "
                "\"2026-01-01\", \"value\": 90}]},");
  const auto after = with_text(before, "parameters.json", "\"aidMaximumBodyWeightKg\"", "\"aidHeaviestKg\"");
  const auto differences = differences_of(before, after);
  const auto told = [&](const std::string& name, const std::string& municipality) {
    return std::ranges::any_of(differences.parameters, [&](const ParameterDifference& one) {
      return one.name == name && one.municipality == municipality && one.what == "value";
    });
  };
  EXPECT_TRUE(told("aidMaximumBodyWeightKg", "molendam"));
  EXPECT_TRUE(told("aidHeaviestKg", "molendam"));
}

TEST(Differences, name_files_that_came_and_went) {
  auto draft = shipped_files();
  draft.erase("extension.dmn");
  draft["a.dmn"] = draft["small-aids.dmn"];
  const auto differences = differences_of(shipped_files(), draft);
  ASSERT_EQ(differences.files.size(), 2U);
  EXPECT_EQ(differences.files[0].change, "added");
  EXPECT_EQ(differences.files[1].change, "removed");
}

}  // namespace
}  // namespace softbot
