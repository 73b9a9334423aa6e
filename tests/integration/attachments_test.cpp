#include <gmock/gmock.h>

#include <chrono>

#include "domain/base64.h"
#include "domain/date.h"
#include "domain/json.h"
#include "domain/zone.h"
#include "support/daemon.h"
#include "support/sign_in.h"
#include "support/typed_pdf.h"

// A living allowance with files as banks give them, read by the real reader.

namespace softbot::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Daemon& daemon() {
  static Daemon shared;
  return shared;
}

/// One day for a whole test, also when it passes midnight.
Date today() {
  static const Date day =
      local_date(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  return day;
}

/// The three months before today, from the first day on; one is 0, 1 or 2.
Date first_day(int month) {
  return add_months(today(), month - 3);
}

Date last_day(int month) {
  return add_days(first_day(month + 1), -1);
}

std::string statement(const std::string& account, Date from, Date until) {
  return "ABN AMRO                                   Afschrift betaalrekening\n\n"
         "Rekeningnummer             Datum afschrift\n" +
         account + "     " + format_dutch_numbers(until) +
         "\nRekeninghouder: L. Hermans\nPeriode: " + format_dutch_numbers(from) + " t/m " +
         format_dutch_numbers(until) +
         "\n\nVorig saldo       Totaal af      Totaal bij     Nieuw saldo\n"
         "250,00            100,00         20,00          170,00\n\n"
         "Boekdatum    Omschrijving                                       Bedrag\n" +
         format_dutch_numbers(until) + "   Winkel IBAN: NL39 TRIO 0254 3219 87                -100,00\n";
}

Value file(const std::string& kind, const std::string& bytes) {
  return Value::object({{"kind", kind},
                        {"fileName", kind + ".pdf"},
                        {"mediaType", "application/pdf"},
                        {"content", encode_base64(bytes)}});
}

Value bank_file(const std::vector<std::string>& pages) {
  return file("bank-statement", typed_pdf(pages));
}

/// L. Hermans of Voorbeeld asks with two accounts, and with these files beside a copy of an identity card.
Value application_with(const std::vector<Value>& files) {
  Value submission = *parse_json(R"({"municipality": "voorbeeld", "channel": "api", "common": {
      "bsn": "999903263", "initials": "L.", "birthName": "Hermans", "birthDate": "2000-04-25",
      "postcode": "1238 RT", "houseNumber": "22", "street": "Wilgenstraat", "town": "Voorbeeld",
      "hasRepresentative": false, "electronicDelivery": false, "civilStatus": "unmarried",
      "livingSituation": "alone", "housing": "owner"}})");
  Value attachments = Value::list();
  attachments.push(file("identity-document",
                        typed_pdf({"VOORBEELD  IDENTITEITSKAART\nNaam: Geheim\nNummer: SPECI2014\n"})));
  for (const Value& one : files) attachments.push(one);
  Value fields = *parse_json(R"({"accounts": [{"iban": "NL91ABNA0417164300", "holder": "L. Hermans"},
      {"iban": "NL20INGB0001234567", "holder": "L. Hermans"}], "income": "0", "assets": "850.00", "rent": "0",
      "explanation": "Mijn contract is gestopt."})");
  fields.set("wantedFrom", format_iso(today()));
  Value requests = Value::list();
  requests.push(Value::object({{"type", "living-allowance"},
                               {"fields", std::move(fields)},
                               {"attachments", std::move(attachments)}}));
  submission.set("requests", std::move(requests));
  return submission;
}

const std::string abn = "NL91 ABNA 0417 1643 00";
const std::string ing = "NL20 INGB 0001 2345 67";

Value settled_with(const std::vector<Value>& files, const std::string& key) {
  const Answer accepted = daemon().submit(application_with(files), key, "digid");
  EXPECT_EQ(accepted.status, 202) << accepted.body;
  return daemon().wait_until(reference_in(accepted), [](const Value& view) {
    const std::string& status = view["status"].text_or_empty();
    return status != "received" && status != "deciding";
  });
}

std::size_t documents_of_kind(const Value& view, const std::string& kind) {
  std::size_t count = 0;
  for (const Value& document : view["documents"].items())
    count += document["kind"].text_or_empty() == kind ? 1 : 0;
  return count;
}

std::string case_page(const std::string& reference) {
  const Ended made =
      daemon().command({"account", "add", "inzage", "--role", "consultant"}, "een lang wachtwoord\n");
  EXPECT_TRUE(made.status == 0 || made.output.find("inzage") != std::string::npos) << made.output;
  return daemon().get("/staff/zaak/" + reference, sign_in(daemon(), "inzage", "een lang wachtwoord")).body;
}

TEST(StatementsOfEveryDay, AreCompleteWithoutAWordFromTheSender) {
  const Value view = settled_with(
      {bank_file({statement(abn, first_day(0), last_day(0)), statement(abn, first_day(1), last_day(2))}),
       bank_file({statement(ing, first_day(0), last_day(2))})},
      "statements-all");
  EXPECT_EQ(view["status"].text_or_empty(), "referred") << to_json(view["asked"]);
  EXPECT_THAT(view["asked"].items(), IsEmpty());
  EXPECT_THAT(to_json(view), Not(HasSubstr("SPECI2014")));
  const std::string page = case_page(view["reference"].text_or_empty());
  EXPECT_THAT(page, HasSubstr("Gelezen uit het bestand: rekening " + abn + ", op naam van L. Hermans, " +
                              format_dutch(first_day(0)) + " tot en met " + format_dutch(last_day(0)) +
                              ", saldo van € 250,00 naar € 170,00."));
  EXPECT_THAT(page, HasSubstr("Gelezen uit het bestand: rekening " + ing));
  EXPECT_THAT(page, HasSubstr("De bot las er niets uit."));
}

TEST(AMonthThatMisses, IsAskedByItsDaysInOneLetterAndGoesOnWhenItComes) {
  const Value view = settled_with({bank_file({statement(abn, first_day(0), last_day(0))}),
                                   bank_file({statement(abn, first_day(2), last_day(2))}),
                                   bank_file({statement(ing, first_day(0), last_day(2))})},
                                  "statements-missing");
  ASSERT_EQ(view["status"].text_or_empty(), "incomplete");
  ASSERT_EQ(view["asked"].items().size(), 1U) << to_json(view["asked"]);
  EXPECT_EQ(view["asked"].items().front()["text"].text_or_empty(),
            "Stuur mee: Bankafschriften van de laatste drie maanden, van de rekening die eindigt op 300. Nu "
            "ontbreekt: " +
                format_dutch(first_day(1)) + " tot en met " + format_dutch(last_day(1)) + ".");
  const std::string reference = view["reference"].text_or_empty();
  const Value posted =
      daemon().wait_until(reference, [](const Value& now) { return documents_of_kind(now, "repair") > 0; });
  EXPECT_EQ(documents_of_kind(posted, "repair"), 1U);

  const Answer handed_in =
      request("POST", daemon().url() + "/api/v1/applications/" + reference + "/documents?kind=bank-statement",
              {"Authorization: Bearer " + daemon().key(), "Content-Type: application/pdf"},
              typed_pdf({statement(abn, first_day(1), last_day(1))}));
  ASSERT_EQ(handed_in.status, 200) << handed_in.body;
  const Value after = daemon().wait_until(
      reference, [](const Value& now) { return now["status"].text_or_empty() == "referred"; });
  EXPECT_EQ(after["status"].text_or_empty(), "referred");
  EXPECT_EQ(documents_of_kind(after, "repair"), 1U) << "nothing more is asked";
}

TEST(WhatTheSenderStated, CountsAndTheConsultantSeesWhatTheFileSays) {
  Value stated = bank_file({statement(ing, first_day(0), last_day(0))});
  stated.set("iban", "NL91ABNA0417164300");
  stated.set("periodFrom", format_iso(first_day(0)));
  stated.set("periodTo", format_iso(today()));
  const Value view =
      settled_with({stated, bank_file({statement(ing, first_day(0), last_day(2))})}, "statements-stated");
  EXPECT_EQ(view["status"].text_or_empty(), "referred") << to_json(view["asked"]);
  EXPECT_THAT(case_page(view["reference"].text_or_empty()),
              HasSubstr("Let op, de inwoner gaf iets anders op: rekening " + abn + ", "));
}

}  // namespace
}  // namespace softbot::tests
