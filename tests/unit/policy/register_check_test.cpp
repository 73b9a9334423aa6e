#include "policy/register_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>

#include "domain/date.h"

namespace softbot {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date today = *parse_iso_date("2026-11-21");
constexpr auto municipality = "9901";

RegisterPerson anna() {
  RegisterPerson person;
  person.bsn = "999900006";
  person.initials = "A.M.";
  person.first_names = "Anna Maria";
  person.prefix = "van der";
  person.surname = "Zonneveld";
  person.partner_surname = "Bakker";
  person.birth_date = *parse_iso_date("1946-03-14");
  person.address = Address{"Dorpsstraat", "12", "A", "1234AB", "Voorbeeld"};
  person.municipality_code = municipality;
  return person;
}

Value annas_answers() {
  return Value::object({{"bsn", "999900006"},
                        {"initials", "A.M."},
                        {"birthName", "van der Zonneveld"},
                        {"birthDate", "1946-03-14"},
                        {"postcode", "1234 AB"},
                        {"houseNumber", "12"},
                        {"houseNumberAddition", "a"}});
}

RegisterFindings check(const Value& common, const std::optional<RegisterPerson>& person) {
  return check_register(common, person, today, municipality);
}

std::vector<std::string> codes(const RegisterFindings& findings) {
  std::vector<std::string> result;
  for (const auto& reason : findings.blocking) {
    result.push_back(reason.field.empty() ? reason.code : reason.code + ":" + reason.field);
  }
  return result;
}

TEST(RegisterCheck, finds_nothing_against_somebody_whose_answers_agree) {
  const auto findings = check(annas_answers(), anna());
  EXPECT_THAT(codes(findings), IsEmpty());
  EXPECT_TRUE(findings.clear());
  EXPECT_EQ(findings.age, 80);
  for (const auto& condition : findings.conditions) {
    EXPECT_EQ(condition.state, ConditionState::met) << condition.name;
    EXPECT_TRUE(condition.name.starts_with("register-")) << condition.name;
  }
  const auto facts = register_facts(findings);
  EXPECT_EQ(facts["matched"].as_bool(), true);
  EXPECT_EQ(facts["age"].as_integer(), 80);
  EXPECT_EQ(facts["municipalityMatches"].as_bool(), true);
}

TEST(RegisterCheck, refers_when_the_register_does_not_know_the_number) {
  EXPECT_THAT(codes(check(annas_answers(), std::nullopt)), ElementsAre("register-no-match:bsn"));
}

TEST(RegisterCheck, refers_when_the_answer_is_about_another_number) {
  auto person = anna();
  person.bsn = "999900407";
  EXPECT_THAT(codes(check(annas_answers(), person)), ElementsAre("register-no-match:bsn"));
}

TEST(RegisterCheck, knows_nothing_when_the_register_does_not_answer) {
  const auto findings = register_unavailable();
  EXPECT_THAT(codes(findings), ElementsAre("register-unavailable"));
  EXPECT_FALSE(findings.clear());
  EXPECT_EQ(findings.conditions.front().state, ConditionState::unknown);
}

struct Standing {
  std::string code;
  std::function<void(RegisterPerson&)> change;
};

class RegisterStanding : public ::testing::TestWithParam<Standing> {};

TEST_P(RegisterStanding, sends_to_a_person_with_its_own_reason_and_nothing_else) {
  auto person = anna();
  GetParam().change(person);
  EXPECT_THAT(codes(check(annas_answers(), person)), ElementsAre(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    each, RegisterStanding,
    ::testing::Values(
        Standing{"register-deceased", [](auto& person) { person.deceased = true; }},
        Standing{"register-emigrated", [](auto& person) { person.emigrated = true; }},
        Standing{"register-secret-address", [](auto& person) { person.secret_address = true; }},
        Standing{"register-address-under-investigation",
                 [](auto& person) { person.address_under_investigation = true; }},
        Standing{"register-suspended", [](auto& person) { person.record_suspended = true; }},
        Standing{"register-other-municipality", [](auto& person) { person.municipality_code = "0518"; }},
        Standing{"register-other-municipality", [](auto& person) { person.municipality_code = ""; }},
        Standing{"register-no-address", [](auto& person) { person.address.reset(); }}));

TEST(RegisterCheck, gives_every_reason_at_once) {
  auto person = anna();
  person.secret_address = true;
  person.municipality_code = "0518";
  person.surname = "Anders";
  EXPECT_THAT(codes(check(annas_answers(), person)),
              ElementsAre("register-secret-address", "register-other-municipality",
                          "register-data-differs:birthName"));
}

TEST(RegisterCheck, counts_somebody_as_a_minor_until_the_eighteenth_birthday) {
  auto person = anna();
  auto answers = annas_answers();
  person.birth_date = *parse_iso_date("2008-11-22");
  answers.set("birthDate", "2008-11-22");
  EXPECT_THAT(codes(check(answers, person)), ElementsAre("register-minor"));

  person.birth_date = *parse_iso_date("2008-11-21");
  answers.set("birthDate", "2008-11-21");
  EXPECT_THAT(codes(check(answers, person)), IsEmpty());
}

TEST(RegisterCheck, is_not_sure_of_age_and_number_with_a_birth_date_in_part) {
  auto person = anna();
  person.birth_date.reset();
  const auto findings = check(annas_answers(), person);
  EXPECT_THAT(codes(findings), ElementsAre("register-minor", "register-data-differs:birthDate"));
  EXPECT_FALSE(findings.bsn_supported);
  EXPECT_TRUE(register_facts(findings)["age"].is_null());
}

TEST(RegisterCheck, supports_the_number_by_birth_date_and_name_or_postcode) {
  auto answers = annas_answers();
  answers.set("birthName", "Anders");
  EXPECT_TRUE(check(answers, anna()).bsn_supported);
  answers.set("postcode", "9999 ZZ");
  EXPECT_FALSE(check(answers, anna()).bsn_supported);
  answers.set("birthName", "Zonneveld");
  EXPECT_TRUE(check(answers, anna()).bsn_supported);
  answers.set("birthDate", "1946-03-15");
  EXPECT_FALSE(check(answers, anna()).bsn_supported);
}

TEST(RegisterCheck, says_which_answer_differs) {
  const auto with = [](const char* field, const char* text) {
    auto answers = annas_answers();
    answers.set(field, text);
    return codes(check(answers, anna()));
  };
  EXPECT_THAT(with("birthDate", "1946-03-15"), ElementsAre("register-data-differs:birthDate"));
  EXPECT_THAT(with("birthName", "Zomerveld"), ElementsAre("register-data-differs:birthName"));
  EXPECT_THAT(with("initials", "B."), ElementsAre("register-data-differs:birthName"));
  EXPECT_THAT(with("postcode", "1234AC"), ElementsAre("register-data-differs:postcode"));
  EXPECT_THAT(with("houseNumber", "13"), ElementsAre("register-data-differs:houseNumber"));
  EXPECT_THAT(with("houseNumberAddition", ""), ElementsAre("register-data-differs:houseNumber"));
}

TEST(RegisterCheck, takes_an_absent_answer_as_different) {
  for (const char* field : {"birthDate", "birthName", "postcode", "houseNumber"}) {
    auto answers = annas_answers();
    answers.erase(field);
    EXPECT_THAT(codes(check(answers, anna())), Contains(std::string("register-data-differs:") + field));
  }
}

TEST(RegisterCheck, reads_house_numbers_in_every_usual_form) {
  auto person = anna();
  person.address->house_number_addition = "A-3";
  auto answers = annas_answers();
  for (const char* typed : {"a3", "A 3", "a-3"}) {
    answers.set("houseNumberAddition", typed);
    EXPECT_TRUE(check(answers, person).address_matches) << typed;
  }
  answers.set("houseNumber", "12a-3");
  answers.set("houseNumberAddition", "");
  EXPECT_TRUE(check(answers, person).address_matches);
  answers.set("houseNumber", Value(12));
  answers.set("houseNumberAddition", "A3");
  EXPECT_TRUE(check(answers, person).address_matches);
}

RC_GTEST_PROP(RegisterCheck, is_clear_only_when_every_condition_is_met, ()) {
  auto person = anna();
  person.deceased = *rc::gen::arbitrary<bool>();
  person.emigrated = *rc::gen::arbitrary<bool>();
  person.secret_address = *rc::gen::arbitrary<bool>();
  person.address_under_investigation = *rc::gen::arbitrary<bool>();
  person.record_suspended = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) person.birth_date.reset();
  if (*rc::gen::arbitrary<bool>()) person.address.reset();
  if (*rc::gen::arbitrary<bool>()) person.surname = *rc::gen::element<std::string>("Zonneveld", "Anders", "");
  auto answers = annas_answers();
  for (const char* field : {"bsn", "birthName", "birthDate", "postcode", "houseNumber"}) {
    if (*rc::gen::inRange(0, 4) == 0) answers.erase(field);
  }
  const auto findings = check(answers, person);
  const bool all_met = std::ranges::all_of(
      findings.conditions, [](const auto& condition) { return condition.state == ConditionState::met; });
  RC_ASSERT(findings.blocking.empty() == all_met);
  RC_ASSERT(!findings.clear() || all_met);
}

}  // namespace
}  // namespace softbot
