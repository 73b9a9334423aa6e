#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"
#include "forms/municipality.h"
#include "random.h"

namespace softbot::fill {

/// A made-up person, as they would fill in who they are.
struct Person {
  std::string bsn;  ///< of those that are never given to people
  std::string initials;
  std::string prefix;      ///< "van der"
  std::string surname;     ///< "Linden"
  std::string birth_date;  ///< ISO
  std::string postcode;    ///< "1234 AB"
  std::string house_number;
  std::string house_number_addition;
  std::string street;
  std::string town;
  bool operator==(const Person&) const = default;

  [[nodiscard]] std::string birth_name() const;  ///< "van der Linden"
};

/// Everybody in the register (a file as samples/register.json) who is an adult, lives in this municipality
/// (code of the register) at an ordinary address, and about whom nothing is special. Error `configuration`
/// when the file is no register or nobody is left.
[[nodiscard]] Result<std::vector<Person>> ordinary_people(std::string_view register_json,
                                                          std::string_view municipality_code, Date today);

/// Invents people: no two of one inventor have the same number.
class Inventor {
 public:
  /// Error `configuration`: no list of surnames, streets or additions (samples/fill/people.json).
  [[nodiscard]] static Result<Inventor> from(std::string_view json);
  /// Somebody of this municipality; mostly of an age at which applications are routine.
  [[nodiscard]] Person invent(const Municipality& municipality, Date today, Random& random);

 private:
  Value lists_;
  std::set<std::string> given_;
};

/// The person as the register writes them: an entry of samples/register.json.
[[nodiscard]] Value register_entry(const Person& person, const Municipality& municipality);

/// The answers of the common part that say who somebody is.
[[nodiscard]] Value identity_answers(const Person& person);

}  // namespace softbot::fill
