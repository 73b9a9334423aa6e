#pragma once

#include <string>
#include <vector>

#include "domain/application.h"
#include "ports/register.h"

namespace softbot {

/// How the register of persons settles a doubt about what was written on paper.
///
/// The reader gives each value that may stand in a field a calibrated probability, not knowing who wrote it.
/// Whoever wrote a citizen service number most probably wrote their own birth date beside it. With q the
/// reader's probability of the register's value,
///
///     posterior odds = q / (1 - q)  *  (P / (1 - P))  /  (S / (1 - S))
///
/// where P is the prior that somebody writes what the register holds of them (who lives elsewhere by now has
/// another postcode as well: few move within the twenty addresses of one), and S the most that the reader
/// could have given that one value before looking (the smaller S, the more a coincidence says). The value is
/// settled when the posterior probability is at least `least_posterior`, and never when
/// - the number is not settled, or belongs to nobody;
/// - the register's value has less than `least_in_reading` in the reading;
/// - another value was read as certain, or two readings of the register's value compete;
/// - it is not known by the writer's own hand whose number it is (below): the register may not be the only
///   witness of that.
///
/// The number itself: it is the writer's when it was read with certainty and one of birth date, birth name
/// and postcode was read with certainty and is what the register holds. Or all together make it as sure: with
/// b the reader's probability of the number and L = (q / (1 - q)) / (S / (1 - S)) for each of the three,
///
///     posterior odds = b / (1 - b)  *  product of (P L + 1 - P) / (S L + 1 - S)
///
/// which is at least `least_number_posterior`, while two of the three speak for it (`strong_witness` or more)
/// and none that was read as certain speaks against it, nor initials that were. A birth name that only
/// resembles the register's counts for `resembling_name`: fewer than one in a hundred resembles another. A
/// misread number belongs to somebody else, if to anybody, who was not born on the day that is written beside
/// it. A twin was: a number that was repaired, or read with less than `sure_number`, needs the register's
/// initials as well. Twins with the same initials, at one address, with numbers that differ in what was
/// misread, would be mixed up. Nobody is looked up by a number that was read with less than `least_number`.
struct RegisterSupport {
  static constexpr double same_as_register = 0.98;       ///< P: one in fifty writes something else
  static constexpr double same_beside_postcode = 0.998;  ///< P of a house number and of what stands behind
                                                         ///< it, where the postcode is the register's
  static constexpr double long_field_surprise = 0.001;   ///< S of a birth date, a birth name, a postcode
  static constexpr double short_field_surprise = 0.05;   ///< S of a house number
  static constexpr double least_in_reading = 0.01;
  static constexpr double least_posterior = 0.999;
  static constexpr double least_number = 0.3;
  static constexpr double sure_number = 0.8;
  static constexpr double least_initials = 0.9;
  static constexpr double least_number_posterior = 0.99999;
  static constexpr double strong_witness = 30;
  static constexpr double resembling_name = 100;
  static constexpr double hardly_read = 0.5;  ///< of street, town and addition to the house number
};

/// The posterior probability by the formula above.
[[nodiscard]] double posterior_with_register(double in_reading, double surprise,
                                             double same = RegisterSupport::same_as_register);

/// The number is doubtful or repaired, but read well enough to ask the register whose it is.
[[nodiscard]] bool may_be_looked_up(const Application& application);

/// Settles a number that was not read with certainty by the three other fields that name the resident: its
/// reading says `support: "register"`. False, and nothing changed, where that is not sure. The register's
/// answer is then to be forgotten: it may be somebody else's.
bool support_number_by_register(Application& application, const RegisterPerson& person);

/// It is known by the writer's own hand that this is who wrote the form (above).
[[nodiscard]] bool is_their_own_number(const Application& application, const RegisterPerson& person);

/// Settles what the register supports among birthDate, birthName, postcode, houseNumber and its addition: the
/// answer becomes the value that was written, the reading says `support: "register"`. Then a postcode of
/// which one letter was misread where the house number, and the street but for a sign, are the register's.
/// Then words in capitals that resemble the register's: the birth name where number, birth date and postcode
/// have said whose it is, and street, town and addition, also where they could hardly be read, where postcode
/// and house number are the register's: these say which street it is. The fields that were settled.
std::vector<std::string> support_by_register(Application& application, const RegisterPerson& person);

/// A condition for each field that the register settled, for the file of the case.
[[nodiscard]] std::vector<Condition> support_conditions(const Application& application);

}  // namespace softbot
