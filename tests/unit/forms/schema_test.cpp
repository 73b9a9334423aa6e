#include "forms/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "forms/structure.h"
#include "json_schema.h"
#include "shipped.h"

namespace softbot {
namespace {

using forms_test::complete_common;
using forms_test::config_dir;
using forms_test::json;
using forms_test::shipped;
using forms_test::validate;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Value file(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream content;
  content << in.rdbuf();
  return json(content.str());
}

Value body(std::string_view type, Value common, std::string_view fields) {
  return Value::object(
      {{"municipality", "voorbeeld"},
       {"channel", "api"},
       {"common", std::move(common)},
       {"requests", Value(Value::List{Value::object({{"type", type}, {"fields", json(fields)}})})}});
}

TEST(SubmissionSchema, TakesASubmissionOfEveryType) {
  const std::vector<std::pair<std::string, std::string>> samples{
      {"household-help", R"({"tasks":["laundry"],"roomsInUse":3,"informalCareHours":"1,5","pets":false})"},
      {"small-aids", R"({"aid":"grab-rail","price":12.5,"needsFixing":true})"},
      {"extension", R"({"decisionNumber":"WMO-2024-1","endDate":"2027-01-31","wantedChange":"same"})"},
      {"general-notification", R"({"reason":"Ik red het niet.","problemAreas":["household"]})"},
      {"living-allowance",
       R"({"accounts":[{"iban":"NL91ABNA0417164300","holder":"Jansen"}],"income":"850,00"})"}};
  for (const auto& [type, fields] : samples) {
    const Value submission = body(type, complete_common(), fields);
    EXPECT_EQ(validate(submission_schema(shipped("common"), shipped(type)), submission), "") << type;
    EXPECT_EQ(validate(submission_schema(shipped(), "voorbeeld"), submission), "") << type;
  }
}

TEST(SubmissionSchema, TakesAnIncompleteOne) {
  EXPECT_EQ(validate(submission_schema(shipped("common"), shipped("extension")),
                     body("extension", json("{}"), "{}")),
            "");
}

TEST(SubmissionSchema, JudgesAsTheStructureCheckDoes) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({})", R"({})"},
      {R"({"bsn":"x","houseNumber":12,"birthDate":"1823"})", R"({"roomsInUse":"veel"})"},
      {R"({"bsn":12})", R"({})"},
      {R"({"shoeSize":"43"})", R"({})"},
      {R"({"urgent":"yes"})", R"({})"},
      {R"({"livingSituation":"castle"})", R"({})"},
      {R"({"householdMembers":[{"shoe":"x"}]})", R"({})"},
      {R"({"householdMembers":"Piet"})", R"({})"},
      {R"({})", R"({"tasks":["laundry","laundry"]})"},
      {R"({})", R"({"tasks":["gardening"]})"},
      {R"({})", R"({"tasks":"laundry"})"},
      {R"({})", R"({"takeover":null,"pets":null,"tasks":[]})"},
      {R"({})", R"({"limitations":")" + std::string(2001, 'a') + R"("})"}};
  const Value schema = submission_schema(shipped("common"), shipped("household-help"));
  for (const auto& [common, fields] : cases) {
    const bool fits = validate(schema, body("household-help", json(common), fields)).empty();
    const auto errors =
        check_structure(shipped("common"), shipped("household-help"), json(common), json(fields), 0);
    EXPECT_EQ(fits, errors.empty()) << common << " " << fields.substr(0, 60);
  }
}

TEST(SubmissionSchema, RefusesAnotherType) {
  EXPECT_THAT(validate(submission_schema(shipped("common"), shipped("extension")),
                       body("small-aids", json("{}"), "{}")),
              Not(IsEmpty()));
  EXPECT_THAT(validate(submission_schema(shipped(), "voorbeeld"), body("stairlift", json("{}"), "{}")),
              Not(IsEmpty()));
}

TEST(FileSchemas, FitEveryShippedFile) {
  const Value definition = file(config_dir() / "schemas" / "form-definition.json");
  for (const auto& entry : std::filesystem::directory_iterator(config_dir() / "forms")) {
    const bool signals = entry.path().stem() == "signals";
    const Value schema = signals ? file(config_dir() / "schemas" / "signals.json") : definition;
    EXPECT_EQ(validate(schema, file(entry.path())), "") << entry.path().filename();
  }
  for (const char* name : {"voorbeeld.json", "molendam.json"}) {
    EXPECT_EQ(validate(file(config_dir() / "schemas" / "municipality.json"),
                       file(config_dir() / "municipalities" / name)),
              "")
        << name;
  }
}

TEST(FileSchemas, RefuseAMisspelledMember) {
  Value broken = file(config_dir() / "forms" / "extension.json");
  broken.set("secitons", Value::list());
  EXPECT_THAT(validate(file(config_dir() / "schemas" / "form-definition.json"), broken),
              HasSubstr("secitons"));
}

}  // namespace
}  // namespace softbot
