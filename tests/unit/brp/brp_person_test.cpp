#include "adapters/brp/brp_person.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "domain/date.h"
#include "domain/json.h"

namespace softbot {
namespace {

constexpr auto bsn = "999900006";

Value answer_with(const std::string& members) {
  return *parse_json(
      R"({"type":"RaadpleegMetBurgerservicenummer","personen":[{"burgerservicenummer":"999900006")" +
      (members.empty() ? "" : "," + members) + "}]}");
}

RegisterPerson person_with(const std::string& members) {
  const auto person = brp_answer(answer_with(members), bsn);
  if (!person || !*person) throw std::runtime_error("nobody");
  return **person;
}

TEST(BrpPerson, is_asked_for_only_what_the_check_needs) {
  const auto question = brp_question(bsn);
  EXPECT_EQ(question["type"].text_or_empty(), "RaadpleegMetBurgerservicenummer");
  EXPECT_EQ(question["burgerservicenummer"].items().front().text_or_empty(), bsn);
  for (const auto& field : question["fields"].items()) {
    for (const char* unneeded :
         {"nationaliteiten", "kinderen", "ouders", "gezag", "geslacht", "verblijfstitel"}) {
      EXPECT_FALSE(field.text_or_empty().starts_with(unneeded)) << field.text_or_empty();
    }
  }
}

TEST(BrpPerson, has_name_birth_date_and_dutch_address) {
  const auto person = person_with(
      R"("naam":{"voornamen":"Anna Maria","voorletters":"A.M.","voorvoegsel":"van der","geslachtsnaam":"Linden"},
         "partners":[{"naam":{"voorvoegsel":"de","geslachtsnaam":"Wit"}}],
         "geboorte":{"datum":{"type":"Datum","datum":"1946-03-14","langFormaat":"14 maart 1946"}},
         "gemeenteVanInschrijving":{"code":"9901","omschrijving":"Voorbeeld"},
         "verblijfplaats":{"type":"Adres","verblijfadres":{"officieleStraatnaam":"Dorpsstraat","huisnummer":12,
           "huisletter":"A","huisnummertoevoeging":"3","postcode":"1234AB","woonplaats":"Voorbeeld"}})");
  RegisterPerson expected;
  expected.bsn = bsn;
  expected.initials = "A.M.";
  expected.first_names = "Anna Maria";
  expected.prefix = "van der";
  expected.surname = "Linden";
  expected.partner_prefix = "de";
  expected.partner_surname = "Wit";
  expected.birth_date = *parse_iso_date("1946-03-14");
  expected.address = Address{"Dorpsstraat", "12", "A-3", "1234AB", "Voorbeeld"};
  expected.municipality_code = "9901";
  EXPECT_EQ(person, expected);
}

TEST(BrpPerson, has_no_birth_date_when_it_is_known_in_part_or_under_investigation) {
  for (const char* date : {R"({"type":"JaarDatum","jaar":1944,"langFormaat":"1944"})",
                           R"({"type":"JaarMaandDatum","jaar":1944,"maand":6,"langFormaat":"juni 1944"})",
                           R"({"type":"DatumOnbekend","onbekend":true,"langFormaat":"onbekend"})",
                           R"({"type":"Datum","datum":"1944-02-30","langFormaat":"30 februari 1944"})"}) {
    EXPECT_FALSE(person_with(std::string(R"("geboorte":{"datum":)") + date + "}").birth_date) << date;
  }
  EXPECT_FALSE(person_with(R"("geboorte":{"datum":{"type":"Datum","datum":"1944-02-03","langFormaat":"x"},
                                          "inOnderzoek":{"datum":true}})")
                   .birth_date);
}

TEST(BrpPerson, is_deceased_by_death_or_by_suspension) {
  EXPECT_TRUE(
      person_with(
          R"("overlijden":{"datum":{"type":"DatumOnbekend","onbekend":true,"langFormaat":"onbekend"}})")
          .deceased);
  EXPECT_TRUE(person_with(R"("overlijden":{})").deceased);
  const auto person =
      person_with(R"("opschortingBijhouding":{"reden":{"code":"O","omschrijving":"overlijden"}})");
  EXPECT_TRUE(person.deceased);
  EXPECT_FALSE(person.record_suspended);
  EXPECT_FALSE(person_with("").deceased);
}

TEST(BrpPerson, is_emigrated_by_a_foreign_or_unknown_residence_or_by_suspension) {
  EXPECT_TRUE(
      person_with(R"("verblijfplaats":{"type":"VerblijfplaatsBuitenland","verblijfadres":{}})").emigrated);
  EXPECT_TRUE(person_with(R"("verblijfplaats":{"type":"VerblijfplaatsOnbekend"})").emigrated);
  EXPECT_TRUE(
      person_with(R"("opschortingBijhouding":{"reden":{"code":"E","omschrijving":"emigratie"}})").emigrated);
  const auto boat = person_with(
      R"("verblijfplaats":{"type":"Locatie","verblijfadres":{"locatiebeschrijving":"Woonboot"}})");
  EXPECT_FALSE(boat.emigrated);
  EXPECT_FALSE(boat.address);
}

TEST(BrpPerson, has_a_record_that_is_not_kept_for_any_other_reason) {
  for (const char* code : {"M", "R", "F", "W", ".", ""}) {
    EXPECT_TRUE(person_with(std::string(R"("opschortingBijhouding":{"reden":{"code":")") + code +
                            R"(","omschrijving":"x"}})")
                    .record_suspended)
        << code;
  }
}

TEST(BrpPerson, has_a_secret_address_by_any_way_of_writing_it) {
  EXPECT_TRUE(person_with(R"("geheimhoudingPersoonsgegevens":true)").secret_address);
  EXPECT_TRUE(person_with(R"("geheimhoudingPersoonsgegevens":7)").secret_address);
  EXPECT_FALSE(person_with(R"("geheimhoudingPersoonsgegevens":false)").secret_address);
  EXPECT_FALSE(person_with("").secret_address);
}

TEST(BrpPerson, has_an_address_under_investigation_wherever_that_is_said) {
  for (
      const char* members : {
          R"("verblijfplaats":{"type":"Adres","verblijfadres":{"huisnummer":1},"inOnderzoek":{"type":true}})",
          R"("verblijfplaats":{"type":"Adres","verblijfadres":{"huisnummer":1,"inOnderzoek":{"huisnummer":true}}})",
          R"("verblijfplaats":{"type":"Adres","verblijfadres":{},"indicatieVastgesteldVerblijftNietOpAdres":true})",
          R"("inOnderzoek":{"gemeenteVanInschrijving":true})",
      }) {
    EXPECT_TRUE(person_with(members).address_under_investigation) << members;
  }
  EXPECT_FALSE(person_with(R"("naam":{"geslachtsnaam":"Wit","inOnderzoek":{"voornamen":true}})")
                   .address_under_investigation);
}

TEST(BrpPerson, may_have_no_surname) {
  EXPECT_EQ(person_with(R"("naam":{"geslachtsnaam":"."})").surname, "");
}

TEST(BrpPerson, is_nobody_when_the_list_is_empty) {
  const auto nobody = brp_answer(*parse_json(R"({"type":"x","personen":[]})"), bsn);
  ASSERT_TRUE(nobody);
  EXPECT_FALSE(*nobody);
}

TEST(BrpPerson, is_not_taken_from_an_answer_about_somebody_else) {
  const auto other = brp_answer(answer_with(""), "999900407");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(other.error().retryable);
}

TEST(BrpPerson, on_two_records_is_for_a_person_to_sort_out) {
  const auto kept = brp_answer(*parse_json(R"({"personen":[
      {"burgerservicenummer":"999900006","opschortingBijhouding":{"reden":{"code":"F"}},"naam":{"geslachtsnaam":"Fout"}},
      {"burgerservicenummer":"999900006","naam":{"geslachtsnaam":"Goed"}}]})"),
                               bsn);
  EXPECT_EQ((*kept)->surname, "Goed");
  EXPECT_FALSE((*kept)->record_suspended);
  const auto both = brp_answer(
      *parse_json(
          R"({"personen":[{"burgerservicenummer":"999900006"},{"burgerservicenummer":"999900006"}]})"),
      bsn);
  EXPECT_TRUE((*both)->record_suspended);
}

RC_GTEST_PROP(BrpPerson, is_read_or_refused_but_never_a_crash_whatever_comes, ()) {
  const auto piece = rc::gen::element<std::string>("null", "1", "\"x\"", "[]", "{}", "[{}]", "true");
  std::string members;
  for (const char* name :
       {"naam", "partners", "geboorte", "verblijfplaats", "overlijden", "opschortingBijhouding",
        "inOnderzoek", "gemeenteVanInschrijving", "geheimhoudingPersoonsgegevens"}) {
    members += (members.empty() ? "\"" : ",\"") + std::string(name) + "\":" + *piece;
  }
  RC_ASSERT(brp_answer(answer_with(members), bsn).has_value());
  RC_ASSERT(!brp_answer(*parse_json(*piece), bsn).has_value());
}

}  // namespace
}  // namespace softbot
