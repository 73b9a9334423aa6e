#include <gmock/gmock.h>

#include "domain/paper.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::vector<std::string> kinds_of(const std::vector<DocumentRecord>& documents) {
  std::vector<std::string> kinds;
  for (const DocumentRecord& document : documents) kinds.push_back(document.kind);
  return kinds;
}

TEST(AFormReadWithCertainty, IsGrantedByTheBotWithReceiptAndDecisionByPost) {
  PaperWorld world;
  const std::string scan = world.receive(world.filled_form());
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.status, ApplicationStatus::decided)
      << ::testing::PrintToString(codes_of(application.reasons));
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_EQ(application.channel, "paper");
  EXPECT_EQ(application.assurance, IdentityAssurance::paper_signed);
  EXPECT_EQ(application.signed_by, "form");
  EXPECT_EQ(application.common["postcode"].text_or_empty(), "1234AB");
  EXPECT_THAT(world.letters(application.reference),
              UnorderedElementsAre("receipt", "grant", "investigation-report"));
  const auto kinds = kinds_of(world.documents(application.reference));
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "scan-page"), 3);
  EXPECT_THAT(kinds, Contains("scan"));
}

TEST(AFormReadWithCertainty, ShowsTheResidentTheirScanOnceAndNoPagesBesideIt) {
  PaperWorld world;
  const std::string scan = world.receive(world.filled_form());
  world.work();
  for (const DocumentRecord& document : world.documents(world.only_application(scan).reference)) {
    EXPECT_EQ(document.own, document.kind == "scan" || document.kind == "receipt" || document.kind == "copy")
        << document.kind;
  }
}

TEST(AFormReadWithCertainty, LeavesNothingPersonalWithTheScan) {
  PaperWorld world;
  const std::string id = world.receive(world.filled_form());
  const ScanRecord before = world.scan(id);
  world.work();
  const ScanRecord scan = world.scan(id);
  EXPECT_EQ(scan.state, "read");
  EXPECT_EQ(scan.file_name, "");
  EXPECT_FALSE(world.files->get(before.document));
}

TEST(TheSameBytesTwice, AreOneScanAndOneApplication) {
  PaperWorld world;
  const std::string first = world.receive(world.filled_form(), "%PDF-1.4 same");
  world.work();
  const std::string second = world.receive(world.filled_form(), "%PDF-1.4 same");
  world.work();
  EXPECT_EQ(first, second);
  EXPECT_EQ(world.count_applications(), 1U);
}

TEST(APageInAnotherFile, IsWaitedForAndCompletesTheForm) {
  PaperWorld world;
  auto pages = world.filled_form();
  const std::string first = world.receive({pages[2], pages[0]});
  world.work();
  EXPECT_THAT(world.scan(first).applications, IsEmpty());
  const std::string second = world.receive({pages[1]});
  world.work();
  const Application application = world.only_application(first);
  EXPECT_EQ(world.only_application(second).reference, application.reference);
  EXPECT_EQ(application.outcome, Outcome::granted);
  EXPECT_EQ(world.count_applications(), 1U);
}

TEST(APageThatDoesNotCome, IsAskedForAfterTheNextWorkingDayAndNothingIsGrantedUntilSomebodyLooked) {
  PaperWorld world;
  auto pages = world.filled_form();
  const std::string scan = world.receive({pages[0], pages[2]});
  world.work();
  EXPECT_THAT(world.scan(scan).applications, IsEmpty());
  world.home.clock.set(*parse_instant("2026-11-19T22:59:00Z"));  // Thursday, a minute before midnight here
  world.work();
  EXPECT_THAT(world.scan(scan).applications, IsEmpty());
  world.home.clock.set(*parse_instant("2026-11-19T23:01:00Z"));
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.status, ApplicationStatus::incomplete);
  EXPECT_THAT(codes_of(paper::open_doubts(application)), ElementsAre("page-missing"));
  EXPECT_THAT(world.letters(application.reference), Contains("repair"));
}

TEST(AMissingPageThatComesLater, GoesToItsCaseWithATask) {
  PaperWorld world;
  auto pages = world.filled_form();
  const std::string scan = world.receive({pages[0], pages[2]});
  world.work();
  world.home.clock.advance(std::chrono::hours(72));
  world.work();
  const std::string late = world.receive({pages[1]});
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(world.only_application(late).reference, application.reference);
  EXPECT_THAT(codes_of(application.open_tasks), Contains("page-came-later"));
  EXPECT_EQ(world.count_applications(), 1U);
}

TEST(FormsOfTwoPeopleInOneFile, AreTwoSubmissionsAndNeitherSeesTheOthersPages) {
  PaperWorld world;
  auto anna = world.filled_form("aaaa1111");
  auto other = world.filled_form("bbbb2222");
  for (ReadPage& page : other) PaperWorld::write(page, {"bsn", "999900407"});
  const std::string id = world.receive({anna[0], other[2], anna[1], other[0], other[1], anna[2]});
  world.work();
  const ScanRecord scan = world.scan(id);
  ASSERT_EQ(scan.applications.size(), 2U);
  for (const ApplicationReference& reference : scan.applications) {
    const auto kinds = kinds_of(world.documents(reference));
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "scan-page"), 3);
    EXPECT_THAT(kinds, Not(Contains("scan")));
  }
  EXPECT_NE(world.application(scan.applications[0]).person, world.application(scan.applications[1]).person);
  EXPECT_FALSE(scan.document.empty());  // the untouched file stays, sealed under a key of its own
}

TEST(TheSamePageTwice, TakesTheBetterOneWhenBothSayTheSame) {
  PaperWorld world;
  auto pages = world.filled_form();
  ReadPage worse = pages[0];
  PaperWorld::write(worse, {"postcode", "1234AB", ReadingState::doubtful, 0.7});
  const std::string scan = world.receive({worse, pages[0], pages[1], pages[2]});
  world.work();
  EXPECT_EQ(world.only_application(scan).outcome, Outcome::granted);
}

TEST(TheSamePageTwice, GoesToAPersonWhenTheySayDifferentThings) {
  PaperWorld world;
  auto pages = world.filled_form();
  ReadPage other = pages[1];
  PaperWorld::write(other, {"aid", "shower-stool"});
  const std::string scan = world.receive({pages[0], pages[1], other, pages[2]});
  world.work();
  const Application item = world.only_application(scan);
  EXPECT_EQ(item.type, "incoming-post");
  EXPECT_EQ(item.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(item.reasons), ElementsAre("page-twice"));
}

TEST(AFormScannedOnceMore, IsFlaggedForAPersonAndNeverDropped) {
  PaperWorld world;
  world.receive(world.filled_form());
  world.work();
  const std::string again = world.receive(world.filled_form());
  world.work();
  const Application second = world.only_application(again);
  EXPECT_EQ(second.type, "small-aids");
  EXPECT_EQ(second.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(second.reasons), Contains("looks-like-earlier"));
  EXPECT_TRUE(world.scan(again).looks_like_earlier);
}

TEST(AnotherFormOfTheSameResidentForTheSameOnTheSameDay, IsFlaggedToo) {
  PaperWorld world;
  world.receive(world.filled_form("aaaa1111"));
  world.work();
  const std::string again = world.receive(world.filled_form("bbbb2222"));
  world.work();
  EXPECT_THAT(codes_of(world.only_application(again).reasons), Contains("looks-like-earlier"));
}

TEST(BlankBacks, AreNoPagesOfAnything) {
  PaperWorld world;
  auto pages = world.filled_form();
  const std::string scan =
      world.receive({pages[0], world.blank(), pages[1], world.blank(), pages[2], world.blank()});
  world.work();
  EXPECT_EQ(world.only_application(scan).outcome, Outcome::granted);
}

TEST(AScanOnWhichNothingIsSeen, IsForAPersonAndIsKeptOnce) {
  PaperWorld world;
  const std::string scan = world.receive({world.blank(), world.blank()});
  world.work();
  const Application item = world.only_application(scan);
  EXPECT_EQ(item.type, "incoming-post");
  EXPECT_THAT(codes_of(item.reasons), ElementsAre("scan-blank"));
}

TEST(ALetterInOneFileWithAForm, GoesWithItAndNothingIsGrantedUntilSomebodyLooked) {
  PaperWorld world;
  auto pages = world.filled_form();
  pages.push_back(world.letter("Huisartsenpraktijk De Linde. Met toestemming van patiente schrijf ik u."));
  const std::string scan = world.receive(pages);
  world.work();
  Application application = world.only_application(scan);
  EXPECT_EQ(application.status, ApplicationStatus::deciding);
  EXPECT_THAT(codes_of(application.open_tasks), UnorderedElementsAre("documents", "post-referrer-notice"));
  EXPECT_EQ(application.attachments.items().size(), 1U);

  ASSERT_TRUE(pipeline::finish_task(*world.services, world.consultant, application.reference,
                                    application.version, "post-referrer-notice",
                                    {"Gelezen.", "", false, ""}));
  world.work();
  application = world.only_application(scan);
  EXPECT_EQ(application.status, ApplicationStatus::deciding);
  ASSERT_TRUE(pipeline::finish_task(*world.services, world.consultant, application.reference,
                                    application.version, "documents", {"Gelezen.", "", false, ""}));
  world.work();
  EXPECT_EQ(world.only_application(scan).outcome, Outcome::granted);
}

TEST(AFormOfAnEarlierEdition, IsReadAndNothingIsGrantedUntilSomebodyLooked) {
  PaperWorld world;
  world.geometry.versions = {90, 90};
  const std::string scan = world.receive(world.filled_form());
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.common["bsn"].text_or_empty(), "999900006");
  EXPECT_EQ(application.status, ApplicationStatus::referred);
  EXPECT_THAT(codes_of(application.reasons), Contains("form-of-other-version"));
}

TEST(AFormOfAnotherMunicipality, GoesToAPersonWhoIsToldSo) {
  PaperWorld world;
  world.geometry.municipality = "elders";
  const std::string scan = world.receive(world.filled_form());
  world.work();
  const Application item = world.only_application(scan);
  EXPECT_EQ(item.type, "incoming-post");
  EXPECT_THAT(codes_of(item.reasons), ElementsAre("other-municipality"));
  EXPECT_THAT(kinds_of(world.documents(item.reference)), Contains("scan"));
}

TEST(AFormThatIsNotKnownHere, GoesToAPersonWithItsPages) {
  PaperWorld world;
  auto pages = world.filled_form();
  for (ReadPage& page : pages) {
    page.problem = "unknown-geometry";
    page.readings.clear();
  }
  const std::string scan = world.receive(pages);
  world.work();
  const Application item = world.only_application(scan);
  EXPECT_THAT(codes_of(item.reasons), ElementsAre("unknown-form"));
  const auto kinds = kinds_of(world.documents(item.reference));
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "scan-page"), 3);
}

TEST(TheDayOfReceipt, IsTheOneThatTheMailRoomGave) {
  PaperWorld world;
  pipeline::IncomingScan incoming;
  incoming.municipality = "voorbeeld";
  incoming.source = "upload";
  incoming.by = "postkamer";
  incoming.bytes = "%PDF-1.4 earlier";
  incoming.received_on = Date(std::chrono::year(2026), std::chrono::month(11), std::chrono::day(13));
  world.reader.files[incoming.bytes].pages = world.filled_form();
  const auto taken = pipeline::take_scan(*world.services, incoming);
  ASSERT_TRUE(taken);
  world.work();
  const Application application = world.only_application(taken->scan.id);
  ASSERT_FALSE(application.events.empty());
  EXPECT_EQ(application.events.front().kind, "received");
  EXPECT_EQ(application.events.front().date, *incoming.received_on);
}

}  // namespace
}  // namespace softbot::testing
