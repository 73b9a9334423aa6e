#include "brp_person.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "domain/date.h"

namespace softbot {
namespace {

// What is delivered without asking: inOnderzoek, geheimhoudingPersoonsgegevens, opschortingBijhouding and the
// type of a residence or date (BRP API Personen 2.7, "fields").
constexpr std::array asked_fields{
    "burgerservicenummer",
    "naam.voornamen",
    "naam.voorletters",
    "naam.voorvoegsel",
    "naam.geslachtsnaam",
    "geboorte.datum",
    "overlijden.datum",
    "partners.naam.voorvoegsel",
    "partners.naam.geslachtsnaam",
    "gemeenteVanInschrijving",
    "verblijfplaats.verblijfadres",
};

/// Text of a member; "." is how the register writes an unknown name.
std::string text_of(const Value& object, std::string_view name) {
  const auto& text = object[name].text_or_empty();
  return text == "." ? std::string() : text;
}

std::string digits_of(const Value& value) {
  if (const auto* number = value.as_number()) return number->text;
  return value.text_or_empty();
}

/// A complete date; none for the kinds in which year, month or day is unknown.
std::optional<Date> complete_date(const Value& date) {
  if (date["type"].text_or_empty() != "Datum") return std::nullopt;
  const auto parsed = parse_iso_date(date["datum"].text_or_empty());
  return parsed ? std::optional(*parsed) : std::nullopt;
}

Address address_of(const Value& place) {
  Address address;
  address.street = text_of(place, "officieleStraatnaam");
  if (address.street.empty()) address.street = text_of(place, "korteStraatnaam");
  address.house_number = digits_of(place["huisnummer"]);
  const auto letter = text_of(place, "huisletter");
  const auto addition = text_of(place, "huisnummertoevoeging");
  address.house_number_addition = letter + (letter.empty() || addition.empty() ? "" : "-") + addition;
  address.postcode = text_of(place, "postcode");
  address.town = text_of(place, "woonplaats");
  return address;
}

bool under_investigation(const Value& object) {
  return !object["inOnderzoek"].is_null();
}

void read_name(const Value& source, RegisterPerson& person) {
  const auto& name = source["naam"];
  person.initials = text_of(name, "voorletters");
  person.first_names = text_of(name, "voornamen");
  person.prefix = text_of(name, "voorvoegsel");
  person.surname = text_of(name, "geslachtsnaam");
  const auto& partners = source["partners"].items();
  if (partners.empty()) return;
  person.partner_prefix = text_of(partners.front()["naam"], "voorvoegsel");
  person.partner_surname = text_of(partners.front()["naam"], "geslachtsnaam");
}

void read_residence(const Value& source, RegisterPerson& person) {
  const auto& residence = source["verblijfplaats"];
  const auto& kind = residence["type"].text_or_empty();
  const auto& place = residence["verblijfadres"];
  if (kind == "Adres") person.address = address_of(place);
  if (kind == "VerblijfplaatsBuitenland" || kind == "VerblijfplaatsOnbekend") person.emigrated = true;
  person.address_under_investigation =
      under_investigation(residence) || under_investigation(place) ||
      residence["indicatieVastgesteldVerblijftNietOpAdres"].as_bool().value_or(false) ||
      source["inOnderzoek"]["gemeenteVanInschrijving"].as_bool().value_or(false);
  person.municipality_code = source["gemeenteVanInschrijving"]["code"].text_or_empty();
}

/// Why the record is no longer kept: code O is death, E emigration; ministerial decree (M), non-resident (R),
/// error (F), erased (W) and unknown (.) all mean that a person must look.
void read_suspension(const Value& source, RegisterPerson& person) {
  person.deceased = !source["overlijden"].is_null();
  const auto& suspension = source["opschortingBijhouding"];
  if (suspension.is_null()) return;
  const auto& code = suspension["reden"]["code"].text_or_empty();
  if (code == "O") {
    person.deceased = true;
  } else if (code == "E") {
    person.emigrated = true;
  } else {
    person.record_suspended = true;
  }
}

/// Older gateways give the indication as a number from 1 to 7.
bool is_secret(const Value& indication) {
  return indication.as_bool().value_or(indication.as_integer().value_or(0) != 0);
}

RegisterPerson person_from(const Value& source) {
  RegisterPerson person;
  person.bsn = source["burgerservicenummer"].text_or_empty();
  read_name(source, person);
  if (!under_investigation(source["geboorte"]))
    person.birth_date = complete_date(source["geboorte"]["datum"]);
  read_residence(source, person);
  read_suspension(source, person);
  person.secret_address = is_secret(source["geheimhoudingPersoonsgegevens"]);
  return person;
}

}  // namespace

Value brp_question(std::string_view bsn) {
  auto fields = Value::list();
  for (const auto* field : asked_fields) fields.push(field);
  auto numbers = Value::list();
  numbers.push(bsn);
  return Value::object({{"type", "RaadpleegMetBurgerservicenummer"},
                        {"burgerservicenummer", std::move(numbers)},
                        {"fields", std::move(fields)}});
}

Result<std::optional<RegisterPerson>> brp_answer(const Value& answer, std::string_view bsn) {
  const auto* persons = answer.find("personen");
  if (!persons || !persons->is_list()) {
    return fail(ErrorCode::unavailable, "The register of persons answered without the list \"personen\".");
  }
  std::vector<RegisterPerson> found;
  for (const auto& source : persons->items()) {
    if (source["burgerservicenummer"].text_or_empty() == bsn) found.push_back(person_from(source));
  }
  if (found.empty()) {
    if (persons->items().empty()) return std::optional<RegisterPerson>{};
    return fail(ErrorCode::unavailable, "The register of persons answered about somebody else.");
  }
  // One number on two records: a record that is kept counts, and two of those mean that a person must look.
  const auto kept = std::ranges::count(found, false, &RegisterPerson::record_suspended);
  const auto chosen = std::ranges::find(found, false, &RegisterPerson::record_suspended);
  auto person = chosen == found.end() ? found.front() : *chosen;
  if (kept > 1) person.record_suspended = true;
  return std::optional(std::move(person));
}

}  // namespace softbot
