#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/date.h"
#include "domain/result.h"
#include "domain/value.h"

namespace softbot::fill {

/// A made-up person of the demo register, as they would fill in who they are.
struct Person {
  int index = 0;  ///< in the register's file, from 0
  std::string bsn;
  std::string initials;
  std::string birth_name;  ///< with its prefix: "van der Linden"
  std::string birth_date;  ///< ISO
  std::string postcode;    ///< "1234 AB"
  std::string house_number;
  std::string house_number_addition;
  std::string street;
  std::string town;
};

/// Everybody in the register (a file as samples/register.json) who is an adult, lives in this municipality
/// (code of the register) at an ordinary address, and about whom nothing is special. Error `configuration` when
/// the file is no register or nobody is left.
[[nodiscard]] Result<std::vector<Person>> ordinary_people(std::string_view register_json,
                                                          std::string_view municipality_code, Date today);

/// The answers of the common part that say who somebody is.
[[nodiscard]] Value identity_answers(const Person& person);

}  // namespace softbot::fill
