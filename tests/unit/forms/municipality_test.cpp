#include "forms/municipality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "shipped.h"

namespace softbot {
namespace {

using forms_test::config_dir;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using namespace std::chrono_literals;

const Municipality& voorbeeld() {
  static const Municipalities all = load_municipalities(config_dir()).value();
  return all.at("voorbeeld");
}

TEST(Municipalities, TwoMadeUpOnesAreShipped) {
  EXPECT_THAT(check_municipalities(config_dir()), IsEmpty());
  const Municipalities all = load_municipalities(config_dir()).value();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all.at("molendam").display, "Gemeente Molendam");
  EXPECT_EQ(all.at("molendam").id, "molendam");
  EXPECT_EQ(all.at("voorbeeld").caseload_bound, 185);
}

TEST(Municipalities, OwnContributionFollowsTheYear) {
  EXPECT_THAT(own_contribution_on(voorbeeld(), 2024y / 12 / 31), Optional(Cents{2060}));
  EXPECT_THAT(own_contribution_on(voorbeeld(), 2025y / 1 / 1), Optional(Cents{2100}));
  EXPECT_THAT(own_contribution_on(voorbeeld(), 2026y / 6 / 1), Optional(Cents{2180}));
  EXPECT_EQ(own_contribution_on(voorbeeld(), 2031y / 1 / 1), std::nullopt);
}

TEST(Municipalities, UnderTwentySevenGoesToTheYouthTeam) {
  EXPECT_EQ(team_for(voorbeeld(), "living-allowance", 26), "youth");
  EXPECT_EQ(team_for(voorbeeld(), "living-allowance", 27), "income");
  EXPECT_EQ(team_for(voorbeeld(), "household-help", 78), "wmo");
  EXPECT_EQ(team_for(voorbeeld(), "household-help", std::nullopt), "wmo");
}

/// The error after one text in the shipped file was replaced.
Error error_after(const std::string& from, const std::string& to) {
  std::ifstream in(config_dir() / "municipalities" / "voorbeeld.json");
  std::ostringstream content;
  content << in.rdbuf();
  std::string text = content.str();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto parsed = parse_municipality("municipalities/voorbeeld.json", text);
  return parsed ? Error{} : parsed.error();
}

TEST(Municipalities, MistakesNameFilePathAndRemedy) {
  struct Mistake {
    const char* from;
    const char* to;
    const char* place;
    const char* message;
  };
  const std::vector<Mistake> mistakes{
      {"\"9901\"", "\"99\"", "#/registerCode", "four digits"},
      {"1234 AB", "0123 AB", "#/letterhead/postcode", "1234 AB"},
      {"wmo@voorbeeld.example", "wmo.example", "#/email", "e-mail"},
      {"https://www.voorbeeld", "http://www.voorbeeld", "#/website", "https://"},
      {"\"21.80\"", "\"veel\"", "#/ownContribution/2/perMonth", "amount of money"},
      {"\"year\": 2025", "\"year\": 2024", "#/ownContribution/1/year", "twice"},
      {"{\"team\": \"wmo\", \"name\": \"Team Wmo\"}", "{\"team\": \"wmo\", \"name\": \"x\", \"ageFrom\": 30}",
       "#/teams", "have no team"},
      {"\"ageBelow\": 27", "\"types\": []", "#/teams/1", "takes everything"},
      {"#154273", "#ffcc00", "#/accentColour", "darker"},
      {"#154273", "blauw", "#/accentColour", "no colour"},
      {"\"onBehalfOf\"", "\"onBehalf\"", "#/onBehalf", "Did you mean \"onBehalfOf\"?"},
      {"185", "0", "#/caseloadBound", "from 1"}};
  for (const Mistake& mistake : mistakes) {
    const Error error = error_after(mistake.from, mistake.to);
    EXPECT_EQ(error.code, ErrorCode::configuration) << mistake.to;
    const auto found = std::ranges::find_if(error.fields, [&](const FieldError& field) {
      return field.field == std::string("municipalities/voorbeeld.json") + mistake.place;
    });
    ASSERT_NE(found, error.fields.end()) << mistake.to << ": " << error.message;
    EXPECT_THAT(found->message, HasSubstr(mistake.message));
  }
}

/// The shipped municipality with this member "learning".
Result<Municipality> with_learning(const std::string& learning) {
  std::ifstream in(config_dir() / "municipalities" / "voorbeeld.json");
  std::ostringstream content;
  content << in.rdbuf();
  std::string text = content.str();
  text.replace(text.find("\"caseloadBound\""), 0, "\"learning\": " + learning + ", ");
  return parse_municipality("municipalities/voorbeeld.json", text);
}

TEST(Learning, IsOffInWhatIsShipped) {
  const Municipalities all = load_municipalities(config_dir()).value();
  for (const auto& [id, municipality] : all) EXPECT_FALSE(municipality.learning) << id;
}

TEST(Learning, IsOnOnlyWithATermAndAGround) {
  const auto on = with_learning(R"({"keepCorrections": true, "retentionDays": 90, "ground": "DPIA 12"})");
  ASSERT_TRUE(on) << on.error().message;
  EXPECT_THAT(on->learning, Optional(Learning{90, "DPIA 12"}));
  for (const char* off : {R"({"keepCorrections": false})", "{}",
                          R"({"keepCorrections": false, "retentionDays": 90, "ground": "DPIA 12"})"}) {
    const auto parsed = with_learning(off);
    ASSERT_TRUE(parsed) << off;
    EXPECT_FALSE(parsed->learning) << off;
  }
  for (const auto& [wrong, message] : std::vector<std::pair<const char*, const char*>>{
           {R"({"keepCorrections": true, "ground": "DPIA 12"})", "retentionDays"},
           {R"({"keepCorrections": true, "retentionDays": 366, "ground": "DPIA 12"})", "from 1 to 365"},
           {R"({"keepCorrections": true, "retentionDays": 90})", "ground"},
           {R"({"keepCorrection": true})", "Did you mean"}}) {
    const auto parsed = with_learning(wrong);
    ASSERT_FALSE(parsed) << wrong;
    EXPECT_THAT(parsed.error().message, HasSubstr(" /learning")) << wrong;
    EXPECT_THAT(parsed.error().message, HasSubstr(message)) << wrong;
  }
}

TEST(Municipalities, AFolderWithoutAnySaysSo) {
  const auto problems = check_municipalities("/nonexistent");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_THAT(problems[0].remedy, HasSubstr("municipalities/<id>.json"));
}

}  // namespace
}  // namespace softbot
