#include "pipeline/by_post.h"

#include <gmock/gmock.h>

#include "domain/deadlines.h"
#include "domain/zone.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "unit/pipeline/mail_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;

std::vector<OutboxRecord> of_kind(MailWorld& world, const Application& application, const std::string& letter,
                                  const std::string& channel) {
  auto rows = world.outbox(application);
  std::erase_if(rows, [&](const OutboxRecord& row) {
    return row.channel != channel || row.content["letter"].text_or_empty() != letter;
  });
  return rows;
}

std::string last_day_to_object(MailWorld& world, const Application& application) {
  std::string day;
  const Application now = world.application(application.reference);
  for (const Deadline& term : pipeline::terms_of(now, pipeline::today(*world.services)).terms) {
    if (term.code == "objection") day = format_iso(term.end);
  }
  return day;
}

TEST(AColleague, SendsByPostWhatLiesOnThePageAlone) {
  MailWorld world;
  const Application application = with_mail(world);
  decide(world, application);
  ASSERT_EQ(world.letter(application, "person-decision").state, "delivered");
  const Date on_page = pipeline::today(*world.services);
  world.at(std::chrono::hours(24 * 7));
  const auto stopped = pipeline::send_by_post(*world.services, world.consultant, application.reference);
  ASSERT_TRUE(stopped) << stopped.error().message;
  world.work();

  const auto posted = of_kind(world, application, "person-decision", "post");
  ASSERT_EQ(posted.size(), 1U);
  EXPECT_EQ(posted[0].state, "delivered") << "with the mail room";
  EXPECT_TRUE(world.post.deliveries.contains(posted[0].key));
  EXPECT_EQ(pipeline::why_posted_instead(posted[0]), pipeline::by_post::by_staff);
  EXPECT_EQ(of_kind(world, application, "investigation-report", "post").size(), 1U);
  const auto announced = of_kind(world, application, "person-decision", "mail");
  ASSERT_EQ(announced.size(), 1U) << "what was announced stays known";
  EXPECT_NE(announced[0].document, posted[0].document);

  const Value context = posted[0].content["context"];
  EXPECT_EQ(context["date"].text_or_empty(), format_iso(*posted[0].planned_date));
  EXPECT_EQ(context["objection"]["lastDay"].text_or_empty(),
            format_iso(objection_last_day(*posted[0].planned_date)));
  EXPECT_EQ(announced[0].content["context"]["date"].text_or_empty(), format_iso(on_page));
}

TEST(AColleague, StopsMailForTheCaseAndItIsWrittenDown) {
  MailWorld world;
  const Application application = with_mail(world);
  ASSERT_TRUE(pipeline::send_by_post(*world.services, world.consultant, application.reference));
  const Application now = world.application(application.reference);
  EXPECT_EQ(pipeline::mail_address_of(*world.services, now), std::nullopt);
  EXPECT_EQ(pipeline::why_no_mail(now), pipeline::by_post::by_staff);
  const CaseEvent* event = pipeline::last_event(now, "staff-chose-post");
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(event->by, world.consultant.account);
  EXPECT_FALSE(pipeline::may_send_by_post(*world.services, now, world.outbox(application)));
  decide(world, application);
  EXPECT_EQ(world.mailer.tries, 0);
  EXPECT_THAT(world.letters(application.reference), Contains("person-decision"));
}

TEST(AColleague, SendsByPostWhatStillWaitsForItsMail) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  ASSERT_TRUE(pipeline::send_by_post(*world.services, world.consultant, application.reference));
  world.work();
  EXPECT_EQ(of_kind(world, application, "person-decision", "post").size(), 1U);
  EXPECT_TRUE(of_kind(world, application, "person-decision", "mail").empty());
  EXPECT_THAT(world.events(application), Contains("mail-stopped-by-staff"));
}

TEST(APostingThatFollowsAnAnnouncement, GivesTheResidentTheLaterLastDay) {
  MailWorld world;
  const Application application = with_mail(world);
  decide(world, application);
  const std::string first_day = last_day_to_object(world, application);
  world.at(std::chrono::hours(24 * 7));
  ASSERT_TRUE(pipeline::send_by_post(*world.services, world.consultant, application.reference));
  world.work();
  const auto posted = of_kind(world, application, "person-decision", "post");
  ASSERT_EQ(posted.size(), 1U);
  world.at(std::chrono::hours(24));
  ASSERT_TRUE(
      pipeline::confirm_posted(*world.services, world.consultant, posted[0].key, *posted[0].planned_date));
  EXPECT_EQ(last_day_to_object(world, application),
            posted[0].content["context"]["objection"]["lastDay"].text_or_empty());
  EXPECT_LT(first_day, last_day_to_object(world, application));
}

TEST(ALetterThatLiesOnThePage, GoesByPostOnceHoweverOftenItIsAsked) {
  MailWorld world;
  const Application application = with_mail(world);
  decide(world, application);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(pipeline::send_by_post(*world.services, world.consultant, application.reference));
    world.work();
  }
  EXPECT_EQ(of_kind(world, application, "person-decision", "post").size(), 1U);
  EXPECT_FALSE(pipeline::may_send_by_post(*world.services, world.application(application.reference),
                                          world.outbox(application)));
}

TEST(ALetterThatAsks, GivesTheDaysBackWhenItGoesByPostAfterAll) {
  MailWorld world;
  const Application application = with_mail(world);
  ask_for_the_price(world, application);
  ASSERT_EQ(of_kind(world, application, "repair", "mail").size(), 1U);
  const Date by_mail = end_of_repair_term(world, application);
  world.at(std::chrono::hours(24 * 7));
  ASSERT_TRUE(pipeline::send_by_post(*world.services, world.consultant, application.reference));
  world.work();
  const auto posted = of_kind(world, application, "repair", "post");
  ASSERT_EQ(posted.size(), 1U);
  EXPECT_LE(add_days(by_mail, 7), end_of_repair_term(world, application));
  EXPECT_EQ(posted[0].content["context"]["until"].text_or_empty(),
            format_iso(end_of_repair_term(world, application)));
}

TEST(WhoGotAMailThatWasNotForThem, IsFoundByTheirAddressUntilTheMailStops) {
  MailWorld world;
  const Application application = with_mail(world, "vreemde@voorbeeld.nl");
  const auto found = [&](const char* address, const pipeline::Staff& staff) -> std::string {
    const auto reference = pipeline::case_mailed_to(*world.services, staff, parse_email(address).value());
    EXPECT_TRUE(reference);
    return reference && *reference ? (*reference)->text : "";
  };
  decide(world, application);
  EXPECT_EQ(found("vreemde@voorbeeld.nl", world.consultant), application.reference.text);
  EXPECT_EQ(found("ander@voorbeeld.nl", world.consultant), "");
  EXPECT_EQ(found("vreemde@voorbeeld.nl", {"ander", "A. Ander", {"elders"}}), "");
  ASSERT_TRUE(pipeline::send_by_post(*world.services, world.consultant, application.reference));
  world.work();
  EXPECT_EQ(found("vreemde@voorbeeld.nl", world.consultant), "");
}

TEST(AColleagueOfAnotherMunicipality, SendsNothing) {
  MailWorld world;
  const Application application = with_mail(world);
  const pipeline::Staff stranger{"ander", "A. Ander", {"elders"}};
  const auto done = pipeline::send_by_post(*world.services, stranger, application.reference);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::not_found);
  EXPECT_TRUE(pipeline::mail_address_of(*world.services, world.application(application.reference)));
}

}  // namespace
}  // namespace softbot::testing
