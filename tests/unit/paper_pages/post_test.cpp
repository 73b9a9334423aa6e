#include <gmock/gmock.h>

#include "unit/paper_pages/desk.h"

namespace softbot::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

const std::string pdf = "%PDF-1.4 scan";

struct TheMailRoom : ::testing::Test {
  PaperWorld world;
  Desk petra{world, "petra", http::role::mail_room};
  Desk cora{world, "cora", http::role::consultant};

  std::vector<ScanRecord> scans() {
    std::vector<ScanRecord> found;
    const auto read = world.home.store().read([&](Transaction& transaction) -> Result<void> {
      found = transaction.scans({});
      return {};
    });
    EXPECT_TRUE(read);
    return found;
  }

  /// A letter that nothing claims: its item.
  Application letter_arrives(const std::string& text = "Geachte heer, mevrouw") {
    const std::string scan = world.receive({world.letter(text)});
    world.work();
    return world.only_application(scan);
  }

  static std::string address(const Application& item) {
    return "/staff/binnengekomen/" + item.reference.text;
  }
};

TEST_F(TheMailRoom, UploadsSeveralScansAndAWrongOneKeepsNoOtherBack) {
  const http::Response answer =
      petra.upload("/staff/scans", {{"received", "2026-11-17"}},
                   {{"goed.pdf", pdf}, {"foto.heic", "ftypheic"}, {"leeg.pdf", ""}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr("1 bestand is opgenomen."));
  EXPECT_THAT(answer.body, HasSubstr("foto.heic: dit is geen PDF, TIFF, JPEG of PNG."));
  ASSERT_EQ(scans().size(), 1U);
  EXPECT_EQ(scans().front().file_name, "goed.pdf");
  EXPECT_EQ(format_iso(scans().front().received_on), "2026-11-17");
}

TEST_F(TheMailRoom, IsToldOfAFileThatLayHereBefore) {
  ASSERT_EQ(petra.upload("/staff/scans", {}, {{"een.pdf", pdf}}).status, 303);
  const http::Response again = petra.upload("/staff/scans", {}, {{"twee.pdf", pdf}});
  ASSERT_EQ(again.status, 303);
  EXPECT_THAT(petra.get(std::string(again.headers.get("Location"))).body,
              HasSubstr("1 bestand hadden we al."));
  EXPECT_EQ(scans().size(), 1U);
}

TEST_F(TheMailRoom, MustChooseAFileAndADayThatCanBe) {
  EXPECT_THAT(petra.upload("/staff/scans", {}, {}).body, HasSubstr("Kies minstens één bestand."));
  EXPECT_THAT(petra.upload("/staff/scans", {{"received", "2026-11-19"}}, {{"a.pdf", pdf}}).body,
              HasSubstr("niet later dan vandaag"));
}

TEST_F(TheMailRoom, SeesWhatCameOfEachScanAndWhatToDoAboutABadOne) {
  const std::string good = world.receive(world.filled_form());
  world.receive_refused("encrypted");
  world.work();
  const std::string page = petra.get("/staff/scans").body;
  EXPECT_THAT(page, HasSubstr("3 bladzijden: 3 formulier"));
  EXPECT_THAT(page, HasSubstr(world.only_application(good).reference.text));
  EXPECT_THAT(page, HasSubstr("De scan is beveiligd met een wachtwoord."));
  EXPECT_THAT(page, HasSubstr("Vraag om het bestand zonder wachtwoord"));
  const std::string one = petra.get("/staff/scans/" + good).body;
  EXPECT_THAT(one, HasSubstr("Formulier, pagina 2 van 3"));
}

TEST_F(TheMailRoom, FiltersStayOnTheWayToTheNextPage) {
  for (int count = 0; count < 30; ++count) world.receive({world.letter("brief " + std::to_string(count))});
  const std::string first = petra.get("/staff/scans?toestand=waiting").body;
  const auto next = first.find("/staff/scans?toestand=waiting&amp;na=");
  ASSERT_NE(next, std::string::npos);
  std::string link = first.substr(next, first.find('"', next) - next);
  link.erase(link.find("amp;"), 4);
  const std::string second = petra.get(link.substr(0, link.find('#'))).body;
  EXPECT_THAT(second, HasSubstr("<option value=\"waiting\" selected>"));
  EXPECT_THAT(second, Not(HasSubstr("Oudere scans")));
}

TEST_F(TheMailRoom, AWaitingFormSaysThatPagesAreStillToCome) {
  auto pages = world.filled_form();
  pages.pop_back();
  world.receive(std::move(pages));
  world.work();
  EXPECT_THAT(petra.get("/staff/scans").body, HasSubstr("Niet alle pagina’s van het formulier zijn er."));
}

TEST_F(TheMailRoom, SeesThePictureOfALetterAndLeavesALook) {
  const Application item = letter_arrives();
  const std::string page = petra.get(address(item)).body;
  EXPECT_THAT(page, HasSubstr("Er kwam post binnen zonder formulier."));
  const auto source = page.find(address(item) + "/document/");
  ASSERT_NE(source, std::string::npos);
  EXPECT_THAT(looks_at(world, item), ElementsAre("petra: post behandelen"));
  const http::Response picture = petra.get(page.substr(source, page.find('"', source) - source));
  EXPECT_EQ(picture.body, "letter: Geachte heer, mevrouw");
  EXPECT_EQ(picture.headers.get("Cache-Control"), "no-store");
  EXPECT_THAT(looks_at(world, item), UnorderedElementsAre("petra: post behandelen", "petra: post bekijken"));
}

TEST_F(TheMailRoom, PutsALetterWithItsCase) {
  const std::string scan = world.receive(world.filled_form());
  world.work();
  const Application application = world.only_application(scan);
  const Application item = letter_arrives("Ik dien een klacht in.");
  const std::string page = petra.get(address(item)).body;
  EXPECT_THAT(page, HasSubstr("<option value=\"complaint\" selected>"));
  const http::Response unknown = petra.post(
      address(item) + "/koppelen",
      {{"version", std::to_string(item.version)}, {"reference", "ZZZZ-ZZZZ"}, {"kind", "complaint"}});
  EXPECT_EQ(unknown.status, 422);
  EXPECT_THAT(unknown.body, HasSubstr("Kijk het kenmerk na."));
  const http::Response linked = petra.post(address(item) + "/koppelen?reden=letter-without-form",
                                           {{"version", std::to_string(item.version)},
                                            {"reference", application.reference.text},
                                            {"kind", "complaint"}});
  EXPECT_EQ(linked.headers.get("Location"),
            "/staff/binnengekomen?reden=letter-without-form&gedaan=gekoppeld");
  EXPECT_THAT(codes_of(world.application(application.reference).open_tasks), ElementsAre("complaint"));
  EXPECT_THAT(petra.get(address(item)).body, HasSubstr("Dit is afgehandeld"));
}

TEST_F(TheMailRoom, ClosesAnItemWithANote) {
  const Application item = letter_arrives();
  const Desk::Fields version{{"version", std::to_string(item.version)}};
  EXPECT_THAT(petra.post(address(item) + "/sluiten", version).body, HasSubstr("Schrijf kort op wat u deed."));
  Desk::Fields closed = version;
  closed.emplace_back("close-note", "Reclame, weggegooid.");
  EXPECT_EQ(petra.post(address(item) + "/sluiten", closed).status, 303);
  EXPECT_EQ(petra.post(address(item) + "/sluiten", closed).status, 412);
  EXPECT_THAT(petra.get("/staff/binnengekomen").body, HasSubstr("<strong>0</strong>"));
}

TEST_F(TheMailRoom, LeavesTypingOverToTheCounterAndToConsultants) {
  const Application item = letter_arrives();
  EXPECT_THAT(petra.get(address(item)).body, Not(HasSubstr("/overnemen")));
  EXPECT_EQ(petra.get(address(item) + "/overnemen?soort=small-aids").status, 403);
}

TEST_F(TheMailRoom, AnApplicationIsTypedOverFromALetter) {
  const Application item = letter_arrives();
  const std::string form = address(item) + "/overnemen";
  EXPECT_THAT(cora.get(form + "?soort=small-aids").body, HasSubstr("name=\"common.bsn\""));
  Desk::Fields typed{{"version", std::to_string(item.version)},
                     {"type", "small-aids"},
                     {"common.bsn", "999900006"},
                     {"common.signature", "yes"},
                     {"action", "start"}};
  const http::Response checked = cora.post(form, typed);
  EXPECT_EQ(checked.status, 422);
  EXPECT_THAT(checked.body, HasSubstr("value=\"999900006\""));
  typed.back().second = "start-anyway";
  const http::Response started = cora.post(form, typed);
  ASSERT_EQ(started.status, 303);
  const std::string location(started.headers.get("Location"));
  const ApplicationReference reference(
      location.substr(std::string("/staff/zaak/").size(), location.find('?') - 12));
  const Application application = world.application(reference);
  EXPECT_EQ(application.common["bsn"].text_or_empty(), "999900006");
  EXPECT_EQ(application.assurance, IdentityAssurance::paper_signed);
  EXPECT_THAT(cora.get("/staff/zaak/" + reference.text).body, HasSubstr("Overgenomen van papier door cora."));
}

TEST_F(TheMailRoom, OthersOfTheMunicipalityOnly) {
  const Application item = letter_arrives();
  Desk elsewhere(world, "elders", http::role::mail_room);
  elsewhere.municipalities = {"molendam"};
  EXPECT_EQ(elsewhere.get(address(item)).status, 404);
  EXPECT_EQ(elsewhere.get("/staff/scans/" + scans().front().id).status, 404);
  EXPECT_EQ(Desk(world, "anna", http::role::auditor).get(address(item)).status, 403);
  EXPECT_EQ(cora.get("/staff/zaak/" + item.reference.text).headers.get("Location"), address(item));
}

}  // namespace
}  // namespace softbot::testing
