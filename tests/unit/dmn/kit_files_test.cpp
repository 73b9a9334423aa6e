#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "dmn/kit.h"
#include "models.h"

// Files of cases in every form that the schema of the kit allows.
namespace softbot::dmn {
namespace {

namespace fs = std::filesystem;

/// A folder in the form of the kit, gone when the test ends.
class KitFolder {
 public:
  KitFolder() : root_(fs::path(testing::TempDir()) / ("kit-" + std::to_string(::getpid()))) {
    fs::create_directories(cases());
  }
  ~KitFolder() { fs::remove_all(root_); }
  KitFolder(const KitFolder&) = delete;
  KitFolder& operator=(const KitFolder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(cases() / name) << text;
  }

  /// Writes one file of cases and runs the folder.
  [[nodiscard]] KitReport run(const std::string& body) const {
    write("cases.xml", R"(<?xml version="1.0" encoding="UTF-8"?>
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
xmlns:xsd="http://www.w3.org/2001/XMLSchema">)" +
                           body + "</testCases>");
    return run_kit(root_);
  }

 private:
  [[nodiscard]] fs::path cases() const { return root_ / "level-up" / "compliance-level-2" / "0001-own"; }
  fs::path root_;
};

std::string definitions_in(const std::string& name_space, const std::string& body) {
  std::string text = definitions(body);
  const std::string usual = "https://example.org/test";
  return text.replace(text.find(usual), usual.size(), name_space);
}

std::string input(const std::string& name, const std::string& type) {
  return "<inputData name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\" typeRef=\"" +
         type + "\"/></inputData>";
}

std::string deciding(const std::string& name, const std::string& text, const std::string& required = "") {
  const std::string requirement = required.empty() ? ""
                                                   : "<informationRequirement><requiredInput href=\"" +
                                                         required + "\"/></informationRequirement>";
  return "<decision name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\"/>" +
         requirement + text_element("literalExpression", text) + "</decision>";
}

void expect_all_pass(const KitReport& report, std::size_t count) {
  for (const std::string& failure : report.failures) ADD_FAILURE() << failure;
  ASSERT_EQ(report.levels.count("level-2"), 1U);
  EXPECT_EQ(report.levels.at("level-2").passed, count);
}

TEST(KitFiles, ValuesMayBeWrittenInEveryWayOfTheSchema) {
  const KitFolder folder;
  folder.write("own.dmn",
               definitions(input("n", "number") + input("flag", "boolean") + deciding("sum", "n + 1", "#n") +
                           deciding("same", "flag", "#flag") + deciding("text", "\" a b \"") +
                           deciding("nothing", "null") + deciding("lists", "[[1, null], {a: \"x\"}]")));
  expect_all_pass(folder.run(R"(<modelName> own.dmn </modelName>
<testCase><inputNode name="n"><value>41</value></inputNode>
  <resultNode name="sum"><expected><value> 42 </value></expected></resultNode></testCase>
<testCase id="plus"><inputNode name="n"><value xsi:type="xsd:decimal">+.5</value></inputNode>
  <resultNode name="sum"><expected><value xsi:type="xsd:double">1.5E0</value></expected></resultNode></testCase>
<testCase id="flag"><inputNode name="flag"><value xsi:type="xsd:boolean">1</value></inputNode>
  <resultNode name="same"><expected><value xsi:type="xsd:boolean"> true </value></expected></resultNode></testCase>
<testCase id="text"><resultNode name="text">
  <expected><value xsi:type="xsd:string"> a<!-- broken up --><![CDATA[ b ]]></value></expected></resultNode></testCase>
<testCase id="nil"><extensionElements/><resultNode name="nothing" errorResult="true"/>
  <resultNode name="nothing"><expected><value xsi:nil="1"/></expected></resultNode>
  <resultNode name="nothing"><expected xsi:nil="true"/></resultNode></testCase>
<testCase id="lists"><resultNode name="lists"><expected><list>
  <item><list><item><value>1</value></item><item><value xsi:nil="true"/></item></list></item>
  <item><component name="a"><value xsi:type="xsd:string">x</value></component></item></list></expected></resultNode></testCase>)"),
                  6);
}

TEST(KitFiles, ACaseFailsWhenAnyOfItsResultsDiffers) {
  const KitFolder folder;
  folder.write("own.dmn", definitions(deciding("one", "1") + deciding("two", "2")));
  const KitReport report = folder.run(R"(<modelName>own.dmn</modelName><testCase id="both">
<resultNode name="one"><expected><value xsi:type="xsd:decimal">1</value></expected></resultNode>
<resultNode name="two"><expected><value xsi:type="xsd:decimal">3</value></expected></resultNode></testCase>
<testCase id="text"><resultNode name="one"><expected><value xsi:type="xsd:string">1</value></expected></resultNode></testCase>
<testCase id="error"><resultNode name="one" errorResult="true"/></testCase>)");
  EXPECT_EQ(report.levels.at("level-2").failed, 3U);
  EXPECT_EQ(report.failures.size(), 3U);
}

TEST(KitFiles, AModelThatIsNotNamedIsTheOneInTheFolder) {
  const KitFolder folder;
  folder.write("own.dmn", definitions(deciding("one", "1")));
  expect_all_pass(folder.run(R"(<testCase><resultNode name="one">
<expected><value xsi:type="xsd:integer">1</value></expected></resultNode></testCase>)"),
                  1);
}

TEST(KitFiles, CallsKnowledgeAndServicesByTheirName) {
  const KitFolder folder;
  folder.write(
      "own.dmn",
      definitions(input("n", "number") + deciding("half", "n / 2", "#n") + deciding("more", "n + 1", "#n") +
                  R"(<businessKnowledgeModel name="plus" id="plus"><variable name="plus"/><encapsulatedLogic>
<formalParameter name="x" typeRef="number"/><literalExpression><text>x + 1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
<decisionService name="both" id="both"><variable name="both"/><outputDecision href="#half"/><outputDecision href="#more"/>
<inputData href="#n"/></decisionService>)"));
  expect_all_pass(folder.run(R"(<modelName>own.dmn</modelName>
<testCase id="1" type="bkm" invocableName="plus"><inputNode name="x"><value>2</value></inputNode>
  <resultNode name="plus"><expected><value xsi:type="xsd:decimal">3</value></expected></resultNode></testCase>
<testCase id="2"><inputNode name="x"><value xsi:type="xsd:decimal">2</value></inputNode>
  <resultNode name="plus" type="decision"><expected><value xsi:type="xsd:decimal">3</value></expected></resultNode></testCase>
<testCase id="3" type="decisionService" invocableName="both"><inputNode name="n"><value xsi:type="xsd:decimal">4</value></inputNode>
  <resultNode name="half"><expected><value xsi:type="xsd:decimal">2</value></expected></resultNode>
  <resultNode name="both"><expected><component name="half"><value xsi:type="xsd:decimal">2</value></component>
    <component name="more"><value xsi:type="xsd:decimal">5</value></component></expected></resultNode></testCase>)"),
                  3);
}

TEST(KitFiles, ANamespaceTellsInputsOfTheSameNameApart) {
  const KitFolder folder;
  folder.write("library.dmn",
               definitions_in("urn:library", input("n", "number") + deciding("twice", "n * 2", "#n")));
  folder.write("own.dmn",
               definitions(R"(<import name="library" namespace="urn:library" locationURI="library.dmn"
importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>)" +
                           input("n", "number") +
                           R"(<decision name="all" id="all"><variable name="all"/>
<informationRequirement><requiredInput href="#n"/></informationRequirement>
<informationRequirement><requiredDecision href="urn:library#twice"/></informationRequirement>
<literalExpression><text>n + library.twice</text></literalExpression></decision>)"));
  expect_all_pass(folder.run(R"(<modelName>own.dmn</modelName><testCase id="1">
<inputNode name="n" namespace="https://example.org/test"><value xsi:type="xsd:decimal">1</value></inputNode>
<inputNode name="n" namespace="urn:library"><value xsi:type="xsd:decimal">10</value></inputNode>
<resultNode name="all"><expected><value xsi:type="xsd:decimal">21</value></expected></resultNode>
<resultNode name="twice" namespace="urn:library"><expected><value xsi:type="xsd:decimal">20</value></expected></resultNode></testCase>)"),
                  1);
}

}  // namespace
}  // namespace softbot::dmn
