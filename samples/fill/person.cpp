#include "person.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/bsn.h"
#include "domain/json.h"

namespace softbot::fill {
namespace {

constexpr int grown_up = 27;  ///< younger people go to a team of their own
constexpr std::array special{"overlijden", "opschortingBijhouding", "geheimhoudingPersoonsgegevens",
                             "inOnderzoek"};

std::string number_text(const Value& value) {
  const auto number = value.as_integer();
  return number ? std::to_string(*number) : value.text_or_empty();
}

Person person_from(const Value& entry) {
  const Value& name = entry["naam"];
  const Value& address = entry["verblijfplaats"]["verblijfadres"];
  Person person;
  person.bsn = entry["burgerservicenummer"].text_or_empty();
  person.initials = name["voorletters"].text_or_empty();
  person.prefix = name["voorvoegsel"].text_or_empty();
  person.surname = name["geslachtsnaam"].text_or_empty();
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
  return born && age_on(*born, today) >= grown_up && person.postcode.size() == 7 &&
         !person.initials.empty() && !person.surname.empty() && !person.house_number.empty() &&
         !person.street.empty();
}

std::string test_number(Random& random) {
  for (;;) {
    const std::string number = "9999" + std::to_string(random.whole(10'000, 99'990));
    const auto bsn = parse_bsn(number);
    if (bsn && is_test_bsn(*bsn)) return number;
  }
}

std::string postcode_near(const std::string& postcode, Random& random) {
  static const std::string letters = "ABCDEGHJKLMNPRSTVWXZ";
  std::string near = postcode.substr(0, 2);
  near += static_cast<char>('0' + random.whole(0, 9));
  near += static_cast<char>('0' + random.whole(0, 9));
  near += ' ';
  // SA, SD and SS are never given.
  near += letters[random.below(letters.size())];
  const std::string second = near.back() == 'S' ? "BCEGHJKLMNPRTVWXZ" : letters;
  near += second[random.below(second.size())];
  return near;
}

const Value& any(const Value& list, Random& random) {
  return list.items()[random.below(list.items().size())];
}

}  // namespace

std::string Person::birth_name() const {
  if (prefix.empty()) return surname;
  return prefix + (prefix.back() == '\'' ? "" : " ") + surname;
}

Result<std::vector<Person>> ordinary_people(std::string_view register_json,
                                            std::string_view municipality_code, Date today) {
  constexpr std::size_t largest = std::size_t{32} << 20U;
  constexpr std::size_t most_values = 2'000'000;
  const auto json = parse_json(register_json, {.bytes = largest, .values = most_values});
  if (!json) return fail(ErrorCode::configuration, "The register is no JSON: " + json.error().message);
  std::vector<Person> people;
  for (const Value& entry : (*json)["personen"].items()) {
    Person person = person_from(entry);
    if (is_ordinary(entry, person, municipality_code, today)) people.push_back(std::move(person));
  }
  if (people.empty()) {
    return fail(ErrorCode::configuration, "Nobody in the register lives in the municipality with code " +
                                              std::string(municipality_code) + " at an ordinary address.");
  }
  return people;
}

Result<Inventor> Inventor::from(std::string_view json) {
  auto lists = parse_json(json);
  if (!lists) return fail(ErrorCode::configuration, "The list of names is no JSON: " + lists.error().message);
  for (const char* name : {"surnames", "streets", "additions"}) {
    if ((*lists)[name].items().empty())
      return fail(ErrorCode::configuration, std::string("The list of names has no \"") + name + "\".");
  }
  Inventor inventor;
  inventor.lists_ = std::move(*lists);
  return inventor;
}

Person Inventor::invent(const Municipality& municipality, Date today, Random& random) {
  constexpr double share_of_the_young = 0.05;
  Person person;
  do {
    person.bsn = test_number(random);
  } while (!given_.insert(person.bsn).second);
  for (int i = random.whole(1, 3); i > 0; --i) {
    person.initials += static_cast<char>('A' + random.whole(0, 25));
    person.initials += '.';
  }
  const Value& name = any(lists_["surnames"], random);
  person.prefix = name.is_list() ? name.items().front().text_or_empty() : "";
  person.surname = name.is_list() ? name.items().back().text_or_empty() : name.text_or_empty();
  const int age = random.chance(share_of_the_young) ? random.whole(30, 64) : random.whole(66, 96);
  person.birth_date = format_iso(add_days(add_months(today, -12 * age), -random.whole(1, 360)));
  person.postcode = postcode_near(municipality.letterhead.postcode, random);
  person.house_number = std::to_string(random.chance(0.8) ? random.whole(1, 199) : random.whole(200, 999));
  if (random.chance(0.2)) person.house_number_addition = any(lists_["additions"], random).text_or_empty();
  person.street = any(lists_["streets"], random).text_or_empty();
  person.town = municipality.name;
  return person;
}

Value register_entry(const Person& person, const Municipality& municipality) {
  const auto born = parse_iso_date(person.birth_date);
  std::string postcode = person.postcode;
  std::erase(postcode, ' ');
  Value name = Value::object({{"voorletters", person.initials}});
  if (!person.prefix.empty()) name.set("voorvoegsel", person.prefix);
  name.set("geslachtsnaam", person.surname);
  name.set("volledigeNaam", person.initials + " " + person.birth_name());
  name.set("aanduidingNaamgebruik", Value::object({{"code", "E"}, {"omschrijving", "eigen geslachtsnaam"}}));
  Value address = Value::object({{"officieleStraatnaam", person.street},
                                 {"korteStraatnaam", person.street},
                                 {"huisnummer", std::stoi(person.house_number)}});
  if (!person.house_number_addition.empty()) {
    const bool letter = person.house_number_addition.size() == 1 && person.house_number_addition[0] >= 'A';
    address.set(letter ? "huisletter" : "huisnummertoevoeging", person.house_number_addition);
  }
  address.set("postcode", postcode);
  address.set("woonplaats", person.town);
  const auto date = [](const std::string& iso, const std::string& words) {
    return Value::object({{"type", "Datum"}, {"datum", iso}, {"langFormaat", words}});
  };
  return Value::object(
      {{"burgerservicenummer", person.bsn},
       {"naam", std::move(name)},
       {"geboorte", Value::object({{"datum", date(person.birth_date, born ? format_dutch(*born) : "")}})},
       {"gemeenteVanInschrijving",
        Value::object({{"code", municipality.register_code}, {"omschrijving", municipality.name}})},
       {"verblijfplaats",
        Value::object({{"type", "Adres"},
                       {"verblijfadres", std::move(address)},
                       {"functieAdres", Value::object({{"code", "W"}, {"omschrijving", "woonadres"}})},
                       {"datumVan", date("2009-06-01", "1 juni 2009")}})}});
}

Value identity_answers(const Person& person) {
  Value answers = Value::object({{"bsn", person.bsn},
                                 {"initials", person.initials},
                                 {"birthName", person.birth_name()},
                                 {"birthDate", person.birth_date},
                                 {"postcode", person.postcode},
                                 {"houseNumber", person.house_number}});
  if (!person.house_number_addition.empty()) answers.set("houseNumberAddition", person.house_number_addition);
  answers.set("street", person.street);
  answers.set("town", person.town);
  return answers;
}

}  // namespace softbot::fill
