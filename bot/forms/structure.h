#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "domain/result.h"
#include "domain/value.h"
#include "forms/definition.h"

namespace softbot {

/// What makes a delivery unacceptable (HTTP 422), as against incomplete: unknown fields, a wrong JSON kind,
/// an unknown option, too many rows, over-long text, control characters. Messages are English and never hold
/// a value. `prefix` goes before every name: "common" gives "common.bsn", "requests[0].fields" gives
/// "requests[0].fields.tasks".
[[nodiscard]] std::vector<FieldError> check_part_structure(const FormDefinition& definition,
                                                           const Value& answers, const std::string& prefix);

/// Common part and one request's own part together; `index` is the request's place in the submission.
[[nodiscard]] std::vector<FieldError> check_structure(const FormDefinition& common_definition,
                                                      const FormDefinition& definition, const Value& common,
                                                      const Value& fields, std::size_t index);

/// The structure error of one answer to one field, for corrections and answers to a repair letter.
[[nodiscard]] std::vector<FieldError> check_field_structure(const Field& field, const Value& answer,
                                                            const std::string& path);

}  // namespace softbot
