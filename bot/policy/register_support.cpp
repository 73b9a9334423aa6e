#include "policy/register_support.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/house_number.h"
#include "domain/paper.h"
#include "domain/postcode.h"
#include "domain/text.h"
#include "policy/name_match.h"

namespace softbot {
namespace {

constexpr std::array<std::string_view, 5> supported_fields{"birthDate", "birthName", "postcode",
                                                           "houseNumber", "houseNumberAddition"};

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
  double result = 0;
  if (const Number* number = value.as_number())
    std::from_chars(number->text.data(), number->text.data() + number->text.size(), result);
  return std::clamp(result, 0.0, 1.0);
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
bool has_own_witness(const Application& application, const RegisterPerson& person) {
  static constexpr std::array<std::string_view, 3> witnesses{"birthDate", "birthName", "postcode"};
  return std::any_of(witnesses.begin(), witnesses.end(), [&](std::string_view field) {
    return is_certain(paper::reading_of(application, field)) &&
           is_registered(field, application.common[field], person);
  });
}

bool has_certain_number(const Application& application, const RegisterPerson& person) {
  const auto bsn = parse_bsn(application.common["bsn"].text_or_empty());
  return bsn && bsn->digits() == person.bsn && is_certain(paper::reading_of(application, "bsn"));
}

}  // namespace

double posterior_with_register(double in_reading, double surprise) {
  if (in_reading <= 0) return 0;
  if (in_reading >= 1) return 1;
  const auto odds = [](double probability) { return probability / (1 - probability); };
  const double posterior = odds(in_reading) * odds(RegisterSupport::same_as_register) / odds(surprise);
  return posterior / (1 + posterior);
}

std::vector<std::string> support_by_register(Application& application, const RegisterPerson& person) {
  std::vector<std::string> settled;
  if (!has_certain_number(application, person) || !has_own_witness(application, person)) return settled;
  for (const std::string_view field : supported_fields) {
    if (paper::is_settled(application, field)) continue;
    const auto candidate = registered_candidate(field, paper::reading_of(application, field), person);
    if (!candidate || candidate->probability < RegisterSupport::least_in_reading) continue;
    const double surprise = field.starts_with("houseNumber") ? RegisterSupport::short_field_surprise
                                                             : RegisterSupport::long_field_surprise;
    if (posterior_with_register(candidate->probability, surprise) < RegisterSupport::least_posterior)
      continue;
    paper::mark_supported(application, field, candidate->value);
    application.common.set(field, candidate->value);
    settled.emplace_back(field);
  }
  return settled;
}

std::vector<Condition> support_conditions(const Application& application) {
  std::vector<Condition> conditions;
  for (const std::string_view field : supported_fields) {
    if (paper::reading_of(application, field)["support"].text_or_empty() != "register") continue;
    conditions.push_back({"register-supports-" + std::string(field), ConditionState::met,
                          "Wat niet zeker was gelezen, is hetzelfde als in de basisregistratie."});
  }
  return conditions;
}

}  // namespace softbot
