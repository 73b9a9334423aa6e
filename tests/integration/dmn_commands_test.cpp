#include <gmock/gmock.h>

#include <fstream>

#include "domain/json.h"
#include "support/daemon.h"

// `softbot dmn evaluate|check|kit`, as somebody without a store uses them.
namespace softbot::tests {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
namespace fs = std::filesystem;

Ended softbot_dmn(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {softbot_program(), "dmn"});
  return run(arguments, {});
}

constexpr const char* model = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="Loan" namespace="urn:loan">
<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>
<itemComponent name="born"><typeRef>date</typeRef></itemComponent></itemDefinition>
<inputData name="Person" id="person"><variable name="Person" typeRef="tPerson"/></inputData>
<inputData name="Day" id="day"><variable name="Day" typeRef="date"/></inputData>
<inputData name="Amount" id="amount"><variable name="Amount" typeRef="number"/></inputData>
<decision name="Age" id="age"><variable name="Age" typeRef="number"/>
<informationRequirement><requiredInput href="#person"/></informationRequirement>
<informationRequirement><requiredInput href="#day"/></informationRequirement>
<literalExpression><text>years and months duration(Person.born, Day).years</text></literalExpression></decision>
<decision name="Rate" id="rate"><variable name="Rate" typeRef="number"/>
<informationRequirement><requiredDecision href="#age"/></informationRequirement>
<informationRequirement><requiredInput href="#amount"/></informationRequirement>
<decisionTable hitPolicy="UNIQUE">
<input><inputExpression typeRef="number"><text>Age</text></inputExpression></input>
<output typeRef="number"/>
<rule><inputEntry><text>&lt; 65</text></inputEntry><outputEntry><text>Amount * 0.1</text></outputEntry></rule>
<rule><inputEntry><text>>= 65</text></inputEntry><outputEntry><text>Amount * 0.2</text></outputEntry></rule>
</decisionTable></decision></definitions>)";

class DmnCommand : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) {
    const fs::path path = folder_.path() / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return path.string();
  }

  std::string replaced(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
  }

  TemporaryFolder folder_;
};

TEST_F(DmnCommand, EvaluateReadsJsonByTheTypesOfTheModel) {
  const std::string loan = file("loan.dmn", model);
  const std::string input = file(
      "in.json",
      R"({"Person": {"name": "Jo", "born": "1950-06-01"}, "Day": "2026-05-31", "Amount": 0.1234567890123456789})");
  const Ended age = softbot_dmn({"evaluate", loan, "--decision", "Age", "--input", input});
  EXPECT_EQ(age.status, 0) << age.output;
  EXPECT_EQ(age.output, "75\n");
  const Ended all = softbot_dmn({"evaluate", loan, "--input", input});
  ASSERT_EQ(all.status, 0) << all.output;
  EXPECT_EQ(to_json(*parse_json(all.output)), R"({"Age":75,"Rate":0.02469135780246913578})");
}

TEST_F(DmnCommand, EvaluateShowsEachCellWhenAsked) {
  const std::string loan = file("loan.dmn", model);
  const std::string input =
      file("in.json", R"({"Person": {"born": "1990-06-01"}, "Day": "2026-05-31", "Amount": 10})");
  const Ended traced = softbot_dmn({"evaluate", loan, "--decision", "Rate", "--input", input, "--trace"});
  ASSERT_EQ(traced.status, 0) << traced.output;
  const auto json = parse_json(traced.output);
  ASSERT_TRUE(json) << traced.output;
  EXPECT_EQ(to_json((*json)["result"]), "1");
  const Value& table = (*json)["trace"].items().back();
  EXPECT_EQ(table["name"].text_or_empty(), "Rate");
  const Value& cell = table["rules"].items()[1]["cells"].items()[0];
  EXPECT_EQ(to_json(cell), R"({"input":"Age","value":35,"test":">= 65","verdict":"unmet"})");
}

TEST_F(DmnCommand, EvaluateNamesWhatIsWrong) {
  const std::string loan = file("loan.dmn", model);
  const std::string input = file("in.json", R"({"Amount": "much"})");
  const Ended null = softbot_dmn({"evaluate", loan, "--decision", "Rate", "--input", input});
  EXPECT_EQ(null.status, 0);
  EXPECT_THAT(null.output, HasSubstr("null"));
  EXPECT_EQ(softbot_dmn({"evaluate", loan, "--decision", "Nothing", "--input", input}).status, 2);
  EXPECT_EQ(softbot_dmn({"evaluate", loan, "--input", file("bad.json", "{")}).status, 3);
  EXPECT_EQ(softbot_dmn({"evaluate", loan, "--input", file("list.json", "[]")}).status, 3);
  EXPECT_EQ(softbot_dmn({"evaluate", file("bad.dmn", "<x/>"), "--input", input}).status, 3);
  EXPECT_EQ(softbot_dmn({"evaluate", loan}).status, 2);
}

TEST_F(DmnCommand, CheckEndsWithOneWhenItFindsAnError) {
  const Ended clean = softbot_dmn({"check", file("loan.dmn", model)});
  EXPECT_EQ(clean.status, 0) << clean.output;
  EXPECT_THAT(clean.output, HasSubstr("0 errors, 0 warnings"));
  const Ended gap = softbot_dmn({"check", file("gap.dmn", replaced(model, ">>= 65<", ">> 65<"))});
  EXPECT_EQ(gap.status, 1);
  EXPECT_THAT(gap.output, HasSubstr("no rule is met"));
  EXPECT_THAT(gap.output, HasSubstr("for example Age = 65"));
  const Ended overlap = softbot_dmn({"check", file("overlap.dmn", replaced(model, "&lt; 65", "&lt;= 65"))});
  EXPECT_EQ(overlap.status, 1);
  EXPECT_THAT(overlap.output, HasSubstr("rules 1 and 2"));
}

TEST_F(DmnCommand, KitCountsTheCasesOfEachLevel) {
  file("kit/compliance-level-3/0001-loan/loan.dmn", model);
  file(
      "kit/compliance-level-3/0001-loan/loan-test-01.xml",
      R"(<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<modelName>loan.dmn</modelName>
<testCase id="001"><inputNode name="Amount"><value xsi:type="xsd:decimal">10</value></inputNode>
<inputNode name="Person"><component name="name"><value xsi:nil="true"/></component>
<component name="born"><value xsi:type="xsd:date">1990-06-01</value></component></inputNode>
<inputNode name="Day"><value xsi:type="xsd:date">2026-05-31</value></inputNode>
<resultNode name="Rate"><expected><value xsi:type="xsd:decimal">1</value></expected></resultNode></testCase>
<testCase id="002"><resultNode name="Rate"><expected><value xsi:type="xsd:decimal">1</value></expected></resultNode></testCase>
</testCases>)");
  const Ended kit = softbot_dmn({"kit", (folder_.path() / "kit").string(), "--failures"});
  EXPECT_EQ(kit.status, 0) << kit.output;
  EXPECT_THAT(kit.output, HasSubstr("loan-test-01.xml case 002: Rate: expected 1, given null"));
  EXPECT_THAT(kit.output, EndsWith("total level-2 0 passed, 0 failed\ntotal level-3 1 passed, 1 failed\n"));
}

}  // namespace
}  // namespace softbot::tests
