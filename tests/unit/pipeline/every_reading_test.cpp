#include <gmock/gmock.h>

#include "domain/paper.h"
#include "pipeline/every_reading.h"
#include "policy/kill_switch.h"
#include "policy/versions.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Ink weight_of_58_or(const std::string& other) {
  return {"bodyWeightKg", "58", ReadingState::doubtful, 0.95, {{other, 0.046}, {"8", 0.0001}}};
}

Ink ticked(const std::string& field, const Value& value, const Value& ticks) {
  return {
      .field = field, .value = value, .state = ReadingState::doubtful, .probability = 0.7, .ticks = ticks};
}

/// The answer about the body weight in the report that goes with the letter.
std::string weight_in_report(PaperWorld& world, const Application& application) {
  std::string words;
  const auto read = world.home.store().read([&](Transaction& transaction) -> Result<void> {
    for (const OutboxRecord& row : transaction.outbox_of(application.reference)) {
      for (const Value& answer : row.content["context"]["answers"].items()) {
        if (answer["question"].text_or_empty().find("gewicht") != std::string::npos)
          words = answer["answer"].text_or_empty();
      }
    }
    return {};
  });
  EXPECT_TRUE(read);
  return words;
}

/// One person proposes another text in the policy, another approves it.
void change_policy(PaperWorld& world, const std::string& file, const std::string& from,
                   const std::string& to) {
  const auto done = world.home.store().write([&](Transaction& transaction) -> Result<void> {
    auto files = files_of(active_configuration(transaction, policy_name())->content);
    if (!files) return fail(files.error());
    std::string& text = files->at(file);
    text.replace(text.find(from), from.size(), to);
    files->erase("small-aids.examples.json");  // what it expects is of the policy as it was
    const Instant now = world.home.clock.now();
    const auto version = propose(transaction, policy_name(), *files, {"een", "proef", now});
    if (!version) return fail(version.error());
    return approve(transaction, policy_name(), *version, {"twee", "akkoord", now});
  });
  ASSERT_TRUE(done) << done.error().message;
}

TEST(ADoubtThatChangesNothing, IsGrantedAndTheFileAndTheReportSaySo) {
  PaperWorld world;
  const Application application = with_ink(world, weight_of_58_or("54"));
  ASSERT_EQ(application.outcome, Outcome::granted);
  EXPECT_EQ(application.fields["bodyWeightKg"], Value(Number{"58"}));
  std::vector<std::string> names;
  for (const Condition& condition : application.conditions) names.push_back(condition.name);
  EXPECT_THAT(names, Contains("safeguard-every-reading-bodyWeightKg"));
  EXPECT_THAT(weight_in_report(world, application), HasSubstr("moeilijk te lezen"));
}

TEST(ADoubtThatChangesNothing, MayBeAboutAValueThatTheRulesRepaired) {
  PaperWorld world;
  Ink weight = weight_of_58_or("54");
  weight.state = ReadingState::repaired;
  EXPECT_EQ(with_ink(world, weight).outcome, Outcome::granted);
}

TEST(ADoubtThatDecides, GoesToAPerson) {
  PaperWorld world;
  const Application application = with_ink(world, weight_of_58_or("158"));
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("bodyWeightKg"));
}

TEST(ADoubtThatDecides, IsOneAboutANumberOnWhichTheGrantRests) {
  PaperWorld world;
  change_policy(world, "small-aids.dmn", "<informationRequirement id=\"requirement_grant_3\">",
                "<informationRequirement id=\"requirement_grant_5\"><requiredInput "
                "href=\"#input_bodyWeightKg\" /></informationRequirement>"
                "<informationRequirement id=\"requirement_grant_3\">");
  change_policy(world, "small-aids.dmn", "amountCentsPerYear: aidPriceCents",
                "amountCentsPerYear: 100 * bodyWeightKg");
  EXPECT_THAT(fields_of(with_ink(world, weight_of_58_or("54")).reasons, "field-doubtful"),
              ElementsAre("bodyWeightKg"));
}

TEST(ADoubtThatLeavesTooMuchOpen, GoesToAPerson) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"bodyWeightKg", "58", ReadingState::doubtful, 0.8, {{"54", 0.1}}});
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("bodyWeightKg"));
}

TEST(BoxesInDoubtAmongMany, LeaveOpenEachSetThatTheyMayMake) {
  PaperWorld world;
  Application application;
  application.type = "household-help";
  application.municipality = "voorbeeld";
  application.readings =
      Value::object({{"tasks", Value::object({{"part", "household-help"},
                                              {"class", "decisive"},
                                              {"state", "doubtful"},
                                              {"ticks", Value::object({{"heavy-cleaning", true},
                                                                       {"light-cleaning", Value()},
                                                                       {"laundry", false},
                                                                       {"beds", Value()}})}})}});
  const auto open = pipeline::open_fields(*world.configuration, application);
  ASSERT_EQ(open.size(), 1U);
  const auto set = [](const std::vector<std::string>& options) {
    Value::List list;
    for (const std::string& option : options) list.emplace_back(option);
    return Value(std::move(list));
  };
  EXPECT_THAT(
      open.front().values,
      ElementsAre(set({"heavy-cleaning"}), set({"heavy-cleaning", "light-cleaning"}),
                  set({"heavy-cleaning", "beds"}), set({"heavy-cleaning", "light-cleaning", "beds"})));
}

TEST(AQuestionWhoseFramesWereNotSeen, IsInDoubtAsAWholeThoughNoBoxIs) {
  PaperWorld world;
  Application application;
  application.type = "household-help";
  application.municipality = "voorbeeld";
  application.readings = Value::object(
      {{"tasks", Value::object({{"part", "household-help"},
                                {"class", "decisive"},
                                {"state", "doubtful"},
                                {"ticks", Value::object({{"heavy-cleaning", true}, {"laundry", false}})}})}});
  EXPECT_THAT(pipeline::open_fields(*world.configuration, application), IsEmpty());
}

TEST(ADoubtThatChangesNothing, IsForAPersonToSettleWhenSomethingElseSendsTheCaseThere) {
  PaperWorld world;
  const auto stopped = world.home.store().write([&](Transaction& transaction) -> Result<void> {
    return set_kill_switch(transaction,
                           {"small-aids", true, "een", "leverancier failliet", world.home.clock.now()});
  });
  ASSERT_TRUE(stopped);
  const Application application = with_ink(world, weight_of_58_or("54"));
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(application.reasons), Contains("kill-switch"));
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("bodyWeightKg"));
  EXPECT_THAT(paper::resting_on_every_reading(application), IsEmpty());
}

TEST(APersonalPlanDeclinedInDoubt, IsWaitedForAWeek) {
  PaperWorld world;
  const Application application =
      with_ink(world, ticked("personalPlan", false, Value::object({{"true", false}, {"false", Value()}})));
  EXPECT_EQ(application.status, ApplicationStatus::deciding);
  EXPECT_FALSE(application.outcome);
}

TEST(ABoxInDoubtThatIsTheOnlyAnswer, GoesToAPersonForThereMayBeNone) {
  PaperWorld world;
  const Application application =
      with_ink(world, ticked("wlz", false, Value::object({{"true", false}, {"false", Value()}})));
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("wlz"));
}

TEST(ABoxInDoubtThatMayBeACryForHelp, GoesToAPerson) {
  PaperWorld world;
  const Application application =
      with_ink(world, ticked("urgent", false, Value::object({{"true", Value()}, {"false", true}})));
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("urgent"));
}

TEST(TwoDoubtsOfWhichOneIsAboutTheAddress, BothGoToAPerson) {
  PaperWorld world;
  auto pages = world.filled_form_with(weight_of_58_or("54"));
  for (ReadPage& page : pages)
    PaperWorld::write(page, {"postcode", "9999ZZ", ReadingState::doubtful, 0.6, {{"9999ZX", 0.3}}});
  const std::string scan = world.receive(pages);
  world.work();
  EXPECT_THAT(fields_of(world.only_application(scan).reasons, "field-doubtful"),
              ElementsAre("postcode", "bodyWeightKg"));
}

TEST(ADoubtThatChangedNothingAtReceipt, GoesToAPersonWhenItDoesByTheDayOfTheDecision) {
  PaperWorld world;
  auto pages = world.filled_form_with(weight_of_58_or("54"));
  for (ReadPage& page : pages) PaperWorld::write(page, {"personalPlan", true});
  const std::string scan = world.receive(pages);
  world.work();
  ASSERT_EQ(world.only_application(scan).status, ApplicationStatus::deciding);
  change_policy(world, "parameters.json", "\"value\": 130", "\"value\": 57");
  world.home.clock.set(*parse_instant("2026-12-02T10:00:00Z"));
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("bodyWeightKg"));
  EXPECT_THAT(paper::resting_on_every_reading(application), IsEmpty());
}

}  // namespace
}  // namespace softbot::testing
