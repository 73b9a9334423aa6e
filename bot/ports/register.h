#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/application.h"
#include "domain/result.h"

namespace softbot {

/// An address to which post can go.
struct Address {
  std::string street;
  std::string house_number;
  std::string house_number_addition;
  std::string postcode;
  std::string town;
  bool operator==(const Address&) const = default;
};

/// What the register of persons (BRP) says about one citizen number. Kept with the case, shown to staff only.
struct RegisterPerson {
  std::string bsn;
  std::string initials;
  std::string first_names;
  std::string prefix;  ///< "van der"
  std::string surname;
  std::string partner_surname;
  std::string partner_prefix;
  std::optional<Date> birth_date;  ///< absent when the register knows it only in part
  bool deceased = false;
  bool emigrated = false;
  bool secret_address = false;  ///< geheimhoudingPersoonsgegevens
  bool address_under_investigation = false;
  bool record_suspended = false;   ///< opschortingBijhouding for any other reason
  std::optional<Address> address;  ///< the residential address when it is a Dutch one
  std::string municipality_code;   ///< gemeenteVanInschrijving, "0518"
  bool operator==(const RegisterPerson&) const = default;
};

/// The register of persons. Thread-safe.
class Register {
 public:
  virtual ~Register() = default;
  /// The person with this number; none when the register does not know it. Fails with `unavailable`
  /// (retryable) when it does not answer, `configuration` when it refuses us.
  [[nodiscard]] virtual Result<std::optional<RegisterPerson>> find(const std::string& bsn) = 0;
};

}  // namespace softbot
