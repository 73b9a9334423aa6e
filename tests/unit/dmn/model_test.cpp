#include <gtest/gtest.h>

#include <thread>

#include "models.h"

namespace softbot::dmn {
namespace {

Problem refused(const std::string& body) {
  const auto model = Model::load(definitions(body));
  EXPECT_FALSE(model.has_value());
  return model ? Problem{} : model.error();
}

std::string decision(const std::string& name, const std::string& text, const std::string& requirements = "") {
  return "<decision name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\"/>" +
         requirements + text_element("literalExpression", text) + "</decision>\n";
}

std::string requires_decision(const std::string& name) {
  return "<informationRequirement><requiredDecision href=\"#" + name + "\"/></informationRequirement>";
}

TEST(Load, RefusesWhatIsNoDmn) {
  EXPECT_FALSE(Model::load("").has_value());
  EXPECT_FALSE(Model::load("<a>").has_value());
  EXPECT_FALSE(Model::load("<definitions/>").has_value());
  const auto old = Model::load(R"(<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>)");
  ASSERT_FALSE(old.has_value());
  EXPECT_NE(old.error().message.find("DMN 1.2 to 1.5"), std::string::npos);
}

TEST(Load, RefusesBrokenFeelWithItsPlace) {
  const Problem problem = refused(decision("A", "1 +") + decision("B", "1"));
  EXPECT_EQ(problem.element, "decision \"A\" / literalExpression");
  EXPECT_EQ(problem.line, 3U);
  EXPECT_NE(problem.message.find("`1 +`"), std::string::npos);
}

TEST(Load, RefusesNamesThatNobodyDeclared) {
  EXPECT_NE(refused(decision("A", "Age + 1")).message.find("nothing is called \"Age\""), std::string::npos);
}

TEST(Load, RefusesExternalFunctions) {
  const Problem problem = refused(
      "<decision name=\"A\" id=\"a\"><variable name=\"A\"/><functionDefinition kind=\"Java\">"
      "<context/></functionDefinition></decision>");
  EXPECT_NE(problem.message.find("external functions"), std::string::npos);
}

TEST(Load, RefusesDecisionsThatRequireThemselves) {
  const Problem problem =
      refused(decision("A", "1", requires_decision("B")) + decision("B", "2", requires_decision("A")));
  EXPECT_NE(problem.message.find("requires itself"), std::string::npos);
}

TEST(Load, RefusesRequirementsThatDoNotExist) {
  EXPECT_NE(refused(decision("A", "1", requires_decision("Z"))).message.find("does not exist"),
            std::string::npos);
}

TEST(Load, RefusesTypesThatGrowWithoutEnd) {
  EXPECT_NE(
      refused(
          R"(<itemDefinition name="t"><itemComponent name="a"><typeRef>t</typeRef></itemComponent></itemDefinition>)")
          .message.find("made of itself"),
      std::string::npos);
  std::string bomb = R"(<itemDefinition name="t0"><typeRef>number</typeRef></itemDefinition>)";
  for (int level = 1; level < 30; ++level) {
    bomb += "<itemDefinition name=\"t" + std::to_string(level) + "\">";
    for (int part = 0; part < 10; ++part)
      bomb += "<itemComponent name=\"c" + std::to_string(part) + "\"><typeRef>t" + std::to_string(level - 1) +
              "</typeRef></itemComponent>";
    bomb += "</itemDefinition>";
  }
  EXPECT_NE(refused(bomb).message.find("too large"), std::string::npos);
}

TEST(Load, RefusesTablesThatDoNotAddUp) {
  const auto broken = [](TableModel table, const char* reason) {
    const auto model = Model::load(table.xml());
    ASSERT_FALSE(model.has_value()) << reason;
    EXPECT_NE(model.error().message.find(reason), std::string::npos) << model.error().text();
  };
  broken({R"(hitPolicy="SOMETIMES")", {}}, "hitPolicy");
  broken({R"(hitPolicy="PRIORITY")", {{"-", "-", "1"}}}, "output values");
  broken({R"(hitPolicy="UNIQUE" aggregation="SUM")", {{"-", "-", "1"}}}, "COLLECT");
}

TEST(Load, TakesBrokenExpressionsAsNullWhenAsked) {
  const LoadOptions options{BrokenExpression::becomes_null, {}};
  const auto model = Model::load(definitions(decision("A", "1 +") + decision("B", "2")), options);
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->problems().size(), 1U);
  EXPECT_TRUE(model->evaluate("A", {}).result.is_null());
  EXPECT_FALSE(model->evaluate("A", {}).trace.errors().empty());
  EXPECT_EQ(model->evaluate("B", {}).result, Value(2));
}

TEST(Load, KeepsTheRestOfAModelWhenAsked) {
  const LoadOptions options{BrokenExpression::becomes_null, {}};
  const auto model = Model::load(
      definitions(
          R"(<import name="x" namespace="urn:x" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
<itemDefinition name="tTree"><itemComponent name="kids" isCollection="true"><typeRef>tTree</typeRef></itemComponent></itemDefinition>)" +
          decision("A", "B", requires_decision("B")) + decision("B", "A", requires_decision("A")) +
          decision("C", "1", requires_decision("Nobody")) +
          R"(<decision name="D" id="D"><variable name="D" typeRef="tUnknown"/><literalExpression><text>2</text></literalExpression></decision>
<decision name="E" id="E"><variable name="E"/><list><decisionTable hitPolicy="NONE"><output/></decisionTable>
<literalExpression><text>3</text></literalExpression></list></decision>
<decision name="F" id="F"><variable name="F" typeRef="tTree"/><literalExpression><text>{kids: [{kids: []}]}</text></literalExpression></decision>)"),
      options);
  ASSERT_TRUE(model.has_value()) << model.error().text();
  EXPECT_GE(model->problems().size(), 6U);
  EXPECT_TRUE(model->evaluate("A", {}).result.is_null());
  EXPECT_EQ(model->evaluate("C", {}).result, Value(1));
  EXPECT_EQ(model->evaluate("D", {}).result, Value(2));
  EXPECT_EQ(model->evaluate("E", {}).result, feel("[null, 3]"));
  EXPECT_EQ(model->evaluate("F", {}).result, feel("{kids: [{kids: []}]}"));
}

TEST(Evaluate, ADecisionIsFoundByItsOwnNameWhereItsVariableHasAnother) {
  const auto model =
      Model::load(definitions(R"(<inputData name="Age in years" id="age"><variable name="Age"/></inputData>
<decision name="Next age" id="next"><variable name="next"/><informationRequirement><requiredInput href="#age"/></informationRequirement>
<literalExpression><text>Age + 1</text></literalExpression></decision>)"));
  ASSERT_TRUE(model.has_value()) << model.error().text();
  EXPECT_EQ(model->evaluate("Next age", Context{{"Age in years", Value(4)}}).result, Value(5));
  EXPECT_EQ(model->evaluate("next", Context{{"Age", Value(4)}}).result, Value(5));
  EXPECT_EQ(model->evaluate("https://example.org/test#next", Context{{"Age", Value(4)}}).result, Value(5));
}

TEST(Evaluate, RequiredDecisionsComeFirstInTheTrace) {
  const auto model = Model::load(
      definitions(decision("Whole", "Part + 1", requires_decision("Part")) + decision("Part", "41")));
  ASSERT_TRUE(model.has_value());
  const Evaluation evaluation = model->evaluate("Whole", {});
  EXPECT_EQ(evaluation.result, Value(42));
  ASSERT_EQ(evaluation.trace.decisions.size(), 2U);
  EXPECT_EQ(evaluation.trace.decisions[0].name, "Part");
  EXPECT_EQ(evaluation.trace.decisions[1].name, "Whole");
}

TEST(Evaluate, AnUnknownDecisionIsNullWithAReason) {
  const auto model = Model::load(definitions(decision("A", "1")));
  const Evaluation evaluation = model->evaluate("B", {});
  EXPECT_TRUE(evaluation.result.is_null());
  EXPECT_EQ(evaluation.trace.errors().size(), 1U);
}

TEST(Evaluate, AllowedValuesAreWatched) {
  const auto model = Model::load(definitions(
      R"(<itemDefinition name="tColour"><typeRef>string</typeRef><allowedValues><text>"red","blue"</text></allowedValues></itemDefinition>
<inputData name="Colour" id="c"><variable name="Colour" typeRef="tColour"/></inputData>)" +
      decision("A", "Colour",
               "<informationRequirement><requiredInput href=\"#c\"/></informationRequirement>")));
  ASSERT_TRUE(model.has_value()) << model.error().text();
  EXPECT_EQ(model->inputs().front().type.allowed, "\"red\",\"blue\"");
  EXPECT_EQ(model->evaluate("A", Context{{"Colour", "red"}}).result, Value("red"));
  const Evaluation evaluation = model->evaluate("A", Context{{"Colour", "green"}});
  EXPECT_TRUE(evaluation.result.is_null());
  EXPECT_NE(evaluation.trace.errors().front().find("allowed values"), std::string::npos);
  EXPECT_EQ(model->inputs_of("A"), std::vector<std::string>{"Colour"});
}

TEST(Evaluate, OneModelServesManyThreads) {
  const TableModel table{R"(hitPolicy="COLLECT" aggregation="SUM")",
                         {{"-", ">= 1", "Age"}, {"-", ">= 2", "Points"}}};
  const auto model = Model::load(table.xml());
  ASSERT_TRUE(model.has_value());
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t index = 0; index < wrong.size(); ++index) {
    threads.emplace_back([&, index] {
      for (int age = 0; age < 200; ++age)
        if (model->evaluate("Result", Context{{"Age", Value(age)}, {"Points", Value(2)}}).result !=
            Value(age + 2))
          ++wrong[index];
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(ValueFromText, FollowsTheType) {
  EXPECT_EQ(value_from_text(Type{Type::Kind::number}, "12.50")->as_number()->text(), "12.50");
  EXPECT_EQ(value_from_text(Type{Type::Kind::date}, "2026-01-31"), Value(Date{2026, 1, 31}));
  EXPECT_FALSE(value_from_text(Type{Type::Kind::number}, "twelve").has_value());
  EXPECT_FALSE(value_from_text(Type{Type::Kind::boolean}, "yes").has_value());
}

}  // namespace
}  // namespace softbot::dmn
