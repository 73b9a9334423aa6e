#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "models.h"

// A table that is looked up by index gives what one gives that is tested rule by rule, whatever its cells and
// inputs are.
namespace softbot::dmn {
namespace {

constexpr std::array cells = {"-",
                              "1",
                              "1.0, 3",
                              "< 2",
                              ">= 2",
                              "[1..3)",
                              "(1..3], > 7",
                              "not(2)",
                              "not(< 2, 5)",
                              "null",
                              "not(null)",
                              "? > 1 and ? < 4",
                              "? = 2 or ? = 7",
                              "? != 3",
                              "\"a\"",
                              "\"a\", \"b\"",
                              "> \"a\"",
                              "not(\"b\")",
                              "true",
                              "not(true)",
                              "@\"2026-01-31\"",
                              "< @\"2026-03-01\"",
                              "@\"P1D\"",
                              "@\"10:00:00\"",
                              "> B",
                              "< count([1, 2, 3])",
                              "\"\" + \"a\"",
                              "[1, 2]",
                              "{a: 1}",
                              "1/0",
                              "< 1/3"};

constexpr std::array inputs = {"null",
                               "0",
                               "1",
                               "2",
                               "2.5",
                               "3",
                               "5",
                               "7",
                               "100",
                               "\"a\"",
                               "\"b\"",
                               "\"\"",
                               "true",
                               "false",
                               "1/3",
                               "[1]",
                               "[1, 2]",
                               "{a: 1}",
                               "@\"2026-01-31\"",
                               "@\"2026-06-01\"",
                               "@\"P1D\"",
                               "@\"10:00:00\"",
                               "@\"2026-01-31T00:00:00Z\""};

std::string model_of(const std::vector<std::array<std::string, 2>>& rules, const std::string& policy) {
  std::string body = R"(<inputData name="A" id="a"><variable name="A"/></inputData>
<inputData name="B" id="b"><variable name="B"/></inputData>
<decision name="Result" id="result"><variable name="Result"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<informationRequirement><requiredInput href="#b"/></informationRequirement>
<decisionTable hitPolicy=")" +
                     policy +
                     R"("><input><inputExpression><text>A</text></inputExpression></input>
<input><inputExpression><text>B</text></inputExpression></input><output name="Out"/>)";
  for (std::size_t rule = 0; rule < rules.size(); ++rule)
    body += "<rule>" + text_element("inputEntry", rules[rule][0]) +
            text_element("inputEntry", rules[rule][1]) + text_element("outputEntry", std::to_string(rule)) +
            "</rule>";
  return definitions(body + "</decisionTable></decision>");
}

void expect_same(const Model& model, const Context& given) {
  Conditions quick;
  quick.tracing = Tracing::errors_only;
  const Value looked_up = model.evaluate("Result", given, quick).result;
  const Value tested = model.evaluate("Result", given).result;
  RC_ASSERT(looked_up.text() == tested.text());
}

RC_GTEST_PROP(TableIndexProperty, FindsTheRulesThatATestOfEachOneFinds, ()) {
  const auto index_of = [](std::size_t size) { return rc::gen::inRange<std::size_t>(0, size); };
  const auto count = *rc::gen::inRange<std::size_t>(1, 100);
  std::vector<std::array<std::string, 2>> rules;
  for (std::size_t rule = 0; rule < count; ++rule)
    rules.push_back({cells[*index_of(cells.size())], cells[*index_of(cells.size())]});
  for (const char* policy : {"RULE ORDER", "FIRST", "UNIQUE"}) {
    const auto model = Model::load(model_of(rules, policy));
    RC_ASSERT(model.has_value());
    for (int turn = 0; turn < 10; ++turn)
      expect_same(*model, Context{{"A", feel(inputs[*index_of(inputs.size())])},
                                  {"B", feel(inputs[*index_of(inputs.size())])}});
  }
}

RC_GTEST_PROP(TableIndexProperty, HoldsForColumnsOfOneKind, ()) {
  const auto number = rc::gen::inRange(0, 30);
  std::vector<std::array<std::string, 2>> rules;
  const auto count = *rc::gen::inRange<std::size_t>(1, 100);
  for (std::size_t rule = 0; rule < count; ++rule) {
    const int low = *number;
    const std::string range = (*rc::gen::arbitrary<bool>() ? "[" : "(") + std::to_string(low) + ".." +
                              std::to_string(low + *number) + (*rc::gen::arbitrary<bool>() ? "]" : ")");
    rules.push_back({range, *rc::gen::element<std::string>("\"a\"", "\"b\"", "not(\"a\")", "-")});
  }
  const auto model = Model::load(model_of(rules, "COLLECT"));
  RC_ASSERT(model.has_value());
  for (int value = -1; value < 62; ++value)
    for (const char* text : {"a", "b", "c"})
      expect_same(*model, Context{{"A", Value(value)}, {"B", Value(text)}});
}

}  // namespace
}  // namespace softbot::dmn
