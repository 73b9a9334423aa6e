#include <gtest/gtest.h>

#include "models.h"

namespace softbot::dmn {
namespace {

/// What the first decision of a table of Age and Points concludes.
Conclusion concluded(const TableModel& table, const Value& age, const Value& points) {
  const auto model = Model::load(table.xml());
  EXPECT_TRUE(model.has_value());
  const Context inputs{{"Age", age}, {"Points", points}};
  return Conclusions(*model, inputs).of(0);
}

constexpr const char* unique = R"(hitPolicy="UNIQUE")";
constexpr const char* first = R"(hitPolicy="FIRST")";

TEST(AConclusion, IsCertainWhenEveryRuleCouldBeJudged) {
  const TableModel table{unique, {{"< 65", "-", "1"}, {">= 65", "-", "2"}}};
  const auto conclusion = concluded(table, 70, Value());
  EXPECT_EQ(conclusion.result, Value(2));
  EXPECT_TRUE(conclusion.certain);
}

TEST(AConclusion, IsNotCertainWhenAnotherRuleMightHaveApplied) {
  const TableModel table{R"(hitPolicy="RULE ORDER")", {{">= 65", "-", "1"}, {">= 65", "> 3", "2"}}};
  EXPECT_FALSE(concluded(table, 70, Value()).certain);
  EXPECT_TRUE(concluded(table, 70, 3).certain);
}

TEST(AConclusion, OfAFirstTableRestsOnNothingBehindTheRuleThatApplied) {
  EXPECT_TRUE(concluded({first, {{">= 65", "-", "1"}, {"-", "> 3", "2"}}}, 70, Value()).certain);
  EXPECT_FALSE(concluded({first, {{"-", "> 3", "1"}, {">= 65", "-", "2"}}}, 70, Value()).certain);
}

TEST(AConclusion, IsNotCertainWhenARuleIsMetBySomethingUnknown) {
  EXPECT_FALSE(concluded({unique, {{"not(65)", "-", "1"}}}, Value(), 1).certain);
}

TEST(AConclusion, IsNotCertainAfterAnError) {
  EXPECT_FALSE(concluded({unique, {{"-", "-", "1 / 0"}}}, 70, 1).certain);
  EXPECT_FALSE(concluded({unique, {{"< 65", "-", "1"}}}, 70, 1).certain) << "no rule is met";
  EXPECT_FALSE(concluded({unique, {{"-", "-", "1"}}}, "old", 1).certain) << "an input of another type";
}

TEST(AConclusion, IsNotCertainWhenOneThatItRequiresIsNot) {
  const auto model = Model::load(definitions(
      R"(<inputData name="Age" id="age"><variable name="Age" typeRef="number"/></inputData>
<decision name="Below" id="below"><variable name="Below"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<literalExpression><text>if Age / 0 = null then 1 else 2</text></literalExpression></decision>
<decision name="Above" id="above"><variable name="Above"/>
<informationRequirement><requiredDecision href="#below"/></informationRequirement>
<literalExpression><text>Below + 1</text></literalExpression></decision>
<decision name="Beside" id="beside"><variable name="Beside"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<literalExpression><text>Age + 1</text></literalExpression></decision>)"));
  ASSERT_TRUE(model.has_value());
  const Context inputs{{"Age", 70}};
  Conclusions conclusions(*model, inputs);
  EXPECT_FALSE(conclusions.of(0).certain);
  EXPECT_EQ(conclusions.of(1).result, Value(2));
  EXPECT_FALSE(conclusions.of(1).certain) << "also when the other is known already";
  EXPECT_TRUE(conclusions.of(2).certain);
}

}  // namespace
}  // namespace softbot::dmn
