#include "person.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/json.h"

namespace softbot::fill {
namespace {

constexpr int grown_up = 27;  ///< younger people go to a team of their own
constexpr std::array special{"overlijden", "opschortingBijhouding", "geheimhoudingPersoonsgegevens",
                             "inOnderzoek"};

std::string joined(const std::string& prefix, const std::string& name) {
  if (prefix.empty()) return name;
  return prefix + (prefix.back() == '\'' ? "" : " ") + name;
}

std::string number_text(const Value& value) {
  const auto number = value.as_integer();
  return number ? std::to_string(*number) : value.text_or_empty();
}

Person person_from(const Value& entry, int index) {
  const Value& name = entry["naam"];
  const Value& address = entry["verblijfplaats"]["verblijfadres"];
  Person person;
  person.index = index;
  person.bsn = entry["burgerservicenummer"].text_or_empty();
  person.initials = name["voorletters"].text_or_empty();
  person.birth_name = joined(name["voorvoegsel"].text_or_empty(), name["geslachtsnaam"].text_or_empty());
  person.birth_date = entry["geboorte"]["datum"]["datum"].text_or_empty();
  person.postcode = address["postcode"].text_or_empty();
  if (person.postcode.size() == 6) person.postcode.insert(4, " ");
  person.house_number = number_text(address["huisnummer"]);
  person.house_number_addition =
      address["huisletter"].text_or_empty() + number_text(address["huisnummertoevoeging"]);
  person.street = address["officieleStraatnaam"].text_or_empty();
  person.town = address["woonplaats"].text_or_empty();
  return person;
}

bool is_ordinary(const Value& entry, const Person& person, std::string_view municipality, Date today) {
  if (entry["gemeenteVanInschrijving"]["code"].text_or_empty() != municipality) return false;
  if (std::any_of(special.begin(), special.end(), [&](const char* name) { return entry.contains(name); })) {
    return false;
  }
  const auto born = parse_iso_date(person.birth_date);
  return born && age_on(*born, today) >= grown_up && person.postcode.size() == 7 && !person.initials.empty() &&
         !person.birth_name.empty() && !person.house_number.empty() && !person.street.empty();
}

}  // namespace

Result<std::vector<Person>> ordinary_people(std::string_view register_json, std::string_view municipality_code,
                                            Date today) {
  constexpr std::size_t largest = std::size_t{32} << 20U;
  constexpr std::size_t most_values = 2'000'000;
  const auto json = parse_json(register_json, {.bytes = largest, .values = most_values});
  if (!json) return fail(ErrorCode::configuration, "The register is no JSON: " + json.error().message);
  std::vector<Person> people;
  int index = 0;
  for (const Value& entry : (*json)["personen"].items()) {
    Person person = person_from(entry, index++);
    if (is_ordinary(entry, person, municipality_code, today)) people.push_back(std::move(person));
  }
  if (people.empty()) {
    return fail(ErrorCode::configuration, "Nobody in the register lives in the municipality with code " +
                                              std::string(municipality_code) + " at an ordinary address.");
  }
  return people;
}

Value identity_answers(const Person& person) {
  Value answers = Value::object({{"bsn", person.bsn},
                                 {"initials", person.initials},
                                 {"birthName", person.birth_name},
                                 {"birthDate", person.birth_date},
                                 {"postcode", person.postcode},
                                 {"houseNumber", person.house_number}});
  if (!person.house_number_addition.empty()) answers.set("houseNumberAddition", person.house_number_addition);
  answers.set("street", person.street);
  answers.set("town", person.town);
  return answers;
}

}  // namespace softbot::fill
