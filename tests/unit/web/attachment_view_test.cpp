#include "web/attachment_view.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <stdexcept>

#include "domain/json.h"
#include "support/checkout.h"

namespace softbot::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Catalogue& shipped() {
  static const auto loaded = load_catalogue(checkout() / "config");
  if (!loaded) throw std::runtime_error("the shipped forms cannot be read");
  return *loaded;
}

/// A living allowance with one account and one file, of which this was read.
Application with_reading(const std::string& stated, const std::string& reading) {
  Application application;
  application.type = "living-allowance";
  application.municipality = "voorbeeld";
  application.fields =
      *parse_json(R"({"accounts": [{"iban": "NL91ABNA0417164300", "holder": "L. Hermans"}]})");
  application.attachments =
      *parse_json(R"([{"document": "d1", "kind": "bank-statement", "fileName": "a.pdf", )" + stated +
                  R"("reading": )" + reading + "}]");
  return application;
}

std::vector<std::string> sentences(const Application& application) {
  return attachment_sentences(shipped(), application, "d1");
}

std::string statements(const std::string& statement) {
  return R"({"what": "bank-statement", "state": "read", "statements": [)" + statement + "]}";
}

const std::string nothing_stated = R"("iban": "", "periodFrom": "", "periodTo": "", )";

TEST(WhatWasReadOfAFile, NamesAccountHolderDaysAndBalances) {
  EXPECT_THAT(sentences(with_reading(nothing_stated, statements(R"({"account": "NL91ABNA0417164300",
                  "holder": "L. Hermans", "from": "2026-07-01", "until": "2026-07-31", "period": "stated",
                  "opening": "250.00", "closing": "-12.50"})"))),
              ElementsAre("Gelezen uit het bestand: rekening NL91 ABNA 0417 1643 00, op naam van L. Hermans, "
                          "1 juli 2026 tot en met 31 juli 2026, saldo van € 250,00 naar € -12,50."));
}

TEST(WhatWasReadOfAFile, SaysWhatIsNotThereAndWhatIsAGuess) {
  EXPECT_THAT(
      sentences(with_reading(nothing_stated, statements(R"({"account": "", "holder": "",
                  "from": "2026-07-03", "until": "2026-07-28", "period": "estimated", "opening": null,
                  "closing": null})"))),
      ElementsAre("Gelezen uit het bestand: rekening niet gevonden, periode niet gevonden (transacties "
                  "van 3 juli 2026 tot en met 28 juli 2026)."));
  EXPECT_THAT(sentences(with_reading(nothing_stated, statements(""))), ElementsAre(HasSubstr("Kijk zelf")));
}

TEST(WhatWasReadOfAFile, StandsBesideWhatWasStatedWhenThatDiffers) {
  const std::string other =
      statements(R"({"account": "NL20INGB0001234567", "holder": "", "from": "2026-07-01",
      "until": "2026-07-31", "period": "stated", "opening": null, "closing": null})");
  EXPECT_THAT(
      sentences(with_reading(
          R"("iban": "NL91 ABNA 0417 1643 00", "periodFrom": "2026-07-01", "periodTo": "2026-09-30", )",
          other)),
      ElementsAre(HasSubstr("rekening NL20 INGB 0001 2345 67"),
                  "Let op, de inwoner gaf iets anders op: rekening NL91 ABNA 0417 1643 00, 1 juli 2026 "
                  "tot en met 30 september 2026.",
                  "Let op, deze rekening staat niet in de aanvraag."));
}

TEST(WhatWasReadOfAFile, SaysThatNothingWasReadAndWhy) {
  const auto of = [](const std::string& reading) { return sentences(with_reading(nothing_stated, reading)); };
  EXPECT_THAT(of(R"({"what": "bank-statement", "state": "waiting"})"),
              ElementsAre("Dit bestand wordt nog gelezen."));
  EXPECT_THAT(of(R"({"what": "bank-statement", "state": "unread", "reason": "encrypted"})"),
              ElementsAre("Dit bestand is niet gelezen: er staat een wachtwoord op. Kijk zelf in het stuk."));
  EXPECT_THAT(of(R"({"what": "bank-statement", "state": "unread", "reason": "failed"})"),
              ElementsAre("Dit bestand is niet gelezen. Kijk zelf in het stuk."));
  EXPECT_THAT(of("null"), IsEmpty());
}

TEST(ACopyOfAnIdentityDocument, IsSaidToBeLegibleOrNotAndNothingElse) {
  const auto of = [](const char* legible) {
    return sentences(with_reading(nothing_stated, R"({"what": "legibility", "state": "read", "legible": )" +
                                                      std::string(legible) + "}"));
  };
  EXPECT_THAT(of("true"), ElementsAre("De kopie is scherp genoeg om te lezen. De bot las er niets uit."));
  EXPECT_THAT(of("false"), ElementsAre(HasSubstr("lijkt niet goed te lezen")));
}

}  // namespace
}  // namespace softbot::web
