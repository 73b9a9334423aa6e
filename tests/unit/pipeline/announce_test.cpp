#include "pipeline/announce.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "domain/deadlines.h"
#include "domain/zone.h"
#include "pipeline/case_actions.h"
#include "pipeline/staff_actions.h"
#include "pipeline/terms.h"
#include "pipeline/views.h"
#include "unit/pipeline/mail_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

TEST(ADecisionForWhoAgreedToMail, IsAnnouncedByOneMailAndLiesOnThePage) {
  MailWorld world;
  const Application application = with_mail(world);
  decide(world, application);
  ASSERT_EQ(world.mailer.mails.size(), 1U);
  EXPECT_EQ(world.mailer.mails[0].to.text(), "anna@voorbeeld.nl");
  EXPECT_THAT(world.kinds_of_documents(application), IsSupersetOf({"decision", "investigation-report"}));
  EXPECT_THAT(world.letters(application.reference), Not(Contains("person-decision")));
  EXPECT_THAT(world.letters(application.reference), Not(Contains("investigation-report")));
  EXPECT_THAT(world.events(application), IsSupersetOf({"announced-by-mail", "decision-published"}));
  EXPECT_EQ(world.letter(application, "person-decision").state, "delivered");
}

TEST(ADecisionForWhoAgreedToMail, CountsItsTermsFromTheDayOnWhichItLiesThere) {
  MailWorld world;
  const Application application = with_mail(world);
  decide(world, application);
  const Date day = pipeline::today(*world.services);
  const Value context = world.letter(application, "person-decision").content["context"];
  EXPECT_EQ(context["date"].text_or_empty(), format_iso(day));
  EXPECT_EQ(context["objection"]["lastDay"].text_or_empty(), format_iso(objection_last_day(day)));
  const Application decided = world.application(application.reference);
  EXPECT_EQ(pipeline::last_event(decided, "decision-published")->date, day);
  world.at(std::chrono::hours(24 * 7));
  EXPECT_THAT(codes_of(world.application(application.reference).open_tasks),
              Not(Contains("posting-unconfirmed")))
      << "nobody waits for the mail room";
}

TEST(TheMail, SaysNothingAboutWhoAndWhat) {
  MailWorld world;
  const Application application = with_mail(world);
  decide(world, application);
  const MailMessage& mail = world.mailer.mails.at(0);
  const std::string all = mail.subject + mail.text + mail.id;
  for (const std::string& secret :
       {annas_number, std::string("Zonneveld"), application.reference.text, std::string("toilet"),
        std::string("hulpmiddel"), std::string("besluit"), std::string("@"), std::string("Dorpsstraat")})
    EXPECT_THAT(all, Not(HasSubstr(secret)));
  EXPECT_THAT(mail.text, HasSubstr("https://loket.voorbeeld.nl/mijn\n"));
  EXPECT_THAT(mail.subject, HasSubstr("Gemeente Voorbeeld"));
  EXPECT_THAT(mail.text, HasSubstr("Is deze e-mail niet voor u?"));
}

TEST(AnAddressThatTheMailServerRefuses, IsWrittenToByPostAtOnceAndFromThenOn) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = refused;
  decide(world, application);
  EXPECT_EQ(world.mailer.tries, 1);
  const OutboxRecord row = world.letter(application, "person-decision");
  EXPECT_EQ(row.channel, "post");
  EXPECT_EQ(row.state, "delivered") << "with the mail room";
  EXPECT_TRUE(world.post.deliveries.contains(row.key));
  EXPECT_EQ(format_iso(*row.planned_date), row.content["context"]["date"].text_or_empty());
  EXPECT_THAT(world.events(application), Contains("mail-refused"));
  EXPECT_THAT(world.events(application), Not(Contains("decision-published")));
  EXPECT_EQ(pipeline::mail_address_of(*world.services, world.application(application.reference)),
            std::nullopt);
  ASSERT_TRUE(pipeline::record_event(
      *world.services, world.consultant, application.reference,
      {.kind = "objection", .received = pipeline::today(*world.services), .note = "Nee"}));
  world.work();
  EXPECT_EQ(world.letter(application, "event-confirmation").channel, "post");
  EXPECT_EQ(world.mailer.tries, 1);
  world.at(std::chrono::hours(24 * 7));
  EXPECT_THAT(codes_of(world.application(application.reference).open_tasks), Contains("posting-unconfirmed"))
      << "the mail room is waited for, as with every decision by post";
}

TEST(AMailServerThatIsAway, IsTriedAgainWithGrowingWaits) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  EXPECT_EQ(world.mailer.tries, 1);
  EXPECT_THAT(world.kinds_of_documents(application), Not(Contains("decision")))
      << "dated when it is announced";
  for (int i = 0; i < 12 * 60; ++i) world.at(std::chrono::seconds(5));
  EXPECT_GT(world.mailer.tries, 8);
  EXPECT_LT(world.mailer.tries, 16);
  EXPECT_THAT(world.letters(application.reference), Not(Contains("person-decision")));
}

TEST(AMailServerThatComesBack, GetsTheMailWithALetterOfThatDay) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  world.at(std::chrono::hours(25));
  world.mailer.answers.reset();
  world.at(std::chrono::hours(2));
  ASSERT_EQ(world.mailer.mails.size(), 1U);
  const Date day = pipeline::today(*world.services);
  EXPECT_EQ(world.letter(application, "person-decision").content["context"]["date"].text_or_empty(),
            format_iso(day));
  EXPECT_EQ(pipeline::last_event(world.application(application.reference), "decision-published")->date, day);
}

TEST(LettersThatWaitTogether, AreAnnouncedByOneMail) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  world.at(std::chrono::hours(3));
  ASSERT_TRUE(pipeline::record_event(
      *world.services, world.consultant, application.reference,
      {.kind = "objection", .received = pipeline::today(*world.services), .note = "Nee"}));
  world.work();
  EXPECT_EQ(world.letter(application, "event-confirmation").state, "waiting");
  world.mailer.answers.reset();
  world.at(std::chrono::hours(2));
  EXPECT_EQ(world.mailer.mails.size(), 1U);
  EXPECT_EQ(world.letter(application, "person-decision").state, "delivered");
  EXPECT_EQ(world.letter(application, "event-confirmation").state, "delivered");
}

TEST(AMailThatDoesNotGoOutWithinTwoDays, GivesWayToPost) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  world.at(std::chrono::hours(47));
  EXPECT_THAT(world.letters(application.reference), Not(Contains("person-decision")));
  world.at(std::chrono::hours(1));
  EXPECT_THAT(world.letters(application.reference), Contains("person-decision"));
  EXPECT_THAT(world.letters(application.reference), Contains("investigation-report"));
  EXPECT_THAT(world.events(application), Contains("mail-too-late"));
  const OutboxRecord row = world.letter(application, "person-decision");
  EXPECT_LT(pipeline::today(*world.services), *row.planned_date);
  EXPECT_EQ(row.content["context"]["objection"]["lastDay"].text_or_empty(),
            format_iso(objection_last_day(*row.planned_date)));
  const int tries = world.mailer.tries;
  world.at(std::chrono::hours(24));
  EXPECT_EQ(world.mailer.tries, tries) << "post is enough";
}

TEST(ALetterThatAsks, GivesAsManyDaysByPostAsItWouldHaveByMail) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  ask_for_the_price(world, application);
  const Date by_mail = end_of_repair_term(world, application);
  world.at(std::chrono::hours(48));
  EXPECT_THAT(world.letters(application.reference), Contains("repair"));
  EXPECT_LE(add_days(by_mail, 2), end_of_repair_term(world, application));
  EXPECT_LE(end_of_repair_term(world, application), add_days(by_mail, 7));
  const OutboxRecord row = world.letter(application, "repair");
  EXPECT_EQ(row.content["context"]["until"].text_or_empty(),
            format_iso(end_of_repair_term(world, application)));
  world.home.clock.set(start_of_day(add_days(by_mail, 1)) + std::chrono::hours(1));
  world.work();
  EXPECT_EQ(world.application(application.reference).status, ApplicationStatus::incomplete)
      << "the day that was planned first ends nothing";
}

TEST(TheNextLetter, IsTriedByMailAgainAfterOneThatWasTooLate) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  world.at(std::chrono::hours(49));
  EXPECT_TRUE(pipeline::mail_address_of(*world.services, world.application(application.reference)));
}

TEST(AResident, WhoGoesBackToPostGetsWhatWaitsByPost) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  ASSERT_TRUE(pipeline::choose_letters(*world.services, application.reference, annas_number, {""}));
  world.work();
  EXPECT_THAT(world.letters(application.reference), Contains("person-decision"));
  EXPECT_THAT(world.events(application), IsSupersetOf({"chose-post", "mail-stopped"}));
  ASSERT_TRUE(
      pipeline::choose_letters(*world.services, application.reference, annas_number, {"b@voorbeeld.nl"}));
  EXPECT_EQ(pipeline::mail_address_of(*world.services, world.application(application.reference))->text(),
            "b@voorbeeld.nl");
}

TEST(AResident, ChoosesForTheirOwnLettersAlone) {
  MailWorld world;
  const Application application = referred(world);
  for (const char* other : {"", "999901643"}) {
    const auto refused_to =
        pipeline::choose_letters(*world.services, application.reference, other, {"x@voorbeeld.nl"});
    ASSERT_FALSE(refused_to);
    EXPECT_EQ(refused_to.error().code, ErrorCode::forbidden);
  }
  const auto no_address =
      pipeline::choose_letters(*world.services, application.reference, annas_number, {"x@@y"});
  ASSERT_FALSE(no_address);
  EXPECT_EQ(no_address.error().code, ErrorCode::invalid_input);
}

TEST(AnAddressInHandwriting, IsNotUsed) {
  MailWorld world;
  auto pages = world.filled_form_with({"provisionForm", "personal-budget"});
  for (ReadPage& page : pages) {
    PaperWorld::write(page, {"electronicDelivery", true});
    PaperWorld::write(page, {"email", "anna@voorbeeld.nl"});
  }
  const std::string scan = world.receive(std::move(pages));
  world.work();
  const Application application = world.only_application(scan);
  ASSERT_EQ(application.common["email"].text_or_empty(), "anna@voorbeeld.nl");
  ASSERT_FALSE(application.signed_by.empty());
  EXPECT_EQ(pipeline::mail_address_of(*world.services, application), std::nullopt);
  decide(world, application);
  EXPECT_EQ(world.mailer.tries, 0);
  EXPECT_THAT(world.letters(application.reference), Contains("person-decision"));
}

TEST(AnAddressThatSomebodyChangedWhoHadNotSignedIn, IsNotUsed) {
  MailWorld world;
  const Application application = with_mail(world);
  ASSERT_TRUE(pipeline::answer(*world.services, application.reference, {},
                               Value::object({{"common.email", "dief@elders.nl"}})));
  EXPECT_EQ(pipeline::mail_address_of(*world.services, world.application(application.reference)),
            std::nullopt);
  pipeline::Sender anna;
  anna.bsn = annas_number;
  ASSERT_TRUE(pipeline::answer(*world.services, application.reference, anna,
                               Value::object({{"common.email", "anna@elders.nl"}})));
  EXPECT_EQ(pipeline::mail_address_of(*world.services, world.application(application.reference))->text(),
            "anna@elders.nl");
}

TEST(WhoHasNotSigned, GetsLettersByPostWhateverIsTyped) {
  MailWorld world;
  Application application = with_mail(world);
  application.signed_by.clear();
  EXPECT_EQ(pipeline::mail_address_of(*world.services, application), std::nullopt);
  application.signed_by = "digid";
  EXPECT_TRUE(pipeline::mail_address_of(*world.services, application));
  application.unconfirmed = {"common.postcode"};
  EXPECT_EQ(pipeline::mail_address_of(*world.services, application), std::nullopt);
  application.unconfirmed.clear();
  application.common.set("electronicDelivery", false);
  EXPECT_EQ(pipeline::mail_address_of(*world.services, application), std::nullopt);
}

TEST(WhereNobodyIsMailed, AllLettersGoByPost) {
  MailWorld world;
  const Application application = with_mail(world);
  world.services->mailer = nullptr;
  decide(world, application);
  EXPECT_THAT(world.letters(application.reference), Contains("person-decision"));
}

TEST(MailThatIsSwitchedOffMeanwhile, GivesWayToPost) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  world.services->mailer = nullptr;
  world.at(std::chrono::hours(2));
  EXPECT_THAT(world.letters(application.reference), Contains("person-decision"));
  EXPECT_THAT(world.events(application), Contains("mail-stopped"));
}

TEST(ALetterThatCannotBeKept, IsNotPromisedByAMail) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = away;
  decide(world, application);
  world.mailer.answers.reset();
  const int tries = world.mailer.tries;
  const std::string key = world.letter(application, "person-decision").key;
  const auto folder = world.home.beside("documents");
  const auto elsewhere = world.home.beside("documents-elsewhere");
  std::filesystem::rename(folder, elsewhere);
  std::ofstream(folder) << "no folder";
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(pipeline::announce(*world.services, key));
  EXPECT_EQ(world.mailer.tries, tries);
  std::filesystem::remove(folder);
  std::filesystem::rename(elsewhere, folder);
  ASSERT_TRUE(pipeline::announce(*world.services, key));
  EXPECT_EQ(world.mailer.mails.size(), 1U);
  EXPECT_EQ(world.letter(application, "person-decision").state, "delivered");
}

TEST(AMailThatDidNotGo, LeavesNoFilesBehind) {
  MailWorld world;
  const Application application = with_mail(world);
  const auto files = [&] {
    const std::filesystem::recursive_directory_iterator all(world.home.beside("documents"));
    return std::count_if(begin(all), end(all), [](const auto& entry) { return entry.is_regular_file(); });
  };
  const auto before = files();
  world.mailer.answers = away;
  decide(world, application);
  for (int i = 0; i < 4; ++i) world.at(std::chrono::hours(1));
  EXPECT_GT(world.mailer.tries, 3);
  EXPECT_EQ(files(), before);
}

TEST(AnAddressThatIsRefused, StopsNoMailToAnotherThatWasGivenMeanwhile) {
  MailWorld world;
  const Application application = with_mail(world);
  world.mailer.answers = refused;
  world.mailer.meanwhile = [&] {
    ASSERT_TRUE(pipeline::choose_letters(*world.services, application.reference, annas_number,
                                         {"anders@voorbeeld.nl"}));
  };
  decide(world, application);
  EXPECT_EQ(world.letter(application, "person-decision").channel, "post");
  EXPECT_TRUE(pipeline::mail_address_of(*world.services, world.application(application.reference)));
}

TEST(AnAddressInHandwriting, IsNotTypedByAWishThatIsGivenLater) {
  MailWorld world;
  auto pages = world.filled_form_with({"provisionForm", "personal-budget"});
  for (ReadPage& page : pages) PaperWorld::write(page, {"email", "anna@voorbeeld.nl"});
  const std::string scan = world.receive(std::move(pages));
  world.work();
  const Application application = world.only_application(scan);
  ASSERT_EQ(application.common["email"].text_or_empty(), "anna@voorbeeld.nl");
  pipeline::Sender anna;
  anna.bsn = annas_number;
  ASSERT_TRUE(pipeline::answer(*world.services, application.reference, anna,
                               Value::object({{"common.electronicDelivery", true}})));
  EXPECT_EQ(pipeline::mail_address_of(*world.services, world.application(application.reference)),
            std::nullopt);
}

TEST(AnAddressThatSomebodyChangedWhoHadNotSignedIn, StaysInDoubtWhenOnlyTheWishIsConfirmed) {
  MailWorld world;
  const Application application = with_mail(world);
  for (const bool agreed : {false, true}) {
    Value fields = Value::object({{"common.electronicDelivery", agreed}});
    if (!agreed) fields.set("common.email", "dief@elders.nl");
    pipeline::Sender sender;
    if (agreed) sender.bsn = annas_number;
    ASSERT_TRUE(pipeline::answer(*world.services, application.reference, sender, fields));
  }
  EXPECT_EQ(pipeline::mail_address_of(*world.services, world.application(application.reference)),
            std::nullopt);
}

TEST(AResidentWhoWantedPost, GetsPostUntilTheyAgreeAgain) {
  MailWorld world;
  const Application application = with_mail(world);
  ASSERT_TRUE(pipeline::choose_letters(*world.services, application.reference, annas_number, {""}));
  EXPECT_FALSE(
      world.application(application.reference).common["electronicDelivery"].as_bool().value_or(true));
  pipeline::Sender anna;
  anna.bsn = annas_number;
  ASSERT_TRUE(pipeline::answer(*world.services, application.reference, anna,
                               Value::object({{"common.email", "nieuw@voorbeeld.nl"}})));
  EXPECT_EQ(pipeline::why_no_mail(world.application(application.reference)), pipeline::by_post::not_wished);
  ASSERT_TRUE(pipeline::answer(*world.services, application.reference, anna,
                               Value::object({{"common.electronicDelivery", true}})));
  EXPECT_EQ(pipeline::mail_address_of(*world.services, world.application(application.reference))->text(),
            "nieuw@voorbeeld.nl");
}

TEST(AnAddressThatAColleagueTypes, CountsAsTypedAlsoAfterARefusal) {
  MailWorld world;
  const Application application = with_ink(world, {"provisionForm", "personal-budget"});
  const auto correct = [&](const Value& fields) {
    const Application now = world.application(application.reference);
    ASSERT_TRUE(pipeline::correct(*world.services, world.consultant, now.reference, now.version,
                                  {.fields = fields, .why = "Gebeld", .judge_again = false}));
  };
  const auto address = [&] {
    const auto found = pipeline::mail_address_of(*world.services, world.application(application.reference));
    return found ? found->text() : std::string();
  };
  correct(Value::object({{"common.electronicDelivery", true}, {"common.email", "anna@voorbeeld.nl"}}));
  EXPECT_EQ(address(), "anna@voorbeeld.nl");
  world.mailer.answers = refused;
  ASSERT_TRUE(pipeline::record_event(
      *world.services, world.consultant, application.reference,
      {.kind = "complaint", .received = pipeline::today(*world.services), .note = "Nee"}));
  world.work();
  EXPECT_EQ(pipeline::why_no_mail(world.application(application.reference)), pipeline::by_post::refused);
  EXPECT_EQ(address(), "");
  correct(Value::object({{"common.email", "anna@elders.nl"}}));
  EXPECT_EQ(address(), "anna@elders.nl");
}

TEST(TheReportOfTheInvestigation, DoesNotTellHowLettersCome) {
  MailWorld world;
  const Application application = with_mail(world);
  ASSERT_TRUE(pipeline::choose_letters(*world.services, application.reference, annas_number, {""}));
  decide(world, application);
  const Value steps = world.letter(application, "investigation-report").content["context"]["steps"];
  EXPECT_FALSE(steps.items().empty());
  for (const Value& step : steps.items()) {
    for (const char* kind : {"chose-mail", "chose-post"})
      EXPECT_NE(step["title"].text_or_empty(), pipeline::event_in_words(kind));
  }
}

TEST(TheMessageId, IsTheSameForTheSameLetters) {
  MailWorld world;
  const Application application = with_mail(world);
  decide(world, application);
  const std::string key = world.letter(application, "person-decision").key;
  // As if the process had ended before it could note that the mail went.
  ASSERT_TRUE(world.home.store().write([&](Transaction& transaction) -> Result<void> {
    for (OutboxRecord row : transaction.outbox_of(application.reference)) {
      if (row.channel != "mail") continue;
      row.state = "waiting";
      transaction.update_outbox(row);
    }
    return {};
  }));
  ASSERT_TRUE(pipeline::announce(*world.services, key));
  ASSERT_EQ(world.mailer.mails.size(), 2U);
  EXPECT_EQ(world.mailer.mails[0].id, world.mailer.mails[1].id);
}

}  // namespace
}  // namespace softbot::testing
