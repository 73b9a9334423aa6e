#include "policy/register_check.h"

#include <string>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/house_number.h"
#include "domain/postcode.h"
#include "domain/text.h"
#include "policy/name_match.h"

namespace softbot {
namespace {

constexpr int adult_age = 18;  // BW 1:233

/// The text of a member, also when a form gave it as a number.
std::string text_of(const Value& answers, std::string_view name) {
  const auto& value = answers[name];
  if (const auto* number = value.as_number()) return number->text;
  return value.text_or_empty();
}

bool same_postcode(std::string_view typed, std::string_view registered) {
  const auto left = parse_postcode(typed);
  const auto right = parse_postcode(registered);
  return left && right && *left == *right;
}

std::string without_spaces(std::string_view text) {
  auto folded = fold(text);
  std::erase(folded, ' ');
  return folded;
}

/// Number and addition as one comparable text: "12 A-3", "12a3" and "12" + "A 3" are the same.
std::string house_number_key(std::string_view number, std::string_view addition) {
  if (const auto parsed = parse_house_number(number, addition)) {
    return std::to_string(parsed->number) + "/" + without_spaces(parsed->letter + parsed->addition);
  }
  return without_spaces(number) + "/" + without_spaces(addition);
}

ConditionState state_of(bool holds) {
  return holds ? ConditionState::met : ConditionState::unmet;
}

/// Collects conditions and, for each that is not met, the reason.
class Findings {
 public:
  void check(std::string_view name, ConditionState state, std::string_view text, Reason reason) {
    findings_.conditions.push_back({std::string(name), state, std::string(text)});
    if (state != ConditionState::met) findings_.blocking.push_back(std::move(reason));
  }
  void check(std::string_view name, bool holds, std::string_view text, Reason reason) {
    check(name, state_of(holds), text, std::move(reason));
  }
  RegisterFindings& result() { return findings_; }

 private:
  RegisterFindings findings_;
};

void check_standing(Findings& findings, const RegisterPerson& person, std::string_view municipality_code) {
  findings.check("register-alive", !person.deceased, "De aanvrager leeft volgens de basisregistratie.",
                 {"register-deceased", "De basisregistratie meldt dat deze persoon is overleden.", ""});
  findings.check(
      "register-lives-in-netherlands", !person.emigrated,
      "De aanvrager woont in Nederland volgens de basisregistratie.",
      {"register-emigrated", "De basisregistratie meldt dat deze persoon is geëmigreerd of vertrokken.", ""});
  findings.check(
      "register-record-kept", !person.record_suspended,
      "De gegevens in de basisregistratie worden bijgehouden.",
      {"register-suspended", "De basisregistratie houdt de gegevens van deze persoon niet meer bij.", ""});
  findings.check("register-address-open", !person.secret_address, "Op de gegevens rust geen geheimhouding.",
                 {"register-secret-address", "Op de gegevens van deze persoon rust geheimhouding.", ""});
  findings.check(
      "register-address-certain", !person.address_under_investigation, "Het adres staat niet in onderzoek.",
      {"register-address-under-investigation", "Het adres van deze persoon staat in onderzoek.", ""});

  auto& result = findings.result();
  result.municipality_matches = !municipality_code.empty() && person.municipality_code == municipality_code;
  findings.check(
      "register-municipality", result.municipality_matches,
      "De aanvrager staat ingeschreven in deze gemeente.",
      {"register-other-municipality", "Deze persoon staat niet ingeschreven in deze gemeente.", ""});
}

void check_birth(Findings& findings, const Value& common, const RegisterPerson& person, Date today) {
  auto& result = findings.result();
  if (person.birth_date) {
    result.age = age_on(*person.birth_date, today);
    const auto typed = parse_date(text_of(common, "birthDate"));
    result.birth_date_matches = typed && *typed == *person.birth_date;
  }
  const auto adult = result.age ? state_of(*result.age >= adult_age) : ConditionState::unknown;
  findings.check(
      "register-adult", adult, "De aanvrager is 18 jaar of ouder.",
      {"register-minor",
       result.age ? "De aanvrager is jonger dan 18 jaar."
                  : "De basisregistratie kent de geboortedatum niet helemaal. De leeftijd is onzeker.",
       ""});
  findings.check(
      "register-birth-date", result.birth_date_matches,
      "De geboortedatum is dezelfde als in de basisregistratie.",
      {"register-data-differs", "De geboortedatum is anders dan in de basisregistratie.", "birthDate"});
}

void check_name_and_address(Findings& findings, const Value& common, const RegisterPerson& person) {
  auto& result = findings.result();
  result.name_matches = name_fits(text_of(common, "initials"), text_of(common, "birthName"), person);
  findings.check("register-name", result.name_matches, "De naam is dezelfde als in de basisregistratie.",
                 {"register-data-differs", "De naam is anders dan in de basisregistratie.", "birthName"});
  if (!person.address) {
    findings.check(
        "register-address", false, "Het adres is hetzelfde als in de basisregistratie.",
        {"register-no-address", "De basisregistratie kent geen Nederlands adres van deze persoon.", ""});
    return;
  }
  result.postcode_matches = same_postcode(text_of(common, "postcode"), person.address->postcode);
  const bool number_matches =
      house_number_key(text_of(common, "houseNumber"), text_of(common, "houseNumberAddition")) ==
      house_number_key(person.address->house_number, person.address->house_number_addition);
  result.address_matches = result.postcode_matches && number_matches;
  findings.check("register-postcode", result.postcode_matches,
                 "De postcode is dezelfde als in de basisregistratie.",
                 {"register-data-differs", "De postcode is anders dan in de basisregistratie.", "postcode"});
  findings.check(
      "register-house-number", number_matches, "Het huisnummer is hetzelfde als in de basisregistratie.",
      {"register-data-differs", "Het huisnummer is anders dan in de basisregistratie.", "houseNumber"});
}

}  // namespace

RegisterFindings check_register(const Value& common, const std::optional<RegisterPerson>& person, Date today,
                                std::string_view municipality_code) {
  Findings findings;
  const auto asked = parse_bsn(text_of(common, "bsn"));
  findings.result().matched = person && asked && asked->digits() == person->bsn;
  findings.check("register-known", findings.result().matched, "De aanvrager staat in de basisregistratie.",
                 {"register-no-match", "De basisregistratie kent dit burgerservicenummer niet.", "bsn"});
  if (!findings.result().matched) return findings.result();

  check_standing(findings, *person, municipality_code);
  check_birth(findings, common, *person, today);
  check_name_and_address(findings, common, *person);
  auto& result = findings.result();
  result.bsn_supported = result.birth_date_matches && (result.name_matches || result.postcode_matches);
  return result;
}

RegisterFindings register_unavailable() {
  RegisterFindings findings;
  findings.conditions.push_back(
      {"register-known", ConditionState::unknown, "De aanvrager staat in de basisregistratie."});
  findings.blocking.push_back(
      {"register-unavailable",
       "De basisregistratie geeft geen antwoord. De gegevens zijn niet gecontroleerd.", ""});
  return findings;
}

Value register_facts(const RegisterFindings& findings) {
  auto facts = Value::object({{"matched", findings.matched && findings.bsn_supported}});
  facts.set("age", findings.age ? Value(*findings.age) : Value());
  facts.set("municipalityMatches", findings.municipality_matches);
  return facts;
}

}  // namespace softbot
