#include <gmock/gmock.h>

#include <algorithm>

#include "domain/date.h"
#include "domain/json.h"
#include "pipeline/letters.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::HasSubstr;

/// Anna asks a personal budget: a consultant decides.
Application referred(PaperWorld& world) {
  Application application = with_ink(world, {"provisionForm", "personal-budget"});
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  return application;
}

pipeline::PersonDecision grant() {
  return {.outcome = Outcome::granted,
          .written_reasons = "U kunt niet zonder.",
          .grant = Value::object({{"aid", "raised-toilet-seat"}, {"from", "2026-11-20"}})};
}

Result<pipeline::LetterToSend> letter_now(PaperWorld& world, const Application& application,
                                          const pipeline::PersonDecision& decision) {
  return pipeline::letter_of_decision(*world.services, world.consultant, application.reference,
                                      application.version, decision);
}

std::vector<OutboxRecord> outbox(PaperWorld& world, const Application& application) {
  std::vector<OutboxRecord> rows;
  const auto read = world.home.store().read([&](Transaction& transaction) -> Result<void> {
    rows = transaction.outbox_of(application.reference);
    return {};
  });
  EXPECT_TRUE(read);
  return rows;
}

TEST(TheLetterBeforeADecision, IsExactlyTheLetterThatGoes) {
  PaperWorld world;
  const Application application = referred(world);
  const auto before = letter_now(world, application, grant());
  ASSERT_TRUE(before) << before.error().message;
  ASSERT_TRUE(pipeline::decide(*world.services, world.consultant, application.reference, application.version,
                               grant()));
  Value sent;
  for (const OutboxRecord& row : outbox(world, application)) {
    if (row.content["letter"].text_or_empty() == before->letter) sent = row.content["context"];
  }
  EXPECT_EQ(before->letter, "person-decision");
  EXPECT_EQ(before->context, sent);
  EXPECT_FALSE(sent["recipient"]["address"].items().empty());
}

TEST(TheLetterBeforeADecision, StoresAndSendsNothing) {
  PaperWorld world;
  const Application application = referred(world);
  const auto sent_before = outbox(world, application).size();
  ASSERT_TRUE(letter_now(world, application, grant()));
  world.work();
  EXPECT_EQ(world.application(application.reference), application);
  EXPECT_EQ(outbox(world, application).size(), sent_before);
}

TEST(TheLetterBeforeADecision, IsRefusedAsTheDecisionWouldBe) {
  PaperWorld world;
  const Application application = referred(world);
  auto without_reasons = grant();
  without_reasons.written_reasons = "  ";
  const auto refused = letter_now(world, application, without_reasons);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "writtenReasons");

  const auto stale = pipeline::letter_of_decision(*world.services, world.consultant, application.reference,
                                                  application.version - 1, grant());
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::stale);
  const auto elsewhere = pipeline::letter_of_decision(*world.services, {"ander", "A. Ander", {"molendam"}},
                                                      application.reference, application.version, grant());
  ASSERT_FALSE(elsewhere);
  EXPECT_EQ(elsewhere.error().code, ErrorCode::not_found);
}

pipeline::PersonDecision refusal(std::optional<pipeline::Hearing> hearing) {
  return {.outcome = Outcome::refused,
          .written_reasons = "Uw huisgenoot kan helpen.",
          .hearing = std::move(hearing)};
}

Date day(const char* iso) {
  return *parse_iso_date(iso);
}

Result<Application> decide(PaperWorld& world, const Application& application,
                           const pipeline::PersonDecision& decision) {
  return pipeline::decide(*world.services, world.consultant, application.reference, application.version,
                          decision);
}

std::string field_of_mistake(PaperWorld& world, const Application& application,
                             const pipeline::PersonDecision& decision) {
  const auto done = decide(world, application, decision);
  return done ? "" : done.error().fields.front().field;
}

TEST(ARefusal, SaysWhetherItRestsOnOtherFactsThanTheApplicantGave) {
  PaperWorld world;
  const Application application = referred(world);
  EXPECT_EQ(field_of_mistake(world, application, refusal(std::nullopt)), "hearing.factsDiffer");
  auto in_part = grant();
  in_part.outcome = Outcome::granted_in_part;
  EXPECT_EQ(field_of_mistake(world, application, in_part), "hearing.factsDiffer");
  EXPECT_EQ(world.application(application.reference).version, application.version);
  EXPECT_TRUE(decide(world, application, refusal(pipeline::Hearing{.facts_differ = false})));
}

TEST(ARefusal, OfHelpIsNoDecisionAboutMoney) {
  PaperWorld world;
  const Application application = referred(world);
  const auto refused =
      decide(world, application, refusal(pipeline::Hearing{.facts_differ = true, .exception = "financial"}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "hearing.exception");
}

TEST(ARefusal, OfASystemThatKeepsTheHearingItselfNeedsNoneHere) {
  PaperWorld world;
  const Application application = referred(world);
  auto sent = refusal(std::nullopt);
  sent.hearing_kept_elsewhere = true;
  const auto done = decide(world, application, sent);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(done->decision->trace["hearing"].is_null());
}

TEST(ARefusalOnOtherFacts, NeedsAConversationOrAnExceptionOfTheLaw) {
  PaperWorld world;
  const Application application = referred(world);
  pipeline::Hearing hearing{.facts_differ = true};
  EXPECT_EQ(field_of_mistake(world, application, refusal(hearing)), "hearing.heardOn");
  hearing.exception = "no-time";
  EXPECT_EQ(field_of_mistake(world, application, refusal(hearing)), "hearing.heardOn");
  hearing.exception = "";
  hearing.heard_on = day("2026-11-19");
  hearing.said = "Dat klopt niet.";
  EXPECT_EQ(field_of_mistake(world, application, refusal(hearing)), "hearing.heardOn") << "tomorrow";
  hearing.heard_on = day("2026-11-18");
  hearing.said = " ";
  EXPECT_EQ(field_of_mistake(world, application, refusal(hearing)), "hearing.said");
  hearing.said = "Dat klopt niet.";
  hearing.exception = "urgent";
  EXPECT_EQ(field_of_mistake(world, application, refusal(hearing)), "hearing.exception");
}

TEST(ARefusalOnOtherFacts, KeepsTheConversationAndTellsItInTheLetter) {
  PaperWorld world;
  const Application application = referred(world);
  const auto decision = refusal(pipeline::Hearing{
      .facts_differ = true, .heard_on = day("2026-11-18"), .said = "Mijn zoon werkt ook in het weekend."});
  const auto before = letter_now(world, application, decision);
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_EQ(before->context["heardOn"].text_or_empty(), "2026-11-18");
  EXPECT_EQ(before->context["reasons"].items().back()["text"].text_or_empty(),
            "In ons gesprek zei u: Mijn zoon werkt ook in het weekend.");
  const auto decided = decide(world, application, decision);
  ASSERT_TRUE(decided) << decided.error().message;
  EXPECT_EQ(decided->decision->trace["hearing"]["heardOn"].text_or_empty(), "2026-11-18");
  const auto heard = std::find_if(decided->events.begin(), decided->events.end(),
                                  [](const CaseEvent& event) { return event.kind == "heard"; });
  ASSERT_NE(heard, decided->events.end());
  EXPECT_EQ(heard->by, "consulent");
}

TEST(ARefusalOnOtherFacts, NamesTheArticleWhereNobodyWasHeard) {
  PaperWorld world;
  const Application application = referred(world);
  const auto decision = refusal(pipeline::Hearing{.facts_differ = true, .exception = "heard-before"});
  const auto before = letter_now(world, application, decision);
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_THAT(before->context["reasons"].items().back()["text"].text_or_empty(), HasSubstr("4:11 onder b"));
  EXPECT_TRUE(before->context["heardOn"].is_null());
  ASSERT_TRUE(decide(world, application, decision));
  EXPECT_EQ(world.application(application.reference).decision->trace["hearing"]["exception"].text_or_empty(),
            "heard-before");
}

TEST(TheReverseTest, IsKeptWithTheDecisionAndStaysOutOfTheLetter) {
  PaperWorld world;
  const Application application = referred(world);
  auto decision = grant();
  decision.test.effect = "Veilig naar het toilet kunnen";
  const auto before = letter_now(world, application, decision);
  ASSERT_TRUE(before) << before.error().message;
  EXPECT_EQ(to_json(before->context).find("Veilig naar het toilet kunnen"), std::string::npos);
  ASSERT_TRUE(decide(world, application, decision));
  EXPECT_EQ(world.application(application.reference).decision->trace["reverseTest"]["effect"].text_or_empty(),
            "Veilig naar het toilet kunnen");
}

TEST(WrittenReasons, HoldNoGapsOfAStandardText) {
  PaperWorld world;
  const Application application = referred(world);
  auto with_gap = grant();
  with_gap.written_reasons = "Op [datum] kwamen wij bij u thuis.";
  const auto refused = pipeline::decide(*world.services, world.consultant, application.reference,
                                        application.version, with_gap);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().fields.front().message, HasSubstr("vierkante haken"));
}

}  // namespace
}  // namespace softbot::testing
