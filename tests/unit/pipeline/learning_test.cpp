#include "pipeline/learning.h"

#include <gmock/gmock.h>

#include "domain/json.h"
#include "pipeline/edit.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto a_day = std::chrono::hours(24);

/// A municipality that lets corrections be kept for ten days.
class LearningWorld : public ::testing::Test {
 protected:
  LearningWorld() { learn(Learning{10, "DPIA 12"}); }

  void learn(const std::optional<Learning>& learning) {
    Municipalities all = *world.configuration->municipalities;
    all.at("voorbeeld").learning = learning;
    world.configuration->municipalities = std::make_shared<const Municipalities>(std::move(all));
  }
  Application correct(const Application& application, const pipeline::Correction& correction) {
    const auto done = pipeline::correct(*world.services, world.consultant, application.reference,
                                        application.version, correction);
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    world.work();
    return world.application(application.reference);
  }
  std::vector<CorrectionRecord> kept() {
    std::vector<CorrectionRecord> all;
    const auto read = world.home.store().read([&](Transaction& transaction) -> Result<void> {
      all = transaction.corrections({});
      return {};
    });
    EXPECT_TRUE(read) << (read ? "" : read.error().message);
    return all;
  }
  std::vector<AuditRecord> audit_of(const std::string& subject) {
    std::vector<AuditRecord> all;
    const auto read = world.home.store().read([&](Transaction& transaction) -> Result<void> {
      all = transaction.audit_of(subject);
      return {};
    });
    EXPECT_TRUE(read);
    return all;
  }
  std::vector<std::string> actions_on(const std::string& subject) {
    std::vector<std::string> actions;
    for (const AuditRecord& row : audit_of(subject)) actions.push_back(row.action);
    return actions;
  }
  /// Anna's weight is read as 10 or 70.
  Application in_doubt() {
    return with_ink(world, {"bodyWeightKg", "10", ReadingState::doubtful, 0.6, {{"70", 0.3}}});
  }
  void end_terms() {
    const auto planned = pipeline::plan_terms_of_corrections(*world.services);
    EXPECT_TRUE(planned);
    world.work();
  }

  PaperWorld world;
};

TEST_F(LearningWorld, NothingIsKeptWhereItIsOff) {
  learn(std::nullopt);
  const Application application = in_doubt();
  correct(application, {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  EXPECT_THAT(kept(), IsEmpty());
  EXPECT_THAT(actions_on(application.reference.text), Not(Contains("kept-to-learn")));
}

TEST_F(LearningWorld, ACorrectionIsKeptWithWhatWasReadAndWhatItIs) {
  const Application application = in_doubt();
  correct(application, {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  const auto all = kept();
  ASSERT_THAT(all, SizeIs(1));
  const CorrectionRecord& one = all.front();
  EXPECT_EQ(one.municipality, "voorbeeld");
  EXPECT_EQ(one.kept_on, Date(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(18)));
  EXPECT_EQ(one.picture, "crop of bodyWeightKg");
  EXPECT_EQ(one.picture_type, "image/png");
  EXPECT_EQ(one.content["raw"].text_or_empty(), "10");
  EXPECT_EQ(one.content["state"].text_or_empty(), "doubtful");
  EXPECT_EQ(one.content["alternatives"].items().size(), 1u);
  EXPECT_EQ(one.content["value"], Value(70));
  EXPECT_EQ(one.content["written"].text_or_empty(), "70");
  EXPECT_EQ(one.content["reader"].text_or_empty(), "scripted 1");
  const auto crop = geometry_from(one.content["geometry"]);
  ASSERT_TRUE(crop) << crop.error().message;
  EXPECT_FALSE(crop->fields.front().boxes.empty());
  EXPECT_THAT(actions_on(application.reference.text), Contains("kept-to-learn"));
}

TEST_F(LearningWorld, WhatIsKeptNamesNeitherCaseNorPersonNorQuestion) {
  const Application application = in_doubt();
  correct(application, {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  const auto all = kept();
  ASSERT_THAT(all, SizeIs(1));
  const std::string text = all.front().about + all.front().owner + to_json(all.front().content);
  EXPECT_THAT(text, Not(HasSubstr(application.reference.text)));
  EXPECT_THAT(text, Not(HasSubstr(application.person.text)));
  EXPECT_THAT(text, Not(HasSubstr("bodyWeightKg")));
  EXPECT_THAT(text, Not(HasSubstr("consulent")));
}

TEST_F(LearningWorld, AReadingThatAPersonConfirmsIsKept) {
  const Application application =
      with_ink(world, {"bodyWeightKg", "70", ReadingState::doubtful, 0.8, {{"10", 0.1}}});
  correct(application, {.confirmed = {"bodyWeightKg"}});
  const auto all = kept();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.front().content["written"].text_or_empty(), "70");
}

TEST_F(LearningWorld, WhatWasReadWithCertaintyOrStandsInNoBoxesTeachesNothing) {
  auto pages = world.filled_form_with({"bodyWeightKg", "10", ReadingState::doubtful, 0.6, {{"70", 0.3}}});
  for (ReadPage& page : pages) PaperWorld::write(page, {"remarks", Value(), ReadingState::unreadable, 0});
  const std::string scan = world.receive(pages);
  world.work();
  const Application application = world.only_application(scan);
  ASSERT_TRUE(application.readings["remarks"].is_object());
  correct(application, {.fields = Value::object({{"price", "46.00"}, {"common.remarks", "Ik val vaak."}}),
                        .why = "gezien"});
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(LearningWorld, AnAnswerThatIsPutRightAgainIsNotWhatStandsOnThePaper) {
  Application application = in_doubt();
  pipeline::Correction first{.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"};
  first.judge_again = false;
  application = correct(application, first);
  ASSERT_THAT(kept(), SizeIs(1));
  correct(application, {.fields = Value::object({{"bodyWeightKg", 75}}), .why = "gebeld"});
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(LearningWorld, AnAnswerThatIsTakenOutTeachesNothing) {
  correct(in_doubt(), {.fields = Value::object({{"bodyWeightKg", Value()}}), .why = "onleesbaar"});
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(LearningWorld, ACorrectionThatIsRefusedKeepsNothing) {
  const Application application = in_doubt();
  const auto refused =
      pipeline::correct(*world.services, world.consultant, application.reference, application.version - 1,
                        {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  ASSERT_FALSE(refused);
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(LearningWorld, ATermThatIsOverEndsWhatWasKeptOnThatDay) {
  correct(in_doubt(), {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  end_terms();
  world.home.clock.advance(10 * a_day);
  world.work();
  EXPECT_THAT(kept(), SizeIs(1)) << "the tenth day is within the term";
  world.home.clock.advance(a_day);
  world.work();
  EXPECT_THAT(kept(), IsEmpty());
  EXPECT_THAT(actions_on("voorbeeld"), ElementsAre("corrections-destroyed"));
  EXPECT_THAT(audit_of("voorbeeld").front().purpose, HasSubstr("1 kept before 2026-11-19"));
}

TEST_F(LearningWorld, AShorterTermHoldsForWhatIsKeptAlready) {
  correct(in_doubt(), {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  world.home.clock.advance(5 * a_day);
  end_terms();
  ASSERT_THAT(kept(), SizeIs(1));
  learn(Learning{4, "DPIA 12"});
  end_terms();
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(LearningWorld, SwitchedOffItForgetsEverything) {
  correct(in_doubt(), {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  learn(std::nullopt);
  end_terms();
  EXPECT_THAT(kept(), IsEmpty());
}

TEST(EveryReading, NamesWhatReadIt) {
  PaperWorld world;
  const std::string scan = world.receive(world.filled_form());
  world.work();
  const Application application = world.only_application(scan);
  ASSERT_FALSE(application.readings.members().empty());
  for (const Value::Member& reading : application.readings.members())
    EXPECT_EQ(reading.value["reader"].text_or_empty(), "scripted 1") << reading.name;
}

TEST(CasesForTrial, AreAboutOneInFiveAndAlwaysTheSame) {
  int chosen = 0;
  for (int i = 0; i < 1000; ++i) chosen += pipeline::is_for_trial("owner " + std::to_string(i)) ? 1 : 0;
  EXPECT_GT(chosen, 150);
  EXPECT_LT(chosen, 250);
  EXPECT_TRUE(pipeline::is_for_trial("owner 4"));
  EXPECT_FALSE(pipeline::is_for_trial("owner 5"));
}

}  // namespace
}  // namespace softbot::testing
