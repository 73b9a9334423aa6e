#include "policy/draft_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shipped_policy.h"

namespace softbot {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

void replace_first(std::string& text, const std::string& old_part, const std::string& new_part) {
  const auto at = text.find(old_part);
  ASSERT_NE(at, std::string::npos) << old_part;
  text.replace(at, old_part.size(), new_part);
}

TEST(DraftCheck, has_nothing_against_the_shipped_policy) {
  EXPECT_THAT(check_draft(shipped_files()), IsEmpty());
}

TEST(DraftCheck, names_file_decision_rules_and_an_example_of_a_gap) {
  auto files = shipped_files();
  auto& text = files["small-aids.dmn"];
  const auto begin = text.find("<rule id=\"rule_condition-register_1\">");
  ASSERT_NE(begin, std::string::npos);
  text.erase(begin, text.find("</rule>", begin) + 7 - begin);
  const auto findings = check_draft(files);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].file, "small-aids.dmn");
  EXPECT_EQ(findings[0].code, "gap");
  EXPECT_EQ(findings[0].obstacle, Obstacle::keeping);
  EXPECT_THAT(findings[0].text(), HasSubstr("decision \"Bekend in de basisregistratie\", rules 1 and 2: "));
  EXPECT_THAT(findings[0].text(), HasSubstr("For example register.matched = true"));
}

TEST(DraftCheck, names_the_line_of_an_expression_that_is_none) {
  auto files = shipped_files();
  replace_first(files["small-aids.dmn"], "<text>register.matched</text>", "<text>register.matched +</text>");
  const auto findings = check_draft(files);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "broken");
  EXPECT_GT(findings[0].line, 0U);
  EXPECT_THAT(findings[0].message, HasSubstr("no valid FEEL"));
}

TEST(DraftCheck, holds_the_whole_against_what_a_policy_must_be) {
  auto files = shipped_files();
  replace_first(files["parameters.json"], "\"value\": 65", "\"value\": 650");
  const auto out_of_bounds = check_draft(files);
  ASSERT_EQ(out_of_bounds.size(), 1U);
  EXPECT_EQ(out_of_bounds[0].file, "parameters.json");
  EXPECT_EQ(out_of_bounds[0].code, "policy-rule");
  EXPECT_THAT(out_of_bounds[0].text(), HasSubstr("outside minimum and maximum"));

  auto with_note = shipped_files();
  with_note["notes.txt"] = "x";
  const auto stranger = check_draft(with_note);
  ASSERT_EQ(stranger.size(), 1U);
  EXPECT_EQ(stranger[0].file, "notes.txt");

  EXPECT_EQ(check_draft({{"small-aids.dmn", "<x/>"}}).front().code, "not-loaded");
}

TEST(DraftCheck, tells_each_example_that_comes_out_otherwise_by_name) {
  auto files = shipped_files();
  replace_first(files["parameters.json"], "\"value\": 65", "\"value\": 119");
  const auto findings = check_draft(files);
  ASSERT_FALSE(findings.empty());
  for (const auto& finding : findings) {
    EXPECT_EQ(finding.file, "household-help.examples.json");
    EXPECT_EQ(finding.code, "example-fails");
    EXPECT_EQ(finding.obstacle, Obstacle::approval);
    EXPECT_NE(finding.element, "");
    EXPECT_THAT(finding.message, HasSubstr("below-minimum-age"));
  }
}

}  // namespace
}  // namespace softbot
