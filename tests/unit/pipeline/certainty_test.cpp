#include <gmock/gmock.h>

#include "domain/paper.h"
#include "pipeline/views.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

Application correct(PaperWorld& world, const Application& application,
                    const pipeline::Correction& correction) {
  const auto done = pipeline::correct(*world.services, world.consultant, application.reference,
                                      application.version, correction);
  EXPECT_TRUE(done) << (done ? "" : done.error().message);
  world.work();
  return world.application(application.reference);
}

TEST(ADecisiveFieldInDoubt, GoesToAPersonBeforeAnythingIsAsked) {
  PaperWorld world;
  auto pages = world.filled_form_with({"bodyWeightKg", "70", ReadingState::doubtful, 0.8, {{"10", 0.1}}});
  for (ReadPage& page : pages) PaperWorld::write(page, {"duration", Value(), ReadingState::empty});
  const std::string scan = world.receive(pages);
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("bodyWeightKg"));
  EXPECT_THAT(world.letters(application.reference), Not(Contains("repair")));
}

TEST(ADecisiveFieldInDoubt, IsGrantedOnceAPersonConfirmsIt) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"bodyWeightKg", "70", ReadingState::doubtful, 0.8, {{"10", 0.1}}});
  ASSERT_EQ(application.status, ApplicationStatus::referred);
  const Application judged = correct(world, application, {.confirmed = {"bodyWeightKg"}});
  EXPECT_EQ(judged.outcome, Outcome::granted);
  EXPECT_EQ(paper::reading_of(judged, "bodyWeightKg")["checked"]["by"].text_or_empty(), "consulent");
}

TEST(ADecisiveFieldInDoubt, IsJudgedByWhatAPersonCorrects) {
  PaperWorld world;
  const Application application = with_ink(world, {"bodyWeightKg", Value(), ReadingState::unreadable, 0, {}});
  ASSERT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("bodyWeightKg"));
  const Application judged =
      correct(world, application, {.fields = Value::object({{"bodyWeightKg", 70}}), .why = "gezien"});
  EXPECT_EQ(judged.outcome, Outcome::granted);
}

TEST(ARepairedValue, IsNeverCertain) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"bodyWeightKg", "70", ReadingState::repaired, 0.99, {{"170", 0.01}}});
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), Contains("bodyWeightKg"));
}

TEST(ARepairedNumber, IsSettledByWhatStandsBesideItAlone) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"bsn", "999900006", ReadingState::repaired, 0.9, {{"999900007", 0.01}}});
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_EQ(paper::reading_of(application, "bsn")["state"].text_or_empty(), "repaired");
  EXPECT_EQ(paper::reading_of(application, "bsn")["support"].text_or_empty(), "register");
}

TEST(ANumberThatMayWellBeMisread, IsLookedUpNowhereAndTheCaseIsNobodys) {
  PaperWorld world;
  const Application application = with_ink(world, {"bsn", "999900006", ReadingState::doubtful, 0.2});
  EXPECT_THAT(world.people.asked, IsEmpty());
  EXPECT_THAT(world.letters(application.reference), IsEmpty());
  PersonId annas;
  const auto read = world.home.store().write([&](Transaction& transaction) -> Result<void> {
    annas = transaction.find_or_add_person("999900006").id;
    return {};
  });
  ASSERT_TRUE(read);
  EXPECT_NE(application.person, annas);
}

TEST(ANumberInDoubt, IsSettledAtReceiptByWhatStandsBesideItAndTheCaseIsThatPersons) {
  PaperWorld world;
  const Application application = with_ink(world, {"bsn", "999900006", ReadingState::doubtful, 0.9});
  EXPECT_EQ(application.outcome, Outcome::granted);
  PersonId annas;
  const auto read = world.home.store().write([&](Transaction& transaction) -> Result<void> {
    annas = transaction.find_or_add_person("999900006").id;
    return {};
  });
  ASSERT_TRUE(read);
  EXPECT_EQ(application.person, annas);
  std::vector<std::string> names;
  for (const Condition& condition : application.conditions) names.push_back(condition.name);
  EXPECT_THAT(names, Contains("register-supports-bsn"));
}

TEST(ANumberInDoubt, IsNobodysWhenWhatStandsBesideItIsNotOfWhoHasIt) {
  PaperWorld world;
  RegisterPerson other = world.people.people["999900006"];
  other.bsn = "999901643";
  other.birth_date = Date(std::chrono::year(1951), std::chrono::month(3), std::chrono::day(14));
  world.people.people[other.bsn] = other;
  const Application application = with_ink(world, {"bsn", "999901643", ReadingState::doubtful, 0.9});
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), Contains("bsn"));
  EXPECT_TRUE(application.facts["registerPerson"].is_null());
}

TEST(ADoubtThatTheRegisterSettles, IsGrantedAndTheFileSaysSo) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"birthDate", "1946-03-19", ReadingState::doubtful, 0.55, {{"1946-03-14", 0.44}}});
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_EQ(application.common["birthDate"].text_or_empty(), "1946-03-14");
  std::vector<std::string> names;
  for (const Condition& condition : application.conditions) names.push_back(condition.name);
  EXPECT_THAT(names, Contains("register-supports-birthDate"));
  EXPECT_THAT(names, Contains("safeguard-read-certainly"));
  EXPECT_THAT(names, Contains("safeguard-ink-looked-at"));
}

TEST(ADoubtAboutTheDayOfSigning, IsSettledByTheDayOfReceiptWhenItIsShortlyBefore) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"signingDate", "2026-11-16", ReadingState::doubtful, 0.6, {{"2020-11-16", 0.39}}});
  EXPECT_EQ(application.outcome, Outcome::granted);
}

TEST(ADoubtAboutTheDayOfSigning, IsSettledAlsoWhenAnotherYearWasReadFirst) {
  for (const ReadingState state : {ReadingState::doubtful, ReadingState::repaired}) {
    PaperWorld world;
    const Application application =
        with_ink(world, {"signingDate", "2028-11-16", state, 0.5, {{"2026-11-16", 0.49}}});
    EXPECT_EQ(application.outcome, Outcome::granted);
    EXPECT_EQ(application.common["signingDate"].text_or_empty(), "2026-11-16");
  }
}

TEST(ADoubtAboutTheDayOfSigning, IsSettledByALittleProbabilityOfADayShortlyBefore) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"signingDate", "2076-11-16", ReadingState::doubtful, 0.9, {{"2026-11-16", 0.06}}});
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_EQ(application.common["signingDate"].text_or_empty(), "2026-11-16");

  const Application hardly =
      with_ink(world, {"signingDate", "2076-11-16", ReadingState::doubtful, 0.9, {{"2026-11-16", 0.03}}});
  EXPECT_THAT(fields_of(hardly.reasons, "field-doubtful"), Contains("signingDate"));
}

TEST(ADoubtAboutTheDayOfSigning, BetweenTwoDaysShortlyBeforeMakesNoDifferenceAndTheFileSaysSo) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"signingDate", "2026-11-16", ReadingState::doubtful, 0.8, {{"2026-11-06", 0.19}}});
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_THAT(paper::resting_on_every_reading(application), ElementsAre("signingDate"));
}

TEST(ADoubtAboutTheDayOfSigning, IsNotThatVeryDayWhereTheYearWasMisread) {
  PaperWorld world;
  const Application application = with_ink(world, {"signingDate",
                                                   "2021-11-11",
                                                   ReadingState::doubtful,
                                                   0.88,
                                                   {{"2026-11-11", 0.06}, {"2026-11-16", 0.003}}});
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_THAT(paper::resting_on_every_reading(application), ElementsAre("signingDate"));
}

TEST(ADoubtAboutTheDayOfSigning, IsForAPersonWhenItIsNotReadAsADayShortlyBefore) {
  PaperWorld world;
  const Application application = with_ink(world, {"signingDate", "2020-02-02", ReadingState::doubtful, 0.6});
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), Contains("signingDate"));
}

TEST(ADoubtWhereTheRegisterIsNotAmongWhatMayStandThere, GoesToAPerson) {
  PaperWorld world;
  const Application application =
      with_ink(world, {"birthDate", "1946-03-19", ReadingState::doubtful, 0.55, {{"1946-08-19", 0.44}}});
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("birthDate"));
}

TEST(ASupportingFieldInDoubt, IsUnknownAndBlocksNothing) {
  PaperWorld world;
  const Application application = with_ink(world, {"town", "VOORBELD", ReadingState::doubtful, 0.5});
  EXPECT_EQ(application.outcome, Outcome::granted);
}

TEST(WhatIsAskedAlthoughItWasWritten, IsLookedAtFirst) {
  PaperWorld world;
  const Application application = with_ink(world, {"initials", Value(), ReadingState::unreadable, 0});
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(fields_of(application.reasons, "field-doubtful"), ElementsAre("initials"));
}

TEST(InkAtAQuestionThatDoesNotApply, HoldsUpNothing) {
  PaperWorld world;
  const Application application = with_ink(world, {"needsFixing", true, ReadingState::doubtful, 0.6});
  EXPECT_EQ(application.outcome, Outcome::granted)
      << ::testing::PrintToString(fields_of(application.reasons, "incomplete"));
}

TEST(InkInAFreeField, IsLookedAtByAPersonBeforeTheGrant) {
  PaperWorld world;
  Application application = with_ink(world, {"remarks", "help mij", ReadingState::doubtful, 0.3});
  EXPECT_EQ(application.status, ApplicationStatus::deciding);
  EXPECT_THAT(fields_of(application.open_tasks, "look-at-crop"), ElementsAre("remarks"));
  EXPECT_TRUE(application.common["remarks"].is_null());  // shown, not guessed
  const std::string crop = paper::reading_of(application, "remarks")["crop"].text_or_empty();
  const auto opened = pipeline::open_document(*world.services, application.reference, DocumentId(crop),
                                              pipeline::Viewer::staff);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->bytes, "crop of remarks");
  EXPECT_FALSE(pipeline::open_document(*world.services, application.reference, DocumentId(crop),
                                       pipeline::Viewer::resident));

  ASSERT_TRUE(pipeline::finish_task(*world.services, world.consultant, application.reference,
                                    application.version, "look-at-crop", {"Niets bijzonders.", "remarks"}));
  world.work();
  application = world.application(application.reference);
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_THAT(application.open_tasks, IsEmpty());
}

TEST(InkInAFreeField, ThatAsksForAConversationBecomesATaskAndHoldsUpNothing) {
  PaperWorld world;
  Application application = with_ink(world, {"limitation", Value(), ReadingState::unreadable, 0});
  ASSERT_EQ(application.status, ApplicationStatus::deciding);
  pipeline::TaskEnd end{"Wil graag gebeld worden.", "limitation", true, "Ik ben zo eenzaam."};
  ASSERT_TRUE(pipeline::finish_task(*world.services, world.consultant, application.reference,
                                    application.version, "look-at-crop", end));
  world.work();
  application = world.application(application.reference);
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_THAT(codes_of(application.open_tasks), ElementsAre("signal-conversation"));
  EXPECT_EQ(application.fields["limitation"].text_or_empty(), "Ik ben zo eenzaam.");
  EXPECT_THAT(application.signals, Not(IsEmpty()));
}

TEST(AFormWithoutSignature, IsAskedForItBySheet) {
  PaperWorld world;
  const Application application = with_ink(world, {"signature", Value(), ReadingState::empty});
  EXPECT_EQ(application.status, ApplicationStatus::incomplete);
  EXPECT_EQ(application.assurance, IdentityAssurance::none);
  EXPECT_THAT(world.letters(application.reference), Contains("sign-sheet"));
}

TEST(ASignatureInDoubt, GoesToAPersonWhoSeesItStandThere) {
  PaperWorld world;
  const Application application = with_ink(world, {"signature", Value(), ReadingState::doubtful, 0.5});
  ASSERT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(application.reasons), Contains("signature-doubtful"));
  const Application judged = correct(world, application, {.confirmed = {"signature"}});
  EXPECT_EQ(judged.outcome, Outcome::granted);
  EXPECT_EQ(judged.signed_by, "form");
}

TEST(ConfirmingWhatIsNotThere, IsRefusedByName) {
  PaperWorld world;
  const Application application = with_ink(world, {"bodyWeightKg", "70", ReadingState::doubtful, 0.8});
  const auto done = pipeline::correct(*world.services, world.consultant, application.reference,
                                      application.version, {.confirmed = {"shoeSize"}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::invalid_input);
}

TEST(AResident, SeesThatAPersonLooksAndNotHowWellTheirHandWasRead) {
  PaperWorld world;
  const Application application = with_ink(world, {"bodyWeightKg", "70", ReadingState::doubtful, 0.8});
  const Value view = pipeline::view_of(*world.services, application, {}, pipeline::Viewer::resident);
  ASSERT_EQ(view["reasons"].items().size(), 1U);
  EXPECT_EQ(view["reasons"].items()[0]["code"].text_or_empty(), "needs-a-person");
  EXPECT_FALSE(view.contains("readings"));
}

}  // namespace
}  // namespace softbot::testing
