#include <gmock/gmock.h>

#include "pipeline/incoming_post.h"
#include "pipeline/stages.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Anna's form without a signature, asked for by sheet.
Application unsigned_application(PaperWorld& world) {
  const std::string scan = world.receive(world.filled_form_with({"signature", Value(), ReadingState::empty}));
  world.work();
  return world.only_application(scan);
}

std::string outcome_of(PaperWorld& world, const std::string& scan) {
  const Value& sheets = world.scan(scan).sheets;
  return sheets.items().empty() ? "" : sheets.items().front()["outcome"].text_or_empty();
}

TEST(ASignedSheet, ConfirmsByItselfAndTheBotDecides) {
  PaperWorld world;
  const Application application = unsigned_application(world);
  const std::string scan = world.receive({world.sheet(application.reference.text, "sign-sheet", 1, true)});
  world.work();
  EXPECT_EQ(outcome_of(world, scan), "signed");
  EXPECT_EQ(world.application(application.reference).outcome, Outcome::granted);
}

TEST(ASheetWithoutACertainSignature, IsForAPerson) {
  for (const std::optional<bool> signature : {std::optional<bool>(false), std::optional<bool>()}) {
    PaperWorld world;
    const Application application = unsigned_application(world);
    const std::string scan =
        world.receive({world.sheet(application.reference.text, "sign-sheet", 1, signature)});
    world.work();
    EXPECT_EQ(outcome_of(world, scan), signature ? "unsigned" : "doubtful");
    const Application after = world.application(application.reference);
    EXPECT_EQ(after.assurance, IdentityAssurance::none);
    EXPECT_THAT(codes_of(after.open_tasks), Contains("sheet-unsigned"));
  }
}

TEST(AnOutdatedSheet, ConfirmsNothing) {
  PaperWorld world;
  const Application application = unsigned_application(world);
  const std::string scan = world.receive({world.sheet(application.reference.text, "sign-sheet", 7, true)});
  world.work();
  EXPECT_EQ(outcome_of(world, scan), "outdated");
  EXPECT_EQ(world.application(application.reference).assurance, IdentityAssurance::none);
}

TEST(AReturnSheet, GoesToItsCaseWithWhatLiesBehindItAndATask) {
  PaperWorld world;
  const Application application = unsigned_application(world);
  const std::string scan = world.receive({world.sheet(application.reference.text, "return-sheet", 1, {}),
                                          world.letter("Rekeningafschrift betaalrekening")});
  world.work();
  EXPECT_EQ(outcome_of(world, scan), "reply");
  const Application after = world.application(application.reference);
  EXPECT_THAT(codes_of(after.open_tasks), Contains("reply-on-paper"));
  EXPECT_THAT(codes_of(after.open_tasks), Contains("post-bank-statement"));
  EXPECT_THAT(world.scan(scan).applications, ElementsAre(application.reference));
}

TEST(ASheetOfNoCase, IsForAPerson) {
  PaperWorld world;
  const std::string scan = world.receive({world.sheet("AAAA-BBBB-CCCC", "sign-sheet", 1, true)});
  world.work();
  EXPECT_EQ(outcome_of(world, scan), "without-case");
  EXPECT_THAT(codes_of(world.only_application(scan).reasons), ElementsAre("sheet-without-case"));
}

TEST(ALetterAlone, IsAnItemForAPersonWithWhatItLooksLike) {
  PaperWorld world;
  const std::string scan = world.receive({world.letter("Hierbij maak ik bezwaar tegen uw besluit.")});
  world.work();
  const Application item = world.only_application(scan);
  EXPECT_EQ(item.type, "incoming-post");
  EXPECT_EQ(item.status, ApplicationStatus::referred);
  EXPECT_FALSE(item.legal_deadline);
  EXPECT_THAT(codes_of(item.reasons), ElementsAre("letter-without-form", "post-objection"));
}

TEST(LettersInOneFile, TellEachReasonOnceWithItsPages) {
  PaperWorld world;
  const std::string scan = world.receive(
      {world.letter("Ik dien een klacht in over uw gemeente."), world.letter("Met vriendelijke groet"),
       world.letter("Ik dien nog een klacht in."), world.letter("Ook hierover dien ik een klacht in.")});
  world.work();
  std::vector<std::string> texts;
  for (const Reason& reason : world.only_application(scan).reasons) texts.push_back(reason.text);
  EXPECT_THAT(texts, ElementsAre("Er kwam post binnen zonder formulier. Kijk waar het bij hoort.",
                                 "Bladzijde 1, 3 en 4: De brief lijkt een klacht."));
}

TEST(LettersBetweenTwoForms, AreForAPersonAsNobodyKnowsWhose) {
  PaperWorld world;
  auto pages = world.filled_form("aaaa1111");
  pages.push_back(world.letter("Met vriendelijke groet"));
  for (ReadPage& page : world.filled_form("bbbb2222")) pages.push_back(std::move(page));
  const std::string id = world.receive(pages);
  world.work();
  std::vector<std::string> types;
  for (const ApplicationReference& reference : world.scan(id).applications)
    types.push_back(world.application(reference).type);
  EXPECT_THAT(types, ::testing::UnorderedElementsAre("small-aids", "small-aids", "incoming-post"));
}

TEST(ARefusedFile, IsInTheQueueWithTheFileAndTheReason) {
  const std::map<std::string, std::string> reasons{{"damaged", "scan-unreadable"},
                                                   {"encrypted", "scan-encrypted"},
                                                   {"unsupported", "scan-unsupported"},
                                                   {"time", "scan-unreadable"}};
  for (const auto& [code, reason] : reasons) {
    PaperWorld world;
    const std::string scan = world.receive_refused(code);
    world.work();
    EXPECT_EQ(world.scan(scan).state, "refused");
    const Application item = world.only_application(scan);
    EXPECT_THAT(codes_of(item.reasons), ElementsAre(reason));
    const auto documents = world.documents(item.reference);
    ASSERT_EQ(documents.size(), 1U);
    EXPECT_EQ(documents.front().kind, "scan");
  }
}

TEST(AFileOfWhichTheRestWasNotRead, IsLookedAtBeforeAnythingIsGranted) {
  PaperWorld world;
  std::vector<ReadPage> pages = world.filled_form();
  pages.emplace_back().problem = "not-read";
  const std::string scan = world.receive(std::move(pages), "%PDF-1.4 half");
  world.reader.files["%PDF-1.4 half"].refused = FieldError{"file", "time", "Time was up."};
  world.work();
  const Application application = world.only_application(scan);
  EXPECT_EQ(application.type, "small-aids");
  EXPECT_FALSE(application.outcome);
  EXPECT_THAT(codes_of(application.open_tasks), Contains("documents"));
}

TEST(APageThatCouldNotBeRead, IsInTheQueueWithTheFile) {
  PaperWorld world;
  ReadPage damaged;
  damaged.problem = "damaged";
  ReadPage letter;
  letter.printed_text = "Geachte heer, mevrouw";
  const std::string scan = world.receive({letter, damaged}, "%PDF-1.4 damaged");
  world.reader.files["%PDF-1.4 damaged"].refused = FieldError{"file", "damaged", "Page 2 is damaged."};
  world.work();
  EXPECT_EQ(world.scan(scan).state, "read");
  EXPECT_EQ(world.scan(scan).reason, "damaged");
  EXPECT_EQ(world.scan(scan).pages.items().size(), 2U);
  const Application item = world.only_application(scan);
  EXPECT_THAT(codes_of(item.reasons), Contains("page-unreadable"));
  const auto documents = world.documents(item.reference);
  EXPECT_TRUE(std::ranges::any_of(documents, [](const auto& one) { return one.kind == "scan"; }))
      << "a page without a picture can be seen in the file alone";
}

TEST(AReaderThatNeverWorks, LeavesTheScanInTheQueue) {
  PaperWorld world;
  world.reader.broken = true;
  const std::string scan = world.receive(world.filled_form());
  world.work();
  EXPECT_EQ(world.scan(scan).state, "failed");
  EXPECT_THAT(codes_of(world.only_application(scan).reasons), ElementsAre("processing-failed"));
}

TEST(IncomingPost, IsLinkedToACaseWithItsDocumentsAndStartsThatClock) {
  PaperWorld world;
  const std::string form = world.receive(world.filled_form());
  world.work();
  const Application decided = world.only_application(form);
  const std::string scan = world.receive({world.letter("Hierbij maak ik bezwaar tegen uw besluit.")});
  world.work();
  const Application item = world.only_application(scan);
  const auto linked = pipeline::link_post(*world.services, world.consultant, item.reference, item.version,
                                          {decided.reference, "objection", "Bezwaar van mevrouw."});
  ASSERT_TRUE(linked) << linked.error().message;
  EXPECT_THAT(codes_of(linked->open_tasks), Contains("objection"));
  bool found = false;
  for (const DocumentRecord& document : world.documents(decided.reference)) {
    found = found || (document.kind == "scan-page" && document.person == decided.person &&
                      document.title == "Bladzijde 1");
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(world.application(item.reference).status, ApplicationStatus::decided);
  const auto again =
      pipeline::close_post(*world.services, world.consultant, item.reference, item.version + 1, "nog eens");
  EXPECT_FALSE(again);
}

TEST(IncomingPost, BecomesAnApplicationOfTheDayThatItCameIn) {
  PaperWorld world;
  const std::string scan = world.receive({world.letter("Ik wil graag een wc-verhoger.")});
  world.work();
  const Application item = world.only_application(scan);
  world.home.clock.advance(std::chrono::hours(48));
  pipeline::PostStart start;
  start.type = "small-aids";
  start.common = Value::object({{"bsn", "999900006"}, {"birthName", "Zonneveld"}});
  start.fields = Value::object({{"aid", "raised-toilet-seat"}});
  start.is_signed = true;
  const auto started =
      pipeline::start_from_post(*world.services, world.consultant, item.reference, item.version, start);
  ASSERT_TRUE(started) << started.error().message;
  world.work();
  const Application application = world.application(started->reference);
  EXPECT_EQ(application.received, item.received);
  EXPECT_EQ(application.signed_by, "form");
  EXPECT_EQ(application.status, ApplicationStatus::incomplete);
  EXPECT_EQ(application.attachments.items().size(), 1U + 1U);  // the page and the untouched file
}

TEST(IncomingPost, IsClosedWithANote) {
  PaperWorld world;
  const std::string scan = world.receive({world.letter("Reclame")});
  world.work();
  const Application item = world.only_application(scan);
  EXPECT_FALSE(pipeline::close_post(*world.services, world.consultant, item.reference, item.version, ""));
  const auto closed =
      pipeline::close_post(*world.services, world.consultant, item.reference, item.version, "Reclame.");
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->status, ApplicationStatus::decided);
  EXPECT_FALSE(closed->outcome);
}

TEST(AStageForPaper, ThatRunsTwiceDoesItsWorkOnce) {
  PaperWorld world;
  auto pages = world.filled_form();
  pages.push_back(world.letter("Met vriendelijke groet"));
  const std::string scan = world.receive(pages);
  world.work();
  const auto before = world.count_applications();
  ASSERT_TRUE(pipeline::read_scan(*world.services, scan));
  ASSERT_TRUE(pipeline::gather_set(*world.services, "7kqm4t9x"));
  ASSERT_TRUE(pipeline::place_pages(*world.services, scan));
  world.work();
  EXPECT_EQ(world.count_applications(), before);
  EXPECT_EQ(world.only_application(scan).attachments.items().size(), 1U);
}

TEST(AnEmptyOrUnknownFile, IsRefusedAtTheDoor) {
  PaperWorld world;
  pipeline::IncomingScan incoming;
  incoming.municipality = "voorbeeld";
  EXPECT_EQ(pipeline::take_scan(*world.services, incoming).error().code, ErrorCode::invalid_input);
  incoming.bytes = "PK\x03\x04 a spreadsheet";
  EXPECT_EQ(pipeline::take_scan(*world.services, incoming).error().code, ErrorCode::unsupported);
  incoming.refused = "unsupported";
  incoming.by = "folder";
  incoming.source = "folder";
  const auto taken = pipeline::take_scan(*world.services, incoming);
  ASSERT_TRUE(taken);
  world.work();
  EXPECT_THAT(codes_of(world.only_application(taken->scan.id).reasons), ElementsAre("scan-unsupported"));
}

}  // namespace
}  // namespace softbot::testing
