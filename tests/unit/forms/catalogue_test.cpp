#include "forms/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "shipped.h"

namespace softbot {
namespace {

using forms_test::config_dir;
using forms_test::shipped;
using forms_test::shipped_files;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The problems after one text in one shipped file was replaced.
std::vector<ConfigProblem> problems_after(const std::string& file, const std::string& from,
                                          const std::string& to) {
  FormFiles files = shipped_files();
  std::string& content = files.at(file);
  const std::size_t at = content.find(from);
  EXPECT_NE(at, std::string::npos) << "the test's own text is not in " << file;
  content.replace(at, from.size(), to);
  return check_forms(files);
}

struct SeededMistake {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  const char* path;
  const char* problem;
  const char* remedy;
};

class SeededMistakes : public testing::TestWithParam<SeededMistake> {};

TEST_P(SeededMistakes, AreReportedWithFilePathAndRemedy) {
  const SeededMistake& mistake = GetParam();
  const auto problems = problems_after(mistake.file, mistake.from, mistake.to);
  const auto found = std::ranges::find_if(problems, [&](const ConfigProblem& problem) {
    return problem.file == mistake.file && problem.path == mistake.path &&
           problem.problem.find(mistake.problem) != std::string::npos;
  });
  std::string all;
  for (const ConfigProblem& problem : problems) all += to_line(problem) + "\n";
  ASSERT_NE(found, problems.end()) << all;
  EXPECT_THAT(found->remedy, HasSubstr(mistake.remedy));
}

INSTANTIATE_TEST_SUITE_P(
    Definitions, SeededMistakes,
    testing::Values(
        SeededMistake{"BrokenJson", "forms/extension.json", "{", "", "", "not valid JSON",
                      "Correct the JSON"},
        SeededMistake{"MisspelledMember", "forms/small-aids.json", "\"options\"", "\"optoins\"",
                      "/sections/0/fields/0/optoins", "Nothing called", "Did you mean \"options\"?"},
        SeededMistake{"MissingOptions", "forms/small-aids.json", "\"options\"", "\"optoins\"",
                      "/sections/0/fields/0", "\"options\" is missing", "Add"},
        SeededMistake{"UnknownKind", "forms/household-help.json", "\"kind\": \"choices\"",
                      "\"kind\": \"chioces\"", "/sections/0/fields/0/kind", "not known", "\"choices\"?"},
        SeededMistake{"UnknownClass", "forms/household-help.json", "\"class\": \"decisive\"",
                      "\"class\": \"important\"", "/sections/0/fields/0/class", "not known", "decisive"},
        SeededMistake{"UnknownLaw", "forms/extension.json", "wmo2015", "wmo", "/law", "not known", "wmo2015"},
        SeededMistake{"EnglishMissing", "forms/common.json", "\"en\": \"About yourself\"", "\"en\": \"\"",
                      "/title/en", "empty", "Write a text"},
        SeededMistake{"FieldThatIsNotThere", "forms/household-help.json",
                      "\"field\": \"common.livingSituation\"", "\"field\": \"common.livingSituaton\"",
                      "/sections/1/fields/0/showIf/field", "There is no field",
                      "Did you mean \"common.livingSituation\"?"},
        SeededMistake{"OptionThatIsNotThere", "forms/household-help.json", "\"equals\": \"with-others\"",
                      "\"equals\": \"together\"", "/sections/1/fields/0/showIf", "has no option",
                      "Use one of: alone, with-others."},
        SeededMistake{"YesAsText", "forms/household-help.json",
                      "\"field\": \"informalCarer\", \"equals\": true",
                      "\"field\": \"informalCarer\", \"equals\": \"yes\"", "/sections/1/fields/2/showIf",
                      "yes-no", "true or false"},
        SeededMistake{"NameOfTheCommonPart", "forms/household-help.json", "\"name\": \"pets\"",
                      "\"name\": \"phone\"", "/sections/2/fields/2/name", "common part already asks",
                      "common.phone"},
        SeededMistake{"NameTwice", "forms/household-help.json", "\"name\": \"pets\"", "\"name\": \"allergy\"",
                      "/sections/2/fields/3/name", "Another field", "Rename"},
        SeededMistake{"NameInSnakeCase", "forms/household-help.json", "\"name\": \"pets\"",
                      "\"name\": \"house_pets\"", "/sections/2/fields/2/name", "camelCase", "birthDate"},
        SeededMistake{"BoundsCrossed", "forms/household-help.json", "\"minimum\": 1, \"maximum\": 20",
                      "\"minimum\": 21, \"maximum\": 20", "/sections/2/fields/0/bounds", "above the upper",
                      "Exchange"},
        SeededMistake{"BoundOfAnotherKind", "forms/household-help.json", "\"minimum\": 1, \"maximum\": 20",
                      "\"earliest\": \"today\"", "/sections/2/fields/0/bounds/earliest", "does not fit",
                      "date only"},
        SeededMistake{"DayThatIsNone", "forms/common.json", "today-120y", "yesterday",
                      "/sections/0/fields/4/bounds/earliest", "no day", "today-120y"},
        SeededMistake{"DecisiveLeftOutOnPaper", "forms/common.json", "\"paper\": {\"boxes\": 20}",
                      "\"optionalOn\": [\"paper\"]", "/sections/0/fields/2/optionalOn", "cannot be left out",
                      "supporting"},
        SeededMistake{"LeftOutOnNoChannel", "forms/household-help.json", "\"optionalOn\": [\"paper\"]",
                      "\"optionalOn\": [\"fax\"]", "/sections/0/fields/3/optionalOn", "no channel", "web"},
        SeededMistake{"TooManyBoxes", "forms/extension.json", "\"boxes\": 18", "\"boxes\": 800",
                      "/sections/0/fields/0/paper/boxes", "whole number", "from 1 to 80"},
        SeededMistake{"BoxesForNoText", "forms/common.json", "\"paper\": {\"beside\": true}",
                      "\"paper\": {\"boxes\": 5}", "/sections/1/fields/1/paper", "Only a text", "Remove"},
        SeededMistake{"VersionZero", "forms/extension.json", "\"version\": 2", "\"version\": 0", "/version",
                      "whole number", "from 1"},
        SeededMistake{"TypeUnlikeFileName", "forms/extension.json", "\"type\": \"extension\"",
                      "\"type\": \"prolongation\"", "/type", "not the file's name", "extension"},
        SeededMistake{"DecisiveButOptional", "forms/household-help.json", "\"required\": true",
                      "\"required\": false", "/sections/0/fields/0", "neither required nor", "supporting"},
        SeededMistake{"VoluntaryAndRequired", "forms/household-help.json", "\"required\": true",
                      "\"required\": true, \"voluntary\": true", "/sections/0/fields/0/voluntary",
                      "both voluntary and required", "Awb 4:4"},
        SeededMistake{"NumberComparedAsText", "forms/living-allowance.json", "\"greaterThan\": 0",
                      "\"greaterThan\": \"nothing\"", "/attachments/2/requiredIf", "compared with something",
                      "Write a number"},
        SeededMistake{"ReadingThatIsNotThere", "forms/living-allowance.json", "\"reads\": \"legibility\"",
                      "\"reads\": \"passport\"", "/attachments/0/reads", "not known", "legibility"},
        SeededMistake{"MediaType", "forms/living-allowance.json", "application/pdf", "application/word",
                      "/attachments/0/accepts", "not taken", "application/pdf"},
        SeededMistake{"RowsOfNoList", "forms/living-allowance.json", "\"list\": \"accounts\"",
                      "\"list\": \"income\"", "/attachments/1/perRow/list", "no list field", "kind \"list\""},
        SeededMistake{"TypeThatIsNotThere", "forms/common.json", "[\"living-allowance\"]",
                      "[\"living-alowance\"]", "/sections/3/fields/0/showIf", "no application type",
                      "\"living-allowance\"?"},
        SeededMistake{"SignalWord", "forms/signals.json", "\"eenza*\"", "\"e*\"", "/signals/0/words/0",
                      "nearly everywhere", "three letters"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Catalogue, ShipsFiveTypesInTheOrderInWhichTheyAreOffered) {
  EXPECT_THAT(check_forms(config_dir()), IsEmpty());
  EXPECT_THAT(shipped().types(), ElementsAre("household-help", "small-aids", "extension",
                                             "general-notification", "living-allowance"));
  EXPECT_EQ(shipped("living-allowance").law, "participatiewet");
  EXPECT_EQ(shipped("small-aids").law, "wmo2015");
}

TEST(Catalogue, EveryDecisiveFieldIsAskedFor) {
  for (const std::string& type : shipped().types()) {
    const FormDefinition& definition = shipped(type);
    for (const std::string& name : decisive_fields(definition)) {
      const Field& field = *definition.find(name);
      EXPECT_TRUE(field.required || field.required_if) << type << " " << name;
    }
  }
  EXPECT_THAT(free_fields(shipped("household-help")), ElementsAre("limitations"));
  EXPECT_THAT(decisive_fields(shipped().common()), testing::Contains("bsn"));
}

TEST(Catalogue, ReportsEveryMistakeOfEveryFileAtOnce) {
  FormFiles files = shipped_files();
  files["forms/extension.json"] = "[]";
  files["forms/small-aids.json"].replace(files["forms/small-aids.json"].find("\"wmo2015\""), 9, "\"x\"");
  files.erase("forms/signals.json");
  std::set<std::string> named;
  for (const ConfigProblem& problem : check_forms(files)) named.insert(problem.file);
  EXPECT_THAT(named,
              testing::IsSupersetOf({"forms/extension.json", "forms/small-aids.json", "forms/signals.json"}));

  const auto loaded = load_catalogue(files);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::configuration);
  EXPECT_EQ(loaded.error().fields.size(), check_forms(files).size());
}

TEST(Catalogue, SaysThatTheCommonPartIsMissing) {
  FormFiles files = shipped_files();
  files.erase("forms/common.json");
  const auto problems = check_forms(files);
  ASSERT_EQ(problems.size(), 1u) << to_line(problems.at(0));
  EXPECT_EQ(problems[0].file, "forms/common.json");
}

TEST(Catalogue, SaysSoWhenTheFolderHoldsNoForms) {
  const auto problems = check_forms(std::filesystem::path("/nonexistent"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_THAT(problems[0].remedy, HasSubstr("another folder"));
}

TEST(Catalogue, FindsQuestionsThatWaitForEachOther) {
  FormFiles files = shipped_files();
  std::string& content = files.at("forms/household-help.json");
  const std::string place = "\"name\": \"informalCarer\",";
  content.replace(content.find(place), place.size(),
                  place + R"("showIf": {"field": "informalCareHours", "greaterThan": 0},)");
  std::vector<std::string> paths;
  for (const ConfigProblem& problem : check_forms(files)) paths.push_back(problem.path);
  EXPECT_THAT(paths, ElementsAre("/sections/1/fields/1/showIf", "/sections/1/fields/2/showIf"));
}

TEST(Catalogue, LetsAMunicipalityAddATypeAndReplaceOne) {
  FormFiles files = shipped_files();
  std::string own = files.at("forms/small-aids.json");
  own.replace(own.find("\"version\": 2"), 12, "\"version\": 7");
  files["municipalities/molendam/forms/small-aids.json"] = own;
  own.replace(own.find("\"small-aids\""), 12, "\"stair-rail\"");
  files["municipalities/molendam/forms/stair-rail.json"] = own;

  const Catalogue catalogue = load_catalogue(files).value();
  EXPECT_EQ(catalogue.find("small-aids", "molendam")->version, 7);
  EXPECT_EQ(catalogue.find("small-aids", "voorbeeld")->version, 2);
  EXPECT_EQ(catalogue.find("small-aids")->version, 2);
  EXPECT_EQ(catalogue.find("stair-rail", "voorbeeld"), nullptr);
  EXPECT_EQ(catalogue.types("molendam").back(), "stair-rail");
  EXPECT_EQ(catalogue.types("voorbeeld"), catalogue.types());
  EXPECT_EQ(definition_version(catalogue.common(), *catalogue.find("small-aids", "molendam")),
            "common@2 small-aids@7");
}

}  // namespace
}  // namespace softbot
