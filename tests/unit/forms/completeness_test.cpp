#include "forms/completeness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/date.h"
#include "forms/attachment_check.h"
#include "shipped.h"

namespace softbot {
namespace {

using forms_test::complete_common;
using forms_test::json;
using forms_test::shipped;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using namespace std::chrono_literals;

constexpr Date today = 2026y / 11 / 21;

Value small_aid() {
  return json(R"({"aid":"raised-toilet-seat","bodyWeightKg":70,"limitation":"Opstaan van de wc lukt niet.",
    "duration":"26-weeks-or-longer","alreadyBorrowed":false,"provisionForm":"in-kind"})");
}

Value household_help() {
  return json(R"({"tasks":["heavy-cleaning"],"takeover":"full","limitations":"Ik kan niet lang staan.",
    "limitationDuration":"lasting","informalCarer":false,"privateCleaner":false,"roomsInUse":3,
    "roomsNotInUse":0,"pets":false,"allergy":false,"provisionForm":"in-kind"})");
}

Value living_allowance() {
  return json(R"({"accounts":[{"iban":"NL91ABNA0417164300","holder":"J.M. Jansen"}],"income":0,
    "assets":"1.500,00","rent":0})");
}

Value living_allowance_common() {
  Value common = complete_common();
  common.set("civilStatus", "unmarried");
  common.set("housing", "tenant");
  return common;
}

std::vector<Asked> asked(std::string_view type, Value common, Value fields,
                         std::vector<AttachmentInfo> attachments = {}, std::string channel = "web",
                         std::string language = "nl") {
  return check_completeness(shipped("common"), shipped(type),
                            {std::move(common), std::move(fields), std::move(attachments), std::move(channel),
                             today, std::move(language)});
}

Value with(Value answers, std::string_view name, Value answer) {
  answers.set(name, std::move(answer));
  return answers;
}

auto is(const std::string& field, const std::string& code) {
  return AllOf(Field(&Asked::field, field), Field(&Asked::code, code));
}

TEST(Completeness, ASimpleApplicationWithFewAnswersIsComplete) {
  EXPECT_THAT(asked("small-aids", complete_common(), small_aid()), IsEmpty());
  EXPECT_THAT(asked("household-help", complete_common(), household_help()), IsEmpty());
}

TEST(Completeness, AsksForEverythingAtOnceInTheOrderOfTheForm) {
  Value common = complete_common();
  common.erase("bsn");
  common.set("birthDate", "27 maart 1823");
  common.set("postcode", "1234 \xF0\x9F\x98\x80");
  Value fields = small_aid();
  fields.erase("duration");
  EXPECT_THAT(asked("small-aids", common, fields),
              ElementsAre(is("bsn", "missing"), is("birthDate", "invalid"), is("postcode", "invalid"),
                          is("duration", "missing")));
}

TEST(Completeness, SpeaksPlainDutchOrEnglishAndNeverRepeatsTheAnswer) {
  const Value common = with(complete_common(), "bsn", "123456789");
  const auto dutch = asked("small-aids", common, small_aid());
  ASSERT_THAT(dutch, ElementsAre(is("bsn", "invalid")));
  EXPECT_EQ(dutch[0].text,
            "‘Burgerservicenummer (BSN)’: Dit burgerservicenummer bestaat niet. Controleer de cijfers.");
  const auto english = asked("small-aids", common, small_aid(), {}, "web", "en");
  EXPECT_EQ(english.at(0).text,
            "‘Citizen service number (BSN)’: This citizen service number does not exist. Check the digits.");
}

TEST(Completeness, DatesThatCannotBeAreInvalid) {
  for (const char* date :
       {"31-02-1950", "1823-05-01", "2026-11-22", "2031-01-01", "gisteren", "1905-11-20"}) {
    EXPECT_THAT(asked("small-aids", with(complete_common(), "birthDate", date), small_aid()),
                ElementsAre(is("birthDate", "invalid")))
        << date;
  }
  for (const char* date : {"27-3-1948", "27/03/1948", "27 maart 1948", "1906-11-21", "2026-11-21"}) {
    EXPECT_THAT(asked("small-aids", with(complete_common(), "birthDate", date), small_aid()), IsEmpty())
        << date;
  }
}

TEST(Completeness, NamesNeedLettersAndNumbersKeepTheirBounds) {
  EXPECT_THAT(asked("small-aids", with(complete_common(), "birthName", "12345"), small_aid()),
              ElementsAre(is("birthName", "invalid")));
  EXPECT_THAT(asked("small-aids", with(complete_common(), "town", "\xF0\x9F\x98\x80"), small_aid()),
              ElementsAre(is("town", "invalid")));
  for (const Value& rooms : {Value(0), Value(21), Value("veel"), Value(Number{"2.5"})}) {
    EXPECT_THAT(asked("household-help", complete_common(), with(household_help(), "roomsInUse", rooms)),
                ElementsAre(is("roomsInUse", "invalid")));
  }
  EXPECT_THAT(asked("household-help", complete_common(), with(household_help(), "roomsInUse", " 4 ")),
              IsEmpty());
}

TEST(Completeness, AQuestionThatDoesNotApplyIsNeverAsked) {
  // Alone: nobody asks whether others can help. A wrong answer to a question that does not apply is no
  // matter.
  EXPECT_THAT(asked("household-help", complete_common(), household_help()),
              Not(Contains(Field(&Asked::field, "householdCanHelp"))));
  EXPECT_THAT(asked("small-aids", with(complete_common(), "landlordName", ""), small_aid()), IsEmpty());
  const Value fields = with(household_help(), "informalCareHours", "onzin");
  EXPECT_THAT(asked("household-help", complete_common(), fields), IsEmpty());
}

TEST(Completeness, AQuestionThatAppliesIsAsked) {
  const Value common = with(complete_common(), "livingSituation", "with-others");
  EXPECT_THAT(asked("household-help", common, household_help()),
              ElementsAre(is("householdMembers", "missing"), is("householdCanHelp", "missing")));
  EXPECT_THAT(asked("household-help", complete_common(), with(household_help(), "informalCarer", true)),
              ElementsAre(is("informalCareHours", "missing")));
}

TEST(Completeness, UnknownIsNotNo_TheQuestionBehindIsNamed) {
  Value common = complete_common();
  common.erase("livingSituation");
  const auto found = asked("household-help", common, household_help());
  ASSERT_THAT(found, ElementsAre(is("livingSituation", "missing")));
  EXPECT_THAT(found[0].text, HasSubstr("Met wie woont u samen?"));
  EXPECT_THAT(found[0].text, HasSubstr("Kunnen uw huisgenoten het huishouden doen?"));
}

TEST(Completeness, AnOptionalQuestionIsAskedOnlyWhenAnotherNeedsIt) {
  // Nobody asks for the kind of housing until something must be fixed to the wall.
  const Value rail = with(with(small_aid(), "aid", "grab-rail"), "needsFixing", true);
  EXPECT_THAT(asked("small-aids", complete_common(), small_aid()), IsEmpty());
  EXPECT_THAT(asked("small-aids", complete_common(), rail), ElementsAre(is("housing", "missing")));
  EXPECT_THAT(asked("small-aids", with(complete_common(), "housing", "owner"), rail), IsEmpty());
  EXPECT_THAT(asked("small-aids", with(complete_common(), "housing", "tenant"), rail),
              ElementsAre(is("landlordPermission", "missing")));
  EXPECT_THAT(asked("small-aids", complete_common(), with(rail, "needsFixing", false)), IsEmpty());
}

TEST(Completeness, OneOfTwoAnswersIsEnoughToNameADecision) {
  const Value fields = json(R"({"healthChanged":false,"householdChanged":false,"homeChanged":false,
    "satisfied":true,"wantedChange":"same"})");
  EXPECT_THAT(asked("extension", complete_common(), fields),
              ElementsAre(is("decisionNumber", "missing"), is("endDate", "missing")));
  EXPECT_THAT(asked("extension", complete_common(), with(fields, "endDate", "1-2-2027")), IsEmpty());
  EXPECT_THAT(asked("extension", complete_common(), with(fields, "decisionNumber", "WMO-1")), IsEmpty());
}

TEST(Completeness, AnExplanationIsNeededAsSoonAsOneThingChanged) {
  const Value fields = json(R"({"decisionNumber":"WMO-1","healthChanged":true,"satisfied":true,
    "householdChanged":false,"homeChanged":false,"wantedChange":"more"})");
  EXPECT_THAT(asked("extension", complete_common(), fields), ElementsAre(is("changeExplanation", "missing")));
}

TEST(Completeness, AnswersThatContradictEachOtherAreShownTogether) {
  const Value common = with(complete_common(), "householdMembers",
                            json(R"([{"relation":"partner","birthYear":1950,"canHelp":true}])"));
  const auto found = asked("household-help", common, with(household_help(), "householdCanHelp", true));
  EXPECT_THAT(found,
              ElementsAre(is("livingSituation", "contradictory"), is("householdCanHelp", "contradictory")));
}

TEST(Completeness, EveryRowOfAListIsLookedAt) {
  Value common = with(complete_common(), "livingSituation", "with-others");
  common.set("householdMembers", json(R"([{"relation":"partner","birthYear":1950},{"birthYear":150},
    {"relation":"child","birthYear":"2010"}])"));
  const auto found = asked("household-help", common, with(household_help(), "householdCanHelp", false));
  EXPECT_THAT(found, ElementsAre(is("householdMembers[1].relation", "missing"),
                                 is("householdMembers[1].birthYear", "invalid")));
  EXPECT_THAT(found[0].text, HasSubstr("Persoon 2: "));
}

TEST(Completeness, SignatureAndDateAreAskedOnPaperOnly) {
  const Value aid = with(small_aid(), "difficulties", json(R"(["standing"])"));
  EXPECT_THAT(asked("small-aids", complete_common(), aid, {}, "paper"),
              ElementsAre(is("signature", "signature-missing"), is("signingDate", "missing")));
  const Value unsigned_paper = with(with(complete_common(), "signature", false), "signingDate", "20-11-2026");
  EXPECT_THAT(asked("small-aids", unsigned_paper, aid, {}, "paper"),
              ElementsAre(is("signature", "signature-missing")));
  EXPECT_THAT(asked("small-aids", with(unsigned_paper, "signature", true), aid, {}, "paper"), IsEmpty());
}

TEST(Completeness, OnPaperTicksSayWhatIsHardAndOwnWordsMayBeLeftOut) {
  const Value common = with(with(complete_common(), "signature", true), "signingDate", "20-11-2026");
  const Value wordless = with(small_aid(), "limitation", "");
  EXPECT_THAT(asked("small-aids", common, wordless, {}, "paper"), ElementsAre(is("difficulties", "missing")));
  EXPECT_THAT(asked("small-aids", common, with(wordless, "difficulties", json(R"(["standing","balance"])")),
                    {}, "paper"),
              IsEmpty());
  for (const char* channel : {"web", "api", "counter"}) {
    EXPECT_THAT(asked("small-aids", complete_common(), wordless, {}, channel),
                ElementsAre(is("limitation", "missing")))
        << channel;
  }
}

TEST(Completeness, NoAddressForEmailIsAskedOnPaper) {
  Value common = with(with(complete_common(), "signature", true), "signingDate", "20-11-2026");
  common.set("electronicDelivery", true);
  const Value aid = with(small_aid(), "difficulties", json(R"(["standing"])"));
  EXPECT_THAT(asked("small-aids", common, aid, {}, "paper"), IsEmpty());
  EXPECT_THAT(asked("small-aids", common, aid), ElementsAre(is("email", "missing")));
}

const AttachmentInfo identity{"identity-document", "", {}, {}};

AttachmentInfo statement(Date from, Date until, std::string iban = "NL91 ABNA 0417 1643 00") {
  return {"bank-statement", std::move(iban), from, until};
}

TEST(Attachments, BankStatementsCoverThreeMonthsOfEveryAccount) {
  const auto missing = [&](std::vector<AttachmentInfo> files) {
    files.push_back(identity);
    return asked("living-allowance", living_allowance_common(), living_allowance(), std::move(files));
  };
  EXPECT_THAT(missing({statement(2026y / 8 / 1, 2026y / 11 / 20)}), IsEmpty());
  EXPECT_THAT(
      missing({statement(2026y / 10 / 1, 2026y / 11 / 18), statement(2026y / 8 / 21, 2026y / 9 / 30)}),
      IsEmpty());
  EXPECT_THAT(missing({}), ElementsAre(is("bank-statement", "attachment-missing")));

  const auto gap =
      missing({statement(2026y / 8 / 1, 2026y / 9 / 30), statement(2026y / 10 / 11, 2026y / 11 / 20)});
  ASSERT_THAT(gap, ElementsAre(is("bank-statement", "attachment-missing")));
  EXPECT_THAT(gap[0].text, HasSubstr("Nu ontbreekt: 1 oktober 2026 tot en met 10 oktober 2026."));
  EXPECT_THAT(gap[0].text, HasSubstr("de rekening die eindigt op 300"));
  EXPECT_THAT(gap[0].text, Not(HasSubstr("0417")));

  const auto late = missing({statement(2026y / 9 / 1, 2026y / 11 / 1)});
  EXPECT_THAT(late.at(0).text, HasSubstr("21 augustus 2026 tot en met 31 augustus 2026 en 2 november 2026"));
}

TEST(Attachments, AStatementOfOneAccountDoesNotServeAnother) {
  const Value fields =
      with(living_allowance(), "accounts", json(R"([{"iban":"NL91ABNA0417164300","holder":"J. Jansen"},
                                     {"iban":"NL20INGB0001234567","holder":"J. Jansen"}])"));
  const auto found = asked("living-allowance", living_allowance_common(), fields,
                           {identity, statement(2026y / 8 / 1, 2026y / 11 / 20)});
  ASSERT_THAT(found, ElementsAre(is("bank-statement", "attachment-missing")));
  EXPECT_THAT(found[0].text, HasSubstr("eindigt op 567"));
}

TEST(Attachments, AStatementWithoutItsPeriodIsAskedFor) {
  const auto found = asked("living-allowance", living_allowance_common(), living_allowance(),
                           {identity, {"bank-statement", "", {}, {}}});
  ASSERT_THAT(found, ElementsAre(is("bank-statement", "attachment-missing")));
  EXPECT_THAT(found[0].text, HasSubstr("welke periode"));
}

TEST(Attachments, ProofIsNeededOnlyWhereThereIsSomethingToProve) {
  const auto found = asked("living-allowance", living_allowance_common(),
                           with(with(living_allowance(), "income", "850,50"), "rent", 600),
                           {identity, statement(2026y / 8 / 1, 2026y / 11 / 20)});
  EXPECT_THAT(found, ElementsAre(is("housing-costs", "attachment-missing"),
                                 is("income-proof", "attachment-missing")));
}

TEST(Attachments, ProofThatDependsOnAnOpenQuestionIsNamedWithIt) {
  Value fields = living_allowance();
  fields.erase("rent");
  const auto found = asked("living-allowance", living_allowance_common(), fields,
                           {identity, statement(2026y / 8 / 1, 2026y / 11 / 20)});
  ASSERT_THAT(found, ElementsAre(is("rent", "missing")));
  EXPECT_THAT(found[0].text, HasSubstr("‘Bewijs van uw woonkosten’"));
}

TEST(Attachments, DaysMissingAreThoseThatNoFileCovers) {
  const DayRange november{2026y / 11 / 1, 2026y / 11 / 30};
  EXPECT_THAT(days_missing(november, {}), ElementsAre(november));
  EXPECT_THAT(days_missing(november, {{2026y / 10 / 1, 2026y / 12 / 1}}), IsEmpty());
  EXPECT_THAT(
      days_missing(november, {{2026y / 11 / 5, 2026y / 11 / 10}, {2026y / 11 / 8, 2026y / 11 / 29}}),
      ElementsAre(DayRange{2026y / 11 / 1, 2026y / 11 / 4}, DayRange{2026y / 11 / 30, 2026y / 11 / 30}));
  EXPECT_THAT(days_missing(november, {{2027y / 1 / 1, 2027y / 2 / 1}}), ElementsAre(november));
}

TEST(CheckAnswer, TellsWhatIsWrongWithOneAnswer) {
  const softbot::Field& phone = *shipped("common").find("phone");
  EXPECT_FALSE(check_answer(phone, "06 12345678", today, "nl"));
  EXPECT_FALSE(check_answer(phone, " ", today, "nl"));
  EXPECT_THAT(check_answer(phone, "bel maar", today, "nl"), testing::Optional(is("phone", "invalid")));
}

}  // namespace
}  // namespace softbot
