#include <gmock/gmock.h>

#include <functional>

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
  EXPECT_THAT(page, HasSubstr("<option value=\"complaint\" selected>Klacht</option>"));
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
  const std::string dealt_with = petra.get(address(item)).body;
  EXPECT_THAT(dealt_with, HasSubstr("Dit is afgehandeld"));
  EXPECT_THAT(dealt_with, HasSubstr("Door petra, op 18 november 2026"));
  EXPECT_THAT(cora.get(address(item)).body,
              HasSubstr("href=\"/staff/zaak/" + application.reference.text + "\""));
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
  typed.front().second = input_value(checked, "version");
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

TEST_F(TheMailRoom, WhoTypesOverHoldsTheItemAndOthersSeeIt) {
  const Application item = letter_arrives();
  const Desk::Fields version{{"version", std::to_string(item.version)}};
  Desk::Fields wanted = version;
  wanted.emplace_back("soort", "small-aids");
  const http::Response begun = cora.post(address(item) + "/overnemen/beginnen", wanted);
  EXPECT_EQ(begun.headers.get("Location"), address(item) + "/overnemen?soort=small-aids");
  EXPECT_THAT(cora.get(address(item) + "/overnemen?soort=small-aids").body,
              HasSubstr("U behandelt deze post, tot"));
  EXPECT_THAT(petra.get("/staff/binnengekomen").body, HasSubstr("In behandeling bij cora"));
  const std::string page = petra.get(address(item)).body;
  EXPECT_THAT(page, HasSubstr("In behandeling bij cora"));
  EXPECT_THAT(page, Not(HasSubstr("/sluiten")));

  Desk::Fields closing = version;
  closing.emplace_back("close-note", "Reclame, weggegooid.");
  const http::Response refused = petra.post(address(item) + "/sluiten", closing);
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("cora is met deze post bezig"));
  EXPECT_THAT(refused.body, HasSubstr("Reclame, weggegooid."));

  const Desk::Fields now{{"version", input_value(cora.get(address(item)), "version")}};
  ASSERT_EQ(cora.post(address(item) + "/loslaten", now).status, 303);
  EXPECT_THAT(petra.get(address(item)).body, HasSubstr("/sluiten"));
}

TEST_F(TheMailRoom, TakesAnItemAndLetsItGo) {
  const Application item = letter_arrives();
  const Desk::Fields version{{"version", std::to_string(item.version)}};
  const http::Response taken = petra.post(address(item) + "/pakken?reden=letter-without-form", version);
  EXPECT_EQ(taken.headers.get("Location"), address(item) + "?reden=letter-without-form&gedaan=gepakt");
  EXPECT_THAT(petra.get(address(item)).body, HasSubstr("U behandelt deze post"));
  EXPECT_THAT(cora.get(address(item)).body, HasSubstr("In behandeling bij petra"));
}

/// Somebody types over a letter while others are at work.
struct TypingOver : TheMailRoom {
  Application item = letter_arrives();
  const std::string form = address(item) + "/overnemen";
  Desk bas{world, "bas", http::role::clerk};

  http::Response types_over() {
    const std::string version = input_value(cora.get(form + "?soort=small-aids"), "version");
    between();
    return cora.post(form, {{"version", version},
                            {"type", "small-aids"},
                            {"common.bsn", "999900006"},
                            {"common.street", "Lindelaan"},
                            {"action", "start-anyway"}});
  }

  std::function<void()> between = [] {};
};

TEST_F(TypingOver, LosesNothingWhenAColleagueClosesTheItem) {
  between = [&] {
    ASSERT_EQ(petra
                  .post(address(item) + "/sluiten",
                        {{"version", std::to_string(item.version)}, {"close-note", "Dubbel gescand."}})
                  .status,
              303);
  };
  const http::Response late = types_over();
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("Deze post is al afgehandeld"));
  EXPECT_THAT(late.body, HasSubstr("door petra"));
  EXPECT_THAT(late.body, HasSubstr("Dubbel gescand."));
  EXPECT_THAT(late.body, HasSubstr("Overleg met petra."));
  EXPECT_THAT(late.body, HasSubstr("<dd>999900006</dd>"));
  EXPECT_THAT(late.body, HasSubstr("<dd>Lindelaan</dd>"));
}

TEST_F(TypingOver, LosesNothingWhenAColleagueStartedTheApplication) {
  between = [&] {
    ASSERT_EQ(bas.post(form, {{"version", std::to_string(item.version)},
                              {"type", "small-aids"},
                              {"common.bsn", "999900006"},
                              {"action", "start-anyway"}})
                  .status,
              303);
  };
  const http::Response late = types_over();
  EXPECT_EQ(late.status, 409);
  const std::string link = "href=\"/staff/zaak/";
  const auto at = late.body.find(link);
  ASSERT_NE(at, std::string::npos);
  const ApplicationReference started(
      late.body.substr(at + link.size(), late.body.find('"', at + link.size()) - at - link.size()));
  EXPECT_EQ(world.application(started).common["bsn"].text_or_empty(), "999900006");
  EXPECT_THAT(late.body, HasSubstr("Vergelijk uw antwoorden met die aanvraag."));
  EXPECT_THAT(late.body, HasSubstr("<dd>Lindelaan</dd>"));
}

TEST_F(TypingOver, KeepsTheFormWhileAColleagueHoldsTheItem) {
  between = [&] {
    ASSERT_EQ(bas.post(address(item) + "/pakken", {{"version", std::to_string(item.version)}}).status, 303);
  };
  const http::Response refused = types_over();
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("bas is met deze post bezig"));
  EXPECT_THAT(refused.body, HasSubstr("value=\"Lindelaan\""));
  const std::string version = input_value(bas.get(address(item)), "version");
  ASSERT_EQ(bas.post(address(item) + "/loslaten", {{"version", version}}).status, 303);
  between = [] {};
  EXPECT_EQ(types_over().status, 303);
}

TEST_F(TheMailRoom, PostThatIsNoApplicationIsNotCountedAmongThem) {
  world.receive(world.filled_form());
  const Application first = letter_arrives("Geachte heer");
  letter_arrives("Geachte mevrouw");
  Desk anna(world, "anna", http::role::auditor);
  const std::string page = anna.get("/staff/cijfers").body;
  const auto types = page.find("aria-label=\"Aanvragen per soort\"");
  const auto channels = page.find("aria-label=\"Aanvragen naar hoe ze binnenkwamen\"");
  ASSERT_LT(types, channels);
  const std::string by_type = page.substr(types, channels - types);
  EXPECT_THAT(by_type,
              Not(HasSubstr("scope=\"row\" class=\"utrecht-table__header-cell\">Binnengekomen post")));
  EXPECT_THAT(by_type, HasSubstr("kwamen 2 stukken post binnen"));
  EXPECT_THAT(by_type, HasSubstr("Daarvan wachten er nog 2 op een mens."));
  ASSERT_EQ(petra
                .post(address(first) + "/sluiten",
                      {{"version", std::to_string(first.version)}, {"close-note", "Reclame."}})
                .status,
            303);
  EXPECT_THAT(anna.get("/staff/cijfers").body, HasSubstr("Daarvan wacht er nog 1 op een mens."));
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
