#include "forms/form_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "shipped.h"

namespace softbot {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const Catalogue& forms() {
  static const Catalogue loaded = load_catalogue(forms_test::config_dir()).value();
  return loaded;
}

const Municipalities& municipalities() {
  static const Municipalities loaded = load_municipalities(forms_test::config_dir()).value();
  return loaded;
}

const std::string bsn =
    R"({"name": "bsn", "kind": "characters", "rule": "bsn", "boxes": {"first": [60, 50, 6, 8], "pitch": 7, "count": 9}})";

std::string with_field(const std::string& field, const std::string& type = "household-help") {
  return R"({"template": ")" + type +
         R"(", "municipality": "voorbeeld", "pageWidth": 210, "pageHeight": 297, "pages": [{}], "fields": [)" +
         bsn + (field.empty() ? "" : ", " + field) + "]}";
}

const std::string file = "templates/voorbeeld/household-help.json";

std::vector<std::string> mistakes_in(const TemplateFiles& files) {
  const auto read = form_templates(files, forms(), municipalities());
  std::vector<std::string> lines;
  if (read) return lines;
  for (const ConfigProblem& problem : read.error()) lines.push_back(to_line(problem));
  return lines;
}

std::string mistake_in(const TemplateFiles& files) {
  const auto lines = mistakes_in(files);
  return lines.size() == 1 ? lines.front() : std::to_string(lines.size()) + " mistakes";
}

std::string field_mistake(const std::string& field) {
  return mistake_in({{file, with_field(field)}});
}

TEST(AFormTemplate, HasTheQuestionsOfItsTypeAsFields) {
  const std::string text = with_field(
      R"({"name": "personalPlan", "kind": "tick", "choice": "single", "options": [
            {"value": "true", "box": [60, 100, 5, 5]}, {"value": "false", "box": [80, 100, 5, 5]}]},
         {"name": "householdMembers[1].birthYear", "kind": "characters", "content": "digits",
          "boxes": {"first": [60, 130, 6, 8], "pitch": 7, "count": 4}},
         {"name": "remarks", "kind": "line", "box": [20, 150, 150, 20]},
         {"name": "formNumber", "kind": "barcode", "box": [150, 10, 40, 18]},
         {"name": "signature", "kind": "signature", "box": [120, 230, 70, 25]})");
  const auto read = form_templates({{file, text}}, forms(), municipalities());
  ASSERT_TRUE(read) << to_line(read.error().front());
  ASSERT_EQ(read->size(), 1U);
  const FormTemplate& one = read->front();
  EXPECT_EQ(one.version, template_version(text));
  EXPECT_EQ(one.version.size(), 16U);
  EXPECT_EQ(find_template(*read, one.geometry), &one);
  const FormGeometry& geometry = one.reading.geometry;
  EXPECT_EQ(geometry.types, std::vector<std::string>{"household-help"});
  EXPECT_EQ(geometry.versions,
            (std::vector<int>{forms().common().version, forms().find("household-help")->version}));
  EXPECT_EQ(geometry.find("bsn")->part, "common");
  EXPECT_EQ(geometry.find("bsn")->field_class, "decisive");
  EXPECT_TRUE(geometry.find("bsn")->required);
  EXPECT_EQ(geometry.find("personalPlan")->answer_kind, "yes-no");
  EXPECT_EQ(geometry.find("householdMembers[1].birthYear")->answer_kind, "integer");
  EXPECT_EQ(geometry.find("remarks")->field_class, "free");
  EXPECT_EQ(geometry.find("signature")->answer_kind, "signature");
  EXPECT_EQ(geometry.find("formNumber"), nullptr) << "a printed code is no question";
}

TEST(AFormTemplate, IsRefusedWhereItsFieldsAreNoQuestions) {
  EXPECT_THAT(
      field_mistake(R"({"name": "birthDat", "kind": "line", "box": [20, 150, 150, 20]})"),
      HasSubstr("/fields/1/name: household-help has no question of this name. Did you mean \"birthDate\"?"));
  EXPECT_THAT(field_mistake(R"({"name": "birthDate", "kind": "line", "box": [20, 150, 150, 20]})"),
              HasSubstr("/fields/1: The question is of the kind date. Make it {\"kind\": \"characters\", "
                        "\"rule\": \"date\""));
  EXPECT_THAT(field_mistake(R"({"name": "householdMembers", "kind": "line", "box": [20, 150, 150, 20]})"),
              HasSubstr("Name each answer in each of its rows: householdMembers[0].name."));
  EXPECT_THAT(
      field_mistake(R"({"name": "householdMembers[0].age", "kind": "line", "box": [20, 150, 150, 20]})"),
      HasSubstr("A row of this list has no such answer."));
  EXPECT_THAT(field_mistake(R"({"name": "bsn[0].name", "kind": "line", "box": [20, 150, 150, 20]})"),
              HasSubstr("has no rows"));
}

TEST(AFormTemplate, IsRefusedWhereATickIsNoAnswer) {
  const auto tick = [](const std::string& name, const std::string& choice, const std::string& value) {
    return R"({"name": ")" + name + R"(", "kind": "tick", "choice": ")" + choice +
           R"(", "options": [{"value": ")" + value +
           R"(", "box": [60, 100, 5, 5]}, {"value": "false", "box": [80, 100, 5, 5]}]})";
  };
  EXPECT_THAT(field_mistake(tick("personalPlan", "single", "yes")),
              HasSubstr("boxes for \"true\" and \"false\""));
  EXPECT_THAT(field_mistake(tick("livingSituation", "multiple", "alone")),
              HasSubstr("\"choice\": \"single\""));
  EXPECT_THAT(field_mistake(tick("livingSituation", "single", "alnoe")),
              HasSubstr("It has no answer \"alnoe\"."));
}

TEST(AFormTemplate, IsNamedAfterAMunicipalityAndAType) {
  const std::string text = with_field("");
  EXPECT_THAT(mistake_in({{"templates/elders/household-help.json", text}}),
              HasSubstr("There is no municipality \"elders\"."));
  EXPECT_THAT(mistake_in({{"templates/voorbeeld/household-hlp.json", text}}),
              HasSubstr("Did you mean \"household-help\"?"));
  EXPECT_THAT(mistake_in({{"templates/voorbeeld/Help.json", text}}),
              HasSubstr("This is no name for a template."));
  EXPECT_THAT(mistake_in({{"templates/molendam/household-help.json", text}}),
              HasSubstr("/municipality: The folder is named after another"));
  EXPECT_THAT(mistake_in({{"templates/voorbeeld/small-aids.json", text}}),
              HasSubstr("/template: The file is named after another type."));
  EXPECT_THAT(mistakes_in({{"templates/voorbeeld/household-help.2025.json", text}}), IsEmpty());
  EXPECT_THAT(
      mistake_in({{file, text}, {"templates/voorbeeld/household-help.2025.json", text}}),
      HasSubstr("Its fields stand where those of templates/voorbeeld/household-help.2025.json stand."));
}

TEST(AProvenTemplate, TellsItsEditionOnEveryPage) {
  std::string text = with_field("");
  text.replace(text.find("\"pageWidth\""), 0, "\"proven\": true, ");
  EXPECT_THAT(mistake_in({{file, text}}),
              HasSubstr("/pages/0: The template is proven, and nothing tells this page"));
  text.replace(text.find("[{}]"), 4,
               R"([{"edition": {"text": "Hulp, uitgave 2026-1", "box": [20, 280, 80, 6]}}])");
  const auto read = form_templates({{file, text}}, forms(), municipalities());
  ASSERT_TRUE(read) << to_line(read.error().front());
  EXPECT_TRUE(read->front().reading.proven);
  EXPECT_EQ(read->front().reading.pages[0].edition->text, "Hulp, uitgave 2026-1");
}

/// Else every page with such marks would be this one.
TEST(AFormTemplate, TellsAPageByMoreThanItsMarks) {
  const auto with_page = [](const std::string& page) {
    return R"({"template": "household-help", "municipality": "voorbeeld", "pageWidth": 210, "pageHeight": 297, "pages": [)" +
           page + R"(], "fields": [{"name": "remarks", "kind": "line", "box": [20, 150, 150, 20]}]})";
  };
  const std::string marks =
      R"("anchors": [{"kind": "square", "box": [10, 10, 5, 5]}, {"kind": "square", "box": [190, 280, 5, 5]}])";
  EXPECT_THAT(mistake_in({{file, with_page("{" + marks + "}")}}),
              HasSubstr("/pages/0: Too few frames and lines"));
  EXPECT_THAT(mistakes_in({{file, with_page("{" + marks + R"(, "lines": [[20, 30, 170, 0]]})")}}), IsEmpty());
}

TEST(AFormTemplate, NeedsNoPageOnWhichNothingIsAsked) {
  std::string text = with_field("");
  text.replace(text.find("[{}]"), 4, "[{}, {}]");
  text.replace(text.find("\"name\": \"bsn\""), 13, "\"name\": \"bsn\", \"page\": 2");
  EXPECT_THAT(mistake_in({{file, text}}), HasSubstr("/pages/0: Nothing is asked on this page"));
}

}  // namespace
}  // namespace softbot
