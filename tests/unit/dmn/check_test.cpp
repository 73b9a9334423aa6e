#include "dmn/check.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models.h"
#include "support/checkout.h"

namespace softbot::dmn {
namespace {

using Kind = Finding::Kind;
using testing::HasSubstr;

std::vector<Finding> findings_of(const std::string& xml) {
  return check(xml, {});
}

std::vector<Finding> findings_of(const TableModel& table) {
  return findings_of(table.xml());
}

std::string all_text(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += std::string(name_of(finding.severity)) + " line " + std::to_string(finding.line) + " " +
            finding.element + ": " + finding.message + " [" + text_of(finding.example) + "]\n";
  return text;
}

std::vector<Finding> of_kind(const std::vector<Finding>& findings, Kind kind) {
  std::vector<Finding> found;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(found),
               [kind](const Finding& finding) { return finding.kind == kind; });
  return found;
}

TEST(CheckTable, FindsNothingInATableThatIsRight) {
  const TableModel table{R"(hitPolicy="UNIQUE")",
                         {{"< 18", "-", "1"},
                          {"[18..65)", "<= 5", "2"},
                          {"[18..65)", "> 5", "3"},
                          {">= 65", "not(7)", "4"},
                          {">= 65", "7", "5"}}};
  EXPECT_EQ(all_text(findings_of(table)), "");
}

TEST(CheckTable, FindsAGapWithAnExampleAndTheRulesBesideIt) {
  const auto findings =
      findings_of(TableModel{R"(hitPolicy="UNIQUE")", {{"< 18", "-", "1"}, {"> 18", "-", "2"}}});
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings[0].kind, Kind::gap);
  EXPECT_EQ(findings[0].severity, Severity::error);
  EXPECT_EQ(findings[0].rules, (std::vector<std::size_t>{1, 2}));
  ASSERT_EQ(findings[0].example.size(), 2U);
  EXPECT_EQ(findings[0].example[0], (ExampleInput{"Age", "18"}));
  EXPECT_EQ(findings[0].element, "decision \"Result\"");
  EXPECT_GT(findings[0].line, 0U);
}

TEST(CheckTable, AGapIsRealTheTableGivesNothingThere) {
  const TableModel table{R"(hitPolicy="FIRST")",
                         {{"[0..10]", "> 3", "1"}, {"> 10", "<= 3", "2"}, {"-", "(3..8)", "3"}}};
  const auto findings = of_kind(findings_of(table), Kind::gap);
  ASSERT_FALSE(findings.empty());
  for (const Finding& finding : findings) {
    const Value age = feel(finding.example[0].value);
    const Value points = feel(finding.example[1].value);
    EXPECT_TRUE(
        table.evaluate(age.is_null() ? Value(0) : age, points.is_null() ? Value(0) : points).result.is_null())
        << text_of(finding.example);
  }
}

TEST(CheckTable, NoGapWhereADefaultOrALongerResultIsMeant) {
  const std::vector<std::vector<std::string>> rules = {{"> 18", "-", "1"}};
  TableModel with_default{R"(hitPolicy="UNIQUE")", rules};
  with_default.default_output = "0";
  EXPECT_EQ(all_text(findings_of(with_default)), "");
  EXPECT_EQ(all_text(findings_of(TableModel{R"(hitPolicy="COLLECT")", rules})), "");
}

TEST(CheckTable, FindsRulesThatAreMetTogetherAgainstUnique) {
  const auto findings = findings_of(TableModel{
      R"(hitPolicy="UNIQUE")", {{"<= 18", "-", "1"}, {">= 18", "> 5", "2"}, {"> 18", "<= 5", "3"}}});
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings[0].kind, Kind::overlap);
  EXPECT_EQ(findings[0].rules, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(text_of(findings[0].example), "Age = 18, Points = 6");
}

TEST(CheckTable, UnderAnyOnlyRulesThatDifferConflict) {
  EXPECT_EQ(all_text(findings_of(TableModel{R"(hitPolicy="ANY")", {{"-", "-", "1"}, {"> 5", "-", "1"}}})),
            "");
  const auto findings = findings_of(TableModel{R"(hitPolicy="ANY")", {{"-", "-", "1"}, {"> 5", "-", "2"}}});
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings[0].kind, Kind::overlap);
}

TEST(CheckTable, FindsARuleThatOthersBeforeItHide) {
  const auto findings = findings_of(
      TableModel{R"(hitPolicy="FIRST")",
                 {{"< 30", "-", "1"}, {">= 20", "-", "2"}, {"[10..40]", "> 2", "3"}, {"-", "-", "4"}}});
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings[0].kind, Kind::never_fires);
  EXPECT_EQ(findings[0].rules, (std::vector<std::size_t>{3, 1, 2}));
  EXPECT_THAT(findings[0].message, HasSubstr("rule 3 can never fire"));
}

TEST(CheckTable, ARuleForWhatIsUnknownIsNotHidden) {
  const TableModel table{R"(hitPolicy="FIRST")", {{"< 30", "-", "1"}, {">= 30", "-", "2"}, {"-", "-", "3"}}};
  EXPECT_EQ(all_text(findings_of(table)), "");
  EXPECT_EQ(table.evaluate(Value(), 1).result, Value(3));
}

TEST(CheckTable, UnderPriorityTheOutputValuesSayWhichRuleHidesWhich) {
  TableModel table{R"(hitPolicy="PRIORITY")", {{"-", "-", "1"}, {"> 5", "-", "2"}}};
  table.output_values = "2, 1";
  EXPECT_EQ(all_text(findings_of(table)), "");
  table.output_values = "1, 2";
  const auto findings = findings_of(table);
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings[0].rules, (std::vector<std::size_t>{2, 1}));
}

TEST(CheckTable, FindsACellThatNothingMeets) {
  const auto findings =
      findings_of(TableModel{R"(hitPolicy="UNIQUE")", {{"? > 5 and ? < 3", "-", "1"}, {"-", "-", "2"}}});
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(findings[0].kind, Kind::never_fires);
  EXPECT_EQ(findings[0].rules, (std::vector<std::size_t>{1}));
}

/// A table with one input of this type, each rule {cell, output}.
std::string one_column(const std::string& type, const std::string& input_values,
                       const std::vector<std::pair<std::string, std::string>>& rules,
                       const std::string& extra_inputs = "", const std::string& expression = "In") {
  std::string body = "<inputData name=\"In\" id=\"in\"><variable name=\"In\" typeRef=\"" + type +
                     "\"/></inputData>" + extra_inputs +
                     "<decision name=\"Out\" id=\"out\"><variable name=\"Out\"/>"
                     "<informationRequirement><requiredInput href=\"#in\"/></informationRequirement>";
  if (!extra_inputs.empty())
    body += "<informationRequirement><requiredInput href=\"#extra\"/></informationRequirement>";
  body += "<decisionTable><input><inputExpression><text>" + escaped(expression) + "</text></inputExpression>";
  if (!input_values.empty()) body += text_element("inputValues", input_values);
  body += "</input><output name=\"Out\"/>";
  for (const auto& [cell, output] : rules)
    body += "<rule>" + text_element("inputEntry", cell) + text_element("outputEntry", output) + "</rule>";
  return definitions(body + "</decisionTable></decision>");
}

TEST(CheckDomain, TextsThatNoRuleNamesAreAGapUnlessOnlySomeAreAllowed) {
  const std::vector<std::pair<std::string, std::string>> rules = {{R"("a", "b")", "1"}, {R"("c")", "2"}};
  const auto open = findings_of(one_column("string", "", rules));
  ASSERT_FALSE(open.empty());
  EXPECT_EQ(open[0].kind, Kind::gap);
  EXPECT_EQ(all_text(findings_of(one_column("string", R"("a", "b", "c")", rules))), "");
  const auto missing = findings_of(one_column("string", R"("a", "b", "c", "d")", rules));
  ASSERT_EQ(missing.size(), 1U) << all_text(missing);
  EXPECT_EQ(text_of(missing[0].example), R"(In = "d")");
}

TEST(CheckDomain, TruthHasTwoValues) {
  EXPECT_EQ(all_text(findings_of(one_column("boolean", "", {{"true", "1"}, {"false", "2"}}))), "");
  const auto findings = findings_of(one_column("boolean", "", {{"true", "1"}}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(text_of(findings[0].example), "In = false");
}

TEST(CheckDomain, DatesLieADayApart) {
  const auto rules = [](const std::string& first, const std::string& second) {
    return one_column("date", "", {{first, "1"}, {second, "2"}});
  };
  EXPECT_EQ(all_text(findings_of(rules(R"(<= date("2026-01-31"))", R"(>= date("2026-02-01"))"))), "");
  const auto findings = findings_of(rules(R"(<= date("2026-01-31"))", R"(>= date("2026-02-02"))"));
  ASSERT_EQ(findings.size(), 1U) << all_text(findings);
  EXPECT_EQ(text_of(findings[0].example), R"(In = @"2026-02-01")");
}

TEST(CheckDomain, ACountIsWholeAndNeverNegative) {
  const std::vector<std::pair<std::string, std::string>> rules = {{"0", "1"}, {"1", "2"}, {">= 2", "3"}};
  EXPECT_EQ(all_text(findings_of(one_column("number", "", rules, "", "count(In)"))), "");
}

TEST(CheckDomain, BoundsThatOnlyTheDataKnowMayFitTogether) {
  const std::string extra = R"(<inputData name="P" id="extra"><variable name="P"/></inputData>)";
  EXPECT_EQ(all_text(findings_of(one_column("number", "", {{"< P.top", "1"}, {">= P.top", "2"}}, extra))),
            "");
  const auto gap = findings_of(one_column("number", "", {{"< P.top", "1"}, {"> P.top", "2"}}, extra));
  ASSERT_EQ(gap.size(), 1U) << all_text(gap);
  EXPECT_EQ(text_of(gap[0].example), "In = P.top");
  const auto above = findings_of(one_column("number", "", {{"[1..P.top]", "1"}, {"< 1", "2"}}, extra));
  ASSERT_EQ(above.size(), 1U) << all_text(above);
  EXPECT_EQ(text_of(above[0].example), "In is more than P.top");
}

std::string literal(const std::string& type, const std::string& text, const std::string& result = "") {
  return definitions(
      "<itemDefinition name=\"tPerson\"><itemComponent name=\"age\"><typeRef>number</typeRef>"
      "</itemComponent><itemComponent name=\"name\"><typeRef>string</typeRef></itemComponent>"
      "</itemDefinition><inputData name=\"In\" id=\"in\"><variable name=\"In\" typeRef=\"" +
      type + "\"/></inputData><decision name=\"Out\" id=\"out\"><variable name=\"Out\"" +
      (result.empty() ? "" : " typeRef=\"" + result + "\"") +
      "/><informationRequirement><requiredInput href=\"#in\"/></informationRequirement>"
      "<literalExpression>" +
      "<text>" + escaped(text) + "</text></literalExpression></decision>");
}

TEST(CheckTypes, FindsWhatCanOnlyBeNull) {
  const auto wrong = [](const std::string& type, const std::string& text, const std::string& result = "") {
    const auto findings = findings_of(literal(type, text, result));
    const auto errors = of_kind(findings, Kind::type_error);
    return errors.empty() ? "nothing: " + all_text(findings) : errors[0].message;
  };
  EXPECT_THAT(wrong("string", "In + 1"), HasSubstr("cannot add"));
  EXPECT_THAT(wrong("number", "In > \"a\""), HasSubstr("cannot be compared"));
  EXPECT_THAT(wrong("number", "if In then 1 else 2"), HasSubstr("condition"));
  EXPECT_THAT(wrong("tPerson", "In.years"), HasSubstr("has no \"years\""));
  EXPECT_THAT(wrong("tPerson", "In.name and true"), HasSubstr("`and`"));
  EXPECT_THAT(wrong("tPerson", "upper case(In.age)"), HasSubstr("takes a string"));
  EXPECT_THAT(wrong("number", "In", "string"), HasSubstr("its type is string"));
  EXPECT_THAT(wrong("tPerson", "for n in In.name return n * 2"), HasSubstr("cannot"));
}

TEST(CheckTypes, IsSilentAboutWhatMayBeRight) {
  for (const auto& [type, text] : std::vector<std::pair<std::string, std::string>>{
           {"Any", "In + 1"},
           {"number", "if In > 1 then \"a\" else null"},
           {"tPerson", "if In.age >= 18 then In.name else \"-\""},
           {"date", "In + duration(\"P1M\") < date(\"2026-01-01\")"},
           {"dateTime", "In - date(\"2026-01-01\")"},
           {"date", "date and time(\"2026-01-01T00:00:00Z\") - In"},
           {"number", "[1, 2, 3][item > In]"},
           {"number", "{f: function(x: number) x * In, r: f(2)}.r + 1"},
           {"string", "some x in split(In, \",\") satisfies x = \"a\""}})
    EXPECT_EQ(all_text(findings_of(literal(type, text))), "") << text;
}

TEST(CheckTypes, FindsCellsAndOutputsOfAnotherType) {
  const auto cell = findings_of(TableModel{R"(hitPolicy="FIRST")", {{"\"old\"", "-", "1"}, {"-", "-", "2"}}});
  ASSERT_FALSE(of_kind(cell, Kind::type_error).empty()) << all_text(cell);
  EXPECT_THAT(of_kind(cell, Kind::type_error)[0].message, HasSubstr("number"));
}

TEST(CheckModel, TellsOfExpressionsThatAreNoFeelAndOfModelsThatDoNotLoad) {
  const auto broken = findings_of(literal("number", "In +"));
  ASSERT_EQ(broken.size(), 1U) << all_text(broken);
  EXPECT_EQ(broken[0].kind, Kind::broken);
  const auto unknown = findings_of(literal("number", "In + nobody"));
  ASSERT_FALSE(unknown.empty());
  EXPECT_THAT(unknown[0].message, HasSubstr("nothing is called \"nobody\""));
  const auto refused = findings_of("<definitions/>");
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0].kind, Kind::not_loaded);
}

/// A table of `size` rules over Age and Points that covers everything once.
std::vector<std::vector<std::string>> stripes(int size) {
  std::vector<std::vector<std::string>> rules;
  rules.push_back({"< 0", "-", "0"});
  for (int row = 0; row < size - 2; ++row)
    rules.push_back(
        {"[" + std::to_string(row) + ".." + std::to_string(row + 1) + ")", "-", std::to_string(row)});
  rules.push_back({">= " + std::to_string(size - 2), "-", "0"});
  return rules;
}

TEST(CheckLarge, AThousandRulesAreCheckedInSeconds) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(all_text(findings_of(TableModel{R"(hitPolicy="UNIQUE")", stripes(1000)})), "");
  auto rules = stripes(1000);
  rules[500][0] = "[499..499.5)";
  rules[700][0] = "[699..701)";
  const auto findings = findings_of(TableModel{R"(hitPolicy="UNIQUE")", rules});
  ASSERT_EQ(findings.size(), 2U) << all_text(findings);
  EXPECT_EQ(of_kind(findings, Kind::gap).at(0).example[0].input, "Age");
  EXPECT_EQ(of_kind(findings, Kind::overlap).at(0).rules, (std::vector<std::size_t>{701, 702}));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TEST(CheckLarge, GivesUpWithAWordRatherThanRunOn) {
  std::vector<std::vector<std::string>> rules;
  for (int row = 0; row < 1000; ++row)
    rules.push_back({"[" + std::to_string(row % 37) + ".." + std::to_string(row % 37 + row % 29) + "]",
                     "[" + std::to_string(row % 31) + ".." + std::to_string(row % 31 + row % 23) + "]", "1"});
  const auto begin = std::chrono::steady_clock::now();
  static_cast<void>(findings_of(TableModel{R"(hitPolicy="FIRST")", rules}));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TEST(CheckShipped, PoliciesAreClean) {
  const std::filesystem::path folder = checkout() / "config/policy/default";
  std::size_t models = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".dmn") continue;
    ++models;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    EXPECT_EQ(all_text(findings_of(text.str())), "") << entry.path();
  }
  EXPECT_GE(models, 3U);
}

}  // namespace
}  // namespace softbot::dmn
