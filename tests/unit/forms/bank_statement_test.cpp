#include "forms/bank_statement.h"

#include <gmock/gmock.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "domain/iban.h"

// Statements as the banks lay them out; persons, numbers and amounts are made up.

namespace softbot {
namespace {

using std::chrono::August;
using std::chrono::July;
using std::chrono::June;
using std::chrono::September;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::chrono::year y2026{2026};

std::vector<BankStatement> read(std::vector<std::string> pages) {
  return read_bank_statements(pages);
}

BankStatement only(const std::string& page) {
  const auto statements = read({page});
  EXPECT_THAT(statements, SizeIs(1)) << page;
  return statements.empty() ? BankStatement() : statements.front();
}

BankStatement stated(std::string account, std::string holder, Date from, Date until,
                     std::optional<Cents> opening = std::nullopt,
                     std::optional<Cents> closing = std::nullopt) {
  return {std::move(account), std::move(holder), from, until, PeriodSource::stated, opening, closing};
}

const std::string ing = R"(ING                                              Bij- en afschrijvingen

Rekeningnummer         Naam                      Saldo
NL20 INGB 0001 2345 67 Hr F Verzonnen
Rekeninghouder: F. Verzonnen
Periode: 01-07-2026 t/m 31-07-2026

Beginsaldo   € 1.204,18
Eindsaldo    € 987,65

Datum        Naam / Omschrijving                      Type           Bedrag (EUR)
31-07-2026   Zorgverzekeraar Voorbeeld                Incasso             -134,50
             Naam: Zorgverzekeraar Voorbeeld NV
             Omschrijving: premie periode 01-08-2026 t/m 31-08-2026
             IBAN: NL81 RABO 0312 3456 78
02-07-2026   Gemeente Molendam                        Overschrijving       +48,00
             IBAN: NL91 ABNA 0417 1643 00
)";

TEST(BankStatementPrint, OfIngNamesAccountHolderPeriodAndBalances) {
  EXPECT_EQ(only(ing), stated("NL20INGB0001234567", "F. Verzonnen", y2026 / July / 1, y2026 / July / 31,
                              Cents{120418}, Cents{98765}));
}

TEST(BankStatementPrint, OfRabobankHasItsAccountBesideAnotherWord) {
  EXPECT_EQ(only(R"(Rabobank
Rekeningafschrift
Rabo DirectRekening  NL23 RABO 0387 6543 21 EUR    t.n.v. mw. A.B. de Bedachte
Volgnummer 7         Datum afschrift 31-07-2026
van 1 juli 2026 tot en met 31 juli 2026

Beginsaldo 1.000,00 CR     Eindsaldo 1.052,10 CR
Datum   Omschrijving                     Bedrag af    Bedrag bij
01-07   Albert Bedacht 1234                 12,90
        NL81 RABO 0312 3456 78
15-07   SVB                                                65,00
)"),
            stated("NL23RABO0387654321", "mw. A.B. de Bedachte", y2026 / July / 1, y2026 / July / 31,
                   Cents{100000}, Cents{105210}));
}

TEST(BankStatementPrint, OfAbnAmroHasItsValuesBelowTheirNames) {
  EXPECT_EQ(only(R"(ABN AMRO                                  Afschrift betaalrekening

Rekeningnummer           Datum afschrift    Bladnummer
NL91 ABNA 0417 1643 00   31-07-2026         1 van 1
Periode                  Periode t/m
van                      tot en met
01-07-2026               31-07-2026
Rekeninghouder           Valuta
J. VAN DER PROEF         EUR

Vorig saldo     Totaal afgeschreven   Totaal bijgeschreven   Nieuw saldo
250,00          100,00                20,00                  170,00

Boekdatum    Omschrijving                                          Bedrag
03-07-2026   SEPA iDEAL  IBAN: NL39TRIO0254321987                  100,00 D
09-07-2026   SEPA Overboeking  IBAN: NL68KNAB0123456789             20,00 C
)"),
            stated("NL91ABNA0417164300", "J. VAN DER PROEF", y2026 / July / 1, y2026 / July / 31,
                   Cents{25000}, Cents{17000}));
}

TEST(BankStatementPrint, OfSnsAndAsnSaysItsPeriodInWords) {
  EXPECT_EQ(only(R"(ASN Bank
Rekeningoverzicht
ASN Betaalrekening NL41 ASNB 0707 6543 21 op naam van C. Fantasie
Overzicht van 1 t/m 31 augustus 2026
Oud saldo   € 12,00-
Nieuw saldo € 5,10
)"),
            stated("NL41ASNB0707654321", "C. Fantasie", y2026 / August / 1, y2026 / August / 31, Cents{-1200},
                   Cents{510}));
  EXPECT_EQ(only(R"(SNS  Dagafschrift
IBAN NL68 SNSB 0901 2345 67
Ten name van: D. Verzinsel
Periode: juni 2026
)"),
            stated("NL68SNSB0901234567", "D. Verzinsel", y2026 / June / 1, y2026 / June / 30));
}

TEST(BankStatementPrint, OfTriodosBunqAndKnab) {
  EXPECT_EQ(only(R"(Triodos Bank
Afschrift Internet Rekening
Rekeningnummer: NL39 TRIO 0254 3219 87
Tenaamstelling: E. Mensink-Droom
Periode 01-07-2026 t/m 31-07-2026  Afschriftnummer 7
Vorig saldo 10,00  Nieuw saldo 20,00
)"),
            stated("NL39TRIO0254321987", "E. Mensink-Droom", y2026 / July / 1, y2026 / July / 31, Cents{1000},
                   Cents{2000}));
  EXPECT_EQ(only(R"(bunq  Account Statement
Account holder: G. Invented
IBAN: NL16 BUNQ 2034 5678 90
Period: 2026-07-01 - 2026-07-31
Opening balance € 1,000.00
Closing balance € 900.50
Date        Description                Amount
2026-07-03  Groceries                  - € 99.50
)"),
            stated("NL16BUNQ2034567890", "G. Invented", y2026 / July / 1, y2026 / July / 31, Cents{100000},
                   Cents{90050}));
  EXPECT_EQ(only(R"(Knab rekeningafschrift
Rekening: NL68KNAB0123456789
T.n.v.: H. Bedenksel
Van: 1 juli 2026
Tot en met: 31 juli 2026
)"),
            stated("NL68KNAB0123456789", "H. Bedenksel", y2026 / July / 1, y2026 / July / 31));
}

TEST(BankStatementPrint, OfSavingsDoesNotTakeTheAccountThatItIsPaidFrom) {
  EXPECT_EQ(only(R"(Spaarrekening overzicht
Rekeningnummer: NL36 INGB 0007 6543 21
Vaste tegenrekening: NL20 INGB 0001 2345 67
Periode 01-07-2026 t/m 30-09-2026
)")
                .account,
            "NL36INGB0007654321");
  EXPECT_EQ(only(R"(Spaarrekening overzicht
Tegenrekening IBAN NL20 INGB 0001 2345 67
Periode 01-07-2026 t/m 30-09-2026
)")
                .account,
            "");
  EXPECT_EQ(only(R"(Spaaroverzicht
Rekeningnummer           Tegenrekening
NL36 INGB 0007 6543 21   NL20 INGB 0001 2345 67
Periode 01-07-2026 t/m 30-09-2026
)")
                .account,
            "NL36INGB0007654321");
}

TEST(BankStatementPrint, WithTwoAccountsOfItsOwnLeavesTheAccountOpen) {
  EXPECT_EQ(only(R"(Overzicht van uw rekeningen
Betaalrekening NL20 INGB 0001 2345 67
Spaarrekening  NL36 INGB 0007 6543 21
Periode 01-07-2026 t/m 30-09-2026
)")
                .account,
            "");
}

TEST(BankStatementPrint, OfSeveralMonthsInOneFileIsOneStatementPerMonth) {
  const auto month = [](const std::string& from, const std::string& until) {
    return "Rekeningnummer NL20 INGB 0001 2345 67\nPeriode " + from + " t/m " + until + "\n";
  };
  const std::string second_page =
      "vervolg\nfactuur periode 01-05-2026 t/m 31-05-2026\n05-07-2026  Winkel  -3,00\nNieuw saldo 7,00\n";
  const auto statements = read({month("01-07-2026", "31-07-2026"), second_page,
                                month("01-08-2026", "31-08-2026"), month("01-09-2026", "30-09-2026")});
  EXPECT_THAT(statements,
              ElementsAre(stated("NL20INGB0001234567", "", y2026 / July / 1, y2026 / July / 31, std::nullopt,
                                 Cents{700}),
                          stated("NL20INGB0001234567", "", y2026 / August / 1, y2026 / August / 31),
                          stated("NL20INGB0001234567", "", y2026 / September / 1, y2026 / September / 30)));
}

TEST(BankStatementPrint, WithoutAPeriodGivesTheDaysOfItsTransactionsAsAnEstimate) {
  const BankStatement statement = only(R"(Rekeningafschrift
Rekeningnummer NL20 INGB 0001 2345 67
Datum afschrift 31-07-2026
03-07-2026   Winkel    -12,50
28-07-2026   Loon     1.512,50
)");
  EXPECT_EQ(statement.period, PeriodSource::estimated);
  EXPECT_EQ(statement.from, Date(y2026 / July / 3));
  EXPECT_EQ(statement.until, Date(y2026 / July / 31));
}

TEST(BankStatementPrint, WhosePeriodHoldsNoneOfItsTransactionsIsNotBelieved) {
  const BankStatement statement = only(R"(Rekeningnummer NL20 INGB 0001 2345 67
Periode 01-01-2026 t/m 31-01-2026
03-07-2026   Winkel    -12,50
28-07-2026   Loon     1.512,50
)");
  EXPECT_EQ(statement.period, PeriodSource::estimated);
  EXPECT_EQ(statement.from, Date(y2026 / July / 3));
}

TEST(BankStatementPrint, UntilTheFirstOfAMonthEndsOnTheDayBefore) {
  EXPECT_EQ(only("Rekeningnummer NL20INGB0001234567\nvan 1 juli 2026 tot 1 augustus 2026\n").until,
            Date(y2026 / July / 31));
}

TEST(BankStatementPrint, ThatNamesTwoPeriodsLeavesThePeriodOpen) {
  const BankStatement statement = only(
      "Rekeningnummer NL20INGB0001234567\nPeriode 01-07-2026 t/m 31-07-2026\nPeriode 01-08-2026 t/m "
      "31-08-2026\n");
  EXPECT_EQ(statement.period, PeriodSource::unknown);
  EXPECT_FALSE(statement.from);
}

TEST(BankStatementPrint, MisreadByAnOcrIsMendedOnlyWhenTheCheckDigitsFit) {
  EXPECT_EQ(only("Rekeningnummer: NL2O INGB OOO1 2345 67\n").account, "NL20INGB0001234567");
  EXPECT_EQ(only("Rekeningnummer : NL20  1NGB 0001 2345 67\nPeriode O1-07-2026 t/m 31-07-2026\n"
                 "Rekeninghouder: F. Verzonnen\n")
                .account,
            "");
  EXPECT_THAT(read({"Rekeningnummer: NL21 INGB 0001 2345 67\n"}), IsEmpty()) << "check digits are wrong";
}

TEST(BankStatementPrint, WhoseColumnsAnOcrTellsOneAfterTheOtherKeepsItsAccountApart) {
  EXPECT_EQ(only(R"(ABN AMRO
Afschrift betaalrekening
Rekeningnummer Datum afschrift Bladnummer
NL91 ABNA 0417 1643 00 31-07-2026 1 van 1
Periode 01-07-2026 t/m 31-07-2026
Rekeninghouder Valuta
J. VAN DER PROEF EUR
Boekdatum
03-07-2026
09-07-2026
Omschrijving
SEPA iDEAL IBAN: NL39TRIO0254321987
premie periode 01-08-2026 t/m 31-08-2026
SEPA Overboeking IBAN: NL68KNAB0123456789
Bedrag
100,00 D
20,00 Cc
)"),
            stated("NL91ABNA0417164300", "J. VAN DER PROEF", y2026 / July / 1, y2026 / July / 31));
}

TEST(BankStatementPrint, ThatIsNoneSaysNothing) {
  EXPECT_THAT(read({""}), IsEmpty());
  EXPECT_THAT(read({}), IsEmpty());
  EXPECT_THAT(read({"Geachte heer, mevrouw,\n\nHierbij stuur ik u mijn stukken.\n"}), IsEmpty());
}

const std::string ing_download =
    R"csv("Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)"
"20260731";"Winkel; dorp";"NL20INGB0001234567";"NL81RABO0312345678";"BA";"Af";"12,50"
"20260702";"Loon";"NL20INGB0001234567";"NL91ABNA0417164300";"OV";"Bij";"1512,50"
)csv";

const std::string rabobank_download =
    R"csv("IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn"
"NL20INGB0001234567","EUR","RABONL2U","1","2026-07-02","2026-07-02","-12,50","+100,00"
"NL20INGB0001234567","EUR","RABONL2U","2","2026-07-31","2026-07-31","-12,50","+87,50"
)csv";

const std::string download_without_names =
    "02-07-2026,NL20INGB0001234567,NL81RABO0312345678,winkel,,,,EUR,87.50,EUR,-12.50\n"
    "31-07-2026,NL20INGB0001234567,NL81RABO0312345678,winkel,,,,EUR,75.00,EUR,-12.50\n";

TEST(BankDownload, GivesTheDaysOfItsTransactionsAsAnEstimate) {
  BankStatement expected;
  expected.account = "NL20INGB0001234567";
  expected.from = y2026 / July / 2;
  expected.until = y2026 / July / 31;
  expected.period = PeriodSource::estimated;
  EXPECT_THAT(read({ing_download}), ElementsAre(expected));
  EXPECT_THAT(read({rabobank_download}), ElementsAre(expected));
  EXPECT_THAT(read({download_without_names}), ElementsAre(expected));
}

TEST(BankStatementValue, ComesBackAsItWas) {
  const BankStatement statement = only(ing);
  const auto back = bank_statement_from(to_value(statement));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, statement);
  const BankStatement nothing;
  EXPECT_EQ(*bank_statement_from(to_value(nothing)), nothing);
}

TEST(BankStatementValue, ThatCannotBeIsRefused) {
  Value value = to_value(only(ing));
  for (const auto& [name, wrong] :
       std::vector<std::pair<std::string, Value>>{{"account", "NL21INGB0001234567"},
                                                  {"from", "2026-13-01"},
                                                  {"until", "2020-01-01"},
                                                  {"period", "guessed"},
                                                  {"period", ""},
                                                  {"opening", "veel"}}) {
    Value changed = value;
    changed.set(name, wrong);
    EXPECT_FALSE(bank_statement_from(changed)) << name;
  }
  EXPECT_FALSE(bank_statement_from(Value("text")));
}

/// Pieces of statements, noise and single bytes in any order.
std::string any_print(std::mt19937& random) {
  static const std::vector<std::string> pieces{"Rekeningnummer ",
                                               "NL20 INGB 0001 2345 67",
                                               "IBAN",
                                               "Tegenrekening",
                                               "Periode ",
                                               "t/m",
                                               "tot",
                                               "01-07-2026",
                                               "31 juli 2026",
                                               "1",
                                               "juli",
                                               "2026-07-01",
                                               "Beginsaldo",
                                               "Nieuw saldo",
                                               "€ ",
                                               "1.234,56",
                                               "-",
                                               "D",
                                               " ",
                                               "  ",
                                               "\n",
                                               "\t",
                                               ";",
                                               ",",
                                               "\"",
                                               "Datum",
                                               "T.n.v. ",
                                               "\xC2\xA0",
                                               "\xE2\x80",
                                               "Af"};
  std::string text;
  for (std::size_t i = random() % 200; i > 0; --i) {
    if (random() % 5 == 0) {
      text += static_cast<char>(random() % 256);
    } else {
      text += pieces[random() % pieces.size()];
    }
  }
  return text;
}

TEST(BankStatementProperty, WhateverThePrintIsWhatIsReadCanBe) {
  std::mt19937 random(20261127);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> pages;
    for (std::size_t i = random() % 3 + 1; i > 0; --i) pages.push_back(any_print(random));
    for (const BankStatement& statement : read(pages)) {
      EXPECT_TRUE(statement.account.empty() || parse_iban(statement.account));
      EXPECT_EQ(statement.from.has_value(), statement.until.has_value());
      EXPECT_EQ(statement.from.has_value(), statement.period != PeriodSource::unknown);
      if (statement.from) {
        EXPECT_LE(*statement.from, *statement.until);
      }
      const auto back = bank_statement_from(to_value(statement));
      ASSERT_TRUE(back);
      EXPECT_EQ(*back, statement);
    }
  }
}

TEST(BankStatementProperty, TimeGrowsWithTheBytesAlone) {
  for (const std::string_view piece :
       {"1", "NL20", "01-07-2026 ", "1.", "periode ", "\"", ";", "tot ", "A"}) {
    std::string text;
    while (text.size() < 2'000'000) text += piece;
    EXPECT_LE(read({text, text}).size(), most_statements);
  }
}

}  // namespace
}  // namespace softbot
