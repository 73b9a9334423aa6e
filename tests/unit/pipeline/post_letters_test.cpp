#include "pipeline/post_letters.h"

#include <gmock/gmock.h>

#include "forms/letter_facts.h"
#include "pipeline/incoming_post.h"
#include "unit/pipeline/paper_world.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

/// The item that these pages become.
Application item_of(PaperWorld& world, std::vector<ReadPage> pages) {
  const std::string scan = world.receive(std::move(pages));
  world.work();
  return world.only_application(scan);
}

Value only_letter(PaperWorld& world, const std::string& text) {
  const Application item = item_of(world, {world.letter(text)});
  EXPECT_EQ(item.paper["letters"].items().size(), 1U);
  return item.paper["letters"].items().empty() ? Value() : item.paper["letters"].items().front();
}

constexpr const char* objection =
    "J. de Wit\nMolenstraat 14\n1234 CD Voorbeeld\n\nGemeente Voorbeeld\nRaadhuisplein 1\n1234 AB "
    "Voorbeeld\n\n"
    "Voorbeeld, 12 november 2026\nBetreft: bezwaarschrift\n\nGeacht college,\nHierbij maak ik bezwaar tegen "
    "uw "
    "besluit van 3 november 2026.\nHoogachtend,\nJ. de Wit";

TEST(ALetterOnPaper, IsShownWithItsLikelyKindItsSenderAndItsDate) {
  PaperWorld world;
  const Value letter = only_letter(world, objection);
  EXPECT_EQ(letter["kinds"].items().front()["kind"].text_or_empty(), "objection");
  EXPECT_EQ(letter["words"].items().front()["words"].text_or_empty(), "bezwaarschrift");
  EXPECT_EQ(letter["sender"]["name"].text_or_empty(), "J. de Wit");
  EXPECT_EQ(letter["sender"]["postcode"].text_or_empty(), "1234 CD");
  EXPECT_EQ(letter["date"].text_or_empty(), "2026-11-12");
  EXPECT_EQ(letter["transcript"].text_or_empty(), objection);
  EXPECT_EQ(letter["little"].as_bool(), false);
}

TEST(ALetterOnPaper, IsNeverDecidedByTheBot) {
  PaperWorld world;
  const Application item = item_of(world, {world.letter(objection)});
  EXPECT_EQ(item.status, ApplicationStatus::referred);
  EXPECT_FALSE(item.outcome);
  EXPECT_FALSE(item.legal_deadline);
}

TEST(ALetterInHandwriting, SaysLittleAndIsOfNoKind) {
  PaperWorld world;
  const Application item =
      item_of(world, {world.letter("wWo ie ( hd wn ~ lle rr van ue wt oo ptr nn vla kk")});
  const Value& letter = item.paper["letters"].items().front();
  EXPECT_EQ(letter["little"].as_bool(), true);
  EXPECT_EQ(letter["kinds"].items().front()["kind"].text_or_empty(), "other");
  EXPECT_THAT(codes_of(item.reasons), ElementsAre("letter-without-form"));
}

TEST(ALetterOfTwoPages, IsOneLetterAndThatOfSomebodyElseAnother) {
  PaperWorld world;
  const Application item =
      item_of(world, {world.letter(objection), world.letter("Ook wil ik gehoord worden over de uren."),
                      world.letter("Beste gemeente,\nIk wil een douchestoel aanvragen.\nGroeten, Ria Smit")});
  ASSERT_EQ(item.paper["letters"].items().size(), 2U);
  const Value& first = item.paper["letters"].items()[0];
  EXPECT_EQ(first["pages"], Value(Value::List{Value(1), Value(2)}));
  EXPECT_EQ(item.paper["letters"].items()[1]["sender"]["name"].text_or_empty(), "Ria Smit");
  EXPECT_THAT(codes_of(item.reasons), Contains("post-objection"));
  EXPECT_THAT(codes_of(item.reasons), Contains("post-small-aids"));
}

TEST(AnIdentityDocument, IsNamedAndNothingOfItIsKept) {
  PaperWorld world;
  const Value letter = only_letter(
      world, "KONINKRIJK DER NEDERLANDEN\nIDENTITEITSKAART\nDe Wit\nBSN 999990019\nGeldig tot 12 mei 2030");
  EXPECT_EQ(letter["kinds"].items().front()["kind"].text_or_empty(), "identity-document");
  EXPECT_FALSE(letter.contains("transcript"));
  EXPECT_FALSE(letter.contains("sender"));
}

TEST(ALetterThatNamesACase, ProposesItToAPerson) {
  PaperWorld world;
  const Application application = item_of(world, world.filled_form());
  const Application item = item_of(world, {world.letter("Uw kenmerk: " + application.reference.text +
                                                        "\nGeachte heer,\nIk ga verhuizen.")});
  ASSERT_EQ(item.paper["cases"].items().size(), 1U);
  const Value& named = item.paper["cases"].items().front();
  EXPECT_EQ(named["reference"].text_or_empty(), application.reference.text);
  EXPECT_EQ(named["by"].text_or_empty(), "reference");
  EXPECT_THAT(world.application(application.reference).events,
              Not(Contains(::testing::Field(&CaseEvent::kind, "change-of-circumstances"))));
}

TEST(ALetterWhoseReferenceWasMisread, ProposesTheCaseThatItIsNearlyTheReferenceOf) {
  PaperWorld world;
  const Application application = item_of(world, world.filled_form());
  std::string misread;
  for (const std::string& other : misread_references(application.reference.text)) {
    if (other.find_first_of("0123456789") != std::string::npos) misread = other;
  }
  ASSERT_FALSE(misread.empty());
  const Application item = item_of(world, {world.letter("Uw kenmerk: " + misread + "\nIk wil uitleg.")});
  ASSERT_EQ(item.paper["cases"].items().size(), 1U);
  EXPECT_EQ(item.paper["cases"].items().front()["reference"].text_or_empty(), application.reference.text);
  EXPECT_EQ(item.paper["cases"].items().front()["by"].text_or_empty(), "like-reference");
}

TEST(ALetterWithTheNumberOfAResident, ProposesTheirCases) {
  PaperWorld world;
  const Application application = item_of(world, world.filled_form());
  const Application item = item_of(
      world, {world.letter("Beste mensen,\nMijn BSN is 999900006.\nIk wil graag uitleg over mijn besluit.")});
  ASSERT_EQ(item.paper["cases"].items().size(), 1U);
  EXPECT_EQ(item.paper["cases"].items().front()["by"].text_or_empty(), "bsn");
}

TEST(ACaseOfAnotherMunicipality, IsNotProposed) {
  PaperWorld world;
  const Application application = item_of(world, world.filled_form());
  const auto moved = world.home.store().write([&](Transaction& transaction) -> Result<void> {
    Application changed = *transaction.application(application.reference);
    changed.municipality = "molendam";
    return transaction.update_application(changed);
  });
  ASSERT_TRUE(moved);
  const Application item = item_of(
      world, {world.letter("Kenmerk " + application.reference.text + ". BSN 999900006. Ik wil uitleg.")});
  EXPECT_THAT(item.paper["cases"].items(), IsEmpty());
}

TEST(TheQueue, ShowsWhatCannotWaitBeforeWhatCameEarlier) {
  PaperWorld world;
  const Application first = item_of(world, {world.letter("Ik wil graag een douchestoel en een handgreep.")});
  const Application form =
      item_of(world, world.filled_form_with({"signature", Value(), ReadingState::empty}));
  const Application urgent =
      item_of(world, {world.letter("Hierbij stel ik u in gebreke. De termijn is voorbij.")});
  QueuePage page;
  std::string second_page;
  ASSERT_TRUE(world.home.store().read([&](Transaction& transaction) -> Result<void> {
    QueueFilter filter;
    filter.limit = 1;
    page = transaction.queue(filter);
    filter.after = page.next;
    const QueuePage next = transaction.queue(filter);
    if (!next.items.empty()) second_page = next.items.front().reference.text;
    return {};
  }));
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items.front().reference, urgent.reference);
  EXPECT_NE(second_page, urgent.reference.text);
  EXPECT_FALSE(second_page.empty());
}

TEST(PostThatSomebodyDealtWith, IsNotUrgentAnyMore) {
  PaperWorld world;
  const Application item = item_of(world, {world.letter(objection)});
  ASSERT_TRUE(
      pipeline::close_post(*world.services, world.consultant, item.reference, item.version, "Dubbel."));
  EXPECT_THAT(world.application(item.reference).reasons, IsEmpty());
}

}  // namespace
}  // namespace softbot::testing
