#pragma once

#include <string>
#include <vector>

#include "domain/value.h"
#include "form_outcomes.h"

namespace softbot::eval {

[[nodiscard]] bool is_grant(const Outcome& outcome);

/// Decisive answers of the case that are not what was meant, or lack though they were written, and lists of
/// which a row is missing or too many: " bsn birthDate"; "" when there are none. `told`, `read`: the cases as
/// the queue shows them. The signature stands elsewhere in the case. Pure.
[[nodiscard]] std::string misread(const Value& told, const Value& read);

/// Why a grant on the scan is wrong; "" when it is right. Pure.
[[nodiscard]] std::string wrong_about(const Outcome& told, const Outcome& read, bool is_signed);

/// Fields that the reader was certain of, or that it called surely empty.
struct CertainFields {
  std::size_t count = 0;
  std::vector<std::string> wrong;  ///< names
};

/// `meant`: fields of the form in truth.json, what a perfect reader finds; rows of lists are held against the
/// case of the truth. Of free text only whether something stands there counts. Pure.
[[nodiscard]] CertainFields certain_fields(const Value& meant, const Value& told, const Value& read);

/// Somebody wrote in their own words on the form, which a person looks at before any grant. Pure.
[[nodiscard]] bool has_own_words(const Value& told, const Value& read);

}  // namespace softbot::eval
