#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "models.h"

namespace softbot::dmn {
namespace {

using Rules = std::vector<std::vector<std::string>>;

const Rules overlapping = {{">= 18", "-", "10"}, {"-", "> 5", "30"}, {">= 65", "-", "20"}};

TEST(HitPolicy, UniqueTakesTheOneRule) {
  const TableModel table{R"(hitPolicy="UNIQUE")", {{"< 18", "-", "\"child\""}, {">= 18", "-", "\"adult\""}}};
  EXPECT_EQ(table.evaluate(17, 0).result, Value("child"));
  EXPECT_EQ(table.evaluate(18, 0).result, Value("adult"));
}

TEST(HitPolicy, UniqueIsNullWithAReasonWhenTwoRulesAreMet) {
  const Evaluation evaluation = TableModel{"", overlapping}.evaluate(70, 1);
  EXPECT_TRUE(evaluation.result.is_null());
  ASSERT_FALSE(evaluation.trace.errors().empty());
  EXPECT_NE(evaluation.trace.errors().front().find("rules 1 and 3 are both met"), std::string::npos);
}

TEST(HitPolicy, AnyWantsRulesThatAgree) {
  const TableModel table{R"(hitPolicy="ANY")", {{">= 18", "-", "1"}, {">= 65", "-", "1"}, {"-", "> 5", "2"}}};
  EXPECT_EQ(table.evaluate(70, 0).result, Value(1));
  EXPECT_TRUE(table.evaluate(70, 6).result.is_null());
}

TEST(HitPolicy, FirstTakesTheUppermost) {
  EXPECT_EQ((TableModel{R"(hitPolicy="FIRST")", overlapping}.evaluate(70, 9).result), Value(10));
}

TEST(HitPolicy, PriorityAndOutputOrderFollowTheOutputValues) {
  EXPECT_EQ((TableModel{R"(hitPolicy="PRIORITY")", overlapping, "30, 20, 10"}.evaluate(70, 9).result),
            Value(30));
  EXPECT_EQ((TableModel{R"(hitPolicy="OUTPUT ORDER")", overlapping, "30, 20, 10"}.evaluate(70, 9).result),
            Value(List{30, 20, 10}));
}

TEST(HitPolicy, RuleOrderAndCollectGiveLists) {
  EXPECT_EQ((TableModel{R"(hitPolicy="RULE ORDER")", overlapping}.evaluate(70, 9).result),
            Value(List{10, 30, 20}));
  EXPECT_EQ((TableModel{R"(hitPolicy="COLLECT")", overlapping}.evaluate(20, 9).result), Value(List{10, 30}));
}

TEST(HitPolicy, CollectAggregates) {
  const auto result = [](const std::string& aggregation) {
    return TableModel{"hitPolicy=\"COLLECT\" aggregation=\"" + aggregation + "\"", overlapping}
        .evaluate(70, 9)
        .result;
  };
  EXPECT_EQ(result("SUM"), Value(60));
  EXPECT_EQ(result("MIN"), Value(10));
  EXPECT_EQ(result("MAX"), Value(30));
  EXPECT_EQ(result("COUNT"), Value(3));
}

TEST(HitPolicy, NothingMetGivesTheDefaultOrNull) {
  const Rules rules = {{"> 100", "-", "1"}};
  EXPECT_TRUE((TableModel{"", rules}.evaluate(1, 1).result.is_null()));
  const Evaluation evaluation = TableModel{"", rules, "", "7"}.evaluate(1, 1);
  EXPECT_EQ(evaluation.result, Value(7));
  EXPECT_TRUE(evaluation.trace.find("Result")->used_default);
}

TEST(Cells, AnExpressionThatIsTrueIsMetWhateverTheInput) {
  const Rules rules = {{"odd(Points)", "-", "1"}, {"not(even(Age))", "-", "2"}, {"-", "-", "3"}};
  const TableModel model{R"(hitPolicy="FIRST")", rules};
  EXPECT_EQ(model.evaluate(40, 9).result, Value(1));
  EXPECT_EQ(model.evaluate(41, 8).result, Value(2));
  EXPECT_EQ(model.evaluate(40, 8).result, Value(3));
  EXPECT_EQ(model.evaluate(Value(), 9).result, Value(3)) << "what is unknown meets no such cell";
}

TEST(OutputValues, WhatIsNoneOfThemIsNullWithAReason) {
  const Rules rules = {{"< 10", "-", "1"}, {"< 20", "-", "Points"}, {"-", "-", "[1, 2]"}};
  const TableModel model{R"(hitPolicy="FIRST")", rules, "1, 2, 3"};
  EXPECT_EQ(model.evaluate(5, 9).result, Value(1));
  EXPECT_EQ(model.evaluate(15, 3).result, Value(3));
  EXPECT_EQ(model.evaluate(30, 3).result, Value(List{1, 2}));
  const Evaluation outside = model.evaluate(15, 9);
  EXPECT_TRUE(outside.result.is_null());
  ASSERT_FALSE(outside.trace.errors().empty());
  EXPECT_NE(outside.trace.errors().front().find("none of the output values"), std::string::npos);
}

RC_GTEST_PROP(HitPolicyProperty, PoliciesAgreeWithEachOther, ()) {
  const auto bound = rc::gen::inRange(0, 5);
  Rules rules;
  const auto count = *rc::gen::inRange<std::size_t>(1, 6);
  for (std::size_t index = 0; index < count; ++index)
    rules.push_back({">= " + std::to_string(*bound), "< " + std::to_string(*bound), std::to_string(*bound)});
  const Value age(*bound);
  const Value points(*bound);
  const auto with = [&](const std::string& attributes) {
    return TableModel{attributes, rules, "4, 3, 2, 1, 0"}.evaluate(age, points).result;
  };
  const Value collected = with(R"(hitPolicy="COLLECT")");
  if (collected.is_null()) {
    RC_ASSERT(with(R"(hitPolicy="FIRST")").is_null());
    return;
  }
  List all = *collected.as_list();
  RC_ASSERT(with(R"(hitPolicy="FIRST")") == all.front());
  RC_ASSERT(with(R"(hitPolicy="UNIQUE")") == (all.size() == 1 ? all.front() : Value()));
  RC_ASSERT(with(R"(hitPolicy="RULE ORDER")") == collected);
  RC_ASSERT(with(R"(hitPolicy="COLLECT" aggregation="COUNT")") ==
            Value(static_cast<std::int64_t>(all.size())));
  std::stable_sort(all.begin(), all.end(),
                   [](const Value& left, const Value& right) { return feel_compare(left, right) > 0; });
  RC_ASSERT(with(R"(hitPolicy="OUTPUT ORDER")") == Value(all));
  RC_ASSERT(with(R"(hitPolicy="PRIORITY")") == all.front());
  RC_ASSERT(with(R"(hitPolicy="COLLECT" aggregation="MAX")") == all.front());
  RC_ASSERT(with(R"(hitPolicy="COLLECT" aggregation="MIN")") == all.back());
}

TEST(Trace, SaysOfEveryCellWhatWasComparedAndWhetherItWasMet) {
  const Evaluation evaluation =
      TableModel{R"(hitPolicy="FIRST")", {{">= 65", "-", "1"}, {"[18..65)", "> 5", "2"}}}.evaluate(40, 3);
  const DecisionTrace* trace = evaluation.trace.find("Result");
  ASSERT_NE(trace, nullptr);
  EXPECT_EQ(trace->hit_policy, "FIRST");
  ASSERT_EQ(trace->rules.size(), 2U);
  const RuleTrace& second = trace->rules[1];
  EXPECT_EQ(second.id, "r2");
  EXPECT_EQ(second.number, 2U);
  EXPECT_EQ(second.verdict, Verdict::unmet);
  EXPECT_EQ(second.annotations, std::vector<std::string>{"because 2"});
  EXPECT_EQ(second.cells[0].input, "Age");
  EXPECT_EQ(second.cells[0].value, Value(40));
  EXPECT_EQ(second.cells[0].test, "[18..65)");
  EXPECT_EQ(second.cells[0].verdict, Verdict::met);
  EXPECT_EQ(second.cells[1].verdict, Verdict::unmet);
}

TEST(Trace, AMissingInputIsUnknownNotUnmet) {
  const Evaluation evaluation =
      TableModel{R"(hitPolicy="FIRST")", {{">= 65", "-", "1"}}}.evaluate(Value(), 3);
  const RuleTrace& rule = evaluation.trace.find("Result")->rules.front();
  EXPECT_EQ(rule.cells[0].verdict, Verdict::unknown);
  EXPECT_EQ(rule.cells[1].verdict, Verdict::met);
  EXPECT_EQ(rule.verdict, Verdict::unknown);
  EXPECT_FALSE(rule.applied);
  EXPECT_TRUE(evaluation.result.is_null());
}

TEST(Trace, MarksTheRulesThatWereApplied) {
  const Evaluation evaluation = TableModel{R"(hitPolicy="FIRST")", overlapping}.evaluate(70, 9);
  const auto& rules = evaluation.trace.find("Result")->rules;
  EXPECT_TRUE(rules[0].applied);
  EXPECT_FALSE(rules[1].applied);
  EXPECT_EQ(rules[1].verdict, Verdict::met);
}

TEST(Trace, AnInputOfTheWrongTypeIsNullWithAReason) {
  const Evaluation evaluation = TableModel{"", {{"-", "-", "Age"}}}.evaluate(Value("old"), 3);
  EXPECT_TRUE(evaluation.result.is_null());
  ASSERT_FALSE(evaluation.trace.errors().empty());
  EXPECT_NE(evaluation.trace.errors().front().find("Age"), std::string::npos);
}

TEST(Tracing, ErrorsOnlyGivesTheSameResults) {
  for (const char* policy :
       {R"(hitPolicy="FIRST")", R"(hitPolicy="COLLECT" aggregation="SUM")", R"(hitPolicy="UNIQUE")"}) {
    const auto model = Model::load(TableModel{policy, overlapping}.xml());
    ASSERT_TRUE(model.has_value());
    for (int age = 0; age < 80; age += 10) {
      const Context inputs{{"Age", Value(age)}, {"Points", Value(9)}};
      Conditions quick;
      quick.tracing = Tracing::errors_only;
      EXPECT_EQ(model->evaluate("Result", inputs, quick).result, model->evaluate("Result", inputs).result);
    }
  }
}

}  // namespace
}  // namespace softbot::dmn
