#include <gmock/gmock.h>

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
