#include "policy/examples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "domain/json.h"
#include "memory_transaction.h"
#include "shipped_policy.h"

namespace softbot {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* file_name = "small-aids.examples.json";

/// A file with this as its only example.
std::string file_with(const std::string& example) {
  return R"({"municipality": "voorbeeld", "today": "2026-11-21",
             "facts": {"answers": {"bodyWeightKg": 74, "wlz": false}, "register": {"age": 80}},
             "examples": [)" +
         example + "]}";
}

PolicyExample read_one(const std::string& example) {
  const auto examples = examples_from(file_name, file_with(example));
  if (!examples) throw std::runtime_error(examples.error().message);
  return examples->front();
}

std::string refusal(const std::string& json) {
  const auto examples = examples_from(file_name, json);
  return examples ? "" : examples.error().message;
}

/// The shipped policy with one text of one file replaced.
ConfigurationFiles changed_files(const std::string& file, const std::string& from, const std::string& to) {
  auto files = shipped_files();
  auto& text = files.at(file);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  return files;
}

ConfigurationFiles from_sixty_six_years() {
  return changed_files("parameters.json", R"("value": 65)", R"("value": 66)");
}

std::vector<ExampleResult> failing(const ConfigurationFiles& files) {
  const auto policy = PolicySet::load(files);
  if (!policy) throw std::runtime_error(policy.error().message);
  auto results = run_examples(*policy);
  std::erase_if(results, [](const auto& result) { return result.as_expected(); });
  return results;
}

std::vector<std::string> names_of(const std::vector<ExampleResult>& results) {
  std::vector<std::string> names;
  for (const auto& result : results) names.push_back(result.example.name);
  return names;
}

TEST(PolicyExamples, changes_the_ordinary_case_member_by_member) {
  const auto example =
      read_one(R"({"name": "Te zwaar", "changes": {"answers": {"bodyWeightKg": 131, "wlz": null},
                  "provisions": []}, "expect": {"refer": ["body-weight"]}})");
  EXPECT_EQ(to_json(example.facts),
            R"({"answers":{"bodyWeightKg":131},"register":{"age":80},"provisions":[]})");
  EXPECT_EQ(example.type, "small-aids");
  EXPECT_EQ(example.municipality, "voorbeeld");
  EXPECT_EQ(format_iso(example.today), "2026-11-21");
  EXPECT_FALSE(example.expected.grants);
  EXPECT_THAT(example.expected.reasons, ElementsAre("body-weight"));
}

TEST(PolicyExamples, may_be_on_another_day_and_of_another_municipality) {
  const auto example = read_one(
      R"({"name": "Later", "today": "2027-01-01", "municipality": "molendam",
          "expect": {"grant": {"aid": "grab-rail"}}})");
  EXPECT_EQ(format_iso(example.today), "2027-01-01");
  EXPECT_EQ(example.municipality, "molendam");
  EXPECT_TRUE(example.expected.grants);
}

TEST(PolicyExamples, that_cannot_be_read_say_which_file_and_which_example) {
  EXPECT_THAT(refusal("{"), HasSubstr("policy/small-aids.examples.json: "));
  EXPECT_THAT(refusal(R"({"facts": {}, "examples": []})"), HasSubstr("list \"examples\""));
  EXPECT_THAT(refusal(file_with(R"({"expect": {"refer": ["wlz"]}})")),
              AllOf(HasSubstr("example 1"), HasSubstr("name")));
  const auto wrong = [](const std::string& members) {
    return refusal(file_with(R"({"name": "Proef", )" + members + "}"));
  };
  for (const char* outcome : {R"("expect": {})", R"("expect": {"refer": ["wlz"], "grant": {"aid": "x"}})"})
    EXPECT_THAT(wrong(outcome), AllOf(HasSubstr("\"Proef\""), HasSubstr("either"))) << outcome;
  EXPECT_THAT(wrong(R"("expect": {"refer": []})"), HasSubstr("codes"));
  EXPECT_THAT(wrong(R"("expect": {"refer": [3]})"), HasSubstr("codes"));
  EXPECT_THAT(wrong(R"("expect": {"grant": {}})"), HasSubstr("what is granted"));
  EXPECT_THAT(wrong(R"("expect": {"grant": {"minuten": 125}})"), HasSubstr("minuten"));
  EXPECT_THAT(wrong(R"("expect": {"refer": ["wlz"]}, "changes": {"leeftijd": 3})"), HasSubstr("leeftijd"));
  EXPECT_THAT(wrong(R"("expect": {"refer": ["wlz"]}, "today": "2026-02-30")"), HasSubstr("today"));
  EXPECT_THAT(wrong(R"("expect": {"refer": ["wlz"]}, "extra": 1)"), HasSubstr("extra"));
  const std::string twice = R"({"name": "Proef", "expect": {"refer": ["wlz"]}})";
  EXPECT_THAT(refusal(file_with(twice + "," + twice)), HasSubstr("twice"));
  auto files = shipped_files();
  files[file_name] = "{";
  EXPECT_THAT(PolicySet::load(files).error().message, HasSubstr(file_name));
}

TEST(PolicyExamples, of_the_shipped_policy_all_come_out_as_expected) {
  const auto results = run_examples(shipped_policy());
  EXPECT_GE(results.size(), 120U);
  for (const auto& result : results)
    EXPECT_THAT(result.differences, IsEmpty()) << result.example.file << ": " << result.example.name;
  for (const auto& type : shipped_policy().types()) {
    const auto of_type =
        std::ranges::count_if(results, [&](const auto& result) { return result.example.type == type; });
    EXPECT_GE(of_type, 25) << type;
  }
}

TEST(PolicyExamples, name_what_a_changed_parameter_breaks_and_the_rule_that_applied) {
  const auto results = failing(from_sixty_six_years());
  ASSERT_THAT(names_of(results), ElementsAre("Leeftijd: precies oud genoeg"));
  EXPECT_THAT(results[0].differences, ElementsAre(HasSubstr("below-minimum-age")));
  EXPECT_EQ(to_json(results[0].outcome), R"({"refer":["below-minimum-age"]})");
  ASSERT_EQ(results[0].rules.size(), 1U);
  EXPECT_EQ(results[0].rules[0].decision, "Leeftijd");
  EXPECT_EQ(results[0].rules[0].number, 2U);
  EXPECT_THAT(results[0].rules[0].sentence, HasSubstr("jonger"));
}

/// Each seeded mistake is a parameter one step off; the examples at that boundary notice.
TEST(PolicyExamples, notice_every_parameter_of_a_boundary_that_is_one_step_off) {
  struct Mistake {
    std::string parameter;
    std::string from;
    std::string to;
    std::string noticed_by;
  };
  const std::vector<Mistake> mistakes{
      {"householdHelpMinimumAge", "65", "64", "Leeftijd: één jaar te jong"},
      {"hoursFullTakeover", "108", "113", "Gewoon geval: alleen, twee kamers, niets zelf kunnen"},
      {"hoursSomeLimitations", "26", "22", "Norm: last van stof"},
      {"hoursManyLimitations", "52", "48", "Norm: last van stof en huisdieren"},
      {"hoursHouseholdComposition", "26", "22", "Norm: samen met iemand die niet kan helpen"},
      {"roomsInNorm", "2", "1", "Gewoon geval: alleen, twee kamers, niets zelf kunnen"},
      {"hoursPerExtraRoom", "16", "12", "Norm: één kamer meer dan er in de norm zitten"},
      {"hoursPerRoomNotInUse", "4", "6", "Norm: twee kamers die niet worden gebruikt"},
      {"hoursOwnOrNetworkAbility", "23", "19", "Norm: een deel zelf kunnen gaat eraf"},
      {"minutesRoundedUpPer", "5", "1", "Norm: een deel zelf kunnen gaat eraf"},
      {"maximumMinutesPerWeek", "300", "299", "Hoogste aantal minuten: precies op de grens"},
      {"maximumMinutesPerWeek", "300", "305", "Hoogste aantal minuten: één kamer te veel"},
      {"maximumRoomsInUse", "6", "5", "Kamers: precies het meeste in gebruik"},
      {"maximumRoomsInUse", "6", "7", "Kamers: één te veel in gebruik"},
      {"maximumRoomsNotInUse", "3", "2", "Kamers: precies het meeste niet in gebruik"},
      {"maximumRoomsNotInUse", "3", "4", "Kamers: één te veel niet in gebruik"},
      {"informalCareHoursThatSuffice", "4", "3", "Mantelzorg: net te weinig uren om genoeg te zijn"},
      {"informalCareHoursThatSuffice", "4", "5", "Mantelzorg: precies zoveel uren dat het genoeg kan zijn"},
      {"aidMaximumBodyWeightKg", "130", "129", "Gewicht: precies op de grens, wc-verhoger"},
      {"aidMaximumBodyWeightKg", "130", "131", "Gewicht: één kilo te veel, wc-verhoger"},
      {"aidMaximumCents", "15000", "14999", "Prijs: precies op de grens"},
      {"aidMaximumCents", "15000", "15001", "Prijs: één cent te veel"},
      {"raisedToiletSeatCents", "6500", "6501", "Wc-verhoger: gewoon geval"},
      {"showerStoolCents", "5500", "5501", "Douchekruk: gewoon geval"},
      {"grabRailCents", "9800", "9801", "Wandbeugel: hoeft niet vast"},
      {"extensionEarliestWeeksBeforeEnd", "13", "12", "Op tijd: de eerste dag, dertien weken voor het einde"},
      {"extensionEarliestWeeksBeforeEnd", "13", "14", "Op tijd: één dag te vroeg"},
      {"extensionYears", "5", "4", "Gewoon geval: zelfde hulp, niets veranderd"},
  };
  for (const auto& mistake : mistakes) {
    auto files = shipped_files();
    auto& text = files.at("parameters.json");
    const std::string before = R"("value": )" + mistake.from + "}";
    const auto at = text.find(before, text.find('"' + mistake.parameter + '"'));
    ASSERT_NE(at, std::string::npos) << mistake.parameter;
    text.replace(at, before.size(), R"("value": )" + mistake.to + "}");
    EXPECT_THAT(names_of(failing(files)), Contains(mistake.noticed_by))
        << mistake.parameter << " = " << mistake.to;
  }
}

TEST(PolicyExamples, notice_minutes_that_differ) {
  const auto results = failing(changed_files("small-aids.examples.json", R"("amountCentsPerYear": 5500)",
                                             R"("amountCentsPerYear": 5600)"));
  ASSERT_EQ(results.size(), 1U);
  EXPECT_THAT(results[0].differences, ElementsAre(AllOf(HasSubstr("5600"), HasSubstr("5500"))));
  const auto decisions = to_value(results[0])["rules"];
  EXPECT_THAT(to_json(decisions), HasSubstr("aidPriceCents"));
}

TEST(PolicyExamples, notice_an_answer_that_no_rule_looks_at) {
  const auto results = failing(changed_files("small-aids.examples.json", R"("bodyWeightKg": 131)",
                                             R"("bodyWeightKg": 131, "bodyWieghtKg": 1)"));
  ASSERT_EQ(results.size(), 1U);
  EXPECT_THAT(results[0].differences, ElementsAre(HasSubstr("bodyWieghtKg")));
}

TEST(PolicyExamples, that_fail_keep_a_version_from_becoming_active) {
  const ConfigurationChange anna{"anna", "Ouder", Instant{}};
  const ConfigurationChange bert{"bert", "Goed", Instant{}};
  MemoryTransaction transaction;
  const auto wrong = from_sixty_six_years();
  const auto refused = offer_shipped(transaction, policy_name(), wrong, Instant{});
  ASSERT_FALSE(refused) << "an empty store is not filled with it";
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields[0].field, "household-help.examples.json: Leeftijd: precies oud genoeg");

  ASSERT_TRUE(offer_shipped(transaction, policy_name(), shipped_files(), Instant{}));
  const auto version = propose(transaction, policy_name(), wrong, anna);
  ASSERT_TRUE(version) << "as a draft it is kept";
  const auto approved = approve(transaction, policy_name(), *version, bert);
  ASSERT_FALSE(approved);
  EXPECT_EQ(approved.error().fields, refused.error().fields);
  EXPECT_EQ(active_configuration(transaction, policy_name())->version, version_of(shipped_files()));
  EXPECT_EQ(
      offer_shipped(transaction, policy_name(), changed_files("parameters.json", "65}", "67}"), Instant{}),
      Shipped::drafted);
}

TEST(PolicyExamples, are_part_of_the_version) {
  auto files = shipped_files();
  const auto before = version_of(files);
  ASSERT_TRUE(files.contains(file_name));
  files[file_name] += "\n";
  EXPECT_NE(version_of(files), before);
  EXPECT_EQ(files_of(content_of(files))->at(file_name), files.at(file_name));
}

}  // namespace
}  // namespace softbot
