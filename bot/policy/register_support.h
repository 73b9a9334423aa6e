#pragma once

#include <string>
#include <vector>

#include "domain/application.h"
#include "ports/register.h"

namespace softbot {

/// How the register of persons settles a doubt about what was written on paper.
///
/// The reader gives each value that may stand in a field a calibrated probability, not knowing who wrote it.
/// Whoever wrote a citizen service number that is read with certainty, digit for digit, most probably wrote
/// their own birth date beside it. With q the reader's probability of the register's value,
///
///     posterior odds = q / (1 - q)  *  (P / (1 - P))  /  (S / (1 - S))
///
/// where P is the prior that somebody writes what the register holds of them, and S the most that the reader
/// could have given that one value before looking (the smaller S, the more a coincidence says). The value is
/// settled when the posterior probability is at least `least_posterior`, and never when
/// - the number itself is not read with certainty (a repaired number is not), or belongs to nobody;
/// - the register's value has less than `least_in_reading` in the reading;
/// - another value was read as certain, or two readings of the register's value compete;
/// - none of the other fields that name the resident was read as certain and is what the register holds: the
///   register may not be the only witness of whose number it is.
struct RegisterSupport {
  static constexpr double same_as_register = 0.98;      ///< P: one in fifty writes something else
  static constexpr double long_field_surprise = 0.001;  ///< S of a birth date, a birth name, a postcode
  static constexpr double short_field_surprise = 0.05;  ///< S of a house number
  static constexpr double least_in_reading = 0.01;
  static constexpr double least_posterior = 0.999;
};

/// The posterior probability by the formula above.
[[nodiscard]] double posterior_with_register(double in_reading, double surprise);

/// Settles what the register supports among birthDate, birthName, postcode, houseNumber and its addition: the
/// answer becomes the value that was written, the reading says `support: "register"`. The fields that were
/// settled.
std::vector<std::string> support_by_register(Application& application, const RegisterPerson& person);

/// A condition for each field that the register settled, for the file of the case.
[[nodiscard]] std::vector<Condition> support_conditions(const Application& application);

}  // namespace softbot
