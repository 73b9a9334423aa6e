#include <gmock/gmock.h>

#include <sstream>

#include "domain/paper.h"
#include "unit/paper_pages/desk.h"

namespace softbot::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const Ink doubtful_weight{"bodyWeightKg", "70", ReadingState::doubtful, 0.8, {{"10", 0.1}}};
const Ink doubtful_birthday{"birthDate", "1946-03-19", ReadingState::doubtful, 0.55, {{"1946-08-19", 0.44}}};
const Ink ink_in_remarks{"remarks", Value(), ReadingState::doubtful, 0};

/// A consultant with a paper case before them.
struct CheckingPaper : ::testing::Test {
  PaperWorld world;
  Desk consultant{world, "cora", http::role::consultant};

  Application arrives(const std::vector<Ink>& inks) {
    auto pages = world.filled_form();
    for (ReadPage& page : pages) {
      for (const Ink& ink : inks) PaperWorld::write(page, ink);
    }
    const std::string scan = world.receive(std::move(pages));
    world.work();
    return world.only_application(scan);
  }

  static std::string address(const Application& application) {
    return "/staff/zaak/" + application.reference.text + "/papier";
  }

  http::Response save(const Application& application, Desk::Fields fields) {
    const http::Response page = consultant.get(address(application));
    fields.insert(fields.begin(), {"version", input_value(page, "version")});
    fields.emplace_back("opnieuw", "ja");
    return consultant.post(address(application), fields);
  }

  Application after(const Application& application) {
    world.work();
    return world.application(application.reference);
  }

  /// The numbers beside the fields, from top to bottom.
  static std::vector<std::string> numbers_on(const std::string& page) {
    const std::string mark = "softbot-check__number\">";
    std::vector<std::string> numbers;
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1))
      numbers.push_back(page.substr(at + mark.size(), page.find('<', at + mark.size()) - at - mark.size()));
    return numbers;
  }
};

TEST_F(CheckingPaper, TheDoubtfulAnswerStandsFirstWithItsCropItsAlternativesAndItsPlace) {
  const Application application = arrives({doubtful_weight});
  const std::string page = consultant.get(address(application)).body;
  EXPECT_THAT(page, HasSubstr("1 antwoord is niet zeker gelezen."));
  const auto field = page.find("id=\"veld-bodyWeightKg\"");
  ASSERT_NE(field, std::string::npos);
  EXPECT_LT(field, page.find("id=\"veld-bsn\""));
  EXPECT_THAT(page, HasSubstr("Niet zeker"));
  EXPECT_THAT(page, HasSubstr("value=\"a0\""));
  EXPECT_THAT(page, HasSubstr("alt=\"Uitsnede van de scan: "));
  EXPECT_THAT(page, HasSubstr("id=\"plek-bodyWeightKg\""));
  EXPECT_THAT(page, HasSubstr("Zeker gelezen"));
}

TEST_F(CheckingPaper, ATickIsShownWithTheWordsBesideIt) {
  const Application application =
      arrives({{"aid", "raised-toilet-seat", ReadingState::doubtful, 0.6, {}}, doubtful_weight});
  const std::string page = consultant.get(address(application)).body;
  const Value& box = paper::reading_of(application, "aid")["boxMm"];
  ASSERT_EQ(box.items().size(), 4U);
  const double left = std::stod(box.items()[0].as_number()->text);
  const auto field = page.find("id=\"veld-aid\"");
  ASSERT_NE(field, std::string::npos);
  std::istringstream cut(page.substr(page.find("viewBox=\"", page.find("softbot-crop", field)) + 9));
  double x = 0;
  double y = 0;
  double width = 0;
  cut >> x >> y >> width;
  EXPECT_NEAR(x, left - 15, 0.1);
  EXPECT_NEAR(x + width, 206, 0.1);
  // What is written in boxes has a picture of its own.
  EXPECT_EQ(page.compare(page.find("softbot-crop", page.find("id=\"veld-bodyWeightKg\"")) + 14, 4, "<img"),
            0);
}

TEST_F(CheckingPaper, ConfirmingTheLastDoubtLetsTheBotGoOn) {
  const Application application = arrives({doubtful_weight});
  const http::Response saved = save(application, {{"kies:bodyWeightKg", "ok"}});
  EXPECT_EQ(saved.status, 303);
  EXPECT_EQ(saved.headers.get("Location"), "/staff/zaak/" + application.reference.text + "?gedaan=nagekeken");
  const Application judged = after(application);
  EXPECT_EQ(judged.outcome, Outcome::granted);
  EXPECT_THAT(consultant.get(address(application)).body, HasSubstr("Nagekeken door cora op"));
}

TEST_F(CheckingPaper, AnAlternativeIsChosenWithOnePress) {
  const Application application = arrives({doubtful_weight});
  ASSERT_EQ(save(application, {{"kies:bodyWeightKg", "a0"}}).status, 303);
  const Application judged = after(application);
  EXPECT_EQ(judged.fields["bodyWeightKg"].as_integer(), 10);
  EXPECT_TRUE(paper::is_settled(judged, "bodyWeightKg"));
}

TEST_F(CheckingPaper, WhatIsTypedReplacesWhatWasRead) {
  const Application application = arrives({doubtful_birthday});
  ASSERT_EQ(save(application, {{"kies:birthDate", "anders"},
                               {"anders:birthDate.birthDate.day", "14"},
                               {"anders:birthDate.birthDate.month", "3"},
                               {"anders:birthDate.birthDate.year", "1946"}})
                .status,
            303);
  const Application judged = after(application);
  EXPECT_EQ(judged.common["birthDate"].text_or_empty(), "1946-03-14");
  EXPECT_EQ(judged.outcome, Outcome::granted);
}

TEST_F(CheckingPaper, WhatCannotBeIsRefusedAndNothingChosenIsLost) {
  const Application application = arrives({doubtful_birthday, doubtful_weight});
  const http::Response refused = save(application, {{"kies:bodyWeightKg", "ok"},
                                                    {"kies:birthDate", "anders"},
                                                    {"anders:birthDate.birthDate.day", "31"},
                                                    {"anders:birthDate.birthDate.month", "2"},
                                                    {"anders:birthDate.birthDate.year", "1946"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("href=\"#veld-birthDate\""));
  EXPECT_THAT(refused.body, HasSubstr("value=\"31\""));
  EXPECT_THAT(refused.body, HasSubstr("value=\"ok\" checked"));
  EXPECT_FALSE(paper::is_settled(after(application), "bodyWeightKg"));
}

TEST_F(CheckingPaper, OneOfTwoDoubtsIsSavedAndTheBotWaitsForTheOther) {
  const Application application = arrives({doubtful_birthday, doubtful_weight});
  const http::Response saved = save(application, {{"kies:bodyWeightKg", "ok"}});
  EXPECT_THAT(std::string(saved.headers.get("Location")), HasSubstr("/papier?gedaan=opgeslagen"));
  const Application now = after(application);
  EXPECT_EQ(now.status, ApplicationStatus::referred);
  EXPECT_TRUE(paper::is_settled(now, "bodyWeightKg"));
  EXPECT_FALSE(paper::is_settled(now, "birthDate"));
}

TEST_F(CheckingPaper, SavingNothingSaysThatNothingChangedAndKeepsWhatWasTyped) {
  const Application application = arrives({ink_in_remarks, doubtful_weight});
  const http::Response page = save(application, {{"actie", "opslaan"}, {"overname:remarks", "Bel mij op."}});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("U hebt nog niets gekozen. Er is dus niets veranderd."));
  EXPECT_THAT(page.body, HasSubstr("Wat u hebt overgenomen, is nog niet bewaard."));
  EXPECT_THAT(page.body, HasSubstr("Bel mij op.</textarea>"));
  EXPECT_THAT(page.body, HasSubstr("name=\"opnieuw\" value=\"ja\" checked"));
  EXPECT_THAT(page.body, Not(HasSubstr("<title>Fout:")));
  EXPECT_EQ(after(application).version, application.version);
}

TEST_F(CheckingPaper, WhatWasTypedOverBesideSavedAnswersStaysOnScreen) {
  const Application application = arrives({ink_in_remarks, doubtful_birthday, doubtful_weight});
  const http::Response page =
      save(application, {{"kies:bodyWeightKg", "ok"}, {"overname:remarks", "Bel mij op."}});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Opgeslagen."));
  EXPECT_THAT(page.body, HasSubstr("Bel mij op.</textarea>"));
  EXPECT_TRUE(paper::is_settled(after(application), "bodyWeightKg"));
}

TEST_F(CheckingPaper, WhoTypesAnAnswerNeedNotPressTheButtonBeforeIt) {
  const Application application = arrives({doubtful_birthday});
  ASSERT_EQ(save(application, {{"anders:birthDate.birthDate.day", "14"},
                               {"anders:birthDate.birthDate.month", "3"},
                               {"anders:birthDate.birthDate.year", "1946"}})
                .status,
            303);
  EXPECT_EQ(after(application).common["birthDate"].text_or_empty(), "1946-03-14");
}

TEST_F(CheckingPaper, NumbersFollowTheOrderOnTheScreenWithoutGaps) {
  const Application application = arrives({{"phone", "0612345678", ReadingState::doubtful, 0.6, {}},
                                           ink_in_remarks,
                                           doubtful_birthday,
                                           doubtful_weight});
  const std::string page = consultant.get(address(application)).body;
  EXPECT_THAT(numbers_on(page), ElementsAre("1", "2", "3", "4"));
  ASSERT_THAT(page, HasSubstr("class=\"softbot-may\""));
  EXPECT_LT(page.find("id=\"na-te-kijken\""), page.find("id=\"inkt\""));
  EXPECT_LT(page.find("id=\"inkt\""), page.find("class=\"softbot-may\""));
}

TEST_F(CheckingPaper, WhoLookedAtAnOlderVersionChangesNothing) {
  const Application application = arrives({doubtful_weight});
  const http::Response stale =
      consultant.post(address(application), {{"version", "0"}, {"kies:bodyWeightKg", "a0"}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(after(application).fields["bodyWeightKg"].as_integer(), 70);
}

TEST_F(CheckingPaper, InkInSomebodysOwnWordsIsShownAndSeenWithOneButton) {
  const Application application = arrives({ink_in_remarks});
  const std::string page = consultant.get(address(application)).body;
  EXPECT_THAT(page, HasSubstr("Er is op 1 plek iets met de hand bij geschreven."));
  EXPECT_THAT(page, HasSubstr("value=\"gezien:remarks\""));
  ASSERT_EQ(save(application, {{"actie", "gezien:remarks"}}).status, 303);
  EXPECT_EQ(after(application).outcome, Outcome::granted);
}

TEST_F(CheckingPaper, InkThatAsksForAttentionBecomesAConversationThatHoldsUpNothing) {
  const Application application = arrives({ink_in_remarks});
  ASSERT_EQ(save(application, {{"actie", "aandacht:remarks"}}).status, 303);
  const Application judged = after(application);
  EXPECT_EQ(judged.outcome, Outcome::granted);
  EXPECT_THAT(codes_of(judged.open_tasks), Contains("signal-conversation"));
}

TEST_F(CheckingPaper, ALookSavesWhatWasChosenAlongTheWay) {
  const Application application = arrives({ink_in_remarks, doubtful_weight});
  ASSERT_EQ(save(application, {{"actie", "gezien:remarks"}, {"kies:bodyWeightKg", "ok"}}).status, 303);
  EXPECT_EQ(after(application).outcome, Outcome::granted);
}

TEST_F(CheckingPaper, ASignatureInDoubtIsForTheEye) {
  const Application application = arrives({{"signature", Value(true), ReadingState::doubtful, 0.6}});
  EXPECT_THAT(consultant.get(address(application)).body,
              HasSubstr("Het is niet zeker of het formulier is ondertekend."));
  ASSERT_EQ(save(application, {{"handtekening", "ja"}}).status, 303);
  const Application judged = after(application);
  EXPECT_EQ(judged.signed_by, "form");
  EXPECT_EQ(judged.outcome, Outcome::granted);
}

TEST_F(CheckingPaper, ADoubtAboutThePaperSaysWhatCanBeDoneAndIsSetAside) {
  world.geometry.versions = {90, 90};
  const Application application = arrives({});
  const std::string page = consultant.get(address(application)).body;
  EXPECT_THAT(page, HasSubstr("Kijk of er antwoorden ontbreken die we nu wel vragen."));
  ASSERT_EQ(save(application, {{"twijfel", "form-of-other-version"}}).status, 303);
  EXPECT_EQ(after(application).outcome, Outcome::granted);
}

TEST_F(CheckingPaper, EveryPictureIsALookOfItsOwnAndIsKeptByNobody) {
  const Application application = arrives({doubtful_weight});
  const std::string crop = paper::reading_of(application, "bodyWeightKg")["crop"].text_or_empty();
  ASSERT_FALSE(crop.empty());
  const http::Response picture =
      consultant.get("/staff/zaak/" + application.reference.text + "/document/" + crop);
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(picture.body, "crop of bodyWeightKg");
  EXPECT_EQ(picture.content_type, "image/png");
  EXPECT_EQ(picture.headers.get("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(picture.headers.get("Cache-Control"), "no-store");
  EXPECT_THAT(looks_at(world, application), Contains("cora: scan bekijken"));
}

TEST_F(CheckingPaper, OnlyConsultantsOfTheMunicipalitySeeIt) {
  const Application application = arrives({doubtful_weight});
  Desk mail_room(world, "petra", http::role::mail_room);
  EXPECT_EQ(mail_room.get(address(application)).status, 403);
  Desk elsewhere(world, "elsewhere", http::role::consultant);
  elsewhere.municipalities = {"molendam"};
  EXPECT_EQ(elsewhere.get(address(application)).status, 404);
  EXPECT_EQ(elsewhere.post(address(application), {{"kies:bodyWeightKg", "ok"}}).status, 404);
}

TEST_F(CheckingPaper, WhatIsOnThePaperIsNeverMarkup) {
  const Application application =
      arrives({{"street", "<script>alert(1)</script>", ReadingState::doubtful, 0.5}});
  const std::string page = consultant.get(address(application)).body;
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
}

TEST_F(CheckingPaper, TheCasePageSaysWhatIsToBeLookedAt) {
  const Application application = arrives({doubtful_weight, ink_in_remarks});
  const std::string page = consultant.get("/staff/zaak/" + application.reference.text).body;
  EXPECT_THAT(page, HasSubstr("1 antwoord is niet zeker gelezen. Er is op 1 plek iets met de hand"));
  EXPECT_THAT(page, HasSubstr(address(application)));
  EXPECT_THAT(page, Not(HasSubstr("Uitsnede")));
}

}  // namespace
}  // namespace softbot::testing
