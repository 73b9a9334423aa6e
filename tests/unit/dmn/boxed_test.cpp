#include <gmock/gmock.h>

#include "models.h"

// Boxed expressions, item definitions, services and imports (DMN 1.5, 7.3 and 10.2), through whole models.
namespace softbot::dmn {
namespace {

using testing::HasSubstr;

std::string literal(const std::string& text) {
  return "<literalExpression><text>" + escaped(text) + "</text></literalExpression>";
}

/// One decision "Out" over an input "In" of this type.
std::string over_input(const std::string& type, const std::string& logic, const std::string& types = "",
                       const std::string& result_type = "") {
  const std::string reference = type.empty() ? "" : " typeRef=\"" + type + "\"";
  const std::string result = result_type.empty() ? "" : " typeRef=\"" + result_type + "\"";
  return definitions(types + "<inputData name=\"In\" id=\"in\"><variable name=\"In\"" + reference +
                     "/></inputData><decision name=\"Out\" id=\"out\"><variable name=\"Out\"" + result +
                     "/><informationRequirement><requiredInput href=\"#in\"/></informationRequirement>" +
                     logic + "</decision>");
}

Evaluation evaluate(const std::string& xml, const Context& inputs, const std::string& decision = "Out") {
  const auto model = Model::load(xml);
  EXPECT_TRUE(model.has_value()) << (model ? "" : model.error().text()) << "\n" << xml;
  return model ? model->evaluate(decision, inputs) : Evaluation{};
}

Value out_of(const std::string& logic, const Value& input) {
  return evaluate(over_input("", logic), Context{{"In", input}}).result;
}

TEST(Boxed, ConditionalTakesOneOfTwo) {
  const std::string logic = "<conditional><if>" + literal("In > 5") + "</if><then>" + literal("\"more\"") +
                            "</then><else>" + literal("\"less\"") + "</else></conditional>";
  EXPECT_EQ(out_of(logic, Value(6)), Value("more"));
  EXPECT_EQ(out_of(logic, Value(5)), Value("less"));
}

TEST(Boxed, FilterKeepsWhatMatches) {
  const std::string logic =
      "<filter><in>" + literal("In") + "</in><match>" + literal("item > 2") + "</match></filter>";
  EXPECT_EQ(out_of(logic, Value(List{1, 2, 3, 4})), Value(List{3, 4}));
}

TEST(Boxed, ForGivesAListAndSeesWhatItGaveBefore) {
  EXPECT_EQ(out_of("<for iteratorVariable=\"x\"><in>" + literal("In") + "</in><return>" + literal("x * 2") +
                       "</return></for>",
                   Value(List{1, 2, 3})),
            Value(List{2, 4, 6}));
  EXPECT_EQ(out_of("<for iteratorVariable=\"x\"><in>" + literal("In") + "</in><return>" +
                       literal("x + sum(append(partial, 0))") + "</return></for>",
                   Value(List{1, 2, 3})),
            Value(List{1, 3, 7}));
}

TEST(Boxed, SomeAndEveryAskTheElements) {
  const auto asked = [](const std::string& kind, const Value& input) {
    return out_of("<" + kind + " iteratorVariable=\"x\"><in>" + literal("In") + "</in><satisfies>" +
                      literal("x > 2") + "</satisfies></" + kind + ">",
                  input);
  };
  EXPECT_EQ(asked("some", Value(List{1, 3})), Value(true));
  EXPECT_EQ(asked("some", Value(List{1, 2})), Value(false));
  EXPECT_EQ(asked("every", Value(List{3, 4})), Value(true));
  EXPECT_EQ(asked("every", Value(List{1, 3})), Value(false));
  EXPECT_EQ(asked("every", Value(List{})), Value(true));
}

TEST(Boxed, ListsAndRelationsAndContextsNest) {
  EXPECT_EQ(out_of("<list>" + literal("In") + literal("2") + "</list>", Value(1)), Value(List{1, 2}));
  EXPECT_EQ(out_of("<relation><column name=\"a\"/><column name=\"b\"/><row>" + literal("In") + literal("2") +
                       "</row></relation>",
                   Value(1)),
            Value(List{Value(Context{{"a", Value(1)}, {"b", Value(2)}})}));
  EXPECT_EQ(out_of("<context><contextEntry><variable name=\"twice\"/>" + literal("In * 2") +
                       "</contextEntry><contextEntry>" + literal("twice + 1") + "</contextEntry></context>",
                   Value(4)),
            Value(9));
}

constexpr const char* colours = R"(<itemDefinition name="tColour"><typeRef>string</typeRef>
<allowedValues><text>"red", "green"</text></allowedValues></itemDefinition>
<itemDefinition name="tColours" isCollection="true"><typeRef>tColour</typeRef></itemDefinition>
<itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef>
<typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tPerson"><itemComponent name="age"><typeRef>number</typeRef>
<allowedValues><text>[0..150]</text></allowedValues></itemComponent></itemDefinition>)";

Evaluation typed(const std::string& type, const Value& input) {
  return evaluate(over_input(type, literal("In"), colours), Context{{"In", input}});
}

TEST(Boxed, KnowledgeAndFunctionsMayCallThemselves) {
  const std::string knowledge =
      R"(<businessKnowledgeModel name="sum of" id="sum"><variable name="sum of"/><encapsulatedLogic>
<formalParameter name="rest"/><context><contextEntry><variable name="first"/>)" +
      literal("rest[1]") + "</contextEntry><contextEntry>" +
      literal("if count(rest) = 0 then 0 else first + sum of(remove(rest, 1))") +
      "</contextEntry></context></encapsulatedLogic></businessKnowledgeModel>";
  const std::string calling =
      "<knowledgeRequirement><requiredKnowledge href=\"#sum\"/></knowledgeRequirement>" +
      literal("sum of(In)");
  EXPECT_EQ(evaluate(over_input("", calling, knowledge), Context{{"In", feel("[1, 2, 3]")}}).result,
            Value(6));
  const auto own = [](const std::string& function) {
    return out_of("<context><contextEntry><variable name=\"power\"/>" + function +
                      "</contextEntry><contextEntry>" + literal("power(In)") + "</contextEntry></context>",
                  Value(5));
  };
  EXPECT_EQ(own(literal("function(n) if n = 0 then 1 else 2 * power(n - 1)")), Value(32));
  EXPECT_EQ(own("<functionDefinition><formalParameter name=\"n\"/>" +
                literal("if n = 0 then 1 else 2 * power(n - 1)") + "</functionDefinition>"),
            Value(32));
}

TEST(ItemDefinition, LetsThroughAllowedValuesOnly) {
  EXPECT_EQ(typed("tColour", Value("red")).result, Value("red"));
  const Evaluation blue = typed("tColour", Value("blue"));
  EXPECT_TRUE(blue.result.is_null());
  ASSERT_FALSE(blue.trace.errors().empty());
  EXPECT_THAT(blue.trace.errors().front(), HasSubstr("\"blue\" is none of the allowed values"));
  EXPECT_EQ(typed("tColours", Value(List{"red", "green"})).result, Value(List{"red", "green"}));
  EXPECT_TRUE(typed("tColours", Value(List{"red", "blue"})).result.is_null());
  EXPECT_TRUE(typed("tColours", Value(List{"red", 1})).result.is_null());
}

TEST(ItemDefinition, ConstrainsTheWholeOfACollection) {
  EXPECT_EQ(typed("tFew", Value(List{1, 2})).result, Value(List{1, 2}));
  EXPECT_TRUE(typed("tFew", Value(List{1, 2, 3})).result.is_null());
}

TEST(ItemDefinition, ReachesIntoComponents) {
  const Value young(Context{{"age", Value(20)}});
  EXPECT_EQ(typed("tPerson", young).result, young);
  EXPECT_TRUE(typed("tPerson", Value(Context{{"age", Value(200)}})).result.is_null());
  EXPECT_TRUE(typed("tPerson", Value(Context{{"name", Value("x")}})).result.is_null());
}

TEST(Coercion, MakesListsOfOneAndBack) {
  EXPECT_EQ(typed("tFew", Value(1)).result, Value(List{1}));
  EXPECT_EQ(typed("number", Value(List{1})).result, Value(1));
  EXPECT_TRUE(typed("number", Value(List{1, 2})).result.is_null());
  EXPECT_EQ(typed("dateTime", Value(Date{2026, 1, 31})).result, feel(R"(@"2026-01-31T00:00:00Z")"));
  const auto result = evaluate(over_input("", literal("In"), "", "number"), Context{{"In", Value("x")}});
  EXPECT_TRUE(result.result.is_null());
  EXPECT_FALSE(result.trace.errors().empty());
}

TEST(ItemDefinition, KeepsTheValuesOfTheTypeThatItRestsOn) {
  const std::string types =
      R"(<itemDefinition name="tSmall"><typeRef>number</typeRef><allowedValues><text>[0..10]</text></allowedValues></itemDefinition>
<itemDefinition name="tEven"><typeRef>tSmall</typeRef><allowedValues><text>even(?)</text></allowedValues></itemDefinition>)";
  const auto out = [&](int value) {
    return evaluate(over_input("tEven", literal("In"), types), Context{{"In", Value(value)}}).result;
  };
  EXPECT_EQ(out(4), Value(4));
  EXPECT_TRUE(out(5).is_null());
  EXPECT_TRUE(out(12).is_null());
}

TEST(Coercion, AListBecomesAListOfThatListWhereListsAreAsked) {
  const std::string types =
      R"(<itemDefinition name="tRow" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tRows" isCollection="true"><typeRef>tRow</typeRef></itemDefinition>)";
  const auto out = [&](const Value& value) {
    return evaluate(over_input("tRows", literal("In"), types), Context{{"In", value}}).result;
  };
  EXPECT_EQ(out(Value(List{1, 2})), feel("[[1, 2]]"));
  EXPECT_EQ(out(feel("[[1], [2]]")), feel("[[1], [2]]"));
  EXPECT_TRUE(out(Value(1)).is_null());
}

TEST(Coercion, AFunctionMayBeTypedAsAFunctionOrByItsResult) {
  const auto out = [](const std::string& type) {
    const std::string types =
        R"(<itemDefinition name="tCheck"><functionItem outputTypeRef="number"><parameters name="x" typeRef="Any"/></functionItem></itemDefinition>
<businessKnowledgeModel name="same" id="same"><variable name="same"/><encapsulatedLogic typeRef=")" +
        type + "\"><formalParameter name=\"x\"/>" + literal("x") +
        "</encapsulatedLogic></businessKnowledgeModel>";
    const std::string calling =
        "<knowledgeRequirement><requiredKnowledge href=\"#same\"/></knowledgeRequirement>" +
        literal("[same(In), same(\"text\")]");
    return evaluate(over_input("", calling, types), Context{{"In", Value(1)}}).result;
  };
  EXPECT_EQ(out("tCheck"), Value(List{1, Value()}));
  EXPECT_EQ(out("number"), Value(List{1, Value()}));
}

TEST(Coercion, EveryBoxedExpressionIsOfItsType) {
  const auto out = [](const std::string& kind, const std::string& inside) {
    const std::string of_type = "<" + kind + " typeRef=\"string\"" + inside + "</" + kind + ">";
    return out_of("<list>" + of_type + "</list>", Value(1));
  };
  const std::string branches = "</if><then>" + literal("\"a\"") + "</then><else>" + literal("In") + "</else>";
  EXPECT_EQ(out("conditional", "><if>" + literal("true") + branches), Value(List{"a"}));
  EXPECT_EQ(out("conditional", "><if>" + literal("false") + branches), Value(List{Value()}));
  EXPECT_EQ(out("context", "><contextEntry>" + literal("In") + "</contextEntry>"), Value(List{Value()}));
  EXPECT_EQ(out("list", ">" + literal("In")), Value(List{Value()}));
  EXPECT_EQ(out("for", " iteratorVariable=\"i\"><in>" + literal("[1, 2]") + "</in><return>" + literal("i") +
                           "</return>"),
            Value(List{Value()}));
}

constexpr const char* service_model = R"(
<inputData name="A" id="a"><variable name="A" typeRef="number"/></inputData>
<decision name="Base" id="base"><variable name="Base" typeRef="number"/>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<literalExpression><text>A * 10</text></literalExpression></decision>
<decision name="Sum" id="sum"><variable name="Sum" typeRef="number"/>
<informationRequirement><requiredDecision href="#base"/></informationRequirement>
<informationRequirement><requiredInput href="#a"/></informationRequirement>
<literalExpression><text>Base + A</text></literalExpression></decision>
<decisionService name="Whole" id="whole"><variable name="Whole"/>
<outputDecision href="#sum"/><encapsulatedDecision href="#base"/><inputData href="#a"/></decisionService>
<decisionService name="Upper" id="upper"><variable name="Upper"/>
<outputDecision href="#sum"/><inputData href="#a"/><inputDecision href="#base"/></decisionService>
<decision name="Caller" id="caller"><variable name="Caller" typeRef="number"/>
<knowledgeRequirement><requiredKnowledge href="#whole"/></knowledgeRequirement>
<literalExpression><text>Whole(A: 2) + Whole(1)</text></literalExpression></decision>)";

TEST(DecisionService, IsCalledByNameOrFromAnExpression) {
  const auto model = Model::load(definitions(service_model));
  ASSERT_TRUE(model.has_value()) << model.error().text();
  EXPECT_EQ(model->invoke("Whole", Context{{"A", Value(1)}}).result, Value(11));
  EXPECT_EQ(model->invoke("Upper", Context{{"A", Value(1)}, {"Base", Value(5)}}).result, Value(6));
  EXPECT_EQ(model->evaluate("Caller", {}).result, Value(33));
  ASSERT_TRUE(model->parameters_of("Upper").has_value());
  EXPECT_EQ(model->parameters_of("Upper")->members.size(), 2U);
  EXPECT_FALSE(model->parameters_of("Sum").has_value());
}

TEST(EvaluateAll, GivesEveryDecisionOnceWithItsTrace) {
  const auto model = Model::load(definitions(service_model));
  ASSERT_TRUE(model.has_value());
  const Evaluation all = model->evaluate_all(Context{{"A", Value(3)}}, {});
  EXPECT_EQ(all.result, feel("{Base: 30, Sum: 33, Caller: 33}"));
  for (const char* name : {"Base", "Sum"})
    EXPECT_EQ(model->evaluate(name, Context{{"A", Value(3)}}).result, all.result[name]);
  std::size_t bases = 0;
  for (const DecisionTrace& decision : all.trace.decisions) bases += decision.name == "Base" ? 1 : 0;
  EXPECT_GE(bases, 1U);
}

TEST(Import, SeesTypesDecisionsAndKnowledgeOfAnotherModel) {
  const std::string imported = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="Lib" namespace="https://example.org/lib">
<itemDefinition name="tSize"><typeRef>number</typeRef><allowedValues><text>&lt; 100</text></allowedValues></itemDefinition>
<inputData name="Size" id="size"><variable name="Size" typeRef="tSize"/></inputData>
<decision name="Double" id="double"><variable name="Double" typeRef="number"/>
<informationRequirement><requiredInput href="#size"/></informationRequirement>
<literalExpression><text>Size * 2</text></literalExpression></decision>
<businessKnowledgeModel name="plus" id="plus"><variable name="plus"/><encapsulatedLogic>
<formalParameter name="x" typeRef="tSize"/><literalExpression><text>x + 1</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel></definitions>)";
  const std::string main = definitions(R"(<import name="lib" namespace="https://example.org/lib"
importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
<decision name="Out" id="out"><variable name="Out" typeRef="lib.tSize"/>
<informationRequirement><requiredDecision href="https://example.org/lib#double"/></informationRequirement>
<knowledgeRequirement><requiredKnowledge href="https://example.org/lib#plus"/></knowledgeRequirement>
<literalExpression><text>lib.plus(lib.Double)</text></literalExpression></decision>)");
  const LoadOptions options{BrokenExpression::refuse, [&](std::string_view name_space, std::string_view) {
                              return name_space == "https://example.org/lib" ? std::optional(imported)
                                                                             : std::nullopt;
                            }};
  const auto model = Model::load(main, options);
  ASSERT_TRUE(model.has_value()) << model.error().text();
  const auto size = [](int value) { return Context{{"lib", Value(Context{{"Size", Value(value)}})}}; };
  EXPECT_EQ(model->evaluate("Out", size(4)).result, Value(9));
  EXPECT_TRUE(model->evaluate("Out", size(70)).result.is_null()) << "141 is no tSize";
  const Type inputs = model->input_type();
  ASSERT_NE(inputs.member("lib"), nullptr);
  EXPECT_NE(inputs.member("lib")->member("Size"), nullptr);
}

TEST(External, FunctionsOfJavaAreRefusedWithTheirPlace) {
  const auto model = Model::load(definitions(R"(<businessKnowledgeModel name="f" id="f"><variable name="f"/>
<encapsulatedLogic kind="Java"><formalParameter name="x"/><literalExpression><text>1</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>)"));
  ASSERT_FALSE(model.has_value());
  EXPECT_THAT(model.error().text(), HasSubstr("Java"));
  EXPECT_GT(model.error().line, 0U);
}

}  // namespace
}  // namespace softbot::dmn
