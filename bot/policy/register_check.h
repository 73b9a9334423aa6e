#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/application.h"
#include "ports/register.h"

namespace softbot {

/// What the register of persons (BRP) means for an application. For staff only: nobody outside may notice
/// it (DESIGN.md, Certainty).
struct RegisterFindings {
  std::vector<Reason> blocking;  ///< each of them sends the application to a person; empty when all is well
  bool matched = false;          ///< the register knows the citizen number
  /// The number belongs to whoever wrote the form: birth date and name, or birth date and postcode, agree.
  bool bsn_supported = false;
  bool birth_date_matches = false;
  bool name_matches = false;
  bool postcode_matches = false;
  bool address_matches = false;  ///< postcode and house number with addition
  bool municipality_matches = false;
  std::optional<int> age;             ///< full years today; absent when the birth date is known in part only
  std::vector<Condition> conditions;  ///< names begin with "register-"

  /// True when nothing stands in the way of a grant.
  [[nodiscard]] bool clear() const { return matched && bsn_supported && blocking.empty(); }
  bool operator==(const RegisterFindings&) const = default;
};

/// Compares the common answers of a form (names as in facts.h) with the register's answer. Pure.
/// `municipality_code` is the register's code of the municipality that received the application ("0518").
///
/// Codes of `blocking`: register-no-match, register-deceased, register-emigrated, register-secret-address,
/// register-address-under-investigation, register-minor, register-suspended, register-other-municipality,
/// register-no-address, and register-data-differs with the field that differs.
[[nodiscard]] RegisterFindings check_register(const Value& common,
                                              const std::optional<RegisterPerson>& person, Date today,
                                              std::string_view municipality_code);

/// The findings when the register gave no answer at all: register-unavailable, every condition unknown.
[[nodiscard]] RegisterFindings register_unavailable();

/// The fact `register` as policies see it: {matched, age, municipalityMatches}; see facts.h.
[[nodiscard]] Value register_facts(const RegisterFindings& findings);

}  // namespace softbot
