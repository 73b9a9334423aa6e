#include "support/crowd.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "domain/bsn.h"
#include "domain/json.h"
#include "support/daemon.h"

namespace softbot::tests {
namespace {

constexpr int first_number = 999'920'000;
constexpr int last_number = 999'999'990;
constexpr std::array streets{"Dorpsstraat", "Kerkplein", "Molenweg", "Havenkade", "Beukenhof", "Lindelaan"};
constexpr std::array names{"Zonneveld", "Bakker", "Kuipers", "Hermans", "Prins", "Mulder", "Dekker"};

std::string padded(int number, int width) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%0*d", width, number);
  return text.data();
}

Value in_words(const char* code, const char* words) {
  return Value::object({{"code", code}, {"omschrijving", words}});
}

Value register_value(const Resident& resident) {
  const Value address = Value::object({{"officieleStraatnaam", resident.street},
                                       {"korteStraatnaam", resident.street},
                                       {"huisnummer", std::stoi(resident.number)},
                                       {"postcode", resident.postcode},
                                       {"woonplaats", "Voorbeeld"}});
  return Value::object(
      {{"burgerservicenummer", resident.bsn},
       {"geslacht", in_words("V", "vrouw")},
       {"naam", Value::object({{"voornamen", "Anna"},
                               {"geslachtsnaam", resident.name},
                               {"voorletters", resident.initials},
                               {"volledigeNaam", "Anna " + resident.name},
                               {"aanduidingNaamgebruik", in_words("E", "eigen geslachtsnaam")}})},
       {"geboorte", Value::object({{"datum", Value::object({{"type", "Datum"},
                                                            {"datum", resident.born},
                                                            {"langFormaat", resident.born}})}})},
       {"gemeenteVanInschrijving", in_words("9901", "Voorbeeld")},
       {"verblijfplaats", Value::object({{"type", "Adres"},
                                         {"verblijfadres", address},
                                         {"functieAdres", in_words("W", "woonadres")},
                                         {"datumVan", Value::object({{"type", "Datum"},
                                                                     {"datum", "2009-06-01"},
                                                                     {"langFormaat", "1 juni 2009"}})}})}});
}

Value for_resident(Value submission, const Resident& resident) {
  Value common = submission["common"];
  common.set("bsn", resident.bsn);
  common.set("initials", resident.initials);
  common.set("birthName", resident.name);
  common.set("birthDate", resident.born);
  common.set("street", resident.street);
  common.set("houseNumber", resident.number);
  common.set("houseNumberAddition", "");
  common.set("postcode", resident.postcode);
  submission.set("common", std::move(common));
  return submission;
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

std::vector<Resident> crowd(std::size_t count) {
  std::vector<Resident> residents;
  for (int number = first_number; number <= last_number && residents.size() < count; ++number) {
    const std::string digits = std::to_string(number);
    if (!passes_eleven_test(digits)) continue;
    const int index = static_cast<int>(residents.size());
    residents.push_back({digits, "A.M.", names[residents.size() % names.size()],
                         std::to_string(1930 + index % 20) + "-" + padded(1 + index % 12, 2) + "-" +
                             padded(1 + index % 28, 2),
                         streets[residents.size() % streets.size()], std::to_string(1 + index % 250),
                         std::to_string(1234 + index % 5) + "AB"});
  }
  if (residents.size() < count) throw std::logic_error("there are not so many test numbers");
  return residents;
}

void write_register(const std::filesystem::path& file, const std::vector<Resident>& residents) {
  Value persons = Value::list();
  for (const Resident& resident : residents) persons.push(register_value(resident));
  write_file(file, to_json(Value::object(
                       {{"type", "RaadpleegMetBurgerservicenummer"}, {"personen", std::move(persons)}})));
}

Value toilet_raiser_for(const Resident& resident, const std::string& words) {
  return with_answer(for_resident(toilet_raiser_for_zonneveld(), resident), "limitation", words);
}

Value household_help_for(const Resident& resident, const std::string& words) {
  return with_answer(for_resident(household_help_for_de_graaf(), resident), "limitations", words);
}

std::filesystem::path generous_configuration(const std::filesystem::path& folder,
                                             const std::string& sample_share) {
  std::filesystem::create_directories(folder);
  std::filesystem::copy(shipped_configuration(), folder, std::filesystem::copy_options::recursive);
  Value types = Value::object();
  for (const char* type : {"household-help", "small-aids", "extension"}) {
    types.set(type, Value::object({{"grantsPerDay", 1'000'000},
                                   {"centsPerDay", 1'000'000'000'000},
                                   {"sampleShare", sample_share}}));
  }
  write_file(folder / "safeguards.json",
             to_json(Value::object({{"explanation", "Ruim, voor een proef."}, {"types", std::move(types)}})));
  return folder / "softbot.json";
}

}  // namespace softbot::tests
