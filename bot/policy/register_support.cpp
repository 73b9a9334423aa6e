#include "policy/register_support.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/house_number.h"
#include "domain/measure.h"
#include "domain/paper.h"
#include "domain/postcode.h"
#include "domain/text.h"
#include "policy/name_match.h"

namespace softbot {
namespace {

constexpr std::array<std::string_view, 5> supported_fields{"birthDate", "birthName", "postcode",
                                                           "houseNumber", "houseNumberAddition"};
/// Words in capitals that the register holds too.
constexpr std::array<std::string_view, 3> supported_words{"birthName", "street", "town"};
/// What says whose number it is.
constexpr std::array<std::string_view, 3> witnesses{"birthDate", "birthName", "postcode"};

bool same_date(const Value& value, const RegisterPerson& person) {
  const auto date = parse_date(value.text_or_empty());
  return date && person.birth_date && *date == *person.birth_date;
}

bool same_family_name(const Value& value, const RegisterPerson& person) {
  return name_fits("", value.text_or_empty(), person);
}

bool same_postcode(const Value& value, const RegisterPerson& person) {
  if (!person.address) return false;
  const auto read = parse_postcode(value.text_or_empty());
  const auto held = parse_postcode(person.address->postcode);
  return read && held && *read == *held;
}

bool same_house_number(const Value& value, const RegisterPerson& person) {
  if (!person.address) return false;
  const Number* number = value.as_number();
  const auto read = parse_house_number(number != nullptr ? number->text : value.text_or_empty());
  const auto held = parse_house_number(person.address->house_number, person.address->house_number_addition);
  return read && held && read->number == held->number &&
         (read->letter.empty() || read->letter == held->letter);
}

bool same_addition(const Value& value, const RegisterPerson& person) {
  const std::string& addition = value.text_or_empty();
  return person.address && !addition.empty() && same_name(addition, person.address->house_number_addition);
}

bool is_registered(std::string_view field, const Value& value, const RegisterPerson& person) {
  if (field == "birthDate") return same_date(value, person);
  if (field == "birthName") return same_family_name(value, person);
  if (field == "postcode") return same_postcode(value, person);
  if (field == "houseNumberAddition") return same_addition(value, person);
  return same_house_number(value, person);
}

double probability_in(const Value& value) {
  return measure_within(value, 0, 1).value_or(0);
}

struct Candidate {
  Value value;
  double probability = 0;
};

/// The register's value among what may stand there; nothing when it is not among it, or more than once.
std::optional<Candidate> registered_candidate(std::string_view field, const Value& reading,
                                              const RegisterPerson& person) {
  std::vector<Candidate> found;
  const auto consider = [&](const Value& one) {
    if (is_registered(field, one["value"], person))
      found.push_back({one["value"], probability_in(one["probability"])});
  };
  consider(reading);
  for (const Value& alternative : reading["alternatives"].items()) consider(alternative);
  if (found.size() != 1) return std::nullopt;
  return std::move(found.front());
}

bool is_certain(const Value& reading) {
  return reading["state"].text_or_empty() == "certain" || reading["checked"].is_object();
}

/// One of the fields that name the resident was read with certainty and is what the register holds.
bool has_certain_witness(const Application& application, const RegisterPerson& person) {
  return std::any_of(witnesses.begin(), witnesses.end(), [&](std::string_view field) {
    return is_certain(paper::reading_of(application, field)) &&
           is_registered(field, application.common[field], person);
  });
}

bool names_a_number(std::string_view state) {
  return state == "certain" || state == "doubtful" || state == "repaired";
}

/// The number as it was read, when it is this person's.
std::optional<double> probability_of_number(const Application& application, const RegisterPerson& person) {
  const Value& reading = paper::reading_of(application, "bsn");
  const auto bsn = parse_bsn(reading["value"].text_or_empty());
  if (!bsn || bsn->digits() != person.bsn || !names_a_number(reading["state"].text_or_empty()))
    return std::nullopt;
  return probability_in(reading["probability"]);
}

bool resembles_one_of(const Value& reading, std::string_view word) {
  const auto close = [&](const Value& one) { return resembles(one["value"].text_or_empty(), word); };
  const auto& alternatives = reading["alternatives"].items();
  return close(reading) || std::any_of(alternatives.begin(), alternatives.end(), close);
}

std::string full_surname(const RegisterPerson& person) {
  return person.prefix.empty() ? person.surname : person.prefix + " " + person.surname;
}

/// How many times likelier this writing is when the writer is that person than when not.
double likelihood_ratio(double in_reading) {
  constexpr double same = RegisterSupport::same_as_register;
  constexpr double surprise = RegisterSupport::long_field_surprise;
  const double sure = std::min(in_reading, 1 - 1e-6);
  const double evidence = sure / (1 - sure) / (surprise / (1 - surprise));
  return (same * evidence + 1 - same) / (surprise * evidence + 1 - surprise);
}

bool are_other_initials(const Application& application, const RegisterPerson& person) {
  const Value& reading = paper::reading_of(application, "initials");
  return is_certain(reading) &&
         !initials_fit(reading["value"].text_or_empty(), person.initials, person.first_names);
}

/// The initials were read well, and the register's are the same.
bool are_their_initials(const Application& application, const RegisterPerson& person) {
  const Value& reading = paper::reading_of(application, "initials");
  const std::string& initials = reading["value"].text_or_empty();
  const bool known = !person.initials.empty() || !person.first_names.empty();
  return known && !initials.empty() && reading["state"].text_or_empty() != "repaired" &&
         (is_certain(reading) || probability_in(reading["probability"]) >= RegisterSupport::least_initials) &&
         initials_fit(initials, person.initials, person.first_names);
}

bool needs_initials(const Application& application, double number) {
  return number < RegisterSupport::sure_number ||
         paper::reading_of(application, "bsn")["state"].text_or_empty() == "repaired";
}

/// The number and the other fields together say whose number it is.
bool is_jointly_theirs(const Application& application, const RegisterPerson& person) {
  const auto number = probability_of_number(application, person);
  if (!number || *number < RegisterSupport::least_number || are_other_initials(application, person))
    return false;
  if (needs_initials(application, *number) && !are_their_initials(application, person)) return false;
  double odds = *number / (1 - std::min(*number, 1 - 1e-6));
  int strong = 0;
  for (const std::string_view field : witnesses) {
    const Value& reading = paper::reading_of(application, field);
    const auto candidate = registered_candidate(field, reading, person);
    if (!candidate && is_certain(reading)) return false;
    const bool similar =
        !candidate && field == "birthName" && resembles_one_of(reading, full_surname(person));
    if (!candidate && !similar && reading["state"].text_or_empty() == "unreadable") continue;
    const double ratio =
        similar ? RegisterSupport::resembling_name : likelihood_ratio(candidate ? candidate->probability : 0);
    if (ratio >= RegisterSupport::strong_witness) ++strong;
    odds *= ratio;
  }
  return strong >= 2 && odds / (1 + odds) >= RegisterSupport::least_number_posterior;
}

bool has_settled_number(const Application& application, const RegisterPerson& person) {
  const auto bsn = parse_bsn(application.common["bsn"].text_or_empty());
  const Value& reading = paper::reading_of(application, "bsn");
  return bsn && bsn->digits() == person.bsn &&
         (is_certain(reading) || reading["support"].text_or_empty() == "register");
}

}  // namespace

bool is_their_own_number(const Application& application, const RegisterPerson& person) {
  return has_settled_number(application, person) &&
         (has_certain_witness(application, person) || is_jointly_theirs(application, person));
}

double posterior_with_register(double in_reading, double surprise, double same) {
  if (in_reading <= 0) return 0;
  if (in_reading >= 1) return 1;
  const auto odds = [](double probability) { return probability / (1 - probability); };
  const double posterior = odds(in_reading) * odds(same) / odds(surprise);
  return posterior / (1 + posterior);
}

bool may_be_looked_up(const Application& application) {
  const Value& reading = paper::reading_of(application, "bsn");
  const std::string& state = reading["state"].text_or_empty();
  return (state == "doubtful" || state == "repaired") && parse_bsn(reading["value"].text_or_empty()) &&
         probability_in(reading["probability"]) >= RegisterSupport::least_number;
}

bool support_number_by_register(Application& application, const RegisterPerson& person) {
  if (!may_be_looked_up(application) || !is_jointly_theirs(application, person)) return false;
  paper::mark_supported(application, "bsn", person.bsn, "register");
  return true;
}

namespace {

/// The postcode on the form is the register's, and that much is settled.
bool has_their_postcode(const Application& application, const RegisterPerson& person) {
  return paper::is_settled(application, "postcode") && same_postcode(application.common["postcode"], person);
}

/// The address on the form is the one where the register says that they live, and that much is settled.
bool lives_there(const Application& application, const RegisterPerson& person) {
  return has_their_postcode(application, person) && paper::is_settled(application, "houseNumber") &&
         same_house_number(application.common["houseNumber"], person);
}

/// The register's word, when the number, the birth date and the postcode have already said whose it is.
std::string known_word(const Application& application, std::string_view field, const RegisterPerson& person) {
  if (field != "birthName")
    return !person.address || !lives_there(application, person) ? std::string()
           : field == "street"                                  ? person.address->street
                                                                : person.address->town;
  const bool known = paper::is_settled(application, "birthDate") &&
                     paper::is_settled(application, "postcode") &&
                     same_date(application.common["birthDate"], person) &&
                     same_postcode(application.common["postcode"], person);
  return known ? full_surname(person) : std::string();
}

/// What was written behind the house number and could hardly be read is what the register has there. Where it
/// was read, if not with certainty, as something else, a person looks: they may have moved within the house.
bool support_addition(Application& application, const RegisterPerson& person) {
  constexpr std::string_view field = "houseNumberAddition";
  const Value& reading = paper::reading_of(application, field);
  const bool read_otherwise = !reading["value"].text_or_empty().empty() &&
                              probability_in(reading["probability"]) >= RegisterSupport::hardly_read;
  if (paper::is_settled(application, field) || read_otherwise || !lives_there(application, person) ||
      person.address->house_number_addition.empty())
    return false;
  paper::mark_supported(application, field, person.address->house_number_addition, "register");
  application.common.set(field, person.address->house_number_addition);
  return true;
}

/// Something is written there of which nobody can tell what: the postcode and the number of the house already
/// say which street and town it is.
bool is_hardly_read_address(std::string_view field, const Value& reading) {
  const std::string& state = reading["state"].text_or_empty();
  return field != "birthName" && (state == "unreadable" || state == "repaired" || state == "doubtful") &&
         probability_in(reading["probability"]) < RegisterSupport::hardly_read;
}

/// The posterior probability that the register's value is what was written.
double posterior_of(const Application& application, std::string_view field, double in_reading,
                    const RegisterPerson& person) {
  if (!field.starts_with("houseNumber"))
    return posterior_with_register(in_reading, RegisterSupport::long_field_surprise);
  const bool at_number = field == "houseNumber" || lives_there(application, person);
  const double same = at_number && has_their_postcode(application, person)
                          ? RegisterSupport::same_beside_postcode
                          : RegisterSupport::same_as_register;
  return posterior_with_register(in_reading, RegisterSupport::short_field_surprise, same);
}

/// The street as it was read, but for a sign, and the number of the house are the register's.
bool has_their_street_and_number(const Application& application, const RegisterPerson& person) {
  const Value& read = paper::reading_of(application, "street");
  const auto is_theirs = [&](const Value& one) {
    return same_but_for_a_sign(one["value"].text_or_empty(), person.address->street);
  };
  const auto& others = read["alternatives"].items();
  if (!is_theirs(read) && std::none_of(others.begin(), others.end(), is_theirs)) return false;
  return paper::is_settled(application, "houseNumber") &&
         same_house_number(application.common["houseNumber"], person);
}

/// One of the letters was misread, and the street and the number beside it say whose postcode it is: who
/// moves within the same four digits has another street or number.
bool support_postcode_by_street(Application& application, const RegisterPerson& person) {
  constexpr std::string_view field = "postcode";
  if (paper::is_settled(application, field) || !person.address) return false;
  const auto held = parse_postcode(person.address->postcode);
  const auto read = parse_postcode(paper::reading_of(application, field)["value"].text_or_empty());
  if (!held || !read) return false;
  const std::string theirs = held->compact();
  const std::string written = read->compact();
  const bool but_for_a_letter =
      written.substr(0, 4) == theirs.substr(0, 4) && (written[4] == theirs[4] || written[5] == theirs[5]);
  if (!but_for_a_letter || !has_their_street_and_number(application, person)) return false;
  paper::mark_supported(application, field, theirs, "register");
  application.common.set(field, theirs);
  return true;
}

std::vector<std::string> support_words(Application& application, const RegisterPerson& person) {
  std::vector<std::string> settled;
  if (support_addition(application, person)) settled.emplace_back("houseNumberAddition");
  for (const std::string_view field : supported_words) {
    if (paper::is_settled(application, field)) continue;
    const std::string word = known_word(application, field, person);
    const Value reading = paper::reading_of(application, field);
    if (word.empty() || !(resembles_one_of(reading, word) || is_hardly_read_address(field, reading)))
      continue;
    paper::mark_supported(application, field, word, "register");
    application.common.set(field, word);
    settled.emplace_back(field);
  }
  return settled;
}

}  // namespace

std::vector<std::string> support_by_register(Application& application, const RegisterPerson& person) {
  std::vector<std::string> settled;
  if (!is_their_own_number(application, person)) return settled;
  for (const std::string_view field : supported_fields) {
    if (paper::is_settled(application, field)) continue;
    const auto candidate = registered_candidate(field, paper::reading_of(application, field), person);
    if (!candidate || candidate->probability < RegisterSupport::least_in_reading) continue;
    if (posterior_of(application, field, candidate->probability, person) < RegisterSupport::least_posterior)
      continue;
    paper::mark_supported(application, field, candidate->value, "register");
    application.common.set(field, candidate->value);
    settled.emplace_back(field);
  }
  if (support_postcode_by_street(application, person)) settled.emplace_back("postcode");
  for (std::string& field : support_words(application, person)) settled.push_back(std::move(field));
  return settled;
}

std::vector<Condition> support_conditions(const Application& application) {
  std::vector<Condition> conditions;
  if (paper::reading_of(application, "bsn")["support"].text_or_empty() == "register") {
    conditions.push_back(
        {"register-supports-bsn", ConditionState::met,
         "Het nummer was niet zeker gelezen. Wat ernaast staat, is van wie dit nummer heeft."});
  }
  for (const Value::Member& member : application.readings.members()) {
    const std::string& field = member.name;
    if (field == "bsn" || member.value["support"].text_or_empty() != "register") continue;
    conditions.push_back({"register-supports-" + field, ConditionState::met,
                          "Wat niet zeker was gelezen, is hetzelfde als in de basisregistratie."});
  }
  return conditions;
}

}  // namespace softbot
